"""The calls of one agent of the Claude Agent SDK, from the permission to the report."""

from __future__ import annotations

import asyncio
import json
import logging
from typing import Any

from claude_agent_sdk import (
    CanUseTool,
    HookContext,
    PermissionResult,
    PermissionResultAllow,
    PermissionResultDeny,
    ToolPermissionContext,
)
from claude_agent_sdk.types import HookInput, HookJSONOutput

from .._execution import AsyncExecution
from ._gate import Governing, Refused, ToolCall, ToolFailed, Waiting, with_change
from ._open_calls import OpenCall, OpenCalls, call_again, fingerprint

logger = logging.getLogger("daai")

Running = tuple[OpenCall, AsyncExecution]


class AgentCalls:
    """What the SDK asks and tells about an agent's calls, under the ids of the calls."""

    def __init__(self, governing: Governing, open_calls: OpenCalls, others: CanUseTool | None) -> None:
        self._governing, self._open_calls, self._others = governing, open_calls, others
        self._sessions: dict[str, str] = {}
        self._running: dict[str, Running] = {}
        self.problem: Exception | None = None
        """The first that isn't for the model to know."""

    async def before(
        self, given: HookInput, tool_use_id: str | None, _context: HookContext
    ) -> HookJSONOutput:
        """Without it, calls that settings, modes or other hooks allow would never be asked about."""
        assert given["hook_event_name"] == "PreToolUse"  # noqa: S101 - it's the only event it's for
        if self._governing.action_of(given["tool_name"]) is None:
            return {}
        self._sessions[str(tool_use_id)] = given["session_id"]
        return {"hookSpecificOutput": {"hookEventName": "PreToolUse", "permissionDecision": "ask"}}

    async def can_use_tool(
        self, tool: str, arguments: dict[str, Any], context: ToolPermissionContext
    ) -> PermissionResult:
        action = self._governing.action_of(tool)
        if action is None:
            if self._others is not None:
                return await self._others(tool, arguments, context)
            message = f"{tool} isn't governed, and nothing else permits it: name it in allowed_tools"
            return PermissionResultDeny(message=message)
        try:
            return await self._decide(tool, action, arguments, str(context.tool_use_id))
        except Exception as problem:
            self._note(problem)
            # The SDK denies the call with its text.
            raise

    async def after(self, given: HookInput, tool_use_id: str | None, _context: HookContext) -> HookJSONOutput:
        """The tool returned."""
        assert given["hook_event_name"] == "PostToolUse"  # noqa: S101
        execution = await self._end(tool_use_id, given["tool_response"], None)
        response = given["tool_response"]
        if execution is None or not execution.run.payload_changed or not isinstance(response, list):
            # Nothing can be put in front of what Claude Code's own tools return.
            return _beside("PostToolUse", execution)
        told = [{"type": "text", "text": with_change(execution.run, "")}, *response]
        return {"hookSpecificOutput": {"hookEventName": "PostToolUse", "updatedToolOutput": told}}

    async def after_failure(
        self, given: HookInput, tool_use_id: str | None, _context: HookContext
    ) -> HookJSONOutput:
        assert given["hook_event_name"] == "PostToolUseFailure"  # noqa: S101
        # A tool that was interrupted may have run.
        interrupted = asyncio.CancelledError() if given.get("is_interrupt") else None
        execution = await self._end(tool_use_id, None, interrupted or ToolFailed(given["error"]))
        return _beside("PostToolUseFailure", execution)

    async def end(self) -> None:
        """The agent has ended: what still runs is in doubt."""
        for tool_use_id in [*self._running]:
            await self._end(tool_use_id, None, asyncio.CancelledError())

    async def _decide(
        self, tool: str, action: str, arguments: dict[str, Any], tool_use_id: str
    ) -> PermissionResult:
        session = self._sessions.pop(tool_use_id, None)
        if session is None:
            raise RuntimeError(f"the hook before {tool} didn't see this call, so it can't be proposed")
        call = fingerprint("claude_agent", session, tool, action, arguments)
        open_call = await asyncio.to_thread(self._open_calls.take, call)
        try:
            asked = ToolCall(action, arguments, "claude_agent", session, open_call.id)
            answer = await self._governing.ask_async(asked)
            if isinstance(answer, Waiting):
                state = json.dumps(
                    {"session": session, "tool": tool, "arguments": arguments, "call": open_call.id}
                )
                await asyncio.to_thread(open_call.wait, answer.run.action_run_id, state)
                return PermissionResultDeny(message=call_again(tool, answer))
            if isinstance(answer, Refused):
                await asyncio.to_thread(open_call.close)
                return PermissionResultDeny(message=answer.explanation)
            await asyncio.to_thread(open_call.send)
            await answer.__aenter__()
            self._running[tool_use_id] = (open_call, answer)
            return PermissionResultAllow(updated_input=answer.payload)
        finally:
            if tool_use_id not in self._running:
                open_call.leave()

    async def _end(
        self, tool_use_id: str | None, result: Any, error: BaseException | None
    ) -> AsyncExecution | None:
        open_call, execution = self._running.pop(str(tool_use_id), (None, None))
        if open_call is None or execution is None:
            return None
        execution.result = _reported(result)
        try:
            await self._report(execution, error)
            if error is None or isinstance(error, Exception):
                await asyncio.to_thread(open_call.close)
        finally:
            open_call.leave()
        return execution

    async def _report(self, execution: AsyncExecution, error: BaseException | None) -> None:
        try:
            await execution.__aexit__(None if error is None else type(error), error, None)
        except Exception as problem:
            # The model has its answer all the same.
            self._note(problem)

    def _note(self, problem: Exception) -> None:
        logger.warning("a call of the agent: %s", problem)
        self.problem = self.problem or problem


def _beside(event: Any, execution: AsyncExecution | None) -> HookJSONOutput:
    """Who changed what, for the model, next to what came of the tool."""
    if execution is None or execution.run.change_explanation is None:
        return {}
    told = execution.run.change_explanation
    return {"hookSpecificOutput": {"hookEventName": event, "additionalContext": told}}


def _reported(response: Any) -> Any:
    """One text as it is, and not as the list that a tool returns."""
    if isinstance(response, list) and len(response) == 1 and set(response[0]) == {"type", "text"}:
        return response[0]["text"]
    return response
