"""Pydantic AI: a tool call waits as a deferred one, and the conversation under the ids of its runs."""

from __future__ import annotations

import asyncio
import inspect
import json
from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError
from pydantic_ai import Agent, ApprovalRequired, DeferredToolRequests, DeferredToolResults, RunContext
from pydantic_ai.messages import ModelMessagesTypeAdapter, ModelResponse, ToolCallPart, ToolReturn
from pydantic_ai.toolsets import WrapperToolset
from pydantic_ai.toolsets.abstract import ToolsetTool
from pydantic_core import to_jsonable_python
from typing_extensions import TypeVar

from .._models import Run
from .._proposal import DEFAULT_LEASE_SECONDS
from ._gate import Client, Governing, Refused, ToolCall, ToolFailed, Waiting, with_change
from ._pauses import Pause, Pauses

if TYPE_CHECKING:
    from pydantic_ai.run import AgentRunResult

__all__ = ["DaaiToolset"]

Deps = TypeVar("Deps", default=object)
Settings = dict[str, Any]

MAX_UNKEPT = 1_000


@dataclass
class DaaiToolset(WrapperToolset[Deps]):
    """Has every call of the wrapped toolset's tools decided before it runs.

    A tool's action has the tool's name, unless `actions` says another; tools in `ungoverned` aren't asked
    about. The agent needs `DeferredToolRequests` in its `output_type`: a run of it ends with that if a person
    has to decide a call. `keep` then stores the conversation, and `resume` continues it.
    """

    client: Client
    pauses: Pauses
    actions: Mapping[str, str] = field(default_factory=dict)
    ungoverned: Collection[str] = ()
    lease_seconds: int = DEFAULT_LEASE_SECONDS
    _waiting: dict[tuple[str, str], str] = field(default_factory=dict, repr=False)
    """The runs of deferred calls, until `keep`: by the time of the model's response and the call's id."""

    async def call_tool(
        self, name: str, tool_args: dict[str, Any], ctx: RunContext[Deps], tool: ToolsetTool[Deps]
    ) -> Any:
        governing = Governing(self.client, self.actions, self.ungoverned, self.lease_seconds)
        action = governing.action_of(name)
        if action is None:
            return await super().call_tool(name, tool_args, ctx, tool)
        response, part = _part(ctx)
        place = (response, part.tool_call_id)
        call = ToolCall(action, part.args_as_dict(), "pydantic_ai", *place)
        answer = await governing.ask_async(call)
        if isinstance(answer, Waiting):
            self._waiting[place] = answer.run.action_run_id
            if len(self._waiting) > MAX_UNKEPT:
                self._waiting.pop(next(iter(self._waiting)), None)
            raise ApprovalRequired
        if isinstance(answer, Refused):
            return answer.explanation
        result: Any = None
        with suppress(ToolFailed):
            async with answer:
                try:
                    args = await _validated(answer.payload, ctx, tool)
                except ValidationError as problem:
                    result = str(problem)
                    raise ToolFailed(result) from problem
                result = await super().call_tool(name, args, ctx, tool)
                answer.result = _reported(result)
        return _with_change(result, answer.run)

    def keep(self, result: AgentRunResult[Any]) -> bool:
        """Store the conversation if it waits, by the ids of its runs. Returns whether it does."""
        output = result.output
        if not isinstance(output, DeferredToolRequests):
            return False
        messages = result.all_messages()
        responses = {
            part.tool_call_id: message.timestamp.isoformat()
            for message in messages
            if isinstance(message, ModelResponse)
            for part in message.parts
            if isinstance(part, ToolCallPart)
        }
        calls = [part.tool_call_id for part in [*output.approvals, *output.calls]]
        runs = [self._waiting.get((responses[call], call)) for call in calls]
        if None in runs:
            raise ValueError("a call was deferred that isn't governed; only governed calls can be kept")
        state = {"calls": calls, "messages": ModelMessagesTypeAdapter.dump_python(messages, mode="json")}
        self.pauses.keep([run for run in runs if run is not None], json.dumps(state))
        for call in calls:
            del self._waiting[responses[call], call]
        return True

    async def resume(self, agent: Agent[Any, Any], run_id: str, **settings: Any) -> Any:
        """Continue the conversation that waits for this run; returns what `agent.run` returns.

        None if none does. `settings` are those of `agent.run`, such as `deps`. The console is asked again
        about every call that waits; if some aren't decided, the conversation is stored again. Continue a
        conversation in one process at a time.
        """
        pause = await asyncio.to_thread(self.pauses.get, run_id)
        if pause is None:
            return None
        result = await agent.run(**_continued(pause), **settings)
        await asyncio.to_thread(self.keep, result)
        await asyncio.to_thread(self.pauses.drop, pause)
        return result

    def resume_sync(self, agent: Agent[Any, Any], run_id: str, **settings: Any) -> Any:
        """As `resume`, with `agent.run_sync`."""
        pause = self.pauses.get(run_id)
        if pause is None:
            return None
        result = agent.run_sync(**_continued(pause), **settings)
        self.keep(result)
        self.pauses.drop(pause)
        return result


def _continued(pause: Pause) -> Settings:
    """Approved for the framework: each call asks the console, which alone permits it."""
    state = json.loads(pause.state)
    return {
        "message_history": ModelMessagesTypeAdapter.validate_python(state["messages"]),
        "deferred_tool_results": DeferredToolResults(approvals=dict.fromkeys(state["calls"], True)),
    }


def _part(ctx: RunContext[Any]) -> tuple[str, ToolCallPart]:
    """The time of the model's response, and the call in it, with the arguments as the model wrote them."""
    for message in reversed(ctx.messages):
        if isinstance(message, ModelResponse):
            for part in message.parts:
                if isinstance(part, ToolCallPart) and part.tool_call_id == ctx.tool_call_id:
                    return message.timestamp.isoformat(), part
    raise ValueError("a governed tool can be called by a model only")


async def _validated(payload: dict[str, Any], ctx: RunContext[Any], tool: ToolsetTool[Any]) -> dict[str, Any]:
    """The arguments that were decided on, whatever the call that is resumed has."""
    settings = {} if not hasattr(ctx, "validation_context") else {"context": ctx.validation_context}
    args: dict[str, Any] = tool.args_validator.validate_json(json.dumps(payload), **settings)
    check = getattr(tool, "args_validator_func", None)
    if check is not None:
        checked = check(ctx, **args)
        if inspect.isawaitable(checked):
            await checked
    return args


def _reported(result: Any) -> Any:
    value = result.return_value if isinstance(result, ToolReturn) else result
    return to_jsonable_python(value, serialize_unknown=True)


def _with_change(result: Any, run: Run) -> Any:
    """The same with who changed what in front."""
    if not run.payload_changed:
        return result
    if isinstance(result, ToolReturn):
        return replace(result, return_value=_with_change(result.return_value, run))
    if isinstance(result, str):
        return with_change(run, result)
    return {"change": run.change_explanation, "result": result}
