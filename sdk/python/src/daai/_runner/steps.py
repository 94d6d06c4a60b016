"""What a runner does with one stored action.

The order is: claim, persist the claim, run, persist the outcome, report, forget. Whatever is killed wherever
in between leaves one of these behind:

    killed before the claim is persisted     pending, with the claim's token: another runner's after a lease
    ... before the outcome is persisted      claimed: in doubt as soon as its lease ends, never run again
    ... before the report is delivered       unreported: delivered by the next pass of any runner on the store
"""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Callable, Mapping
from typing import Any

from .._client import DaaiClient
from .._exceptions import DaaiConflictError, DaaiError, DaaiNotFoundError, DaaiValidationError, LogTampered
from .._lease import LeaseKeeper
from .._models import ClaimedRun, ExecutionStatus, GovernanceStatus, RunStatus
from .._outcome import error_text, refuse_awaitable, reportable
from .claiming import Claiming
from .events import RunnerEvent, RunnerEventKind
from .pending_store import Outcome, PendingAction, PendingState, PendingStore

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
        self._claiming = Claiming(client, store, worker, lease_seconds, clock)
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

    def _try(self, row: PendingAction) -> bool:
        status = self._client.status(row.action_run_id)
        if status.action != row.action:
            self.notify(
                RunnerEventKind.PROBLEM, row, error=f"the console has it as the action {status.action}"
            )
            return False
        if self._is_settled(row, status):
            return False
        claimed = self._claiming.claim(
            row, executable=status.executable is True, changed=status.payload_changed
        )
        if claimed is None:
            return False
        return self._execute(row, claimed)

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
        present = self._store.get(row.action_run_id)
        # A runner on this store that has executed it meanwhile had persisted its claim before, and removes
        # the row itself.
        if present is None or present.state is not row.state:
            return True
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
