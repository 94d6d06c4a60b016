"""How a fake decides on a proposal, with the console's reasons."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypedDict, Union

from ._facts import read_amount, read_path

Policy = Union[str, Callable[[dict[str, Any]], str]]
"""The name of a policy that decides every run alike, or a function of the payload: allow, ask or block."""

FIXED = {
    "always_allow": ("allowed", "policy_always_allow"),
    "log_only": ("allowed", "policy_log_only"),
    "always_require_approval": ("pending_approval", "policy_requires_approval"),
    "always_block": ("blocked", "policy_always_block"),
}
_BY_RULE = {
    "allow": ("allowed", "rule_allowed"),
    "ask": ("pending_approval", "rule_requires_approval"),
    "block": ("blocked", "rule_blocked"),
}
_MAX_APPROVALS, _MAX_LATER_STAGES = 20, 4


@dataclass(frozen=True)
class Verdict:
    outcome: str
    reason: str
    rule: str | None = None


class ApprovalStage(TypedDict):
    """A stage in which others approve, after the stage before: how many of them must."""

    approvals: int


@dataclass(frozen=True)
class FakeAction:
    """A registered action."""

    policy: Policy
    is_active: bool = True
    window_seconds: float = 86_400
    valid_seconds: float | None = 86_400
    cool_down_seconds: float = 0
    auto_releases_claims: bool = False
    stages: tuple[int, ...] = ()
    """How many people must approve in each stage; empty: one approval is enough."""
    recipient_field: str | None = None

    @property
    def amount_field(self) -> str:
        return self.policy.field if isinstance(self.policy, _AboveAmount) else "amount"

    def __post_init__(self) -> None:
        if not callable(self.policy) and self.policy not in FIXED:
            known = ", ".join(FIXED)
            raise ValueError(f"{self.policy!r} is no policy: use {known}, or a function of the payload")


def stages_of(approvals: int, later_stages: Sequence[ApprovalStage]) -> tuple[int, ...]:
    stages = (approvals, *(stage["approvals"] for stage in later_stages))
    for required in stages:
        if type(required) is not int or not 1 <= required <= _MAX_APPROVALS:
            raise ValueError(f"a stage needs 1 to {_MAX_APPROVALS} approvals, not {required!r}")
    if len(later_stages) > _MAX_LATER_STAGES:
        raise ValueError(f"an action has at most {_MAX_LATER_STAGES} later stages, not {len(later_stages)}")
    return () if stages == (1,) else stages


@dataclass(frozen=True)
class _AboveAmount:
    threshold: Decimal
    field: str

    def decide(self, payload: dict[str, Any]) -> Verdict:
        amount = read_amount(read_path(payload, self.field))
        if not isinstance(amount, Decimal):
            return Verdict("pending_approval", f"policy_amount_{amount}_requires_approval")
        if amount > self.threshold:
            return Verdict("pending_approval", "policy_amount_above_threshold")
        return Verdict("allowed", "policy_amount_within_threshold")

    def __call__(self, payload: dict[str, Any]) -> str:
        return "allow" if self.decide(payload).outcome == "allowed" else "ask"


def require_approval_above(threshold: int | str | Decimal, field: str = "amount") -> Policy:
    """Requires approval above an amount, and when the amount can't be read.

    `field` is its path in the payload: amount, order.total.
    """
    return _AboveAmount(Decimal(threshold), field)


def decide(action: FakeAction | None, payload: dict[str, Any]) -> Verdict:
    if action is None:
        return Verdict("blocked", "unknown_action")
    if not action.is_active:
        return Verdict("blocked", "inactive_action")
    policy = action.policy
    if isinstance(policy, _AboveAmount):
        return policy.decide(payload)
    if isinstance(policy, str):
        return Verdict(*FIXED[policy])
    name = getattr(policy, "__name__", None)
    rule = name if name != "<lambda>" else None
    try:
        effect = policy(payload)
    except Exception:
        # As a rule that can't be read: it never lets a run through.
        return Verdict("pending_approval", "rule_unreadable_requires_approval", rule)
    if effect not in _BY_RULE:
        raise ValueError(f"a policy must return allow, ask or block, not {effect!r}")
    return Verdict(*_BY_RULE[effect], rule)
