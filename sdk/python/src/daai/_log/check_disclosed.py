"""Checking the texts that a shared receipt's file discloses against what the receipts commit to."""

from __future__ import annotations

import hmac
import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

_NAMES = {
    "payload": "payload",
    "context": "reasoning and source",
    "result": "reported result",
    "error": "reported error",
}


def is_disclosed(value: Any) -> bool:
    return (
        isinstance(value, dict)
        and isinstance(value.get("salt"), str)
        and re.fullmatch("[0-9a-f]{64}", value["salt"]) is not None
        and isinstance(value.get("payload"), str)
        and all(isinstance(value.get(name), (str, type(None))) for name in _NAMES)
    )


def check_disclosed(disclosed: Mapping[str, Any], bodies: Sequence[str]) -> list[str]:
    """None of the texts may be changed, added or left out."""
    salt = bytes.fromhex(disclosed["salt"])
    says = [_members(body) for body in bodies]
    problems = []
    for part, name in _NAMES.items():
        told = disclosed.get(part)
        found = (one.get(f"{part}_commitment") for one in says)
        expected = next((commitment for commitment in found if commitment is not None), None)
        actual = (
            None
            if told is None
            else hmac.new(salt, told.encode("utf-8", "surrogatepass"), "sha256").hexdigest()
        )
        if actual != expected:
            problems.append(f"The {name} in the file is not the one that the receipt commits to.")
    return problems


def _members(body: str) -> dict[str, Any]:
    try:
        value = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}
