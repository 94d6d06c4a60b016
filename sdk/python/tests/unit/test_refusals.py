"""What an exception says about a refusal: by whom, why, since when, and whether it is one at all."""

from __future__ import annotations

from typing import Any

import pytest
from scripted import RUN_ID, Script, answer, decision

from daai import ActionNotRun, DaaiClient

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
