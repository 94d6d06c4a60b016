"""CrewAI: a tool call that waits is answered, and let through when the model makes it again."""

from __future__ import annotations

import asyncio
import inspect
import json
from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any, Literal, cast
from uuid import uuid4

from crewai.tools import BaseTool
from pydantic import PrivateAttr, ValidationError

from .._action_exceptions import ExecutionNotReported
from .._client import DaaiClient
from .._exceptions import DaaiError, LogTampered
from .._execution import Execution
from .._models import GovernanceStatus
from .._proposal import DEFAULT_LEASE_SECONDS
from ._crewai_round import Call, Round, State, current_round
from ._gate import Governing, Refused, ToolCall, Waiting, logger, with_change
from ._jsonable import jsonable
from ._open_calls import call_again, explain_problem, fingerprint
from ._pauses import Pauses

if TYPE_CHECKING:
    from crewai import Crew
    from crewai.crews.crew_output import CrewOutput

__all__ = ["DaaiTools"]

_ELSEWHERE = ("apps", "mcps")
"""What gives an agent tools that its list doesn't have."""


class DaaiTools:
    """Makes the tools of a crew, and has every call of them decided before it runs.

    Give agents and tasks what `tool` returns, and use `kickoff` instead of the crew's. A tool's action has
    the tool's name, unless `actions` says another; tools in `ungoverned` aren't asked about, and a crew with
    other tools isn't run. A call that a person has to decide waits up to `wait_seconds`. Then the model reads
    that it has to wait, and `pauses` stores the crew's inputs by the run's id, for `resume`.
    """

    def __init__(
        self,
        client: DaaiClient,
        pauses: Pauses,
        *,
        actions: Mapping[str, str] | None = None,
        ungoverned: Collection[str] = (),
        wait_seconds: float = 0,
        lease_seconds: int = DEFAULT_LEASE_SECONDS,
    ) -> None:
        self._governing = Governing(client, actions or {}, ungoverned, lease_seconds, wait_seconds)
        self._client, self._pauses = client, pauses

    def tool(self, tool: BaseTool) -> BaseTool:
        """The same tool, whose calls are decided. Only this one leads to what the given one does."""
        if self._governing.action_of(tool.name) is None:
            raise ValueError(f"{tool.name!r} is ungoverned: use it as it is")
        governed = _GovernedTool(
            name=tool.name,
            description=_authored(tool.description),
            args_schema=tool.args_schema,
            cache_function=_never,
            result_as_answer=tool.result_as_answer,
            max_usage_count=tool.max_usage_count,
        )
        governed._owner, governed._tool = self, tool
        return governed

    def kickoff(self, crew: Crew, inputs: dict[str, Any] | None = None) -> CrewOutput:
        """As the crew's `kickoff`. Raises at its end what isn't for the model, as DaaiConnectionError."""
        state = State(f"{crew.name or 'crew'}/{uuid4().hex}", jsonable(inputs))
        return self._kickoff(crew, state, inputs)

    def resume(self, crew: Crew, run_id: str, inputs: dict[str, Any] | None = None) -> CrewOutput | None:
        """Kick a crew off again that ended while this run was pending.

        None if none waits for the run, or if it still isn't decided. The inputs are those of the first time,
        unless you give others. A call that the model makes again, with the same arguments, is the same run:
        what was approved runs, and what has run doesn't. Continue a crew in one process at a time.
        """
        pause = self._pauses.get(run_id)
        if pause is None:
            return None
        run = self._client.status(run_id)
        if run.governance_status is GovernanceStatus.PENDING_APPROVAL or run.frozen:
            return None
        state = State(**json.loads(pause.state))
        return self._kickoff(crew, state, state.inputs if inputs is None else inputs)

    def _kickoff(self, crew: Crew, state: State, inputs: dict[str, Any] | None) -> CrewOutput:
        self._check(crew)
        started = Round(state, self._pauses)
        token = current_round.set(started)
        try:
            output = crew.kickoff(inputs=inputs)
        finally:
            current_round.reset(token)
        started.end()
        if started.problems:
            raise started.problems[0]
        return cast("CrewOutput", output)

    def _check(self, crew: Crew) -> None:
        """A tool that is added later isn't run without asking."""
        if getattr(crew, "stream", False):
            raise TypeError("a crew that streams can't be governed: its tools run after kickoff has returned")
        agents = [agent for agent in [*crew.agents, crew.manager_agent] if agent is not None]
        for owner in [*agents, *crew.tasks]:
            for tool in getattr(owner, "tools", None) or []:
                is_ours = isinstance(tool, _GovernedTool) and tool._owner is self
                if not is_ours and self._governing.action_of(tool.name) is not None:
                    raise TypeError(
                        f"{tool.name!r} isn't governed: make it with DaaiTools.tool, or name it in ungoverned"
                    )
            for name in _ELSEWHERE:
                if getattr(owner, name, None) and self._governing.action_of(name) is not None:
                    raise TypeError(f"tools of {name} can't be governed: name {name!r} in ungoverned")

    def _call(self, tool: BaseTool, given: dict[str, Any]) -> Any:
        """What the model reads. Never raises an Exception, after which CrewAI would call the tool again."""
        action = self._governing.action_of(tool.name)
        assert action is not None  # noqa: S101 - `tool` has checked it
        try:
            arguments = _checked(tool, given, "json")
        except (ValidationError, ValueError) as error:
            return f"The arguments don't fit: {error}. Not executed."
        started = current_round.get()
        if started is None:
            return f"{tool.name} is governed: kick its crew off with DaaiTools.kickoff. Not executed."
        with started.call(fingerprint(tool.name, action, arguments)) as call:
            if call.earlier_answer is not None:
                return call.answer(call.earlier_answer)
            asked = ToolCall(action, arguments, "crewai", started.before.conversation, call.id)
            try:
                return self._decided(tool, asked, call)
            except DaaiError as problem:
                _note(tool, call, problem)
                return explain_problem(problem)
            except Exception as problem:
                _note(tool, call, problem)
                return f"The call went wrong: {problem}. It may or may not have been executed."

    def _decided(self, tool: BaseTool, asked: ToolCall, call: Call) -> Any:
        answer = self._governing.ask(asked)
        if isinstance(answer, Waiting):
            call.wait(answer.run.action_run_id)
            return call_again(tool.name, answer)
        if isinstance(answer, Refused):
            return call.answer(answer.explanation)
        try:
            return call.answer(_run(tool, answer))
        except (ExecutionNotReported, LogTampered) as problem:
            _note(tool, call, problem)
            return f"Executed, but that couldn't be reported: {problem}. Do not repeat it."


class _GovernedTool(BaseTool):
    _owner: Any = PrivateAttr(default=None)
    _tool: Any = PrivateAttr(default=None)

    def _run(self, *args: Any, **kwargs: Any) -> Any:
        if not isinstance(self._owner, DaaiTools):
            # CrewAI makes a tool anew from a checkpoint.
            return f"{self.name} is governed, but was restored without DaaiTools. Not executed."
        given = dict(zip(self.args_schema.model_fields, args))
        return self._owner._call(self._tool, {**given, **kwargs})

    async def _arun(self, *args: Any, **kwargs: Any) -> Any:
        return await asyncio.to_thread(self._run, *args, **kwargs)


def _run(tool: BaseTool, execution: Execution) -> Any:
    """What the model reads about a call that may run."""
    try:
        with execution:
            result = _perform(tool, execution.payload)
            execution.result = jsonable(result)
    except (ExecutionNotReported, LogTampered):
        raise
    except Exception as error:
        return with_change(execution.run, f"The tool failed: {type(error).__name__}: {error}")
    if execution.run.change_explanation is None:
        return result
    return with_change(execution.run, str(result))


def _perform(tool: BaseTool, payload: dict[str, Any]) -> Any:
    result = tool._run(**_checked(tool, payload, "python"))
    return asyncio.run(result) if inspect.iscoroutine(result) else result


def _checked(tool: BaseTool, given: dict[str, Any], mode: Literal["json", "python"]) -> dict[str, Any]:
    """Not all versions and ways to a tool check its arguments."""
    schema = tool.args_schema
    return schema.model_validate(given).model_dump(mode=mode) if schema.model_fields else given


def _note(tool: BaseTool, call: Call, problem: Exception) -> None:
    logger.warning("a call of %s: %s", tool.name, problem)
    call.note(problem)


def _never(*_given: Any) -> bool:
    """CrewAI would give the result of an earlier call, such as that it waits, to every equal one."""
    return False


def _authored(description: str) -> str:
    """Older versions put the tool's name and arguments in front, once for each tool that has it."""
    return (
        description.split("Tool Description: ", 1)[-1]
        if description.startswith("Tool Name: ")
        else description
    )
