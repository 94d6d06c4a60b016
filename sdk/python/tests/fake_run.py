"""A run of the console in memory: what is known of it, and who may execute it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4


@dataclass
class Run:
    id: str
    action: str
    payload: dict[str, Any]
    key: str
    governance: str
    execution: str = "not_executed"
    reason: str = "because"
    by: str | None = None
    comment: str | None = None
    changed: dict[str, Any] | None = None
    """The payload that a person approved instead."""
    claim: str | None = None
    lease_over: bool = False
    report: dict[str, Any] | None = None
    worker: str = ""
    ports: set[int] = field(default_factory=set)
    """What the requests about it came from, over a real socket."""

    @property
    def changes(self) -> list[dict[str, Any]] | None:
        if self.changed is None:
            return None
        return [
            {"op": "replace", "path": f"/{name}", "value": value}
            for name, value in self.changed.items()
            if value != self.payload[name]
        ]

    @property
    def may_run(self) -> bool:
        return self.governance in ("allowed", "approved")

    @property
    def executable(self) -> bool:
        return self.may_run and self.execution == "awaiting_execution_report" and self.claim is None

    def description(self) -> dict[str, Any]:
        return {
            "action_run_id": self.id,
            "governance_status": self.governance,
            "execution_status": self.execution,
            "governance_reason": self.reason,
            "executable": self.executable,
            "receipt": None,
            "decision": self.decision(),
            "payload_changed": self.changed is not None,
        }

    def decision(self) -> dict[str, Any] | None:
        if self.governance == "pending_approval":
            return None
        at = "2026-01-01T00:00:01.000Z"
        return {
            "outcome": self.governance,
            "reason": self.reason,
            "by": self.by,
            "at": at,
            "comment": self.comment,
            "changes": self.changes,
        }

    def is_held_by(self, request: dict[str, Any]) -> bool:
        is_open = self.execution == "awaiting_execution_report"
        return is_open and (self.worker, self.claim) == (request["worker"], request.get("token"))

    def take(self, request: dict[str, Any]) -> dict[str, Any]:
        self.claim, self.worker = request.get("token") or str(uuid4()), request["worker"]
        return {"token": self.claim, "expires_at": "2026-01-01T00:00:00.000Z"}
