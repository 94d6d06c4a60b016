"""Test an agent without a console: `FakeDaai` decides in memory as a console does, and people do as told."""

from ._budgets import Budget, budget
from ._clock import FakeClock
from ._fake import FakeDaai
from ._grants import FakeGrant, Grant, grant
from ._people import Person, approve_all, block, nobody, reject
from ._policies import ApprovalStage, require_approval_above
from ._run import FakeApproval, FakeRun

__all__ = [
    "ApprovalStage",
    "Budget",
    "FakeApproval",
    "FakeClock",
    "FakeDaai",
    "FakeGrant",
    "FakeRun",
    "Grant",
    "Person",
    "approve_all",
    "block",
    "budget",
    "grant",
    "nobody",
    "reject",
    "require_approval_above",
]
