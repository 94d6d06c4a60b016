"""Checking the texts that a shared receipt's file discloses against what the receipts commit to."""

from __future__ import annotations

import hmac
import json
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from .._canonical import payload_hash

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
        and all(
            isinstance(value.get(name), (str, type(None))) for name in (*_NAMES, "changed_payload", "changes")
        )
    )


def check_disclosed(disclosed: Mapping[str, Any], bodies: Sequence[str]) -> list[str]:
    """None of the texts may be changed, added or left out."""
    salt = bytes.fromhex(disclosed["salt"])

    def commit_to(told: str | None) -> str | None:
        if told is None:
            return None
        return hmac.new(salt, told.encode("utf-8", "surrogatepass"), "sha256").hexdigest()

    says = [_members(body) for body in bodies]
    problems = []
    for part, name in _NAMES.items():
        found = (one.get(f"{part}_commitment") for one in says)
        expected = next((commitment for commitment in found if commitment is not None), None)
        if commit_to(disclosed.get(part)) != expected:
            problems.append(f"The {name} in the file is not the one that the receipt commits to.")
    problems += _check_change(disclosed, says, commit_to)
    return problems


def _check_change(
    disclosed: Mapping[str, Any],
    says: Sequence[dict[str, Any]],
    commit_to: Callable[[str | None], str | None],
) -> list[str]:
    """A decision with a change commits to both payloads, and to what makes one of the other (RFC 6902)."""
    changes = (
        one["change"] for one in says if one.get("kind") == "decision" and _is_change(one.get("change"))
    )
    change = next(changes, {"payload_commitment": None, "changes_commitment": None})
    told = disclosed.get("changed_payload"), disclosed.get("changes")
    if tuple(map(commit_to, told)) != (change["payload_commitment"], change["changes_commitment"]):
        return ["The change in the file is not the one that the receipt commits to."]
    if told[0] is not None and not _is_change_of(disclosed["payload"], told[0], told[1] or ""):
        return ["The change in the file is not the difference between its payloads."]
    return []


def _is_change(value: Any) -> bool:
    names = ("payload_commitment", "changes_commitment")
    return isinstance(value, dict) and all(isinstance(value.get(name), str) for name in names)


def _is_change_of(proposed: str, changed: str, changes: str) -> bool:
    try:
        made, after = json.loads(proposed), json.loads(changed)
        for operation in json.loads(changes):
            if operation["op"] != "replace" or not operation["path"].startswith("/"):
                return False
            _replace(made, operation["path"], operation["value"])
        return payload_hash(made) == payload_hash(after)
    except (
        ArithmeticError,
        AssertionError,
        AttributeError,
        LookupError,
        RecursionError,
        TypeError,
        ValueError,
    ):
        return False


def _replace(document: Any, pointer: str, value: Any) -> None:
    *names, last = (name.replace("~1", "/").replace("~0", "~") for name in pointer.split("/")[1:])
    for name in names:
        document = document[int(name) if isinstance(document, list) else name]
    key = int(last) if isinstance(document, list) else last
    document[key]  # Only what is there is replaced.
    document[key] = value


def _members(body: str) -> dict[str, Any]:
    try:
        value = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}
