"""LangChain and LangGraph: a tool call waits as an interrupt, in the graph's own checkpoint."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Collection, Mapping
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Union

from langchain.agents.middleware import AgentMiddleware
from langchain_core.messages import ToolMessage
from langgraph.types import Command, interrupt

from .._execution import BaseExecution
from .._models import Run
from .._proposal import DEFAULT_LEASE_SECONDS
from ._gate import Client, Governing, Refused, ToolCall, ToolFailed, Waiting, with_change
from ._pauses import Pause, Pauses

if TYPE_CHECKING:
    from langgraph.prebuilt.tool_node import ToolCallRequest
    from langgraph.pregel import Pregel

__all__ = ["DaaiMiddleware"]

ToolResult = Union[ToolMessage, "Command[Any]"]


class DaaiMiddleware(AgentMiddleware[Any, Any]):
    """Has every call of a tool decided before it runs.

    A tool's action has the tool's name, unless `actions` says another; tools in `ungoverned` aren't asked
    about. A call that a person has to decide interrupts the graph, with `run_id`, `action`, `arguments` and
    `explanation` as the interrupt's value; `pauses` stores the thread by the run's id, for `resume`. For a
    graph of your own: `ToolNode(tools, wrap_tool_call=middleware.wrap_tool_call)`, or `awrap_tool_call`.
    """

    def __init__(
        self,
        client: Client,
        pauses: Pauses,
        *,
        actions: Mapping[str, str] | None = None,
        ungoverned: Collection[str] = (),
        lease_seconds: int = DEFAULT_LEASE_SECONDS,
    ) -> None:
        super().__init__()
        self._governing = Governing(client, actions or {}, ungoverned, lease_seconds)
        self._pauses = pauses

    def wrap_tool_call(
        self, request: ToolCallRequest, handler: Callable[[ToolCallRequest], ToolResult]
    ) -> ToolResult:
        call = self._call(request)
        if call is None:
            return handler(request)
        while isinstance(answer := self._governing.ask(call), Waiting):
            self._pauses.keep([answer.run.action_run_id], json.dumps(call.conversation))
            _pause(call, answer)
        if isinstance(answer, Refused):
            return _message(request, answer)
        with suppress(ToolFailed), answer:
            result = handler(_decided(request, answer))
            answer.result = _reported(result)
        return _with_change(result, answer.run)

    async def awrap_tool_call(
        self, request: ToolCallRequest, handler: Callable[[ToolCallRequest], Awaitable[ToolResult]]
    ) -> ToolResult:
        call = self._call(request)
        if call is None:
            return await handler(request)
        while isinstance(answer := await self._governing.ask_async(call), Waiting):
            state = json.dumps(call.conversation)
            await asyncio.to_thread(self._pauses.keep, [answer.run.action_run_id], state)
            _pause(call, answer)
        if isinstance(answer, Refused):
            return _message(request, answer)
        with suppress(ToolFailed):
            async with answer:
                result = await handler(_decided(request, answer))
                answer.result = _reported(result)
        return _with_change(result, answer.run)

    def resume(self, agent: Pregel[Any, Any, Any, Any], run_id: str) -> Any:
        """Continue the thread that waits for this run, and return what `agent.invoke` returns.

        None if no thread does. The console is asked again about every call that waits in the thread, and what
        isn't decided interrupts again. Continue a thread in one process at a time.
        """
        pause = self._pauses.get(run_id)
        if pause is None:
            return None
        config = _thread(pause)
        result = agent.invoke(None, config) if agent.get_state(config).next else None
        self._pauses.drop(pause)
        return result

    async def aresume(self, agent: Pregel[Any, Any, Any, Any], run_id: str) -> Any:
        """As `resume`, with `agent.ainvoke`."""
        pause = await asyncio.to_thread(self._pauses.get, run_id)
        if pause is None:
            return None
        config = _thread(pause)
        result = await agent.ainvoke(None, config) if (await agent.aget_state(config)).next else None
        await asyncio.to_thread(self._pauses.drop, pause)
        return result

    def _call(self, request: ToolCallRequest) -> ToolCall | None:
        tool = request.tool_call
        action = self._governing.action_of(tool["name"])
        if action is None:
            return None
        thread = request.runtime.config.get("configurable", {}).get("thread_id")
        if thread is None or tool["id"] is None:
            raise ValueError("a governed tool needs a checkpointer, a thread_id, and a call with an id")
        return ToolCall(action, tool["args"], "langgraph", str(thread), tool["id"])


def _pause(call: ToolCall, waiting: Waiting) -> None:
    # What it's resumed with isn't looked at: only the console's answer counts.
    interrupt(
        {
            "run_id": waiting.run.action_run_id,
            "action": call.action,
            "arguments": call.arguments,
            "explanation": waiting.explanation,
        }
    )


def _thread(pause: Pause) -> Any:
    return {"configurable": {"thread_id": json.loads(pause.state)}}


def _decided(request: ToolCallRequest, execution: BaseExecution) -> ToolCallRequest:
    return request.override(tool_call={**request.tool_call, "args": execution.payload})


def _message(request: ToolCallRequest, refused: Refused) -> ToolMessage:
    tool = request.tool_call
    return ToolMessage(refused.explanation, tool_call_id=str(tool["id"]), name=tool["name"], status="error")


def _reported(result: ToolResult) -> Any:
    if not isinstance(result, ToolMessage):
        return None
    if result.status == "error":
        raise ToolFailed(str(result.content))
    return result.content


def _with_change(result: ToolResult, run: Run) -> ToolResult:
    """The same with who changed what in front, also in the messages that a tool's command has."""
    if not run.payload_changed:
        return result
    if isinstance(result, ToolMessage):
        content = result.content
        changed = with_change(run, content) if isinstance(content, str) else [with_change(run, ""), *content]
        return result.model_copy(update={"content": changed})
    if not isinstance(result.update, dict):
        return result
    update = {
        name: [_with_change(one, run) if isinstance(one, ToolMessage) else one for one in value]
        if isinstance(value, list)
        else value
        for name, value in result.update.items()
    }
    return replace(result, update=update)
