"""Verifies that a webhook comes from the console, according to the Standard Webhooks specification.

    event = daai.webhooks.verify(request_body, request_headers, secret)

Verify the bytes as they were received, before anything parses them.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from ._exceptions import WebhookVerificationError

__all__ = ["WebhookEvent", "verify"]


@dataclass(frozen=True)
class WebhookEvent:
    """An event. It can be delivered more than once, each time with the same `id`, and out of order."""

    id: str
    type: str
    """`run.pending`, `run.decided`, `run.expired`, `run.revoked`, `run.uncollected`, `run.executed`,
    `run.failed`, `run.in_doubt`, `workspace.frozen`, `workspace.thawed`, `policy.proposed`,
    `policy.confirmed`, `policy.declined`, `policy.ended`, `grant.created`, `grant.revoked`,
    `grant.ended` or `test`."""
    timestamp: str
    """When it happened, as the console wrote it."""
    data: dict[str, Any]

    @property
    def action_run_id(self) -> str | None:
        """The run it is about, for a grant the one whose approval gave it.

        None for a freeze, a policy change and a test.
        """
        found = self.data.get("action_run_id")
        return found if isinstance(found, str) else None


def verify(
    payload: bytes | str,
    headers: Mapping[str, str],
    secret: str | Iterable[str],
    tolerance_seconds: float = 300,
    *,
    clock: Callable[[], float] = time.time,
) -> WebhookEvent:
    """Return the event if one of the secrets signed it within `tolerance_seconds`.

    `secret` is the one the console showed, `whsec_...`; pass several during a rotation. Otherwise raises
    WebhookVerificationError: a header is missing, the signature doesn't match, the timestamp is too far off,
    or the body isn't an event.
    """
    body = payload.encode("utf-8") if isinstance(payload, str) else bytes(payload)
    known = {name.lower(): value for name, value in headers.items()}
    event_id = _header(known, "webhook-id")
    sent_at = _header(known, "webhook-timestamp")
    given = _header(known, "webhook-signature")
    keys = [_key(one) for one in ([secret] if isinstance(secret, str) else secret)]
    if not keys:
        raise WebhookVerificationError("no secret was given")
    signed = f"{event_id}.{sent_at}.".encode() + body
    expected = [hmac.new(key, signed, hashlib.sha256).digest() for key in keys]
    # Every pair is compared, each in constant time, so that the time reveals nothing.
    matches = [hmac.compare_digest(ours, theirs) for theirs in _signatures(given) for ours in expected]
    if not any(matches):
        raise WebhookVerificationError(
            "no signature matches: it was signed with another secret, or the body was changed"
        )
    _check_time(sent_at, tolerance_seconds, clock())
    return _event(event_id, body)


def _header(headers: Mapping[str, str], name: str) -> str:
    value = headers.get(name)
    if not value:
        raise WebhookVerificationError(f"the header {name} is missing")
    return value


def _key(secret: str) -> bytes:
    try:
        key = base64.b64decode(secret[6:] if secret.startswith("whsec_") else secret, validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if not key:
        raise WebhookVerificationError("the secret isn't in the form the console showed (whsec_...)")
    return key


def _signatures(header: str) -> list[bytes]:
    found = []
    for one in header.split(" "):
        version, _, text = one.partition(",")
        if version != "v1":
            continue
        try:
            found.append(base64.b64decode(text, validate=True))
        except (binascii.Error, ValueError):
            continue
    return found


def _check_time(sent_at: str, tolerance_seconds: float, now: float) -> None:
    # int() also accepts signs, spaces and underscores.
    if not (sent_at.isascii() and sent_at.isdigit()) or len(sent_at) > 15:
        raise WebhookVerificationError("the header webhook-timestamp isn't in seconds")
    age = now - int(sent_at)
    if abs(age) > tolerance_seconds:
        side = "behind" if age > 0 else "ahead of"
        raise WebhookVerificationError(f"the webhook's timestamp is {abs(age):.0f} s {side} this clock")


def _event(event_id: str, body: bytes) -> WebhookEvent:
    try:
        read = json.loads(body)
    except ValueError:
        read = None
    if not isinstance(read, dict):
        raise WebhookVerificationError("the body isn't an event")
    kind, timestamp, data = read.get("type"), read.get("timestamp"), read.get("data")
    if not (isinstance(kind, str) and isinstance(timestamp, str) and isinstance(data, dict)):
        raise WebhookVerificationError("the body isn't an event")
    return WebhookEvent(event_id, kind, timestamp, data)
