"""What a runner does with one stored action.

The order is: claim, persist the claim, run, persist the outcome, report, forget. Whatever is killed wherever
in between leaves one of these behind:

    killed before the claim is persisted     pending, with the claim's token: another runner's after a lease
    ... before the outcome is persisted      claimed: in doubt as soon as its lease ends, never run again
    ... before the report is delivered       unreported: delivered by the next pass of any runner on the store
"""

from __future__ import annotations

import logging
import secrets
import sqlite3
from collections.abc import Callable, Mapping
from typing import Any

from .._client import DaaiClient
from .._exceptions import DaaiConflictError, DaaiError, DaaiNotFoundError, DaaiValidationError, LogTampered
from .._execution import new_worker
from .._forks import this_process
from .._lease import LeaseKeeper
from .._models import ClaimedRun, ExecutionStatus, GovernanceStatus, RunStatus
from .._outcome import error_text, refuse_awaitable, reportable
from .events import RunnerEvent, RunnerEventKind
from .pending_store import (
    ClaimRequestStore,
    Outcome,
    PendingAction,
    PendingState,
    PendingStore,
    StoredClaimRequest,
)

logger = logging.getLogger("daai")

Executor = Callable[[dict[str, Any]], Any]

# Errors that a retry won't change, and that concern this run alone.
FINAL = (DaaiConflictError, DaaiNotFoundError, DaaiValidationError)
_DROPPED = {
    GovernanceStatus.REJECTED: RunnerEventKind.REJECTED,
    GovernanceStatus.BLOCKED: RunnerEventKind.BLOCKED,
}


class RunnerSteps:
    def __init__(
        self,
        client: DaaiClient,
        store: PendingStore,
        executors: Mapping[str, Executor],
        worker: str | None,
        lease_seconds: int,
        on_event: Callable[[RunnerEvent], object] | None,
        clock: Callable[[], float],
    ) -> None:
        self._client = client
        self._store = store
        self._executors = executors
        self._given_worker = worker
        self._made_worker = (this_process(), new_worker())
        self._lease_seconds = lease_seconds
        self._on_event = on_event
        self._clock = clock

    def advance(self, row: PendingAction) -> bool:
        if row.state is PendingState.UNREPORTED:
            return self._deliver(row)
        if row.state is PendingState.CLAIMED:
            self._suspect(row)
        elif row.state is PendingState.IN_DOUBT:
            self._check_settlement(row)
        elif row.action in self._executors:
            return self._try(row)
        return False

    @property
    def _worker(self) -> str:
        if self._given_worker is not None:
            return self._given_worker
        if self._made_worker[0] != this_process():
            self._made_worker = (this_process(), new_worker())
        return self._made_worker[1]

    def _try(self, row: PendingAction) -> bool:
        status = self._client.status(row.action_run_id)
        if status.action != row.action:
            self.notify(
                RunnerEventKind.PROBLEM, row, error=f"the console has it as the action {status.action}"
            )
            return False
        if self._is_settled(row, status):
            return False
        request = row.claim_request
        if request is not None and not self._may_claim_with(request):
            return False
        # This runner may hold the claim: the response to an earlier pass may have been lost.
        may_hold = request is not None or self._client._claims.may_hold(row.action_run_id)
        if status.executable is not True and not may_hold:
            return False
        claimed = self._claim(row)
        if claimed is None:
            return False
        token = claimed.claim.token
        try:
            ours = claimed.action == row.action and self._store.mark_claimed(
                row.action_run_id, token, self._clock() + self._lease_seconds
            )
        except BaseException:
            # With its token stored, another runner may hold it by now, and the next pass asks for it again.
            if not isinstance(self._store, ClaimRequestStore):
                self._release(row, token)
            raise
        if not ours:
            now = self._store.get(row.action_run_id)
            # Another runner on the store got the same claim first.
            if now is None or now.claim_token != token:
                self._release(row, token)
            return False
        return self._execute(row, claimed)

    def _claim(self, row: PendingAction) -> ClaimedRun | None:
        run_id = row.action_run_id
        kept: StoredClaimRequest | None = None
        try:
            if not isinstance(self._store, ClaimRequestStore):
                return self._client.claim(run_id, self._worker, self._lease_seconds)
            request = StoredClaimRequest(self._worker, secrets.token_urlsafe(32), self._clock())
            kept = self._store.store_claim_request(run_id, request)
            if kept is None or not self._may_claim_with(kept):
                return None
            flow = self._client._claim_as_flow(run_id, kept.worker, kept.token, self._lease_seconds)
            return self._client._run(flow)
        except DaaiConflictError as error:
            if kept is not None and isinstance(self._store, ClaimRequestStore):
                self._store.delete_claim_request(run_id, kept)
            # Claimed by another worker, or deactivated meanwhile; the next status will show it.
            logger.info("run %s wasn't claimed: %s", row.action_run_id, error)
            return None

    def _may_claim_with(self, request: StoredClaimRequest) -> bool:
        """Another runner's request is its own, unless no claim was stored for a whole lease: it is dead."""
        return request.worker == self._worker or request.asked_at + self._lease_seconds < self._clock()

    def _release(self, row: PendingAction, token: str) -> None:
        try:
            self._client.release_claim(row.action_run_id, token)
        except DaaiError as error:
            logger.warning("the claim on run %s couldn't be released: %s", row.action_run_id, error)

    def _execute(self, row: PendingAction, claimed: ClaimedRun) -> bool:
        run_id, token = row.action_run_id, claimed.claim.token

        def renew() -> None:
            # First the store: it shows that this process is alive, the console's lease only that it renewed.
            self._store.extend_lease(run_id, token, self._clock() + self._lease_seconds)
            self._client.renew_claim(run_id, token, self._lease_seconds)

        try:
            with LeaseKeeper(renew, self._lease_seconds):
                outcome = _call(self._executors[row.action], claimed.payload)
        except BaseException as error:
            # KeyboardInterrupt, SystemExit: it may or may not have run.
            self._doubt(row, token, f"interrupted by {type(error).__name__}")
            raise
        try:
            self._store.record_outcome(run_id, token, outcome)
        except sqlite3.Error:
            # The outcome can still be reported; if not, the row stays claimed and will be in doubt.
            logger.exception("the outcome of run %s couldn't be stored", run_id)
        return self._report(row, token, outcome)

    def _deliver(self, row: PendingAction) -> bool:
        if row.outcome is None or row.claim_token is None:
            raise RuntimeError(f"run {row.action_run_id} is stored as unreported without an outcome")
        return self._report(row, row.claim_token, row.outcome)

    def _report(self, row: PendingAction, token: str, outcome: Outcome) -> bool:
        run_id = row.action_run_id
        known = {"result": outcome.result, "error": outcome.error}
        try:
            if outcome.error is None:
                self._client.report_executed(run_id, outcome.result, claim_token=token)
            else:
                self._client.report_failed(run_id, outcome.error, claim_token=token)
        except FINAL as error:
            self._store.mark_in_doubt(run_id, token, f"the console rejected the report: {error}")
            self.notify(RunnerEventKind.REPORT_REFUSED, row, **known)
            return False
        except LogTampered:
            # The caller must see this. The row stays unreported: reporting it again does no harm.
            raise
        except DaaiError as error:
            logger.warning("the report of run %s will be delivered later: %s", run_id, error)
            self.notify(RunnerEventKind.UNDELIVERED, row, **known)
            return False
        if not self._store.remove(run_id):
            return False
        executed = outcome.error is None
        self.notify(RunnerEventKind.EXECUTED if executed else RunnerEventKind.FAILED, row, **known)
        return executed

    def _suspect(self, row: PendingAction) -> None:
        """Marks a claimed row in doubt once its lease has ended: its runner has died."""
        if row.claim_token and row.lease_until is not None and row.lease_until < self._clock():
            self._doubt(row, row.claim_token, "its runner died during the execution")

    def _doubt(self, row: PendingAction, token: str, note: str) -> None:
        if self._store.mark_in_doubt(row.action_run_id, token, note):
            self.notify(RunnerEventKind.IN_DOUBT, row, error=note)

    def _check_settlement(self, row: PendingAction) -> None:
        """A person may have settled it in the console. One with a known outcome is settled here only."""
        if row.outcome is not None:
            return
        status = self._client.status(row.action_run_id)
        if self._is_settled(row, status):
            return
        # No claim is left, not even an expired one: a person or the action's settings released it.
        released = status.executable and status.claimed is False and status.claim_expires_at is None
        if released and self._store.reopen(row.action_run_id):
            self.notify(RunnerEventKind.RELEASED, row)

    def _is_settled(self, row: PendingAction, status: RunStatus) -> bool:
        known: dict[str, Any] = {}
        if status.governance_status in _DROPPED:
            kind = _DROPPED[status.governance_status]
            known = {"explanation": status.explanation}
        elif status.execution_status in (ExecutionStatus.EXECUTED, ExecutionStatus.FAILED):
            kind = RunnerEventKind.SETTLED_ELSEWHERE
        else:
            return False
        if self._store.remove(row.action_run_id):
            self.notify(kind, row, **known)
        return True

    def notify(self, kind: RunnerEventKind, row: PendingAction, **known: Any) -> None:
        logger.info("run %s (%s): %s %s", row.action_run_id, row.action, kind, known.get("explanation", ""))
        if self._on_event is None:
            return
        try:
            self._on_event(RunnerEvent(kind, row.action_run_id, row.action, **known))
        except Exception:
            logger.exception("on_event raised")


def _call(executor: Executor, payload: dict[str, Any]) -> Outcome:
    try:
        result = executor(payload)
        refuse_awaitable(result)
    except Exception as error:
        logger.warning("the executor failed", exc_info=True)
        return Outcome({}, error_text(error))
    return Outcome(reportable(result))
