from __future__ import annotations

import asyncio
from typing import Any

import anyio
import pytest
from scripted import Script, answer, decision, report

import daai

TAKEN: dict[str, Any] = {"claim": {"token": "tok", "expires_at": "2026-01-01T00:01:00.000Z"}}


def test_allowed_at_once_claims_with_the_proposal_runs_and_reports() -> None:
    script = Script(answer(**decision(**TAKEN)), answer(**report()))

    @script.client().governed("send_mail", idempotency_key=lambda to, amount: f"mail:{to}", reasoning="why")
    def send(to: str, amount: int) -> dict[str, Any]:
        """Sends."""
        assert script.paths == ["/api/v1/sdk/intercept"]
        return {"sent": to}

    assert send("ann", amount=5) == {"sent": "ann"}
    assert send.__doc__ == "Sends."
    proposal = script.body(0)
    assert proposal["payload"] == {"to": "ann", "amount": 5}
    assert (proposal["idempotency_key"], proposal["reasoning"]) == ("mail:ann", "why")
    assert proposal["claim"]["lease_seconds"] == 60
    assert script.paths[1:] == ["/report-executed"]
    assert script.body(1) == {"execution_result": {"sent": "ann"}, "claim_token": "tok"}


def test_an_exception_is_reported_and_goes_on() -> None:
    script = Script(answer(**decision(**TAKEN)), answer(**report("failed")))

    @script.client().governed("send_mail", payload={})
    def send() -> None:
        raise KeyError("no such customer")

    with pytest.raises(KeyError):
        send()
    assert script.paths[1:] == ["/report-failed"]
    assert script.body() == {"execution_error": "KeyError: 'no such customer'", "claim_token": "tok"}


def test_an_interruption_is_left_in_doubt() -> None:
    script = Script(answer(**decision(**TAKEN)))

    @script.client().governed("send_mail", payload={})
    def send() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        send()
    assert len(script.requests) == 1


@pytest.mark.parametrize("make", ["client", "async_client"])
def test_async_functions_work_with_either_client(make: str) -> None:
    script = Script(answer(**decision(**TAKEN)), answer(**report()))
    client: daai.DaaiClient = getattr(script, make)()

    @client.governed("send_mail", idempotency_key="k")
    async def send(to: str) -> str:
        await asyncio.sleep(0)
        return to

    assert anyio.run(send, "ann") == "ann"
    assert script.body(0)["payload"] == {"to": "ann"}
    assert script.body(1) == {"execution_result": {"result": "ann"}, "claim_token": "tok"}


@pytest.mark.parametrize("make", ["client", "async_client"])
def test_a_cancelled_function_is_left_in_doubt(make: str) -> None:
    script = Script(answer(**decision(**TAKEN)))
    client: daai.DaaiClient = getattr(script, make)()

    async def main() -> None:
        started = asyncio.Event()

        @client.governed("send_mail", payload={})
        async def send() -> None:
            started.set()
            await asyncio.Event().wait()

        task = asyncio.ensure_future(send())
        await started.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    anyio.run(main)
    assert len(script.requests) == 1


def test_what_cannot_be_governed_is_refused_at_once() -> None:
    def generator() -> Any:
        yield 1

    def plain() -> None: ...

    with pytest.raises(TypeError, match="generator"):
        Script().client().governed("send_mail")(generator)
    with pytest.raises(TypeError, match="async def"):
        Script().async_client().governed("send_mail")(plain)
    # As a framework's @tool below @client.governed makes one.
    tool: Any = object()
    with pytest.raises(TypeError, match=r"object isn't a function.*directly above the def"):
        Script().client().governed("send_mail")(tool)


def test_a_function_that_only_promises_to_run_has_failed() -> None:
    script = Script(answer(**decision(**TAKEN)), answer(**report("failed")))

    def send() -> Any:
        return asyncio.sleep(0)

    with pytest.raises(TypeError, match="awaitable"):
        script.client().governed("send_mail", payload={})(send)()
    assert script.paths[1:] == ["/report-failed"]


class Customer:
    def __init__(self, client: daai.DaaiClient) -> None:
        self.remind = client.governed("send_mail")(self.remind)  # type: ignore[method-assign]

    def remind(self, amount: int, *more: int, note: str = "") -> str:
        return f"{amount}{note}"


def test_methods_and_defaults_are_described_by_name() -> None:
    script = Script(answer(**decision(**TAKEN)), answer(**report()))
    assert Customer(script.client()).remind(5) == "5"
    assert script.body(0)["payload"] == {"amount": 5, "more": [], "note": ""}
