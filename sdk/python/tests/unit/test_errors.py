from __future__ import annotations

import pickle
from typing import Any

import httpx
import pytest
from scripted import API_KEY, RUN_ID, WORKSPACE_KEY, Call, Script, answer, run_status

import daai
from daai import DaaiApiError, DaaiConnectionError, DaaiError

BY_STATUS = {
    400: daai.DaaiApiError,
    401: daai.DaaiUnauthorizedError,
    403: daai.DaaiQuotaError,
    404: daai.DaaiNotFoundError,
    405: daai.DaaiApiError,
    408: daai.DaaiApiError,
    409: daai.DaaiConflictError,
    413: daai.DaaiValidationError,
    422: daai.DaaiValidationError,
    429: daai.DaaiRateLimitError,
    500: daai.DaaiUnavailableError,
    503: daai.DaaiUnavailableError,
    599: daai.DaaiUnavailableError,
}
TRANSIENT = {408, 429, 500, 503, 599}


@pytest.mark.parametrize(("status", "kind"), BY_STATUS.items())
def test_every_status_has_its_exception_and_only_transient_ones_are_tried_again(
    call: Call, status: int, kind: type[DaaiApiError]
) -> None:
    problem = {"code": "some_code", "detail": "Do this.", "request_id": "req-1", "limit": 5}
    script = Script(*(answer(status, **problem) for _ in range(3)))
    with pytest.raises(kind) as caught:
        call(script, "status", RUN_ID)
    error = caught.value
    assert type(error) is kind
    assert (error.status_code, error.code, error.request_id) == (status, "some_code", "req-1")
    assert error.body == problem
    assert str(error) == f"{status} some_code: Do this. (request req-1)"
    assert len(script.requests) == (3 if status in TRANSIENT else 1)


@pytest.mark.parametrize(
    "content", [b"", b"<html>", b"[1]", b'{"code": 5, "detail": []}', b"\xff", b"[" * 99_999]
)
def test_an_error_that_is_no_problem_document_is_still_the_right_exception(
    call: Call, content: bytes
) -> None:
    response = httpx.Response(404, content=content, headers={"X-Request-Id": "req-2"})
    with pytest.raises(daai.DaaiNotFoundError) as caught:
        call(Script(response), "status", RUN_ID)
    assert caught.value.code is None
    assert caught.value.request_id == "req-2"


@pytest.mark.parametrize(
    "failure",
    [httpx.ConnectError("x"), httpx.ReadTimeout("x"), httpx.RemoteProtocolError("x"), httpx.ReadError("x")],
)
def test_no_answer_three_times_is_a_connection_error(call: Call, failure: Exception) -> None:
    script = Script(failure, failure, failure)
    with pytest.raises(DaaiConnectionError):
        call(script, "status", RUN_ID)
    assert script.sleeps == [0.5, 1.0]


def test_a_third_try_may_succeed(call: Call) -> None:
    script = Script(httpx.ConnectError("x"), answer(500), answer(**run_status()))
    assert call(script, "status", RUN_ID).executable is True


def test_retry_after_is_kept_to(call: Call) -> None:
    script = Script(answer(429, headers={"Retry-After": "60"}), answer(**run_status()))
    assert call(script, "status", RUN_ID).executable is True
    assert script.sleeps == [60.0]


def test_a_long_retry_after_is_the_callers_to_wait_for(call: Call) -> None:
    script = Script(answer(429, headers={"Retry-After": "61"}))
    with pytest.raises(daai.DaaiRateLimitError) as caught:
        call(script, "status", RUN_ID)
    assert caught.value.retry_after == 61.0
    assert script.sleeps == []


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
