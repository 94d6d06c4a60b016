"""What a standing grant holds fixed, as the console reads it."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from .._canonical import canonical
from ._facts import (
    KEY_ID,
    KEY_NAME,
    MISSING,
    Proposal,
    is_field_path,
    plain_text,
    read_amount,
    read_currency,
    read_path,
    read_recipient,
)
from ._policies import FakeAction

PLAIN_FACTS = ("recipient", "actor", "key", "source")
_MAX_OFFERED_FIELDS = 12


def granted_amount(proposal: Proposal, action: FakeAction) -> tuple[Decimal | None, str | None] | None:
    """None: there is one that nobody can compare."""
    read = read_amount(read_path(proposal.payload, action.amount_field))
    currency = read_path(proposal.payload, "currency")
    if read == "missing":
        return None, None
    if not isinstance(read, Decimal) or not (currency is MISSING or isinstance(currency, (str, type(None)))):
        return None
    return read, read_currency(proposal.payload)


def offered_facts(proposal: Proposal, action: FakeAction) -> list[str]:
    """What a person can hold fixed of a run. Its amount and currency have limits of their own."""
    paths = [path for path in _paths("", proposal.payload) if is_field_path(path)][:_MAX_OFFERED_FIELDS]
    fields = [f"payload.{path}" for path in paths if path not in (action.amount_field, "currency")]
    return [name for name in (*PLAIN_FACTS, *fields) if _fact(name, proposal, action) is not None]


def _paths(prefix: str, value: dict[str, Any]) -> Iterable[str]:
    for name, member in value.items():
        path = f"{prefix}{name}"
        if "." in name or isinstance(member, list):
            continue
        if isinstance(member, dict):
            yield from _paths(f"{path}.", member)
        else:
            yield path


def facts_text(names: Iterable[str], proposal: Proposal, action: FakeAction) -> str | None:
    """None: one of them isn't there, or is no plain value, so nothing is the same."""
    facts = {name: _fact(name, proposal, action) for name in names}
    return None if None in facts.values() else canonical(facts)


def _fact(name: str, proposal: Proposal, action: FakeAction) -> str | None:
    """As JSON, so that the number 1 and the text "1" differ."""
    if name == "key":
        return canonical([KEY_NAME, KEY_ID])
    if name == "source":
        source = proposal.source
        return canonical([source["type"], source["ref"]]) if source else None
    if name == "recipient":
        value: Any = read_recipient(proposal.payload, action.recipient_field)
    elif name == "actor":
        value = proposal.actor
    else:
        value = read_path(proposal.payload, name[len("payload.") :])
    return canonical(value) if plain_text(value) is not None else None
