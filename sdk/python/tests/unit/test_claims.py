"""No error on the wire leaves a claim taken and unused."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx
import pytest
from scripted import RUN_ID, Script, answer, claimed

from daai import ClaimRequest, DaaiConnectionError

LOST = httpx.RemoteProtocolError("the answer was cut off")


RELEASED = {"action_run_id": RUN_ID, "claim": None}


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


def test_what_never_reached_the_console_is_not_proposed_after_it_was_cancelled() -> None:
    script = Script(httpx.ConnectError("refused"))
    client = script.async_client()

    async def main() -> None:
        waiting = asyncio.Event()

        async def sleep(_seconds: float) -> None:
            waiting.set()
            await asyncio.sleep(3600)

        client._sleep = sleep
        request: ClaimRequest = {"worker": "w", "lease_seconds": 60}
        task = asyncio.ensure_future(client.intercept("send_mail", {"amount": 5}, claim=request))
        await waiting.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(main())
    assert script.paths == ["/api/v1/sdk/intercept"]


def test_a_claim_that_an_earlier_attempt_may_have_got_is_given_back() -> None:
    refused = httpx.ConnectError("refused")
    script = Script(LOST, refused, refused, answer(**RELEASED))
    with pytest.raises(DaaiConnectionError):
        script.client().claim(RUN_ID, "w")
    assert script.paths == ["/claim"] * 3 + ["/claim/release"]
