"""Status, wait, claims and reports."""

from __future__ import annotations

from uuid import UUID

import httpx
import pytest
from scripted import RUN_ID, Call, Script, answer, claimed, report, run_status

from daai import (
    ApprovalTimeout,
    DaaiConflictError,
    DaaiMalformedResponseError,
    DaaiPayloadError,
    ExecutionStatus,
    GovernanceStatus,
)


def test_status(call: Call) -> None:
    fields = run_status(decided_at="2026-01-01T00:00:01.000Z", decided_by="a@b.c", comment="ok", surprise=1)
    script = Script(answer(**fields))
    status = call(script, "status", UUID(RUN_ID))
    assert script.paths == ["/status"]
    assert (status.action, status.created_at) == ("send_mail", "2026-01-01T00:00:00.000Z")
    assert (status.decided_at, status.decided_by, status.comment) == (
        "2026-01-01T00:00:01.000Z",
        "a@b.c",
        "ok",
    )
    assert status.claimed is False


@pytest.mark.parametrize(
    ("method", "arguments", "fields"),
    [
        ("status", (), run_status()),
        ("wait", (), run_status()),
        ("claim", ("w",), claimed()),
        ("renew_claim", ("tok",), {"action_run_id": RUN_ID, "claim": None}),
        ("release_claim", ("tok",), {"action_run_id": RUN_ID, "claim": None}),
        ("report_executed", (), report()),
        ("report_failed", ("no",), report()),
    ],
)
def test_an_answer_about_another_run_is_an_error(
    call: Call, method: str, arguments: tuple[str, ...], fields: dict[str, object]
) -> None:
    other = RUN_ID[:-1] + "2"
    with pytest.raises(DaaiMalformedResponseError, match="another run"):
        call(Script(answer(**fields)), method, other, *arguments)


@pytest.mark.parametrize("name", ["action_run_id", "action", "payload", "claim"])
def test_a_claim_that_lacks_something_is_no_claim(call: Call, name: str) -> None:
    for fields in (claimed(**{name: None}), claimed(**{name: 5})):
        with pytest.raises(DaaiMalformedResponseError):
            call(Script(answer(**fields)), "claim", RUN_ID, "w")


class Held(Script):
    """A console that holds each answer for so many seconds; no other time passes."""

    def __init__(self, *answers: tuple[float, str]) -> None:
        super().__init__(*(answer(**run_status(governance)) for _, governance in answers))
        self.seconds = [seconds for seconds, _ in answers]
        self.now = 1000.0
        self.monotonic = lambda: self.now

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.now += self.seconds.pop(0)
        return super().__call__(request)


def test_wait_uses_the_long_poll_until_it_is_decided(call: Call) -> None:
    script = Held((25, "pending_approval"), (25, "pending_approval"), (5, "approved"))
    status = call(script, "wait", RUN_ID, timeout=65)
    assert status.governance_status is GovernanceStatus.APPROVED
    assert [request.url.params["wait"] for request in script.requests] == ["25", "25", "15"]
    # The answer may be held for as long as was asked; only then does the patience for an answer begin.
    assert script.requests[0].extensions["timeout"] == {"connect": 10, "read": 35, "write": 10, "pool": 10}
    assert script.sleeps == []


def test_wait_gives_up_with_the_pending_run(call: Call) -> None:
    script = Held((60, "pending_approval"), (60, "pending_approval"))
    with pytest.raises(ApprovalTimeout) as caught:
        call(script, "wait", RUN_ID, timeout=90)
    assert caught.value.run.action_run_id == RUN_ID


def test_wait_never_polls_in_a_busy_loop(call: Call) -> None:
    script = Held((0, "pending_approval"), (0, "pending_approval"), (0, "rejected"))
    assert call(script, "wait", RUN_ID).governance_status is GovernanceStatus.REJECTED
    assert script.sleeps == [1.0, 1.0]


def test_claim_renew_and_release(call: Call) -> None:
    script = Script(answer(**claimed()))
    run = call(script, "claim", RUN_ID, "w1", 30, payload={"amount": 5})
    assert script.paths == ["/claim"]
    token = script.body()["token"]
    assert script.body() == {"worker": "w1", "lease_seconds": 30, "token": token, "payload": {"amount": 5}}
    assert (run.payload, run.claim.token, run.payload_hash, run.policy_version) == (
        {"amount": 5},
        "tok",
        "7e84cbf0f7a7c92c037058665d66152f8eb8580ab2534e52c877bccceb9cc7bf",
        1,
    )

    kept = {"action_run_id": RUN_ID, "claim": {"token": "tok", "expires_at": "2026-01-01T00:02:00.000Z"}}
    script = Script(answer(**kept))
    assert call(script, "renew_claim", RUN_ID, "tok", 30).claim.expires_at == "2026-01-01T00:02:00.000Z"
    assert (script.paths, script.body()) == (["/claim/renew"], {"claim_token": "tok", "lease_seconds": 30})

    script = Script(answer(action_run_id=RUN_ID, claim=None))
    assert call(script, "release_claim", RUN_ID, "tok").claim is None
    assert (script.paths, script.body()) == (["/claim/release"], {"claim_token": "tok"})


def test_a_claim_that_somebody_else_got(call: Call) -> None:
    with pytest.raises(DaaiConflictError) as caught:
        call(Script(answer(409, code="already_claimed")), "claim", RUN_ID, "w")
    assert caught.value.code == "already_claimed"


def test_report_executed(call: Call) -> None:
    script = Script(answer(**report(execution_reported_at="2026-01-01T00:00:00.000Z")))
    done = call(script, "report_executed", RUN_ID, execution_result={"sent": True}, claim_token="tok")
    assert script.paths == ["/report-executed"]
    assert script.body() == {"execution_result": {"sent": True}, "claim_token": "tok"}
    assert done.execution_status is ExecutionStatus.EXECUTED

    script = Script(answer(**report()))
    call(script, "report_executed", RUN_ID)
    assert script.body() == {"execution_result": {}}


def test_report_failed(call: Call) -> None:
    script = Script(answer(**report("failed")))
    long = "boom\0\ud800" + "x" * 5_000
    done = call(script, "report_failed", RUN_ID, execution_error=long, execution_result={"tried": 1})
    assert script.paths == ["/report-failed"]
    assert script.body() == {
        "execution_error": ("boom??" + "x" * 5_000)[:4_000],
        "execution_result": {"tried": 1},
    }
    assert done.execution_status is ExecutionStatus.FAILED


def test_a_result_that_cannot_be_sent_is_refused_by_name(call: Call) -> None:
    with pytest.raises(DaaiPayloadError) as caught:
        call(Script(), "report_executed", RUN_ID, {"rate": float("nan")})
    assert caught.value.path == "execution_result.rate"
