"""A model's call of a tool as a run: what every adapter does alike.

The idempotency key is the framework's own id of the call. So a call that is played again, in another process
or after a restart, is the same run, and one whose arguments were changed meanwhile is a conflict.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Awaitable, Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any, Union

from .._action_exceptions import ActionAlreadyTaken, ActionFrozen, ActionNotRun, ActionPending
from .._admission import Held
from .._async_client import AsyncDaaiClient
from .._client import DaaiClient
from .._exceptions import DaaiError, DaaiPayloadError, DaaiTooSoonError
from .._execution import AsyncExecution, Execution
from .._flow import Effect, Flow, drive, drive_async
from .._governed import in_threads, propose
from .._models import ExecutionStatus, Run, RunStatus
from .._proposal import DEFAULT_LEASE_SECONDS, MAX_KEY_CHARACTERS

logger = logging.getLogger("daai")

Client = Union[DaaiClient, AsyncDaaiClient]
REPORTED = (ExecutionStatus.EXECUTED, ExecutionStatus.FAILED)


@dataclass(frozen=True)
class Governing:
    """Which tools are asked about, and how."""

    client: Client
    actions: Mapping[str, str]
    ungoverned: Collection[str]
    lease_seconds: int = DEFAULT_LEASE_SECONDS
    wait_seconds: float = 0
    """How long a question may take, where a framework's own pause is to wait."""

    def __post_init__(self) -> None:
        if isinstance(self.ungoverned, str):
            raise TypeError("ungoverned takes the names of several tools, such as ('search',)")

    def action_of(self, tool: str) -> str | None:
        """The action of a tool: its own name unless `actions` says another. None if it isn't governed."""
        return None if tool in self.ungoverned else self.actions.get(tool, tool)

    def ask(self, call: ToolCall) -> Execution | Waiting | Refused:
        client = self.client
        if isinstance(client, AsyncDaaiClient):
            raise TypeError(
                "AsyncDaaiClient can't ask in a thread of its own; use DaaiClient, or run it async"
            )
        answer = drive(_ask(self, call), client._perform)
        return Execution(client, client._perform, answer) if isinstance(answer, Held) else answer

    async def ask_async(self, call: ToolCall) -> AsyncExecution | Waiting | Refused:
        answer = await drive_async(_ask(self, call), self._perform_async)
        if isinstance(answer, Held):
            return AsyncExecution(self.client, self._perform_async, answer)
        return answer

    async def status_async(self, run_id: str) -> RunStatus:
        return await drive_async(self.client._status_flow(run_id), self._perform_async)

    @property
    def _perform_async(self) -> Callable[[Effect], Awaitable[Any]]:
        client = self.client
        return client._perform if isinstance(client, AsyncDaaiClient) else in_threads(client._perform)


@dataclass(frozen=True)
class ToolCall:
    """What a model wants to do."""

    action: str
    arguments: dict[str, Any]
    framework: str
    conversation: str
    """The framework's name for what the call is part of, shown to approvers as its source."""
    id: str
    """Of the call. Unique within the conversation."""
    actor: str | None = None

    @property
    def key(self) -> str:
        key = f"{self.framework}:{self.conversation}:{self.id}"
        if len(key) <= MAX_KEY_CHARACTERS:
            return key
        return f"{self.framework}:{hashlib.sha256(key.encode()).hexdigest()}"


@dataclass(frozen=True)
class Waiting:
    """A person has to decide, or thaw it: the framework pauses."""

    run: Run
    explanation: str


@dataclass(frozen=True)
class Refused:
    """It didn't run, and won't: the model gets the reason instead of a result."""

    explanation: str


class ToolFailed(Exception):  # noqa: N818 - what a framework turned into a text for the model
    """Raised in an execution, so that it's reported as failed."""


async def release(execution: AsyncExecution) -> None:
    """Give back a claim under which nothing ran."""
    execution._keeper.cancel()
    client, token = execution._client, execution._claim.token
    try:
        await drive_async(client._release_flow(execution.action_run_id, token), execution._perform)
    except DaaiError as problem:
        logger.warning("the claim on run %s couldn't be released: %s", execution.action_run_id, problem)


def with_change(run: Run, text: str) -> str:
    """A tool's result as the model gets it: with who changed what, if a person changed the call."""
    change = run.change_explanation
    return text if change is None else f"{change}\n\n{text}"


def _ask(governing: Governing, call: ToolCall) -> Flow[Held | Waiting | Refused]:
    """Anything else that goes wrong is raised, and the tool doesn't run: it isn't for the model to know."""
    client = governing.client
    try:
        return (
            yield from propose(
                client,
                call.action,
                call.arguments,
                call.key,
                actor=call.actor,
                source={"type": call.framework, "ref": call.conversation[:500]},
                wait=governing.wait_seconds,
                lease_seconds=governing.lease_seconds,
                accepts_changes=True,
            )
        )
    except (ActionPending, ActionFrozen) as waiting:
        return Waiting(waiting.run, waiting.explanation)
    except ActionAlreadyTaken as taken:
        run = yield from client._status_flow(taken.run.action_run_id)
        if run.execution_status in REPORTED:
            return Refused(run.explanation)
        # Another process is at it, or it's in doubt: a result told now could be wrong.
        raise ActionAlreadyTaken(run) from taken
    except ActionNotRun as refused:
        return Refused(refused.explanation)
    except (DaaiTooSoonError, DaaiPayloadError) as refused:
        return Refused(f"{refused}. Not executed.")
