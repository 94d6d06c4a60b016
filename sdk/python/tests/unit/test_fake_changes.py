"""People of `daai.testing` who approve with a change."""

from __future__ import annotations

import pytest

import daai
from daai.testing import FakeDaai, approve_all

ASK = {"pay": "always_require_approval"}
CHANGED = approve_all("Only 1,480.", change={"amount": 1480}, by="ann@example.com")


def pay(fake: FakeDaai, amount: int) -> str:
    """As an app that takes no changes, because its payload doesn't lead back to arguments."""
    return fake.client().governed("pay", payload={"amount": amount}, wait=60)(lambda: "paid")()


def test_a_change_is_what_an_app_runs_and_is_proposed_to_one_that_takes_none() -> None:
    fake = FakeDaai(ASK, [CHANGED])
    ran: list[tuple[int, str]] = []

    @fake.client().governed("pay", wait=60)
    def refund(amount: int, to: str) -> None:
        ran.append((amount, to))

    refund(1840, "Ben")
    assert ran == [(1480, "Ben")]
    run = fake.expect_proposed("pay", {"amount": 1840, "to": "Ben"})
    assert run.execution_status == "executed"
    assert run.change is not None
    assert run.change.payload == {"amount": 1480, "to": "Ben"}
    assert "Changed amount to 1480." in str(fake.client().status(run.id).change_explanation)

    with pytest.raises(daai.ActionRejected, match=r'"Only 1,480\." .*amount as 1480'):
        pay(fake, 1900)
    proposed = fake.runs[1].change
    assert proposed is not None
    assert proposed.changes == [{"op": "replace", "path": "/amount", "value": 1480}]
    # Nothing differs, so nothing is changed.
    assert pay(fake, 1480) == "paid"


def test_nothing_is_changed_for_a_client_that_does_not_claim_or_stopped_taking_changes() -> None:
    fake = FakeDaai(ASK)
    client = fake.client()

    def ask(key: str, accepts_changes: bool) -> daai.InterceptResult:
        return client.intercept("pay", {"amount": 1840}, idempotency_key=key, accepts_changes=accepts_changes)

    run_id = ask("k", True).action_run_id
    fake.people = [CHANGED]
    assert [ask("k", accepts).executable for accepts in (True, False)] == [True, False]
    with pytest.raises(daai.DaaiConflictError, match="approved with a change"):
        client.report_executed(run_id, {})
    with pytest.raises(daai.DaaiConflictError):
        client.claim(run_id, "w", payload={"amount": 1840})

    fake.people = []
    ask("other", True)
    ask("other", False)
    fake.people = [CHANGED]
    assert ask("other", False).governance_status == "rejected"


def test_nothing_is_changed_without_a_reason_or_to_what_the_policy_blocks() -> None:
    with pytest.raises(ValueError, match="a change needs a comment"):
        approve_all(change={"amount": 1})
    fake = FakeDaai({"pay": lambda payload: "block" if payload["amount"] == 1 else "ask"})
    run_id = fake.client().intercept("pay", {"amount": 2}, accepts_changes=True).action_run_id
    with pytest.raises(ValueError, match="with approve and a comment"):
        fake.decide(run_id, "approve", change={"amount": 1})
    with pytest.raises(ValueError, match="the policy of pay blocks it"):
        fake.decide(run_id, "approve", "Less.", change={"amount": 1})
    impossible: list[dict[str, object]] = [{"amount": 3}, {"amount": "2"}, {"other": "x"}]
    for change in impossible:
        with pytest.raises(ValueError, match="a text can be changed to a text"):
            fake.decide(run_id, "approve", "So.", change=change)
    assert fake.decide(run_id, "approve", "Less.", change={"amount": 0}).governance_status == "approved"


def test_what_a_change_names_as_it_is_stays_as_it_is() -> None:
    fake = FakeDaai(ASK)
    payload = {"amount": 2, "lines": [{"sku": "a", "count": 1}], "flag": True}
    run_id = fake.client().intercept("pay", payload, accepts_changes=True).action_run_id
    for value in (1, 1.0):
        with pytest.raises(ValueError, match="but flag is True"):
            fake.decide(run_id, "approve", "So.", change={"flag": value})
    with pytest.raises(ValueError, match="but other is None"):
        fake.decide(run_id, "approve", "So.", change={"other": None})
    same = {"lines": [{"count": 1.0, "sku": "a"}], "flag": True}
    change = fake.decide(run_id, "approve", "Less.", change={**same, "amount": 1}).change
    assert change is not None
    assert change.changes == [{"op": "replace", "path": "/amount", "value": 1}]
