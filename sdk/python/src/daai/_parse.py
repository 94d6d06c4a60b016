"""Builds each model from the decoded response. Strict about known fields, and ignores unknown ones.

Every function raises ValueError if a field is missing or mistyped, or if the fields contradict each other.
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
Body = dict[str, Any]

_MAY_RUN = (GovernanceStatus.ALLOWED, GovernanceStatus.APPROVED)


def intercept_result(body: Body) -> InterceptResult:
    return InterceptResult(
        **_decision(body),
        action=_may(body, "action", str),
        idempotency_key=_may(body, "idempotency_key", str),
        payload_hash=_may(body, "payload_hash", str),
        idempotent_replay=_need(body, "idempotent_replay", bool),
        claim=_claim(body),
        links=_may(body, "links", dict) or {},
    )


def run_status(body: Body) -> RunStatus:
    return RunStatus(
        **_decision(body),
        action=_need(body, "action", str),
        created_at=_may(body, "created_at", str),
        decided_at=_may(body, "decided_at", str),
        decided_by=body.get("decided_by"),
        comment=_may(body, "comment", str),
        expires_at=_may(body, "expires_at", str),
        approval_valid_until=_may(body, "approval_valid_until", str),
        claimed=_may(body, "claimed", bool),
        claim_expires_at=_may(body, "claim_expires_at", str),
        in_doubt=_may(body, "in_doubt", bool),
        execution_error=_may(body, "execution_error", str),
        execution_reported_at=_may(body, "execution_reported_at", str),
        mail=_may(body, "mail", dict),
    )


def claimed_run(body: Body) -> ClaimedRun:
    claim = _claim(body)
    if claim is None:
        raise ValueError("it has no claim")
    return ClaimedRun(
        action_run_id=_need(body, "action_run_id", str),
        action=_need(body, "action", str),
        payload=_need(body, "payload", dict),
        claim=claim,
        payload_hash=_may(body, "payload_hash", str),
        policy_version=body.get("policy_version"),
        payload_changed=_may(body, "payload_changed", bool) or False,
        changes=_may(body, "changes", list),
        reason=_may(body, "reason", str),
    )


def claim_state(body: Body) -> ClaimState:
    return ClaimState(_need(body, "action_run_id", str), _claim(body))


def execution_report(body: Body) -> ExecutionReport:
    return ExecutionReport(
        action_run_id=_need(body, "action_run_id", str),
        execution_status=_status(body, "execution_status", ExecutionStatus),
        execution_error=_may(body, "execution_error", str),
        execution_reported_at=_may(body, "execution_reported_at", str),
        idempotent_replay=_may(body, "idempotent_replay", bool) or False,
    )


def withdrawal(body: Body) -> Withdrawal:
    return Withdrawal(
        action_run_id=_need(body, "action_run_id", str),
        governance_status=_status(body, "governance_status", GovernanceStatus),
        execution_status=_status(body, "execution_status", ExecutionStatus),
        governance_reason=_need(body, "governance_reason", str),
        withdrawn_at=_need(body, "withdrawn_at", str),
        reason=_need(body, "reason", str),
        idempotent_replay=_may(body, "idempotent_replay", bool) or False,
    )


def _decision(body: Body) -> dict[str, Any]:
    governance = _status(body, "governance_status", GovernanceStatus)
    execution = _status(body, "execution_status", ExecutionStatus)
    executable = _need(body, "executable", bool)
    # A run that may not run, or has run, can't be executable: never act on such a response.
    if executable and (
        governance not in _MAY_RUN or execution is not ExecutionStatus.AWAITING_EXECUTION_REPORT
    ):
        raise ValueError(f"executable contradicts {governance} and {execution}")
    return {
        "action_run_id": _need(body, "action_run_id", str),
        "governance_status": governance,
        "execution_status": execution,
        "governance_reason": _need(body, "governance_reason", str),
        "policy_rule": _may(body, "policy_rule", str),
        "budget": _may(body, "budget", dict),
        "grant": _may(body, "grant", dict),
        "executable": executable,
        "frozen": _may(body, "frozen", bool) or False,
        "receipt": _may(body, "receipt", dict),
        "previous_run_id": _may(body, "previous_run_id", str),
        "ask_again_at": _may(body, "ask_again_at", str),
        "decision": _may(body, "decision", dict),
        "approvals": _may(body, "approvals", dict),
        "payload_changed": _may(body, "payload_changed", bool) or False,
    }


def _claim(body: Body) -> Claim | None:
    claim = _may(body, "claim", dict)
    return None if claim is None else Claim(_need(claim, "token", str), _need(claim, "expires_at", str))


def _status(body: Body, name: str, kind: type[T]) -> T:
    return kind(_need(body, name, str))  # type: ignore[call-arg]


def _need(body: Body, name: str, kind: type[T]) -> T:
    value = body.get(name)
    # type() rather than isinstance(): to Python, True is also an int.
    if type(value) is not kind or value == "":
        raise ValueError(f"{name} is missing or not a {kind.__name__}")
    return value


def _may(body: Body, name: str, kind: type[T]) -> T | None:
    value = body.get(name)
    if value is not None and type(value) is not kind:
        raise ValueError(f"{name} is not a {kind.__name__}")
    return value
