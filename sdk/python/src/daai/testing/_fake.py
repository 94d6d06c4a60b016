"""The console that tests talk to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import TracebackType
from typing import Any

import httpx

from .._async_client import AsyncDaaiClient
from .._canonical import payload_hash
from .._client import DaaiClient
from .._payload import json_object
from ._budgets import Budget
from ._clock import FakeClock
from ._grants import Grant
from ._installed import API_KEY, WORKSPACE_KEY, Installation
from ._people import APPROVER, Person
from ._policies import Policy
from ._proposals import Proposals
from ._registered import Registered
from ._run import FakeRun
from ._runs import ORIGIN, Refusal
from ._transport import Transport

_ANY: Any = object()


class FakeDaai(Registered):
    """A console in memory, with people who do as told and a clock that a test turns.

    `policies` are the registered actions: `always_allow`, `log_only`, `always_require_approval`,
    `always_block`, `require_approval_above(500)`, or a function of the payload that returns allow, ask or
    block. Any other action is blocked, as in a console that doesn't know it. The first of `people` who takes
    a request answers it; without one, it waits until it expires. Where several approvals are needed, all of
    `people` who take it answer. `budgets` count what is proposed from now on.

    Use `client()`, or `with FakeDaai(...) as fake:`, in which every client of this process talks to the fake.
    """

    def __init__(
        self,
        policies: Mapping[str, Policy] | None = None,
        people: Iterable[Person] = (),
        *,
        budgets: Iterable[Budget] = (),
        clock: FakeClock | None = None,
    ) -> None:
        self.clock = clock or FakeClock()
        self._console = Proposals(self.clock, list(people))
        self._transport = Transport(self._console)
        self._installation: Installation | None = None
        for action, policy in (policies or {}).items():
            self.register(action, policy)
        for budget in budgets:
            self.add_budget(budget)

    @property
    def people(self) -> list[Person]:
        """Who answers requests, also those that are pending now. Can be changed and set."""
        return self._console.people

    @people.setter
    def people(self, people: Iterable[Person]) -> None:
        self._console.people = list(people)

    @property
    def is_down(self) -> bool:
        """Set it to have every request fail, as if the console couldn't be reached."""
        return self._transport.is_down

    @is_down.setter
    def is_down(self, is_down: bool) -> None:
        self._transport.is_down = is_down

    def client(self, **settings: Any) -> DaaiClient:
        """A client that talks to this fake. It takes the settings of `DaaiClient`."""
        client = DaaiClient(
            API_KEY, WORKSPACE_KEY, f"{ORIGIN}/api", http_client=self.http_client(), **settings
        )
        client._sleep = self._sleep
        client._monotonic = self.clock.monotonic
        return client

    def async_client(self, **settings: Any) -> AsyncDaaiClient:
        """As `client`, for asyncio."""
        http = httpx.AsyncClient(transport=httpx.MockTransport(self._transport))
        client = AsyncDaaiClient(API_KEY, WORKSPACE_KEY, f"{ORIGIN}/api", http_client=http, **settings)
        client._sleep = self._sleep_async
        client._monotonic = self.clock.monotonic
        return client

    def http_client(self) -> httpx.Client:
        """An HTTP client that reaches this fake at any address."""
        return httpx.Client(transport=httpx.MockTransport(self._transport))

    def _sleep(self, seconds: float) -> None:
        self.clock.advance(seconds=seconds)

    async def _sleep_async(self, seconds: float) -> None:
        self._sleep(seconds)

    @property
    def runs(self) -> list[FakeRun]:
        """Every run, as it is now, in the order in which they were proposed."""
        with self._transport.lock:
            return [self._console.find(run_id) for run_id in self._console.runs]

    def run(self, run_id: str) -> FakeRun:
        return self._find(run_id)

    def decide(
        self,
        run_id: str,
        decision: str,
        comment: str | None = None,
        *,
        by: str = APPROVER,
        change: dict[str, Any] | None = None,
        grant: Grant | None = None,
    ) -> FakeRun:
        """Answers a pending run: approve, with a `change` or a `grant` or without, reject or block.

        Where several approvals are needed, it stays pending until the last one. Raises ValueError if it
        isn't pending anymore, or this person has approved it.
        """
        run = self._find(run_id)
        _require(run.governance_status == "pending_approval", run, "isn't pending")
        may_approve = decision != "approve" or not self._console.is_frozen(run)
        _require(may_approve, run, "is frozen, so nobody can approve it")
        _require(not run.has_approval_of(by), run, f"has the approval of {by}, and nobody counts twice")
        _require(decision in ("approve", "reject", "block"), run, f"can't get the answer {decision!r}")
        _require(
            change is None or (decision == "approve" and bool(comment)),
            run,
            "is changed with approve and a comment",
        )
        gives_alone = decision == "approve" and change is None
        _require(grant is None or gives_alone, run, "gets a grant with approve, and without a change")
        self._console.decide(run, decision, by, comment, self.clock.now, change, grant)
        return run

    def revoke(self, run_id: str, comment: str | None = None) -> FakeRun:
        """Takes an approval back, by the person who gave it, or the last of several.

        Raises ValueError if the run isn't approved, or is claimed.
        """
        run = self._find(run_id)
        _require(run.governance_status == "approved", run, "isn't approved")
        _require(run.claim_token is None and run.reported_at is None, run, "was claimed or reported")
        run.end("rejected", "approval_revoked", self.clock.now, run.decided_by, comment)
        for grant in self._console.grants:
            grant.is_revoked = grant.is_revoked or grant.run_id == run.id
        return run

    def settle(self, run_id: str, outcome: str, *, by: str = APPROVER) -> FakeRun:
        """Settles a run in doubt: executed, failed, or released for another try."""
        run = self._find(run_id)
        _require(self._console.claim_state(run) in ("in_doubt", "lapsed"), run, "isn't in doubt")
        _require(outcome in ("executed", "failed", "released"), run, f"can't be settled as {outcome!r}")
        if outcome == "executed":
            run.report(outcome, {"settled_by": by}, None, self.clock.now)
        elif outcome == "failed":
            run.report(outcome, None, f"Settled by {by}: the run was in doubt.", self.clock.now)
        else:
            run.release()
        return run

    def _find(self, run_id: str) -> FakeRun:
        with self._transport.lock:
            try:
                return self._console.find(str(run_id))
            except Refusal:
                raise ValueError(f"there is no run {run_id}") from None

    def expect_proposed(self, action: str, payload: Any = _ANY, *, times: int = 1) -> FakeRun:
        """The run that was proposed, with exactly this payload if one is given.

        Raises AssertionError, with everything that was proposed, if it wasn't so many times.
        """
        __tracebackhide__ = True
        wanted = payload if payload is _ANY else json_object(payload, "payload")
        found = [
            run
            for run in self.runs
            if run.action == action and (wanted is _ANY or payload_hash(wanted) == run.payload_hash)
        ]
        if len(found) == times and found:
            return found[-1]
        what = action if payload is _ANY else f"{action} with {wanted!r}"
        counts = f"{_count(times)}, found it {_count(len(found))}"
        raise AssertionError(f"expected {what} {counts}. {self._proposals()}")

    def expect_nothing_proposed(self) -> None:
        __tracebackhide__ = True
        if self._console.runs:
            raise AssertionError(self._proposals())

    def _proposals(self) -> str:
        lines = [
            f"  {run.action} {run.payload!r}: {run.governance_status}, {run.execution_status}"
            for run in self.runs
        ]
        return "\n".join(["Proposed:", *lines]) if lines else "Nothing was proposed."

    def __enter__(self) -> FakeDaai:
        if self._installation is not None:
            raise RuntimeError("this fake is already in use")
        self._installation = Installation(
            self._transport, self._sleep, self._sleep_async, self.clock.monotonic
        )
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._installation is not None:
            self._installation.end()
            self._installation = None


def _count(times: int) -> str:
    return "once" if times == 1 else f"{times} times"


def _require(holds: bool, run: FakeRun, problem: str) -> None:
    if not holds:
        state = f"{run.governance_status}, {run.execution_status}"
        raise ValueError(f"the run {run.id} {problem}: it is {state}")
