from __future__ import annotations

import asyncio
from typing import Any

import anyio
import pytest
from scripted import RUN_ID, Script, answer, claimed, decision, report, run_status

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


def test_waits_for_approval_then_claims_what_was_proposed() -> None:
    script = Script(
        answer(**decision("pending_approval")),
        answer(**run_status("approved")),
        answer(**claimed()),
        answer(**report()),
    )

    @script.client().governed("send_mail", payload=lambda amount: {"amount": amount}, wait=30)
    def send(amount: int) -> int:
        return amount

    assert send(5) == 5
    assert script.paths[1:] == ["/status", "/claim", "/report-executed"]
    assert script.body(2)["payload"] == {"amount": 5}
    assert script.body(2)["worker"] == script.body(0)["claim"]["worker"]
    assert script.body(3) == {"execution_result": {"result": 5}, "claim_token": "tok"}


CASES = [
    ([decision("blocked")], None, daai.ActionBlocked),
    ([decision("rejected")], None, daai.ActionRejected),
    ([decision("pending_approval"), run_status("pending_approval")], None, daai.ActionPending),
    ([decision("pending_approval"), run_status("rejected")], 30, daai.ActionRejected),
    ([decision("pending_approval"), run_status("blocked")], 30, daai.ActionBlocked),
    ([decision(executable=False)], None, daai.ActionAlreadyTaken),
    ([decision(executable=False, execution_status="executed")], None, daai.ActionAlreadyTaken),
]


@pytest.mark.parametrize(("answers", "wait", "kind"), CASES)
def test_what_may_not_run_does_not_run(
    answers: list[dict[str, Any]], wait: float | None, kind: type[daai.ActionNotRun]
) -> None:
    script = Script(*(answer(**fields) for fields in answers))
    ran = []

    @script.client().governed("send_mail", payload={"amount": 5}, wait=wait)
    def send() -> None:
        ran.append(1)

    with pytest.raises(kind) as caught:
        send()
    assert type(caught.value) is kind
    assert caught.value.run.action_run_id == RUN_ID
    assert ran == []


@pytest.mark.parametrize("code", ["already_claimed", "not_executable", "already_reported"])
def test_a_claim_that_somebody_else_got(code: str) -> None:
    script = Script(answer(**decision()), answer(409, code=code))
    with pytest.raises(daai.ActionAlreadyTaken):
        script.client().governed("send_mail", payload={})(pytest.fail)()


def test_a_changed_payload_does_not_run() -> None:
    script = Script(answer(**decision()), answer(409, code="payload_changed"))
    with pytest.raises(daai.DaaiConflictError, match="payload_changed"):
        script.client().governed("send_mail", payload={})(pytest.fail)()


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


def test_a_report_that_cannot_be_delivered_says_that_it_ran() -> None:
    script = Script(answer(**decision(**TAKEN)), *(answer(503) for _ in range(3)))
    with pytest.raises(daai.ExecutionNotReported) as caught:
        script.client().governed("send_mail", payload={})(lambda: "done")()
    assert (caught.value.result, caught.value.claim_token) == ("done", "tok")
    assert isinstance(caught.value.__cause__, daai.DaaiUnavailableError)


def test_a_failure_that_cannot_be_reported_keeps_its_exception() -> None:
    script = Script(answer(**decision(**TAKEN)), answer(401))

    def fail() -> None:
        raise LookupError("mine")

    with pytest.raises(LookupError, match="mine"):
        script.client().governed("send_mail", payload={})(fail)()


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
