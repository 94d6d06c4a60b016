"""Claude Agent SDK: a tool call that waits is denied, and let through when the model makes it again."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncGenerator, AsyncIterable, Collection, Mapping
from contextlib import aclosing
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Literal, cast

from claude_agent_sdk import (
    ClaudeAgentOptions,
    ClaudeSDKClient,
    ClaudeSDKError,
    HookMatcher,
    Message,
    query,
)

from .._action_exceptions import ActionAlreadyTaken
from .._models import GovernanceStatus, RunStatus
from .._proposal import DEFAULT_LEASE_SECONDS
from ._claude_agent_calls import AgentCalls
from ._gate import REPORTED, Client, Governing
from ._open_calls import OpenCalls
from ._pauses import Pauses

if TYPE_CHECKING:
    from claude_agent_sdk.types import HookCallback, HookEvent

__all__ = ["DaaiPermissions"]

_OVER = (GovernanceStatus.REJECTED, GovernanceStatus.BLOCKED)


class DaaiPermissions:
    """Has every call of a tool decided before it runs.

    Use `query` or `client` instead of the SDK's, with the same options. A tool's action has the tool's name,
    unless `actions` says another; tools in `ungoverned` aren't asked about: the `can_use_tool` of the options
    keeps them. A call that a person has to decide waits up to `wait_seconds`. Then the model reads that it
    should make it again later, and `pauses` stores the session by the run's id, for `resume`.
    """

    def __init__(
        self,
        client: Client,
        pauses: Pauses,
        *,
        actions: Mapping[str, str] | None = None,
        ungoverned: Collection[str] = (),
        wait_seconds: float = 0,
        lease_seconds: int = DEFAULT_LEASE_SECONDS,
    ) -> None:
        self._governing = Governing(client, actions or {}, ungoverned, lease_seconds, wait_seconds)
        self._pauses = pauses
        self._open_calls = OpenCalls(pauses)

    def client(self, options: ClaudeAgentOptions | None = None) -> ClaudeSDKClient:
        """A `ClaudeSDKClient`. What isn't for the model is logged, and the call denied with it."""
        return _Client(*self._governed(options))

    async def query(
        self, *, prompt: str | AsyncIterable[dict[str, Any]], options: ClaudeAgentOptions | None = None
    ) -> AsyncGenerator[Message, None]:
        """As the SDK's `query`. Raises at its end what isn't for the model, such as DaaiConnectionError."""
        calls, governed = self._governed(options)
        agent = cast("AsyncGenerator[Message, None]", query(prompt=prompt, options=governed))
        try:
            async with aclosing(agent) as messages:
                async for message in messages:
                    yield message
        except ClaudeSDKError as error:
            if calls.problem is None:
                raise
            raise calls.problem from error
        finally:
            await calls.end()
        if calls.problem is not None:
            raise calls.problem

    async def resume(
        self, run_id: str, options: ClaudeAgentOptions | None = None
    ) -> AsyncGenerator[Message, None]:
        """Continue the session that waits for this run: the messages of a `query` that tells the model.

        There are none if no session waits for it, or if it isn't decided yet. `options` are those that the
        session began with. Continue a session in one process at a time.
        """
        pause = await asyncio.to_thread(self._pauses.get, run_id)
        if pause is None:
            return
        run = await self._governing.status_async(run_id)
        if run.governance_status is GovernanceStatus.PENDING_APPROVAL or run.frozen:
            return
        waiting = json.loads(pause.state)
        options = replace(
            options or ClaudeAgentOptions(),
            resume=waiting["session"],
            session_id=None,
            fork_session=False,
            continue_conversation=False,
        )
        async with aclosing(self.query(prompt=_told(run, waiting), options=options)) as messages:
            async for message in messages:
                yield message
        if not run.executable:
            # The model knows, and has nothing to call again.
            await asyncio.to_thread(self._open_calls.get(waiting["call"]).close)

    def _governed(self, options: ClaudeAgentOptions | None) -> tuple[AgentCalls, ClaudeAgentOptions]:
        given = options or ClaudeAgentOptions()
        calls = AgentCalls(self._governing, self._open_calls, given.can_use_tool)
        ours: dict[HookEvent, HookCallback] = {
            "PreToolUse": calls.before,
            "PostToolUse": calls.after,
            "PostToolUseFailure": calls.after_failure,
        }
        hooks = dict(given.hooks or {})
        for event, callback in ours.items():
            # A call that the hook before it can't speak about doesn't run.
            on_failure: Literal["block"] | None = "block" if event == "PreToolUse" else None
            hooks[event] = [*hooks.get(event, []), HookMatcher(hooks=[callback], on_failure=on_failure)]
        return calls, replace(given, can_use_tool=calls.can_use_tool, hooks=hooks)


class _Client(ClaudeSDKClient):
    def __init__(self, calls: AgentCalls, options: ClaudeAgentOptions) -> None:
        super().__init__(options)
        self._calls = calls

    async def disconnect(self) -> None:
        try:
            await super().disconnect()
        finally:
            await self._calls.end()


def _told(run: RunStatus, waiting: dict[str, Any]) -> str:
    """What the model reads about its call."""
    tool, arguments = waiting["tool"], json.dumps(waiting["arguments"], ensure_ascii=False)
    if run.executable:
        return f'Your call of "{tool}" may run now. Make it again with exactly these arguments: {arguments}'
    if run.governance_status in _OVER or run.execution_status in REPORTED:
        return f'About your call of "{tool}" with {arguments}: {run.explanation}'
    # Another process is at it, or it's in doubt.
    raise ActionAlreadyTaken(run)
