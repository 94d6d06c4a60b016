"""The bodies of an intercept and of a claim, checked against the console's limits."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ._exceptions import DaaiPayloadError
from ._models import ClaimRequest
from ._payload import check_text, json_object

MAX_NAME_CHARACTERS = 64
MAX_KEY_CHARACTERS = 256
MAX_ACTOR_CHARACTERS = 200
MAX_WORKER_CHARACTERS = 200
MAX_REASONING_CHARACTERS = 2_000
MAX_SOURCE_CHARACTERS = {"type": 100, "ref": 500}
DEFAULT_LEASE_SECONDS = 60
MIN_LEASE_SECONDS, MAX_LEASE_SECONDS = 5, 3_600


def proposal_body(
    action: str,
    payload: Any,
    idempotency_key: str,
    reasoning: str | None,
    source: Mapping[str, Any] | None,
    actor: str | None,
    claim: ClaimRequest | None,
    ask_again: bool = False,
    accepts_changes: bool = False,
) -> dict[str, Any]:
    """Raises DaaiPayloadError, naming the path, for what the console would reject."""
    proposed = json_object(payload, "payload")
    body: dict[str, Any] = {
        "action": check_text(action, "action", MAX_NAME_CHARACTERS, 1),
        "payload": proposed,
        "idempotency_key": check_key(idempotency_key),
    }
    if reasoning is not None:
        body["reasoning"] = check_text(reasoning, "reasoning", MAX_REASONING_CHARACTERS)
    if source is not None:
        body["source"] = json_object(source, "source")
    if actor is not None:
        body["actor"] = check_text(actor, "actor", MAX_ACTOR_CHARACTERS)
    if ask_again:
        # Only then: a console before version 0.3 rejects the field.
        body["ask_again"] = True
    if accepts_changes:
        body["accepts_changes"] = True
    _check_provenance(body, "")
    # The console reads these names from the payload if the request doesn't have them.
    _check_provenance({name: value for name, value in proposed.items() if name not in body}, "payload.")
    if claim is not None:
        body["claim"] = claim_body(
            claim.get("worker", ""), claim.get("lease_seconds", DEFAULT_LEASE_SECONDS), "claim."
        )
    return body


def check_key(key: object) -> str:
    return check_text(key, "idempotency_key", MAX_KEY_CHARACTERS, 1)


def claim_body(worker: str, lease_seconds: int, prefix: str = "") -> dict[str, Any]:
    return {
        "worker": check_text(worker, f"{prefix}worker", MAX_WORKER_CHARACTERS, 1),
        "lease_seconds": check_lease(lease_seconds, f"{prefix}lease_seconds"),
    }


def check_lease(seconds: int, path: str = "lease_seconds") -> int:
    if type(seconds) is not int or not MIN_LEASE_SECONDS <= seconds <= MAX_LEASE_SECONDS:
        raise DaaiPayloadError(
            path, f"must be a whole number from {MIN_LEASE_SECONDS} to {MAX_LEASE_SECONDS:,}"
        )
    return seconds


def _check_provenance(members: dict[str, Any], prefix: str) -> None:
    texts = {name: members.get(name) for name in ("reasoning", "actor")}
    limits = {"reasoning": MAX_REASONING_CHARACTERS, "actor": MAX_ACTOR_CHARACTERS}
    source = members.get("source")
    if isinstance(source, dict):
        for name, limit in MAX_SOURCE_CHARACTERS.items():
            texts[f"source.{name}"], limits[f"source.{name}"] = source.get(name), limit
    for name, text in texts.items():
        if isinstance(text, str):
            check_text(text, prefix + name, limits[name])
