"""Builds each model from the decoded answer. Strict about what is read, blind to fields it does not know.

Every function raises ValueError when a field is missing or mistyped, or when the fields contradict one
another.
"""

from __future__ import annotations

from typing import Any, TypeVar

from ._models import (
    Claim,
    ClaimedRun,
    ClaimState,
    ExecutionReport,
    ExecutionStatus,
    GovernanceStatus,
    InterceptResult,
    RunStatus,
    Withdrawal,
)

T = TypeVar("T")
Answer = dict[str, Any]

_MAY_RUN = (GovernanceStatus.ALLOWED, GovernanceStatus.APPROVED)


def intercept_result(answer: Answer) -> InterceptResult:
    return InterceptResult(
        **_decision(answer),
        action=_may(answer, "action", str),
        idempotency_key=_may(answer, "idempotency_key", str),
        payload_hash=_may(answer, "payload_hash", str),
        idempotent_replay=_need(answer, "idempotent_replay", bool),
        claim=_claim(answer),
        links=_may(answer, "links", dict) or {},
    )


def run_status(answer: Answer) -> RunStatus:
    return RunStatus(
        **_decision(answer),
        action=_need(answer, "action", str),
        created_at=_may(answer, "created_at", str),
        decided_at=_may(answer, "decided_at", str),
        decided_by=answer.get("decided_by"),
        comment=_may(answer, "comment", str),
        expires_at=_may(answer, "expires_at", str),
        approval_valid_until=_may(answer, "approval_valid_until", str),
        claimed=_may(answer, "claimed", bool),
        claim_expires_at=_may(answer, "claim_expires_at", str),
        in_doubt=_may(answer, "in_doubt", bool),
        execution_error=_may(answer, "execution_error", str),
        execution_reported_at=_may(answer, "execution_reported_at", str),
        mail=_may(answer, "mail", dict),
    )


def claimed_run(answer: Answer) -> ClaimedRun:
    claim = _claim(answer)
    if claim is None:
        raise ValueError("there is no claim in it")
    return ClaimedRun(
        action_run_id=_need(answer, "action_run_id", str),
        action=_need(answer, "action", str),
        payload=_need(answer, "payload", dict),
        claim=claim,
        payload_hash=_may(answer, "payload_hash", str),
        policy_version=answer.get("policy_version"),
    )


def claim_state(answer: Answer) -> ClaimState:
    return ClaimState(_need(answer, "action_run_id", str), _claim(answer))


def execution_report(answer: Answer) -> ExecutionReport:
    return ExecutionReport(
        action_run_id=_need(answer, "action_run_id", str),
        execution_status=_status(answer, "execution_status", ExecutionStatus),
        execution_error=_may(answer, "execution_error", str),
        execution_reported_at=_may(answer, "execution_reported_at", str),
        idempotent_replay=_may(answer, "idempotent_replay", bool) or False,
    )


def withdrawal(answer: Answer) -> Withdrawal:
    return Withdrawal(
        action_run_id=_need(answer, "action_run_id", str),
        governance_status=_status(answer, "governance_status", GovernanceStatus),
        execution_status=_status(answer, "execution_status", ExecutionStatus),
        governance_reason=_need(answer, "governance_reason", str),
        withdrawn_at=_need(answer, "withdrawn_at", str),
        reason=_need(answer, "reason", str),
        idempotent_replay=_may(answer, "idempotent_replay", bool) or False,
    )


def _decision(answer: Answer) -> dict[str, Any]:
    governance = _status(answer, "governance_status", GovernanceStatus)
    execution = _status(answer, "execution_status", ExecutionStatus)
    executable = _need(answer, "executable", bool)
    # A run that may not run, or has run, cannot be executable: such an answer is not to be acted on.
    if executable and (
        governance not in _MAY_RUN or execution is not ExecutionStatus.AWAITING_EXECUTION_REPORT
    ):
        raise ValueError(f"executable contradicts {governance} and {execution}")
    return {
        "action_run_id": _need(answer, "action_run_id", str),
        "governance_status": governance,
        "execution_status": execution,
        "governance_reason": _need(answer, "governance_reason", str),
        "executable": executable,
        "receipt": _may(answer, "receipt", dict),
    }


def _claim(answer: Answer) -> Claim | None:
    claim = _may(answer, "claim", dict)
    return None if claim is None else Claim(_need(claim, "token", str), _need(claim, "expires_at", str))


def _status(answer: Answer, name: str, kind: type[T]) -> T:
    return kind(_need(answer, name, str))  # type: ignore[call-arg]


def _need(answer: Answer, name: str, kind: type[T]) -> T:
    value = answer.get(name)
    # type() rather than isinstance(): to Python, True is also an int.
    if type(value) is not kind or value == "":
        raise ValueError(f"{name} is missing or not a {kind.__name__}")
    return value


def _may(answer: Answer, name: str, kind: type[T]) -> T | None:
    value = answer.get(name)
    if value is not None and type(value) is not kind:
        raise ValueError(f"{name} is not a {kind.__name__}")
    return value
