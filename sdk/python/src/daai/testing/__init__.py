"""Test an agent without a console: `FakeDaai` decides in memory as a console does, and people do as told."""

from ._clock import FakeClock
from ._fake import FakeDaai
from ._people import Person, approve_all, block, nobody, reject
from ._policies import ApprovalStage, require_approval_above
from ._run import FakeApproval, FakeRun

__all__ = [
    "ApprovalStage",
    "FakeApproval",
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
