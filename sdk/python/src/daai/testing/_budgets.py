"""The budgets of a console in memory: how runs count toward them, by the rules of the real one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from decimal import Decimal
from typing import Any

from ._clock import wire_time
from ._facts import (
    KEY_NAME,
    Proposal,
    add,
    decimal_text,
    is_field_path,
    is_plain_decimal,
    plain_text,
    read_amount,
    read_currency,
    read_path,
    read_recipient,
)
from ._periods import period_at, zone_of
from ._policies import FakeAction

_PERIODS = ("hour", "day", "week", "month")
_PERS = ("nothing", "recipient", "actor", "key", "source", "field")


@dataclass(frozen=True)
class Budget:
    """A limit on what runs add up to in a period. `budget()` makes one."""

    name: str
    limit: Decimal
    measure: str
    currency: str | None
    period: str
    time_zone: str
    zone: tzinfo
    per: str
    per_field: str | None
    actions: tuple[str, ...] | None
    when_exceeded: str


def budget(
    name: str,
    *,
    limit: int | str | Decimal,
    period: str,
    currency: str | None = None,
    time_zone: str = "UTC",
    per: str = "nothing",
    per_field: str | None = None,
    actions: Sequence[str] | None = None,
    when_exceeded: str = "ask",
) -> Budget:
    """A limit per hour, day, week or month: on the sum of the amounts in `currency`, or on the count of runs.

    The period follows the calendar of `time_zone`. `per` is what has a limit of its own: nothing, recipient,
    actor, key, source, or the payload field `per_field`. `actions` are the names of those that count; all if
    not given. A run over the limit asks a person, or is blocked (`when_exceeded`); one that can't be counted
    always asks. Raises ValueError for what no console takes.
    """
    text = str(limit)
    is_decimal = is_plain_decimal(text) and Decimal(text) != 0
    if not is_decimal or (currency is None and not text.isdigit()):
        wanted = "a whole number of runs" if currency is None else "an amount"
        raise ValueError(f"{text} is no limit of {name}: use {wanted}")
    if currency is not None and not re.fullmatch("[A-Za-z]{3,8}", currency):
        raise ValueError(f"{currency!r} is no currency: use a code such as EUR")
    _require_one_of(_PERIODS, period, "period")
    _require_one_of(_PERS, per, "per")
    _require_one_of(("ask", "block"), when_exceeded, "when_exceeded")
    if (per == "field") != (per_field is not None and is_field_path(per_field)):
        raise ValueError("per_field is a field of the payload, such as customer.id, for per='field'")
    return Budget(
        name=name,
        limit=Decimal(text),
        measure="count" if currency is None else "sum",
        currency=currency,
        period=period,
        time_zone=time_zone,
        zone=zone_of(time_zone),
        per=per,
        per_field=per_field,
        actions=None if actions is None else tuple(actions),
        when_exceeded=when_exceeded,
    )


def _require_one_of(known: Sequence[str], value: str, name: str) -> None:
    if value not in known:
        raise ValueError(f"{value!r} is no {name}: use {', '.join(known)}")


@dataclass(frozen=True)
class BudgetEntry:
    """How a run counts toward a budget, and what was used before it."""

    budget: Budget
    when_exceeded: str
    per_key: str
    """What is counted separately, in the form in which values are the same."""
    per_value: str | None
    period_start: datetime
    period_end: datetime
    used_before: Decimal
    amount: Decimal | None
    """None: it can't be read."""
    unreadable: str | None

    @property
    def is_exceeded(self) -> bool:
        return self.amount is None or add(self.used_before, self.amount) > self.budget.limit

    def wire(self) -> dict[str, Any]:
        budget = self.budget
        return {
            "name": budget.name,
            "measure": budget.measure,
            "currency": budget.currency,
            "limit": decimal_text(budget.limit),
            "per": budget.per,
            "per_field": budget.per_field,
            "per_value": self.per_value,
            "period": budget.period,
            "time_zone": budget.time_zone,
            "period_start": wire_time(self.period_start),
            "period_end": wire_time(self.period_end),
            "used_before": decimal_text(self.used_before),
            "amount": decimal_text(self.amount),
            "unreadable": self.unreadable,
            "when_exceeded": self.when_exceeded,
        }


Used = Callable[[Budget, str, datetime], Decimal]


def entries_of(
    budgets: Iterable[Budget], proposal: Proposal, action: FakeAction, at: datetime, used: Used
) -> list[BudgetEntry]:
    """A run's entry in each budget that counts its action. `used` is what the other runs have used."""
    amount = read_amount(read_path(proposal.payload, action.amount_field))
    entries = []
    for budget in budgets:
        if budget.actions is not None and proposal.action not in budget.actions:
            continue
        value = _per_value(budget, proposal, action)
        counted: Decimal | None = Decimal(1)
        unreadable = "per_value" if budget.per != "nothing" and value is None else None
        if budget.measure == "sum":
            counted = amount if isinstance(amount, Decimal) else None
            is_same_currency = read_currency(proposal.payload) == budget.currency
            unreadable = unreadable or (
                "amount" if counted is None else None if is_same_currency else "currency"
            )
        start, end = period_at(budget.period, budget.zone, at)
        key = same_value(value) if value is not None else ""
        entries.append(
            BudgetEntry(
                budget=budget,
                # Whether it goes over isn't known, so a person looks.
                when_exceeded="ask" if unreadable else budget.when_exceeded,
                per_key=key,
                per_value=value,
                period_start=start,
                period_end=end,
                used_before=used(budget, key, start),
                amount=None if unreadable else counted,
                unreadable=unreadable,
            )
        )
    return entries


def _per_value(budget: Budget, proposal: Proposal, action: FakeAction) -> str | None:
    if budget.per == "recipient":
        return plain_text(read_recipient(proposal.payload, action.recipient_field))
    if budget.per == "actor":
        return plain_text(proposal.actor)
    if budget.per == "key":
        return KEY_NAME
    if budget.per == "source":
        source = proposal.source or {}
        return plain_text(" ".join(part for part in (source.get("type"), source.get("ref")) if part))
    if budget.per == "field":
        return plain_text(read_path(proposal.payload, budget.per_field or ""))
    return None


def same_value(value: str) -> str:
    """Values that differ only in case, in how they are encoded, or in blanks around them count as one."""
    return unicodedata.normalize("NFKC", value).strip().lower()


def exceeded_of(entries: Iterable[BudgetEntry]) -> BudgetEntry | None:
    """The strictest budget that a run goes over."""
    exceeded = [entry for entry in entries if entry.is_exceeded]
    blocking = [entry for entry in exceeded if entry.when_exceeded == "block"]
    return next(iter(blocking + exceeded), None)
