"""The hash that the console knows a payload by: SHA-256 of its RFC 8785 (JCS) form."""

from __future__ import annotations

import hashlib
import json
import math
from decimal import Decimal
from typing import Any


def payload_hash(payload: dict[str, Any]) -> str:
    """Of plain JSON values, in hex. Equal payloads have equal hashes, whatever the order of their members."""
    return hashlib.sha256(canonical(payload).encode("utf-8")).hexdigest()


def canonical(value: Any) -> str:
    if isinstance(value, dict):
        # By UTF-16 code units, as RFC 8785 section 3.2.3 has it.
        members = sorted(value.items(), key=lambda member: member[0].encode("utf-16-be"))
        return "{" + ",".join(f"{_text(name)}:{canonical(member)}" for name, member in members) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(canonical, value)) + "]"
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return _number(float(value))
    return json.dumps(value)


def _text(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)


def _number(value: float) -> str:
    """As ECMAScript writes it. Python finds the same digits and only places the point differently."""
    if value == 0:
        return "0"
    sign, digits, exponent = Decimal(repr(abs(value))).normalize().as_tuple()
    assert isinstance(exponent, int) and math.isfinite(value) and sign == 0  # noqa: S101, PT018 - JSON has no others
    text, count = "".join(map(str, digits)), len(digits)
    point = count + exponent
    if count <= point <= 21:
        text += "0" * (point - count)
    elif 0 < point <= 21:
        text = f"{text[:point]}.{text[point:]}"
    elif -6 < point <= 0:
        text = "0." + "0" * -point + text
    else:
        text = f"{text[0]}{'.' + text[1:] if count > 1 else ''}e{point - 1:+d}"
    return f"-{text}" if value < 0 else text
