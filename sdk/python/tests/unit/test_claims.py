"""No error on the wire leaves a claim taken and unused."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import httpx
import pytest
from scripted import RUN_ID, Call, Script, answer, claimed, decision

from daai import (
    DaaiConflictError,
    DaaiConnectionError,
    DaaiError,
    DaaiMalformedResponseError,
    DaaiValidationError,
)

WISH = {"worker": "w", "lease_seconds": 60}
LOST = httpx.RemoteProtocolError("the answer was cut off")
ASKS: list[tuple[str, tuple[Any, ...], dict[str, Any]]] = [
    ("claim", (RUN_ID, "w"), claimed()),
    ("intercept", ("send_mail", {"amount": 5}, "k", WISH), decision(claim=claimed()["claim"])),
]
asks = pytest.mark.parametrize(("method", "arguments", "given"), ASKS, ids=[name for name, _, _ in ASKS])


def ask(call: Call, script: Script, method: str, arguments: tuple[Any, ...]) -> Any:
    if method == "claim":
        return call(script, "claim", *arguments)
    return call(script, "intercept", *arguments[:3], claim=arguments[3])


def sent_claim(script: Script, index: int) -> dict[str, Any]:
    body: dict[str, Any] = script.body(index)
    return body.get("claim", body)  # type: ignore[no-any-return]


@asks
@pytest.mark.parametrize(
    "lost",
    [lambda: LOST, lambda: httpx.ReadTimeout("late"), lambda: answer(502)],
    ids=["cut", "late", "proxy"],
)
def test_every_try_brings_the_same_token(
    call: Call, method: str, arguments: tuple[Any, ...], given: dict[str, Any], lost: Any
) -> None:
    script = Script(lost(), lost(), answer(**given))
    assert ask(call, script, method, arguments).claim.token == "tok"
    tokens = [sent_claim(script, index)["token"] for index in range(3)]
    assert len(set(tokens)) == 1
    assert len(tokens[0]) == 43
    other = Script(answer(**given))
    ask(call, other, method, arguments)
    assert sent_claim(other, 0)["token"] != tokens[0]


def half() -> httpx.Response:
    kind = {"Content-Type": "application/json"}
    return httpx.Response(200, headers=kind, content=b'{"action_run_id": "01')


def page() -> httpx.Response:
    return httpx.Response(200, headers={"Content-Type": "text/html"}, content=b"<html>")


RELEASED = {"action_run_id": RUN_ID, "claim": None}


@asks
@pytest.mark.parametrize(
    "unusable",
    [
        lambda: [half()],
        lambda: [answer(headers={"DAAI-Call": "0" * 32}, **decision())],
        lambda: [page()],
        lambda: [LOST] * 3,
        lambda: [answer(503) for _ in range(3)],
    ],
    ids=["half", "foreign", "page", "lost", "away"],
)
def test_what_cannot_be_used_is_given_back(
    call: Call,
    method: str,
    arguments: tuple[Any, ...],
    given: dict[str, Any],
    unusable: Callable[[], list[Any]],
) -> None:
    found = [answer(**decision())] if method == "intercept" else []
    script = Script(*unusable(), *found, answer(**RELEASED))
    with pytest.raises(DaaiError):
        ask(call, script, method, arguments)
    assert script.steps == []
    assert script.paths[-1] == "/claim/release"
    assert script.body() == {"claim_token": sent_claim(script, 0)["token"]}
    if found:
        # Found by its key, without a claim.
        assert "claim" not in script.body(-2)
        assert script.body(-2)["idempotency_key"] == "k"


@asks
@pytest.mark.parametrize("refusal", [409, 404, 422, 429, 401])
def test_a_refusal_leaves_nothing_to_give_back(
    call: Call, method: str, arguments: tuple[Any, ...], given: dict[str, Any], refusal: int
) -> None:
    script = Script(*[answer(refusal, headers={"Retry-After": "3600"}, code="no")])
    with pytest.raises(DaaiError):
        ask(call, script, method, arguments)
    assert len(script.requests) == 1


@asks
def test_an_older_console_makes_the_token(
    call: Call, method: str, arguments: tuple[Any, ...], given: dict[str, Any]
) -> None:
    path = "token" if method == "claim" else "claim.token"
    unknown = answer(422, code="validation_failed", errors=[{"path": path, "message": "not a field"}])
    script = Script(unknown, answer(**given))
    assert ask(call, script, method, arguments).claim.token == "tok"
    assert "token" not in sent_claim(script, 1)
    wrong = answer(422, code="validation_failed", errors=[{"path": "worker", "message": "too long"}])
    with pytest.raises(DaaiValidationError):
        ask(call, Script(wrong), method, arguments)


def test_the_next_call_brings_the_token_that_may_have_been_used() -> None:
    """Nothing came through any more, not even what gives the claim back."""
    script = Script(*[LOST] * 6, answer(**claimed()), answer(409, code="already_claimed"))
    client = script.client()
    with pytest.raises(DaaiConnectionError):
        client.claim(RUN_ID, "first")
    assert client.claim(RUN_ID, "second").claim.token == "tok"
    # The claim is that of the worker who asked first.
    assert (script.body()["worker"], script.body()["token"]) == ("first", script.body(0)["token"])
    with pytest.raises(DaaiConflictError):
        client.claim(RUN_ID, "second")
    assert script.body()["token"] != script.body(0)["token"]


def test_a_child_does_not_use_what_its_parent_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    script = Script(*[LOST] * 6, answer(**claimed()))
    client = script.client()
    with pytest.raises(DaaiConnectionError):
        client.claim(RUN_ID, "w")
    monkeypatch.setattr("daai._claims.this_process", lambda: (1, 1))
    client.claim(RUN_ID, "w")
    assert script.body()["token"] != script.body(0)["token"]


def test_a_cancelled_claim_is_given_back() -> None:
    script = Script(answer(**claimed()), answer(**RELEASED))
    client = script.async_client()
    perform, arrived = client._perform, asyncio.Event

    async def main() -> None:
        came = arrived()

        async def hold(effect: Any) -> Any:
            response = await perform(effect)
            if effect.url.endswith("/claim"):
                came.set()
                await asyncio.sleep(3600)
            return response

        client._perform = hold  # type: ignore[method-assign]
        task = asyncio.ensure_future(client.claim(RUN_ID, "w"))
        await came.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(main())
    assert script.paths == ["/claim", "/claim/release"]
    assert script.body() == {"claim_token": script.body(0)["token"]}


def test_a_malformed_answer_is_still_what_is_raised(call: Call) -> None:
    with pytest.raises(DaaiMalformedResponseError):
        call(Script(half(), answer(409, code="not_claimed")), "claim", RUN_ID, "w")
