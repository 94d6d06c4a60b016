"""The events that a runner passes to its callback."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import Any


class RunnerEventKind(str, Enum):
    """What happened to a stored action."""

    EXECUTED = "executed"
    """It ran and was reported."""
    FAILED = "failed"
    """The executor raised, and that was reported; `error` is the reported text."""
    UNDELIVERED = "undelivered"
    """It ran. The report couldn't be delivered now and will be retried."""
    REPORT_REFUSED = "report_refused"
    """It ran, but the console rejected the report. In doubt, with its outcome, until a person settles it."""
    IN_DOUBT = "in_doubt"
    """It may or may not have run. Stays until a person settles it; never run again automatically."""
    RELEASED = "released"
    """A person released an action in doubt for another try."""
    REJECTED = "rejected"
    """Rejected; dropped."""
    BLOCKED = "blocked"
    """Blocked; dropped."""
    SETTLED_ELSEWHERE = "settled_elsewhere"
    """Its outcome was reported elsewhere; dropped."""
    PROBLEM = "problem"
    """The console's response about it was unusable. It stays stored, and nothing was run."""

    __str__ = str.__str__
    __format__ = str.__format__  # type: ignore[assignment]


@dataclass(frozen=True)
class RunnerEvent:
    kind: RunnerEventKind
    action_run_id: str
    action: str
    result: dict[str, Any] | None = field(default=None, repr=False)
    error: str | None = None
    explanation: str | None = None
    """Who decided and why, if it was rejected or blocked: one line for people and models."""
