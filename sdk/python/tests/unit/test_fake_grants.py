"""Standing grants of `daai.testing`."""

from __future__ import annotations

from typing import Any

import pytest

from daai import InterceptResult
from daai.testing import FakeDaai, Grant, approve_all, budget, grant

ASK = {"pay": "always_require_approval"}


def same(**changed: Any) -> Grant:
    terms: dict[str, Any] = {
        "facts": ["recipient", "payload.reason"],
        "amount_each": 50,
        "total": "80.00",
        "max_uses": 5,
        "until": "2026-01-08",
    }
    return grant(**{**terms, **changed})


def payment(amount: int | str, to: str = "ann@example.com") -> dict[str, Any]:
    return {"amount": amount, "currency": "EUR", "to": to, "reason": "refund"}


def propose(fake: FakeDaai, payload: dict[str, Any]) -> InterceptResult:
    return fake.client().intercept("pay", payload)


def granted(given: Grant, fake: FakeDaai | None = None) -> FakeDaai:
    fake = fake or FakeDaai(ASK)
    run = propose(fake, payment(40))
    fake.decide(run.action_run_id, "approve", by="ann@example.com", grant=given)
    return fake


def test_a_person_of_the_list_approves_the_same_in_advance() -> None:
    fake = FakeDaai(ASK, [approve_all(by="ann@example.com", grant=same(), times=1)])
    first = propose(fake, payment(40))
    fake.client().wait(first.action_run_id, timeout=5)
    run = propose(fake, payment(50))
    assert run.grant == {
        "id": fake.grants[0].id,
        "run_id": first.action_run_id,
        "given_by": "ann@example.com",
        "given_at": "2026-01-01T00:00:00.000Z",
        "confirmed_by": None,
        "facts": ["payload.reason", "recipient"],
        "asked_reason": "policy_requires_approval",
        "currency": "EUR",
        "amount_each": "50",
        "total": "80",
        "max_uses": 5,
        "ends_at": "2026-01-09T00:00:00.000Z",
        "uses_before": 0,
        "used_before": "0",
    }
    assert "Allowed by a standing grant" in str(run.explanation)
    assert run.receipt is not None
    assert run.receipt["grant"] == run.grant
    assert propose(fake, payment(50, "ben@example.com")).governance_status == "pending_approval"


def test_a_revoked_grant_and_one_of_another_policy_allow_nothing() -> None:
    fake = granted(same())
    fake.revoke_grant(fake.grants[0].id)
    assert propose(fake, payment(1)).governance_status == "pending_approval"
    other = granted(same())
    other.register("pay", lambda _: "ask")
    assert propose(other, payment(1)).governance_status == "pending_approval"
    with pytest.raises(ValueError, match="there is no grant g"):
        fake.revoke_grant("g")


def test_what_the_source_actor_and_key_were_can_be_held_fixed() -> None:
    fake = FakeDaai(ASK)
    client = fake.client()
    ticket = {"type": "ticket", "ref": "T-1"}
    run = client.intercept("pay", payment(40), actor="agent", source=ticket)
    fake.decide(run.action_run_id, "approve", grant=same(facts=["actor", "key", "source"]))
    assert client.intercept("pay", payment(1), actor="agent", source=ticket).executable
    other = {"type": "ticket", "ref": "T-2"}
    assert not client.intercept("pay", payment(1), actor="agent", source=other).executable


@pytest.mark.parametrize(
    ("changed", "problem"),
    [
        ({"facts": []}, "1 to 20 different facts"),
        ({"facts": ["amount"]}, "'amount' is no fact"),
        ({"facts": ["payload.amount"]}, "use recipient, key, payload.to, payload.reason"),
        ({"facts": ["payload.customer"]}, "the run has no payload.customer"),
        ({"total": None}, "neither amount_each nor total"),
        ({"total": None, "amount_each": None}, "if the run has an amount"),
        ({"total": 49}, "a total of at least that"),
        ({"amount_each": 0}, "0 is no amount"),
        ({"max_uses": 1001}, "from 1 to 1000"),
        ({"until": "2025-12-31"}, "within 30 days"),
        ({"until": "2026-01-31"}, "within 30 days"),
    ],
)
def test_a_grant_that_no_console_takes_is_refused(changed: dict[str, Any], problem: str) -> None:
    fake = FakeDaai(ASK)
    with pytest.raises(ValueError, match=problem):
        granted(same(**changed), fake)
    assert not fake.grants
    assert not any(run.decided_by for run in fake.runs)


def test_nobody_approves_in_advance_what_was_changed_rejected_unreadable_or_needs_several_people() -> None:
    fake = FakeDaai(ASK)
    run = fake.client().intercept("pay", payment(40), accepts_changes=True)
    with pytest.raises(ValueError, match="without a change"):
        fake.decide(run.action_run_id, "approve", "Less.", change={"amount": 1}, grant=same())
    with pytest.raises(ValueError, match="gets a grant with approve"):
        fake.decide(run.action_run_id, "reject", grant=same())
    with pytest.raises(ValueError, match="not with a change"):
        approve_all("Less.", change={"amount": 1}, grant=same())
    several = FakeDaai()
    several.register("pay", "always_require_approval", approvals=2)
    with pytest.raises(ValueError, match="needs several approvals"):
        granted(same(), several)
    unreadable = propose(fake, payment("1,000"))
    with pytest.raises(ValueError, match="can't be read"):
        fake.decide(unreadable.action_run_id, "approve", grant=same())
    dollars = budget("b", currency="USD", limit=1, period="day")
    with pytest.raises(ValueError, match="a budget couldn't read"):
        granted(same(), FakeDaai(ASK, budgets=[dollars]))
