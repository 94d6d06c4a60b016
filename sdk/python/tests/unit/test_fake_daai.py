"""What the conformance cases don't say of `daai.testing`: people, the clock, policies, and what tests see."""

from __future__ import annotations

import asyncio
import os
from decimal import Decimal
from typing import Any

import pytest
from scripted import API_KEY, WORKSPACE_KEY

import daai
from daai import AsyncDaaiClient, DaaiClient
from daai.testing import FakeDaai, approve_all, block, nobody, reject, require_approval_above

ASK = {"pay": "always_require_approval"}


def pay(fake: FakeDaai, wait: float | None = None, **payload: Any) -> Any:
    return fake.client().governed("pay", payload=payload, wait=wait)(lambda: "paid")()


def test_people_answer_in_the_order_of_the_list_what_is_theirs() -> None:
    people = [
        nobody(action="pay", when=lambda payload: payload["amount"] > 1000),
        reject("Not yet.", by="ann@example.com", times=1),
        block("Never.", action="wipe"),
        approve_all(by="ben@example.com"),
    ]
    fake = FakeDaai({**ASK, "wipe": "always_require_approval"}, people)
    with pytest.raises(daai.ActionRejected, match=r'Rejected by ann@example\.com: "Not yet\."'):
        pay(fake, amount=1)
    assert pay(fake, amount=2) == "paid"
    with pytest.raises(daai.ActionBlocked, match=r'"Never\."'):
        fake.client().governed("wipe", payload={})(lambda: 1)()
    with pytest.raises(daai.ActionPending):
        pay(fake, amount=1001)
    assert [run.governance_status for run in fake.runs] == [
        "rejected",
        "approved",
        "blocked",
        "pending_approval",
    ]


def test_waiting_for_people_takes_no_time() -> None:
    fake = FakeDaai(ASK, [approve_all(after=3000)])
    started = fake.clock.now
    with pytest.raises(daai.ApprovalTimeout):
        pay(fake, wait=600, amount=1)
    assert (fake.clock.now - started).total_seconds() == 600
    (run,) = fake.runs
    with fake.client().execution(run.id, wait=3600) as execution:
        assert execution.payload == {"amount": 1}
    assert (fake.clock.now - started).total_seconds() == 3000
    assert fake.run(run.id).execution_status == "executed"


def test_who_nobody_answers_waits_until_the_request_expires() -> None:
    fake = FakeDaai()
    fake.register("pay", "always_require_approval", window_seconds=600)
    run = fake.client().intercept("pay", {"amount": 1})
    status = fake.client().wait(run.action_run_id)
    assert (status.governance_reason, status.decided_at) == ("approval_expired", "2026-01-01T00:10:00.000Z")


def test_people_who_come_later_answer_what_is_pending() -> None:
    fake = FakeDaai(ASK)
    run = fake.client().intercept("pay", {"amount": 1})
    assert fake.client().status(run.action_run_id).governance_status == "pending_approval"
    fake.people = [approve_all("Fine.")]
    assert fake.client().status(run.action_run_id).comment == "Fine."


AMOUNTS = [
    (500, "policy_amount_within_threshold"),
    ("500.00", "policy_amount_within_threshold"),
    ("500.01", "policy_amount_above_threshold"),
    (Decimal("500.01"), "policy_amount_above_threshold"),
    ("1,250", "policy_amount_invalid_requires_approval"),
    (-5, "policy_amount_invalid_requires_approval"),
    (True, "policy_amount_invalid_requires_approval"),
    ("1e21", "policy_amount_invalid_requires_approval"),
]


@pytest.mark.parametrize(("amount", "reason"), AMOUNTS, ids=str)
def test_amounts_are_read_as_the_console_reads_them(amount: object, reason: str) -> None:
    fake = FakeDaai({"pay": require_approval_above(500)})
    assert fake.client().intercept("pay", {"amount": amount}).governance_reason == reason


def test_a_missing_amount_asks() -> None:
    fake = FakeDaai({"pay": require_approval_above("0.1", "order.total")})
    run = fake.client().intercept("pay", {"amount": 1})
    assert run.governance_reason == "policy_amount_missing_requires_approval"
    above = fake.client().intercept("pay", {"order": {"total": 0.3}})
    assert above.governance_reason == "policy_amount_above_threshold"


def test_a_policy_can_be_a_function_and_never_lets_through_what_it_cannot_read() -> None:
    def large_or_foreign(payload: dict[str, Any]) -> str:
        return {"EUR": "allow", "USD": "ask", "XXX": "block"}[payload["currency"]]

    fake = FakeDaai({"pay": large_or_foreign})
    found = [fake.client().intercept("pay", {"currency": one}) for one in ("EUR", "USD", "XXX", "?")]
    assert [run.governance_reason for run in found] == [
        "rule_allowed",
        "rule_requires_approval",
        "rule_blocked",
        "rule_unreadable_requires_approval",
    ]
    assert {run.policy_rule for run in found} == {"large_or_foreign"}
    with pytest.raises(ValueError, match="'always_alow' is no policy"):
        fake.register("pay", "always_alow")


def test_a_cool_down_holds_off_the_same_request() -> None:
    fake = FakeDaai(people=[reject("No.", by="ann@example.com")])
    fake.register("pay", "always_require_approval", cool_down_seconds=60)
    with pytest.raises(daai.ActionRejected):
        pay(fake, amount=1)
    with pytest.raises(daai.DaaiTooSoonError, match=r"ann@example\.com") as caught:
        pay(fake, amount=1)
    assert caught.value.ask_again_at == "2026-01-01T00:01:00.000Z"
    fake.clock.advance(minutes=1)
    with pytest.raises(daai.ActionRejected):
        pay(fake, amount=1)


def test_a_run_in_doubt_is_settled_by_a_person() -> None:
    fake = FakeDaai({"pay": "always_allow"})
    client = fake.client()
    for outcome in ("executed", "failed", "released"):
        run = client.intercept("pay", {"amount": 1}, claim={"worker": "w", "lease_seconds": 60})
        fake.clock.advance(seconds=60)
        assert client.status(run.action_run_id).in_doubt is True
        fake.settle(run.action_run_id, outcome)
    assert [run.execution_status for run in fake.runs] == ["executed", "failed", "awaiting_execution_report"]
    assert client.status(fake.runs[2].id).executable


def test_an_idempotent_executor_gets_an_expired_claim_again() -> None:
    fake = FakeDaai()
    fake.register("pay", "always_allow", auto_releases_claims=True)
    run = fake.client().intercept("pay", {"amount": 1}, claim={"worker": "w", "lease_seconds": 60})
    fake.clock.advance(seconds=60)
    assert fake.client().claim(run.action_run_id, "w2").payload == {"amount": 1}


def test_an_inactive_action_runs_nothing() -> None:
    fake = FakeDaai({"pay": "always_allow"})
    run = fake.client().intercept("pay", {"amount": 1})
    fake.register("pay", "always_allow", active=False)
    with pytest.raises(daai.DaaiConflictError, match="action_inactive"):
        fake.client().claim(run.action_run_id, "w")
    assert fake.client().intercept("pay", {"amount": 1}).governance_reason == "inactive_action"


def test_a_console_that_is_down_runs_nothing() -> None:
    fake = FakeDaai({"pay": "always_allow"})
    fake.is_down = True
    with pytest.raises(daai.DaaiConnectionError):
        pay(fake, amount=1)
    fake.is_down = False
    fake.expect_nothing_proposed()
    assert pay(fake, amount=1) == "paid"


def test_people_cannot_do_what_the_console_refuses() -> None:
    fake = FakeDaai(ASK)
    run_id = fake.client().intercept("pay", {"amount": 1}).action_run_id
    with pytest.raises(ValueError, match="isn't in doubt"):
        fake.settle(run_id, "executed")
    with pytest.raises(ValueError, match="isn't approved"):
        fake.revoke(run_id)
    fake.decide(run_id, "approve")
    with pytest.raises(ValueError, match="isn't pending"):
        fake.decide(run_id, "reject")
    fake.client().claim(run_id, "w")
    with pytest.raises(ValueError, match="was claimed or reported"):
        fake.revoke(run_id)
    with pytest.raises(ValueError, match="there is no run"):
        fake.decide("nothing", "approve")


def test_what_was_proposed_is_found_or_listed() -> None:
    fake = FakeDaai({"pay": "always_allow"})
    with pytest.raises(AssertionError, match=r"expected pay once, found it 0 times\. Nothing was proposed\."):
        fake.expect_proposed("pay")
    pay(fake, amount=1)
    run = fake.expect_proposed("pay", payload={"amount": 1})
    assert (run.execution_status, run.execution_result) == ("executed", {"result": "paid"})
    with pytest.raises(
        AssertionError, match=r"\{'amount': 2\} once, found it 0 times(?s:.)*pay \{'amount': 1\}: allowed"
    ):
        fake.expect_proposed("pay", payload={"amount": 2})
    pay(fake, amount=1)
    with pytest.raises(AssertionError, match="expected pay once, found it 2 times"):
        fake.expect_proposed("pay")
    assert fake.expect_proposed("pay", times=2).id == fake.runs[1].id
    with pytest.raises(AssertionError, match="Proposed:"):
        fake.expect_nothing_proposed()
    # To Python, True equals 1.
    with pytest.raises(AssertionError, match="found it 0 times"):
        fake.expect_proposed("pay", payload={"amount": True})


def test_every_client_of_the_process_talks_to_a_fake_that_is_in_use(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DAAI_BASE_URL", "http://127.0.0.1:9/api")
    early = DaaiClient(API_KEY, WORKSPACE_KEY)

    def identity(amount: int) -> int:
        return amount

    decorated = early.governed("pay", wait=600)(identity)
    with FakeDaai(ASK, [approve_all(after=500)]) as fake:
        assert decorated(1) == 1
        assert DaaiClient().intercept("pay", {"amount": 2}).action_run_id == fake.runs[1].id
        later = AsyncDaaiClient()

        async def act(amount: int) -> int:
            return amount

        assert asyncio.run(later.governed("pay", wait=600)(act)(3)) == 3
        with pytest.raises(RuntimeError, match="another FakeDaai is in use"), FakeDaai():
            pass
    assert os.environ["DAAI_BASE_URL"] == "http://127.0.0.1:9/api"
    assert "DAAI_API_KEY" not in os.environ
    early._sleep = lambda _seconds: None
    with pytest.raises(daai.DaaiConnectionError, match=r"127\.0\.0\.1"):
        early.intercept("pay", {"amount": 4})
    assert [run.payload["amount"] for run in fake.runs] == [1, 2, 3]
