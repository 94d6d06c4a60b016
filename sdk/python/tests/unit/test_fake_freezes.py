"""Freezes of `daai.testing`."""

from __future__ import annotations

from datetime import datetime, timezone

import pytest

import daai
from daai.testing import FakeDaai, approve_all, reject

POLICIES = {"pay": "always_allow", "ask": "always_require_approval"}
DAY = 86_400


def pending(fake: FakeDaai) -> str:
    return fake.client().intercept("ask", {"amount": 5}).action_run_id


def test_a_freeze_of_all_stops_every_action_and_a_claim_is_told_why() -> None:
    fake = FakeDaai(POLICIES)
    client = fake.client()
    run = client.intercept("pay", {})
    fake.freeze(reason="Wrong bank.", by="ann@example.com")
    unknown = client.intercept("unknown", {})
    assert (unknown.governance_reason, unknown.frozen) == ("frozen", False)
    with pytest.raises(daai.DaaiConflictError, match="Wrong bank") as refused:
        client.claim(run.action_run_id, worker="w")
    assert refused.value.body is not None
    assert refused.value.body["frozen"] == {
        "scope": "workspace",
        "reason": "Wrong bank.",
        "frozen_by": "ann@example.com",
        "frozen_at": "2026-01-01T00:00:00.000Z",
    }
    with pytest.raises(daai.ActionFrozen), client.execution(run.action_run_id):
        pytest.fail("it ran")


def test_only_the_named_action_is_frozen() -> None:
    fake = FakeDaai(POLICIES)
    fake.freeze("ask")
    assert fake.client().intercept("pay", {}).executable
    with pytest.raises(ValueError, match="the console isn't frozen"):
        fake.thaw()
    fake.thaw("ask")
    with pytest.raises(ValueError, match="ask isn't frozen"):
        fake.thaw("ask")


def test_nobody_approves_while_it_is_frozen_and_everyones_time_stands_still() -> None:
    fake = FakeDaai(POLICIES)
    run_id = pending(fake)
    fake.people = [approve_all(after=3600)]
    fake.client().status(run_id)
    fake.freeze()
    with pytest.raises(ValueError, match="is frozen, so nobody can approve it"):
        fake.decide(run_id, "approve")
    with pytest.raises(daai.ApprovalTimeout):
        fake.client().wait(run_id, timeout=2 * DAY)
    fake.thaw()
    fake.clock.advance(seconds=3599)
    assert fake.run(run_id).governance_status == "pending_approval"
    fake.clock.advance(seconds=1)
    run = fake.run(run_id)
    assert run.governance_status == "approved"
    assert run.decided_at == datetime(2026, 1, 3, 1, tzinfo=timezone.utc)


def test_a_no_is_taken_while_it_is_frozen() -> None:
    fake = FakeDaai(POLICIES, [reject("No.", after=60)])
    run_id = pending(fake)
    fake.freeze()
    fake.clock.advance(minutes=2)
    assert fake.run(run_id).governance_status == "rejected"


def test_where_freezes_overlap_the_time_is_given_back_once() -> None:
    fake = FakeDaai(POLICIES)
    run_id = pending(fake)
    fake.freeze()
    fake.clock.advance(hours=1)
    fake.freeze("ask")
    fake.clock.advance(hours=1)
    fake.thaw()
    assert fake.client().status(run_id).frozen
    fake.clock.advance(hours=1)
    fake.thaw("ask")
    assert fake.run(run_id).expires_at == datetime(2026, 1, 2, 3, tzinfo=timezone.utc)
