"""The standing grants of a console in memory: what is approved in advance, by the rules of the real one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

from ._clock import wire_time
from ._facts import Proposal, add, decimal_text, is_field_path, is_plain_decimal
from ._grant_facts import PLAIN_FACTS, facts_text, granted_amount, offered_facts
from ._policies import FakeAction, Verdict

_MAX_DAYS, _MAX_USES, _MAX_FACTS = 30, 1000, 20
_OVER_BUDGET = "budget_exceeded_requires_approval"
_GRANTABLE = (
    "policy_requires_approval",
    "policy_amount_above_threshold",
    "rule_requires_approval",
    _OVER_BUDGET,
)
"""What asks a person where everything could be read, of the policies that a fake has."""


@dataclass(frozen=True)
class Grant:
    """What a person approves beyond a run: the same again. `grant()` makes one."""

    facts: tuple[str, ...]
    amount_each: Decimal | None
    total: Decimal | None
    max_uses: int
    until: date


def grant(
    facts: Sequence[str],
    *,
    max_uses: int,
    until: date | str,
    amount_each: int | str | Decimal | None = None,
    total: int | str | Decimal | None = None,
) -> Grant:
    """Approves the same in advance, for `decide()` and `approve_all()`.

    `facts` are what must be the same: recipient, actor, key, source, or `payload.` and the path of a field.
    If the run has an amount, `amount_each` is the largest of another one, and `total` the most that all may
    add up to. `max_uses` is how many runs, up to 1,000, and `until` the last day in UTC, at most 30 days from
    then. Raises ValueError for what no console takes.
    """
    for name in facts:
        path = name[len("payload.") :] if name.startswith("payload.") else ""
        if name not in PLAIN_FACTS and not is_field_path(path):
            raise ValueError(f"{name!r} is no fact: use {', '.join(PLAIN_FACTS)} or payload.field")
    if not facts or len(facts) > _MAX_FACTS or len(set(facts)) < len(facts):
        raise ValueError(f"a grant needs 1 to {_MAX_FACTS} different facts")
    if type(max_uses) is not int or not 1 <= max_uses <= _MAX_USES:
        raise ValueError(f"max_uses is a whole number from 1 to {_MAX_USES}")
    each, all_of_them = _amount(amount_each), _amount(total)
    if (each is None) != (all_of_them is None) or (each and all_of_them and all_of_them < each):
        raise ValueError("a grant has neither amount_each nor total, or both and a total of at least that")
    day = date.fromisoformat(until) if isinstance(until, str) else until
    return Grant(tuple(sorted(facts)), each, all_of_them, max_uses, day)


def _amount(value: int | str | Decimal | None) -> Decimal | None:
    if value is None:
        return None
    text = str(value)
    if len(text) > 30 or not is_plain_decimal(text) or Decimal(text) == 0:
        raise ValueError(f"{text} is no amount of a grant")
    return Decimal(text)


@dataclass
class FakeGrant:
    """A standing grant, as it was given. End it with `FakeDaai.revoke_grant`."""

    id: str
    run_id: str
    action: str
    given_by: str
    given_at: datetime
    facts: tuple[str, ...]
    currency: str | None
    amount_each: Decimal | None
    total: Decimal | None
    max_uses: int
    ends_at: datetime
    asked: Verdict = field(repr=False)
    facts_text: str = field(repr=False)
    policy: Any = field(repr=False)
    """Another policy of the action ends it."""
    is_revoked: bool = False

    def allows(self, uses: int, used: Decimal, amount: Decimal | None, currency: str | None) -> bool:
        if uses >= self.max_uses or (self.total is not None and used >= self.total):
            return False
        if amount is None or self.amount_each is None or self.total is None:
            return amount is self.amount_each
        is_within = amount <= self.amount_each and add(used, amount) <= self.total
        return currency == self.currency and is_within


@dataclass(frozen=True)
class GrantUse:
    """How a grant allowed a run."""

    grant: FakeGrant
    asked_reason: str
    amount: Decimal | None
    uses_before: int
    used_before: Decimal

    def wire(self) -> dict[str, Any]:
        grant = self.grant
        return {
            "id": grant.id,
            "run_id": grant.run_id,
            "given_by": grant.given_by,
            "given_at": wire_time(grant.given_at),
            "confirmed_by": None,
            "facts": list(grant.facts),
            "asked_reason": self.asked_reason,
            "currency": grant.currency,
            "amount_each": decimal_text(grant.amount_each),
            "total": decimal_text(grant.total),
            "max_uses": grant.max_uses,
            "ends_at": wire_time(grant.ends_at),
            "uses_before": self.uses_before,
            "used_before": decimal_text(self.used_before),
        }


def give(
    grant: Grant,
    proposal: Proposal,
    action: FakeAction,
    asked: Verdict,
    *,
    grant_id: str,
    run_id: str,
    by: str,
    at: datetime,
) -> FakeGrant:
    """Raises ValueError for what nobody can approve in advance."""
    if asked.reason not in _GRANTABLE:
        raise ValueError("nobody can approve in advance what the policy couldn't read")
    counted = granted_amount(proposal, action)
    if counted is None:
        raise ValueError("the amount can't be read, so the same can't be approved in advance")
    amount, currency = counted
    offered = offered_facts(proposal, action)
    missing = [name for name in grant.facts if name not in offered]
    if missing:
        raise ValueError(f"the run has no {missing[0]}: use {', '.join(offered)}")
    if (amount is None) != (grant.amount_each is None) or amount == 0:
        raise ValueError("a grant has amount_each and total if the run has an amount, which isn't 0")
    ends_at = datetime(grant.until.year, grant.until.month, grant.until.day, tzinfo=timezone.utc)
    ends_at += timedelta(days=1)
    if not at < ends_at <= at + timedelta(days=_MAX_DAYS):
        raise ValueError(f"until is a day within {_MAX_DAYS} days, not {grant.until}")
    return FakeGrant(
        id=grant_id,
        run_id=run_id,
        action=proposal.action,
        given_by=by,
        given_at=at,
        facts=grant.facts,
        currency=currency,
        amount_each=grant.amount_each,
        total=grant.total,
        max_uses=grant.max_uses,
        ends_at=ends_at,
        asked=asked,
        facts_text=facts_text(grant.facts, proposal, action) or "",
        policy=action.policy,
    )


Spent = Callable[[FakeGrant], "tuple[int, Decimal]"]


def use_of(
    grants: Iterable[FakeGrant],
    proposal: Proposal,
    action: FakeAction,
    asked: Verdict,
    at: datetime,
    spent: Spent,
) -> GrantUse | None:
    """The first grant that answers what is asked about a run; None: a person is asked."""
    counted = granted_amount(proposal, action)
    if counted is None or asked.reason not in _GRANTABLE or action.stages:
        return None
    for one in grants:
        is_live = not one.is_revoked and at < one.ends_at and one.policy == action.policy
        is_answer = asked.reason == _OVER_BUDGET or (asked.reason, asked.rule) == (
            one.asked.reason,
            one.asked.rule,
        )
        uses, used = spent(one)
        if not (is_live and is_answer and one.action == proposal.action and one.allows(uses, used, *counted)):
            continue
        if facts_text(one.facts, proposal, action) == one.facts_text:
            return GrantUse(one, asked.reason, counted[0], uses, used)
    return None
