"""What a fake reads of a proposal, by the rules of the console."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Context, Decimal
from typing import Any, Union

from .._canonical import canonical

KEY_ID, KEY_NAME = "01890000-0000-7000-8000-000000000000", "fake"
MISSING: Any = object()

Source = dict[str, Union[str, None]]

_PLAIN_DECIMAL = re.compile(r"[0-9]+(\.[0-9]+)?")
_FIELD_PATH = re.compile(r"[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*")
# Amounts have at most 64 digits, and their sums hardly more.
_EXACT = Context(prec=1000)
_RECIPIENT_FIELDS = (
    *("recipient", "recipient_name", "recipient_email", "to", "to_email", "customer.name", "customer.email"),
    *("customer_name", "customer_email", "supplier.name", "supplier", "payee", "email"),
)
_ADDRESS = re.compile(
    r"[^\s@]+@[^\s@]+|\+[0-9][0-9\s().-]{5,}|[A-Z]{2}[0-9]{2}(?: ?[A-Z0-9]{2,4}){3,8}"
    r"|(?i:[a-z][a-z0-9+.-]*://\S+)"
)
_VALUE = re.compile(r"(?:[A-Z]{3}\s?)?[vV#±+-]?[0-9][0-9.,:/ _-]*(?:[%°€$£]|[A-Z]{3}|T[0-9:.]+Z?)?")
_STATES = frozenset(
    (
        "true",
        "false",
        "yes",
        "no",
        "on",
        "off",
        "none",
        "null",
        "undefined",
        "unknown",
        "n/a",
        "tbd",
        "all",
        "any",
    )
)


def is_plain_decimal(text: str) -> bool:
    return len(text) <= 64 and _PLAIN_DECIMAL.fullmatch(text) is not None


def is_field_path(text: str) -> bool:
    return len(text) <= 200 and _FIELD_PATH.fullmatch(text) is not None


def add(one: Decimal, other: Decimal) -> Decimal:
    """Exact, however many digits there are."""
    return _EXACT.add(one, other)


def decimal_text(value: Decimal | None) -> str | None:
    """The shortest plain decimal."""
    return None if value is None else f"{value.normalize(_EXACT):f}"


def read_path(payload: dict[str, Any], path: str) -> Any:
    """The value at a dotted path, or MISSING. Nothing inside lists."""
    value: Any = payload
    for name in path.split("."):
        if not isinstance(value, dict) or name not in value:
            return MISSING
        value = value[name]
    return value


def read_amount(value: Any) -> Decimal | str:
    """The amount, or why it can't be read: missing or invalid."""
    if value is MISSING:
        return "missing"
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
    if is_number and (abs(value) > 2**53 - 1 and value == int(value)):
        return "invalid"
    text = canonical(value) if is_number else value
    return Decimal(text) if isinstance(text, str) and is_plain_decimal(text) else "invalid"


def plain_text(value: Any) -> str | None:
    """A text, a number or a boolean, as text; None for anything else and for blanks."""
    if isinstance(value, str):
        return value if value.strip() else None
    return canonical(value) if isinstance(value, (bool, int, float)) else None


def read_currency(payload: dict[str, Any]) -> str | None:
    currency = read_path(payload, "currency")
    return currency if isinstance(currency, str) else None


def read_recipient(payload: dict[str, Any], field: str | None) -> str | None:
    """With no field named, the first usual one that reads as a person or an address."""
    if field is not None:
        value = read_path(payload, field)
        return value if isinstance(value, str) and value.strip() else None
    sender = read_path(payload, "from")
    for path in _RECIPIENT_FIELDS:
        value = read_path(payload, path)
        if isinstance(value, str) and _looks_like_recipient(value, path != "to", sender):
            return value
    return None


def _looks_like_recipient(text: str, is_named_so: bool, sender: Any) -> bool:
    text = text.strip()
    if not text or len(text) > 200 or "\r" in text or "\n" in text:
        return False
    if _ADDRESS.fullmatch(text):
        return True
    if not _letters(text) or _VALUE.fullmatch(text) or text.lower() in _STATES:
        return False
    return is_named_so or (sender is MISSING and _is_written_as_name(text))


def _letters(text: str) -> list[str]:
    return [one for one in text if unicodedata.category(one).startswith("L")]


def _is_written_as_name(text: str) -> bool:
    """Some word's first letter is a capital, or of a script that has none."""
    firsts = [letters[0] for letters in map(_letters, text.split()) if letters]
    has_capital = any(unicodedata.category(letter) in ("Lu", "Lo") for letter in firsts)
    return has_capital and not re.search(r"[_{}\[\]<>=]", text)


@dataclass(frozen=True)
class Proposal:
    """What a budget or a grant looks at in a run."""

    action: str
    payload: dict[str, Any]
    actor: str | None
    source: Source | None


def proposal_of(body: dict[str, Any]) -> Proposal:
    """The request wins over the same names in its payload, of which only texts are read."""
    payload = body["payload"]
    said, actor = body.get("source"), body.get("actor")
    source = payload.get("source") if said is None else said
    kind, ref = _text_in(source, "type"), _text_in(source, "ref")
    return Proposal(
        action=body["action"],
        payload=payload,
        actor=(_text_in(payload, "actor") if actor is None else actor) or None,
        source=None if kind is None and ref is None else {"type": kind, "ref": ref},
    )


def _text_in(value: Any, name: str) -> str | None:
    found = value.get(name) if isinstance(value, dict) else None
    return found if isinstance(found, str) and found else None
