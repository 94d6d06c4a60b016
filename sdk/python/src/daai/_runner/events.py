"""What a runner tells its callback."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import Any


class RunnerEventKind(str, Enum):
    """What happened to a stored action."""

    EXECUTED = "executed"
    """It ran and the console knows."""
    FAILED = "failed"
    """The executor raised, and the console knows; `error` is the reported text."""
    UNDELIVERED = "undelivered"
    """It ran; the report could not be delivered now and will be later."""
    REPORT_REFUSED = "report_refused"
    """It ran, but the console refused the report. Kept in doubt, with its outcome, for a person."""
    IN_DOUBT = "in_doubt"
    """It may have run, and nobody can say. Kept for a person; never run again by itself."""
    RELEASED = "released"
    """A person gave an action in doubt free for another try."""
    REJECTED = "rejected"
    """Rejected; dropped."""
    BLOCKED = "blocked"
    """Blocked; dropped."""
    SETTLED_ELSEWHERE = "settled_elsewhere"
    """Somebody else reported its outcome; dropped."""
    PROBLEM = "problem"
    """The console's answer about it could not be acted on; kept, and nothing was run."""

    __str__ = str.__str__
    __format__ = str.__format__  # type: ignore[assignment]


@dataclass(frozen=True)
class RunnerEvent:
    kind: RunnerEventKind
    action_run_id: str
    action: str
    result: dict[str, Any] | None = field(default=None, repr=False)
    error: str | None = None
