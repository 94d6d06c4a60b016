from __future__ import annotations

import pickle
from typing import Any

import httpx
import pytest
from scripted import API_KEY, RUN_ID, WORKSPACE_KEY, Call, Script

import daai
from daai import DaaiConnectionError, DaaiError


def test_keys_are_never_shown(call: Call, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    script = Script(*[httpx.ConnectError("x")] * 3)
    with pytest.raises(DaaiConnectionError) as caught:
        call(script, "status", RUN_ID)
    client = script.client()
    shown = f"{caught.value!r} {client!r} {client._config!r} {caplog.text}"
    assert API_KEY not in shown
    assert WORKSPACE_KEY not in shown


def test_the_tree() -> None:
    assert issubclass(daai.ApprovalTimeout, daai.ActionPending)
    for name in daai.__all__:
        value: Any = getattr(daai, name)
        if isinstance(value, type) and issubclass(value, Exception):
            assert issubclass(value, DaaiError)


def test_the_former_names_of_exceptions_catch_the_same() -> None:
    assert daai.DaaiMalformedAnswerError is daai.DaaiMalformedResponseError
    assert daai.DaaiForeignAnswerError is daai.DaaiForeignResponseError
    with pytest.raises(daai.DaaiMalformedAnswerError):
        raise daai.DaaiMalformedResponseError("it isn't JSON")


def test_exceptions_survive_pickling() -> None:
    error = daai.DaaiRateLimitError("slow", status_code=429, code="rate", retry_after=3.0)
    copy = pickle.loads(pickle.dumps(error))
    assert (str(copy), copy.status_code, copy.retry_after) == ("slow", 429, 3.0)
    payload_error = pickle.loads(pickle.dumps(daai.DaaiPayloadError("payload.a", "is odd")))
    assert str(payload_error) == "payload.a is odd"
