"""From a proposal to the right to execute it, and from the end of the execution to its report."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any
from uuid import UUID

from ._action_exceptions import (
    ActionAlreadyTaken,
    ActionBlocked,
    ActionFrozen,
    ActionNotRun,
    ActionPending,
    ActionRejected,
    ExecutionNotReported,
)
from ._exceptions import DaaiConflictError, DaaiError, LogTampered
from ._flow import Flow
from ._models import Claim, ExecutionStatus, GovernanceStatus, InterceptResult, OnCancel, Run, RunStatus
from ._outcome import error_text, reportable
from ._proposal import check_lease

if TYPE_CHECKING:
    from ._base_client import BaseClient

logger = logging.getLogger("daai")

# Codes of a claim that came too late, or whose action was deactivated.
_TAKEN = ("already_claimed", "already_reported", "not_executable", "action_inactive")

_NOT_RUN: dict[GovernanceStatus, type[ActionNotRun]] = {
    GovernanceStatus.PENDING_APPROVAL: ActionPending,
    GovernanceStatus.REJECTED: ActionRejected,
    GovernanceStatus.BLOCKED: ActionBlocked,
}


@dataclass(frozen=True)
class Held:
    """A run that this process has claimed."""

    run: Run
    token: str = field(repr=False)
    payload: dict[str, Any] | None = field(repr=False)
    lease_seconds: int


def keep_lease(claim: Claim, seconds: int) -> None:
    """Notes which lease a claim was asked for with: it is renewed by that."""
    vars(claim)["_lease_seconds"] = seconds


def _take(claim: Claim) -> bool:
    """Whether this is the first execution of a claim that came with the response to intercept.

    A second one has to ask the console, or it would run again what has run.
    """
    taker = object()
    # In one step, because several threads may have the claim.
    return vars(claim).setdefault("_taker", taker) is taker


def admit(
    client: BaseClient,
    run: Run | str | UUID,
    wait: float | None,
    worker: str,
    lease_seconds: int,
    payload: dict[str, Any] | None = None,
    on_cancel: OnCancel | None = None,
    accepts_changes: bool = False,
) -> Flow[Held]:
    """Wait if requested, and claim. `payload` is what the caller will act on; the console compares it.

    With `accepts_changes`, the caller acts on the payload of what is held, which a person may have changed.
    """
    check_lease(lease_seconds)
    if not isinstance(run, (InterceptResult, RunStatus)):
        run = yield from client._status_flow(run)
    if run.governance_status is GovernanceStatus.PENDING_APPROVAL:
        if wait:
            run = yield from client._wait_flow(run.action_run_id, wait, on_cancel)
        else:
            # The given state may be outdated.
            run = yield from client._status_flow(run.action_run_id)
    require_executable(run)
    if isinstance(run, InterceptResult) and run.claim is not None and _take(run.claim):
        return Held(run, run.claim.token, payload, vars(run.claim).get("_lease_seconds", lease_seconds))
    expected = None if accepts_changes and run.payload_changed else payload
    try:
        claimed = yield from client._claim_flow(
            run.action_run_id, worker, lease_seconds, expected, run.payload_changed
        )
    except DaaiConflictError as error:
        if error.code in _TAKEN:
            raise _lost(run, error) from error
        if error.code == "frozen":
            raise ActionFrozen(run) from error
        raise
    return Held(run, claimed.claim.token, claimed.payload, lease_seconds)


def require_executable(run: Run) -> None:
    if run.governance_status in _NOT_RUN:
        raise _NOT_RUN[run.governance_status](run)
    if run.executable is not True and run.frozen:
        raise ActionFrozen(run)
    if run.executable is not True:
        raise ActionAlreadyTaken(run)


def _lost(run: Run, error: DaaiConflictError) -> ActionNotRun:
    """Its approval may have ended since `run` was read: the refusal then includes the decision."""
    decision: Any = error.body.get("decision") if isinstance(error.body, dict) else None
    try:
        outcome = GovernanceStatus(decision["outcome"])
        kind, reason = _NOT_RUN[outcome], str(decision["reason"])
    except (KeyError, TypeError, ValueError):
        return ActionAlreadyTaken(run)
    execution = ExecutionStatus.NOT_EXECUTED
    return kind(
        replace(
            run,
            governance_status=outcome,
            execution_status=execution,
            governance_reason=reason,
            executable=False,
            decision=decision,
        )
    )


def settle(client: BaseClient, held: Held, result: Any, error: BaseException | None) -> Flow[None]:
    """Report the outcome."""
    run_id = held.run.action_run_id
    if error is None:
        try:
            yield from client._report_executed_flow(run_id, reportable(result), held.token)
        except LogTampered:
            # It is reported: the response has arrived.
            raise
        except DaaiError as problem:
            raise ExecutionNotReported(held.run, result, held.token) from problem
    elif isinstance(error, Exception):
        try:
            yield from client._report_failed_flow(run_id, error_text(error), None, held.token)
        except DaaiError as problem:
            # The caller's own exception matters more.
            logger.warning("the failure of run %s couldn't be reported: %s", run_id, problem)
    else:
        # Interrupted or canceled: it may or may not have run. The claim expires and a person settles it.
        logger.warning("run %s was interrupted and is left in doubt", run_id)
