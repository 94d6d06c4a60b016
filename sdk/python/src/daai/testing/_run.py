from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from ._clock import wire_time

PERSONAL_REFUSALS = ("rejected_by_human", "manually_blocked_by_approver", "approval_revoked")


@dataclass
class FakeRun:
    """What was proposed and what became of it. For reading: change it with the methods of `FakeDaai`."""

    id: str
    action: str
    payload: dict[str, Any]
    payload_hash: str
    idempotency_key: str
    reasoning: str | None
    source: dict[str, Any] | None
    actor: str | None
    governance_status: str
    governance_reason: str
    policy_rule: str | None
    created_at: datetime
    expires_at: datetime | None
    previous_run_id: str | None = None
    execution_status: str = "not_executed"
    decided_at: datetime | None = None
    decided_by: str | None = None
    comment: str | None = None
    approval_valid_until: datetime | None = None
    worker: str | None = None
    claim_token: str | None = field(default=None, repr=False)
    claim_expires_at: datetime | None = None
    execution_result: dict[str, Any] | None = None
    """The result that was reported."""
    execution_error: str | None = None
    reported_at: datetime | None = None

    @property
    def may_run(self) -> bool:
        return self.governance_status in ("allowed", "approved")

    @property
    def ended_at(self) -> datetime | None:
        """When it was over without an execution."""
        if self.execution_status == "failed":
            return self.reported_at
        return self.decided_at if self.governance_status in ("rejected", "blocked") else None

    def end(self, status: str, reason: str, at: datetime, by: str | None, comment: str | None) -> None:
        """Decides, or ends an approval."""
        self.governance_status, self.governance_reason = status, reason
        self.decided_at, self.decided_by, self.comment = at, by, comment
        self.execution_status = "awaiting_execution_report" if self.may_run else "not_executed"

    def claim(self, worker: str, token: str, now: datetime, lease_seconds: float) -> dict[str, Any]:
        self.worker, self.claim_token = worker, token
        self.claim_expires_at = now + timedelta(seconds=lease_seconds)
        return self.wire_claim()

    def wire_claim(self) -> dict[str, Any]:
        return {"token": self.claim_token, "expires_at": wire_time(self.claim_expires_at)}

    def release(self) -> None:
        self.worker = self.claim_token = self.claim_expires_at = None

    def report(self, outcome: str, result: dict[str, Any] | None, error: str | None, now: datetime) -> None:
        self.execution_status, self.execution_result, self.execution_error = outcome, result, error
        self.reported_at = now

    def wire_decision(self) -> dict[str, Any] | None:
        if self.governance_status == "pending_approval":
            return None
        return {
            "outcome": self.governance_status,
            "reason": self.governance_reason,
            "by": self.decided_by,
            "at": wire_time(self.decided_at),
            "comment": self.comment,
        }
