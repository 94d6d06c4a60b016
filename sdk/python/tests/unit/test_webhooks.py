"""What the console signs is believed, and nothing else."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json

import pytest

import daai
from daai.webhooks import WebhookEvent, verify

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
BODY = '{"type":"run.decided","timestamp":"2026-11-26T10:00:00.000Z","data":{"action_run_id":"r-1"}}'
NOW = 1614265330.0


def sign(body: str = BODY, *, secret: str = SECRET, event_id: str = "msg_1", at: str = "1614265330") -> str:
    key = base64.b64decode(secret[6:])
    signature = hmac.new(key, f"{event_id}.{at}.{body}".encode(), hashlib.sha256).digest()
    return "v1," + base64.b64encode(signature).decode()


def headers(signature: str | None = None, at: str = "1614265330") -> dict[str, str]:
    return {"Webhook-Id": "msg_1", "WEBHOOK-TIMESTAMP": at, "webhook-signature": signature or sign(at=at)}


def check(
    body: bytes | str = BODY, given: dict[str, str] | None = None, secret: str | list[str] = SECRET
) -> WebhookEvent:
    return verify(body, given or headers(), secret, clock=lambda: NOW)


def test_an_event_is_answered() -> None:
    assert check() == check(BODY.encode())
    event = check()
    assert (event.id, event.type, event.action_run_id) == ("msg_1", "run.decided", "r-1")


def test_the_vector_of_the_specification_is_signed_as_it_says() -> None:
    body = '{"test": 2432232314}'
    given = {
        "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
        "webhook-timestamp": "1614265330",
        "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    }
    # Its body is no event of the console, which is found out after the signature was believed.
    with pytest.raises(daai.WebhookVerificationError, match="isn't an event"):
        verify(body, given, SECRET, clock=lambda: NOW)


def test_one_of_several_signatures_and_secrets_is_enough() -> None:
    other = "whsec_" + base64.b64encode(b"x" * 32).decode()
    both = f"v1a,AAAA v1,!! {sign(secret=other)} {sign()}"
    assert check(given=headers(both)).id == "msg_1"
    assert check(secret=[other, SECRET]).id == "msg_1"
    with pytest.raises(daai.WebhookVerificationError, match="no signature"):
        check(secret=other)


@pytest.mark.parametrize(
    ("given", "body", "problem"),
    [
        ({}, BODY, "webhook-id is missing"),
        (headers("v1,AAAA"), BODY, "no signature"),
        (headers("nonsense"), BODY, "no signature"),
        (headers(), BODY + " ", "no signature"),
        (headers(at="1614265029"), BODY, "s behind this clock"),
        (headers(at="1614265631"), BODY, "s ahead of this clock"),
        (headers(at="1_6"), BODY, "isn't in seconds"),
        (headers(sign("[]")), "[]", "isn't an event"),
        (headers(sign("{")), "{", "isn't an event"),
    ],
)
def test_everything_else_is_refused(given: dict[str, str], body: str, problem: str) -> None:
    with pytest.raises(daai.WebhookVerificationError, match=problem):
        check(body, given or {"x": "y"})


@pytest.mark.parametrize("secret", ["", "whsec_", "whsec_!!", []])
def test_a_secret_that_is_none_is_said_to_be(secret: str | list[str]) -> None:
    with pytest.raises(daai.WebhookVerificationError, match="secret"):
        check(secret=secret)


def test_the_tolerance_can_be_changed() -> None:
    event = verify(BODY, headers(at="1614260000"), SECRET, 86_400, clock=lambda: NOW)
    assert json.loads(BODY)["type"] == event.type
