from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from .._canonical import canonical, payload_hash
from ._clock import wire_time

PERSONAL_REFUSALS = ("rejected_by_human", "manually_blocked_by_approver", "approval_revoked")


@dataclass(frozen=True)
class Change:
    """What a person made of a payload."""

    payload: dict[str, Any]
    payload_hash: str
    changes: list[dict[str, Any]]
    """The difference, as JSON Patch (RFC 6902)."""

    @classmethod
    def of(cls, payload: dict[str, Any], members: dict[str, Any]) -> Change | None:
        """None if nothing differs. Raises ValueError for what no action lets its approvers change."""
        changes = []
        for name, value in members.items():
            before = payload.get(name)
            # By their JSON: True isn't 1.
            if name in payload and canonical(before) == canonical(value):
                continue
            is_text = isinstance(before, str) and isinstance(value, str)
            if not is_text and not (_is_number(before) and _is_number(value) and value <= before):
                raise ValueError(
                    f"a text can be changed to a text and a number to a lower one, but {name} is {before!r}"
                )
            changes.append({"op": "replace", "path": _pointer(name), "value": value})
        changed = {**payload, **members}
        return cls(changed, payload_hash(changed), changes) if changes else None


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _pointer(name: str) -> str:
    return "/" + name.replace("~", "~0").replace("/", "~1")


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
    accepts_changes: bool = False
    change: Change | None = None
    """What a person approved in place of what was proposed or, of a rejected run, what they would accept."""
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
    def applied_change(self) -> Change | None:
        """None: what may run is what was proposed."""
        return None if self.governance_reason == "rejected_by_human" else self.change

    @property
    def decided_hash(self) -> str:
        change = self.applied_change
        return change.payload_hash if change else self.payload_hash

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
            "changes": self.change.changes if self.change else None,
            "proposed_payload": self.change.payload if self.change and not self.applied_change else None,
        }
