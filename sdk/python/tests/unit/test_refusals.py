"""What an exception says about a refusal: by whom, why, since when, and whether it is one at all."""

from __future__ import annotations

from typing import Any

import pytest
from scripted import RUN_ID, Call, Script, answer, decision, run_status

from daai import ActionBlocked, ActionNotRun, ActionRejected, DaaiClient

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
        'the action was rejected by ada@example.com: "Only 1,480 were charged twice." '
        f"(run {RUN_ID}: rejected, not_executed, rejected_by_human)"
    )


def test_a_replayed_rejection_says_so_and_since_when() -> None:
    words = rejected("rejected_by_human", decided_by="ada@example.com", comment="No.")
    error = refusal(Script(answer(**decision("rejected", idempotent_replay=True, **words))).client())
    assert str(error).startswith('the action was rejected by ada@example.com: "No." (run')
    assert str(error).endswith(f"; decided at {AT}, and the same idempotency key repeats it")


def test_an_expiry_is_not_called_a_rejection() -> None:
    error = refusal(Script(answer(**decision("rejected", **rejected("approval_expired")))).client())
    assert type(error) is ActionRejected
    assert str(error).startswith("nobody answered in time, and the request expired (run")


def test_a_block_by_an_approver_says_by_whom() -> None:
    words = rejected("manually_blocked_by_approver", decided_by="ada@example.com", comment=None)
    error = refusal(Script(answer(**decision("blocked", **words))).client())
    assert type(error) is ActionBlocked
    assert str(error).startswith("the action is blocked by ada@example.com (run")


def test_the_status_keeps_what_became_of_the_mail(call: Call) -> None:
    mail = {"queued": 0, "not_sent_reason": "monthly_email_limit"}
    status = call(Script(answer(**run_status("pending_approval", mail=mail))), "status", RUN_ID)
    assert status.mail == mail
