from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from .._canonical import canonical, payload_hash
from ._budgets import BudgetEntry
from ._clock import wire_time
from ._grants import GrantUse

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


@dataclass(frozen=True)
class FakeApproval:
    """One person's yes where several are needed."""

    by: str
    stage: int
    """From 1."""
    at: datetime
    comment: str | None
    change: Change | None
    """What they approved in place of what was proposed."""

    @property
    def payload_hash(self) -> str | None:
        """None: that of the proposal."""
        return self.change.payload_hash if self.change else None


def is_same_person(one: str, other: str) -> bool:
    return _person_of(one) == _person_of(other)


def _person_of(email: str) -> str:
    """As the console tells people apart: upper case, and what follows a plus sign, don't count."""
    plain = re.sub(r"^([^+@]+)\+[^@]*@", r"\1@", email)
    return re.sub("[A-Z]+", lambda letters: letters[0].lower(), plain)


def approvals_of(stages: tuple[int, ...], given: list[FakeApproval]) -> dict[str, Any]:
    """How far they are: in the first stage that isn't complete, or else in the last."""
    for stage, required in enumerate(stages, 1):
        by = [approval.by for approval in given if approval.stage == stage]
        if len(by) < required:
            break
    return {"stage": stage, "stages": len(stages), "required": required, "given": len(by), "by": by}


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
    stages: tuple[int, ...] = ()
    """How many people must approve in each stage; empty: one approval is enough."""
    approvals_given: list[FakeApproval] = field(default_factory=list)
    """Where several are needed: those that count, in order."""
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
    budget_entries: list[BudgetEntry] = field(default_factory=list, repr=False)
    """How it counts toward the budgets."""
    exceeded: BudgetEntry | None = field(default=None, repr=False)
    """The one of them that it goes over."""
    grant_use: GrantUse | None = field(default=None, repr=False)
    """The standing grant that allowed it."""

    @property
    def is_counted(self) -> bool:
        """Whether budgets count it: it may run, or has run. A run in doubt counts."""
        has_failed = self.execution_status == "failed"
        return self.governance_status not in ("rejected", "blocked") and not has_failed

    @property
    def may_run(self) -> bool:
        return self.governance_status in ("allowed", "approved")

    @property
    def applied_change(self) -> Change | None:
        """None: what may run is what was proposed."""
        return None if self.governance_reason == "rejected_by_human" else self.change

    @property
    def agreed_change(self) -> Change | None:
        """What those who have approved a pending run made of it: they all approved the same payload."""
        return self.approvals_given[-1].change if self.approvals_given else None

    @property
    def lacks_approvals(self) -> bool:
        approvals = approvals_of(self.stages, self.approvals_given)
        return bool(approvals["given"] < approvals["required"])

    def has_approval_of(self, email: str) -> bool:
        return any(is_same_person(approval.by, email) for approval in self.approvals_given)

    def approve(
        self, by: str, comment: str | None, at: datetime, change: Change | None
    ) -> list[FakeApproval]:
        """Returns the earlier approvals that end, because they were of another payload."""
        stage = approvals_of(self.stages, self.approvals_given)["stage"]
        approval = FakeApproval(by, stage, at, comment, change)
        ended = [one for one in self.approvals_given if one.payload_hash != approval.payload_hash]
        self.approvals_given = [one for one in self.approvals_given if one not in ended] + [approval]
        return ended

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

    def wire_approvals(self) -> dict[str, Any] | None:
        return approvals_of(self.stages, self.approvals_given) if self.stages else None

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
