"""OpenAI Agents SDK: a tool call waits as an interruption, the agent's state under the ids of its runs."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Collection, Iterable, Mapping
from contextlib import asynccontextmanager
from typing import Any
from uuid import uuid4

from agents import (
    Agent,
    RunContextWrapper,
    Runner,
    RunResult,
    RunState,
    Tool,
    ToolApprovalItem,
    UserError,
)

from .._exceptions import DaaiError
from .._execution import AsyncExecution
from .._proposal import DEFAULT_LEASE_SECONDS
from ._gate import Client, Governing, Refused, ToolCall, Waiting, release
from ._openai_agents_tools import Answer, Place, current_answers, governed_tool
from ._pauses import Pauses

__all__ = ["DaaiRunner"]

# A state has these itself, and passing them again would replace what became of them.
_KEPT_IN_A_STATE = (
    "context",
    "max_turns",
    "conversation_id",
    "previous_response_id",
    "auto_previous_response_id",
)


class DaaiRunner:
    """Runs agents, and has every call of a governed tool decided before it runs.

    Give an agent `tools=governed.tools([…])`, and use `run` instead of `Runner.run`. A tool's action has the
    tool's name, unless `actions` says another; tools in `ungoverned` aren't asked about. A result with
    `interruptions` has calls that are pending: its state is stored by the ids of their runs, for `resume`.
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
        self._governing = Governing(client, actions or {}, ungoverned, lease_seconds)
        self._pauses = pauses
        self._names: set[str] = set()

    def tools(self, tools: Iterable[Tool]) -> list[Tool]:
        """The same tools, each governed unless it's in `ungoverned`."""
        return [tool if tool.name in self._governing.ungoverned else self._governed(tool) for tool in tools]

    async def run(self, agent: Agent[Any], input: Any, **settings: Any) -> RunResult:  # noqa: A002
        """As `Runner.run`, until the agent ends or all of its calls are pending."""
        return await self._go_on(agent, input, str(uuid4()), settings)

    async def resume(self, agent: Agent[Any], run_id: str, **settings: Any) -> RunResult | None:
        """Continue the agent that waits for this run; None if none does.

        `settings` are those of `Runner.run`, such as `context` and `session`. The console is asked again
        about every call that waits; if some aren't decided, the state is stored again. Continue an agent's
        state in one process at a time.
        """
        pause = await asyncio.to_thread(self._pauses.get, run_id)
        if pause is None:
            return None
        kept = json.loads(pause.state)
        context = settings.pop("context", None)
        state = await RunState.from_string(
            agent, kept["state"], context_override=None if context is None else RunContextWrapper(context)
        )
        result = await self._go_on(agent, state, kept["conversation"], settings)
        await asyncio.to_thread(self._pauses.drop, pause)
        return result

    def _governed(self, tool: Tool) -> Tool:
        governed = governed_tool(tool)
        self._names.add(tool.name)
        return governed

    async def _go_on(
        self, agent: Agent[Any], start: Any, conversation: str, settings: dict[str, Any]
    ) -> RunResult:
        result: RunResult | None = None
        while True:
            calls = start.get_interruptions() if isinstance(start, RunState) else []
            async with self._asked(conversation, calls) as answers:
                waiting = [each.run.action_run_id for each in answers.values() if isinstance(each, Waiting)]
                if result is not None and len(waiting) == len(answers):
                    text = start.to_string(context_serializer=lambda _context: {})
                    kept = json.dumps({"conversation": conversation, "state": text})
                    await asyncio.to_thread(self._pauses.keep, waiting, kept)
                    return result
                answered = [item for item in calls if not isinstance(answers[_place(item)], Waiting)]
                for item in answered:
                    # For the framework. What it may run is what has an answer.
                    start.approve(item)
                result = await _run(agent, start, settings)
            if not result.interruptions:
                return result
            if set(map(_place, answered)) & set(map(_place, result.interruptions)):
                raise RuntimeError("the framework didn't make a call that has its answer")
            start = result.to_state()
            settings = {name: value for name, value in settings.items() if name not in _KEPT_IN_A_STATE}

    @asynccontextmanager
    async def _asked(
        self, conversation: str, calls: list[ToolApprovalItem]
    ) -> AsyncIterator[dict[Place, Answer]]:
        """The console's answers, also for the tools. Claims that no tool took are released."""
        answers: dict[Place, Answer] = {}
        before = current_answers.set(answers)
        try:
            for item in calls:
                if _place(item) in answers:
                    raise ValueError(f"two calls of {item.name!r} have the same id, {item.call_id!r}")
                answers[_place(item)] = await self._ask(conversation, item)
            yield answers
        finally:
            current_answers.reset(before)
            untaken = [answer for answer in answers.values() if isinstance(answer, AsyncExecution)]
            answers.clear()
            for execution in untaken:
                await release(execution)

    async def _ask(self, conversation: str, item: ToolApprovalItem) -> Answer:
        action = self._governing.action_of(str(item.name))
        if item.name not in self._names or action is None:
            raise ValueError(f"{item.name!r} needs an approval, but isn't governed, so nobody can give it")
        try:
            arguments = json.loads(item.arguments or "{}")
        except ValueError:
            arguments = None
        if not isinstance(arguments, dict):
            return Refused("The arguments aren't a JSON object. Not executed.")
        call = ToolCall(action, arguments, "openai_agents", conversation, str(item.call_id))
        answer = await self._governing.ask_async(call)
        if isinstance(answer, AsyncExecution):
            # Its claim is kept from here on: what comes before the tool, such as a guardrail, can take long.
            await answer.__aenter__()
        return answer


def _place(item: ToolApprovalItem) -> Place:
    return str(item.name), str(item.call_id)


async def _run(agent: Agent[Any], start: Any, settings: dict[str, Any]) -> RunResult:
    try:
        return await Runner.run(agent, start, **settings)
    except UserError as error:
        wrapper = error
    raise wrapper.__cause__ if isinstance(wrapper.__cause__, DaaiError) else wrapper
