"""Test an agent without a console: `FakeDaai` decides in memory as a console does, and people do as told."""

from ._clock import FakeClock
from ._fake import FakeDaai
from ._people import Person, approve_all, block, nobody, reject
from ._policies import require_approval_above
from ._run import FakeRun

__all__ = [
    "FakeClock",
    "FakeDaai",
    "FakeRun",
    "Person",
    "approve_all",
    "block",
    "nobody",
    "reject",
    "require_approval_above",
]
