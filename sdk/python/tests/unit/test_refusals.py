"""What an exception says about a refusal: by whom, why, since when, and whether it is one at all."""

from __future__ import annotations

from typing import Any

import pytest
from scripted import RUN_ID, Call, Script, answer, decision, run_status

from daai import ActionNotRun, ActionRejected, DaaiClient, DaaiQuotaError, RateLimit

AT = "2026-01-01T00:00:00.000Z"


def refusal(client: DaaiClient) -> ActionNotRun:
    @client.governed("send_mail", wait=5, idempotency_key="k1")
    def act(amount: int) -> None:
        raise AssertionError("it ran")

    with pytest.raises(ActionNotRun) as caught:
        act(5)
    return caught.value


def rejected(reason: str, **receipt: Any) -> dict[str, Any]:
    return {"governance_reason": reason, "receipt": {"id": "r", "created_at": AT, **receipt}}


def test_a_rejection_says_by_whom_and_why() -> None:
    words = {"decided_by": "ada@example.com", "comment": "Only 1,480 were charged twice."}
    status = run_status("rejected", **rejected("rejected_by_human"), **words)
    error = refusal(Script(answer(**decision("pending_approval")), answer(**status)).client())
    assert type(error) is ActionRejected
    assert str(error) == (
        'Rejected by ada@example.com: "Only 1,480 were charged twice." Not executed. '
        f"Do not repeat it unchanged. (run {RUN_ID}: rejected, not_executed, rejected_by_human)"
    )


def test_a_replayed_rejection_says_so_and_since_when() -> None:
    words = rejected("rejected_by_human", decided_by="ada@example.com", comment="No.")
    replay = decision("rejected", idempotent_replay=True, idempotency_key="k1", **words)
    error = refusal(Script(answer(**replay)).client())
    assert str(error).startswith(
        'Rejected by ada@example.com: "No." Not executed. Do not repeat it unchanged. (run'
    )
    assert str(error).endswith(
        f"; this isn't a new request: the idempotency key 'k1' repeats that run, decided at {AT}"
    )
    assert (error.is_replay, error.decided_at, error.run.action_run_id) == (True, AT, RUN_ID)


def test_a_refusal_of_a_new_request_is_no_replay() -> None:
    error = refusal(Script(answer(**decision("rejected", **rejected("rejected_by_human")))).client())
    assert (error.is_replay, error.decided_at) == (False, AT)
    assert "a new request" not in str(error)


@pytest.mark.parametrize("method", ["intercept", "status"])
def test_an_answer_keeps_what_is_left_of_the_limits(call: Call, method: str) -> None:
    headers = {
        "RateLimit-Policy": '"intercepts-per-minute";q=30;w=60, "intercepts-per-day";q=500;w=86400',
        "RateLimit": '"intercepts-per-minute";r=29;t=41, "intercepts-per-day";r=7;t=3600',
    }
    asked = ("send_mail", {"amount": 5}) if method == "intercept" else (RUN_ID,)
    fields = decision() if method == "intercept" else run_status()
    result = call(Script(answer(headers=headers, **fields)), method, *asked)
    assert result.rate_limits == (
        RateLimit("intercepts-per-minute", 30, 60, 29, 41),
        RateLimit("intercepts-per-day", 500, 86_400, 7, 3_600),
    )
    for odd in ({}, {"RateLimit": "soon"}, {"RateLimit": '"a";r=1;t=2'}):
        assert call(Script(answer(headers=odd, **fields)), method, *asked).rate_limits == ()


def test_a_quota_that_is_used_up_says_how_much_it_is_and_when_there_is_room_again(call: Call) -> None:
    spent = {
        "code": "monthly_runs_limit",
        "limit": 1_000,
        "used": 1_000,
        "resets_at": "2026-02-01T00:00:00.000Z",
    }
    with pytest.raises(DaaiQuotaError) as caught:
        call(Script(answer(403, **spent)), "intercept", "send_mail", {"amount": 5})
    error = caught.value
    assert (error.limit, error.used, error.resets_at) == (1_000, 1_000, "2026-02-01T00:00:00.000Z")
    with pytest.raises(DaaiQuotaError) as caught:
        call(
            Script(answer(403, code="monthly_runs_limit", limit="many")),
            "intercept",
            "send_mail",
            {"amount": 5},
        )
    assert (caught.value.limit, caught.value.used, caught.value.resets_at) == (None, None, None)


def test_the_status_keeps_what_became_of_the_mail(call: Call) -> None:
    mail = {"queued": 0, "not_sent_reason": "monthly_email_limit"}
    status = call(Script(answer(**run_status("pending_approval", mail=mail))), "status", RUN_ID)
    assert status.mail == mail
