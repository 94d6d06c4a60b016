"""Budgets of `daai.testing`."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from daai import InterceptResult
from daai.testing import Budget, FakeClock, FakeDaai, approve_all, budget

POLICIES = {"pay": "always_allow", "ask": "always_require_approval"}
VECTORS = json.loads((Path(__file__).parents[3] / "conformance/budget-periods.json").read_text("utf-8"))


def refunds(**changed: Any) -> Budget:
    terms: dict[str, Any] = {
        "actions": ["pay"],
        "currency": "EUR",
        "limit": 100,
        "period": "week",
        "when_exceeded": "block",
    }
    return budget("Refunds", **{**terms, **changed})


def eur(amount: int | str, **more: Any) -> dict[str, Any]:
    return {"amount": amount, "currency": "EUR", **more}


def propose(fake: FakeDaai, payload: dict[str, Any], action: str = "pay") -> InterceptResult:
    return fake.client().intercept(action, payload)


def test_a_runs_budget_says_how_it_stood_and_the_model_is_told() -> None:
    fake = FakeDaai(POLICIES, budgets=[refunds()])
    propose(fake, eur(60))
    run = propose(fake, eur("40.01"))
    assert run.budget == {
        "name": "Refunds",
        "measure": "sum",
        "currency": "EUR",
        "limit": "100",
        "per": "nothing",
        "per_field": None,
        "per_value": None,
        "period": "week",
        "time_zone": "UTC",
        "period_start": "2025-12-29T00:00:00.000Z",
        "period_end": "2026-01-05T00:00:00.000Z",
        "used_before": "60",
        "amount": "40.01",
        "unreadable": None,
        "when_exceeded": "block",
    }
    assert 'it goes over the budget "Refunds" (60 of 100 EUR used)' in str(run.explanation)
    assert run.receipt is not None
    assert run.receipt["budget"] == run.budget
    assert fake.budget_used("Refunds") == "60"


def test_what_is_used_can_be_read_by_value_and_starts_again_with_the_period() -> None:
    fake = FakeDaai(POLICIES, budgets=[refunds(per="recipient")])
    propose(fake, eur(60, to="ann@example.com"))
    propose(fake, eur(30, customer={"email": "Ann@Example.com "}))
    assert fake.budget_used("Refunds", "ANN@example.com") == "90"
    assert fake.budget_used("Refunds", "ben") == "0"
    fake.clock.advance(days=7)
    assert fake.budget_used("Refunds", "ann@example.com") == "0"


@pytest.mark.parametrize(
    ("payload", "recipient"),
    [
        ({"to": "Ann Smith"}, "ann smith"),
        ({"to": "Ann Smith", "from": "draft"}, None),
        ({"to": "approved"}, None),
        ({"to": "12.50"}, None),
        ({"to": "+49 30 1234567"}, "+49 30 1234567"),
        ({"to": "DE02 1203 0000 0000 2020 51"}, "de02 1203 0000 0000 2020 51"),
        ({"payee": "unknown", "email": "a@example.com"}, "a@example.com"),
        ({"supplier": {"name": "acme"}}, "acme"),
        ({"recipient": "Ann\nSmith"}, None),
        ({}, None),
    ],
)
def test_a_recipient_is_who_reads_as_one(payload: dict[str, Any], recipient: str | None) -> None:
    fake = FakeDaai(POLICIES, budgets=[refunds(per="recipient")])
    run = propose(fake, eur(60, **payload))
    if recipient is None:
        assert run.budget is not None
        assert run.budget["unreadable"] == "per_value"
    else:
        assert fake.budget_used("Refunds", recipient) == "60"


def test_the_recipient_and_the_amount_are_where_the_action_has_them() -> None:
    fake = FakeDaai(budgets=[refunds(per="recipient")])
    fake.register("pay", "always_allow", recipient_field="iban")
    propose(fake, eur(60, iban="DE02", to="ann@example.com"))
    assert fake.budget_used("Refunds", "de02") == "60"
    run = propose(fake, eur(1))
    assert run.budget is not None
    assert (run.budget["unreadable"], run.budget["when_exceeded"]) == ("per_value", "ask")


def test_an_approved_change_is_counted_in_place_of_what_was_proposed() -> None:
    fake = FakeDaai(POLICIES, budgets=[refunds(actions=["ask"])])
    run = fake.client().intercept("ask", eur(90), accepts_changes=True)
    fake.decide(run.action_run_id, "approve", "Only 30.", change={"amount": 30})
    assert fake.budget_used("Refunds") == "30"
    assert propose(fake, eur(70), "ask").governance_status == "pending_approval"


def test_a_change_cannot_make_a_run_count_where_a_budget_blocks_it() -> None:
    fake = FakeDaai(POLICIES, budgets=[refunds(actions=["ask"], per="field", per_field="to")])
    propose(fake, eur(90, to="ann"), "ask")
    run = fake.client().intercept("ask", eur(50, to="ben"), accepts_changes=True)
    with pytest.raises(ValueError, match="goes over the budget Refunds"):
        fake.decide(run.action_run_id, "approve", "For Ann.", change={"to": "ann"})
    assert fake.run(run.action_run_id).governance_status == "pending_approval"


def test_a_person_who_answers_in_time_makes_room() -> None:
    fake = FakeDaai(POLICIES, [approve_all(after=3600, times=1)], budgets=[refunds(actions=["ask"])])
    propose(fake, eur(100), "ask")
    fake.clock.advance(days=1, hours=2)
    # Approved after an hour, and lapsed a day later.
    assert propose(fake, eur(100), "ask").governance_status == "pending_approval"


@pytest.mark.parametrize(
    "changed",
    [
        {"limit": 0},
        {"limit": "1,000"},
        {"currency": "euros €"},
        {"currency": None, "limit": "1.5"},
        {"per": "field"},
        {"per_field": "to"},
        {"per": "mood"},
        {"period": "year"},
        {"when_exceeded": "warn"},
        {"time_zone": "Europe/Nowhere"},
    ],
)
def test_a_budget_that_no_console_takes_is_refused(changed: dict[str, Any]) -> None:
    with pytest.raises((ValueError, KeyError)):
        refunds(**changed)


def test_a_budget_has_a_name_of_its_own() -> None:
    with pytest.raises(ValueError, match="there is a budget Refunds already"):
        FakeDaai(budgets=[refunds(), refunds()])
    with pytest.raises(ValueError, match="there is no budget Refunds"):
        FakeDaai().budget_used("Refunds")


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: f"{vector['period']} {vector['at']}")
def test_the_period_that_a_time_is_in(vector: dict[str, str]) -> None:
    def time(name: str) -> datetime:
        return datetime.fromisoformat(vector[name].replace("Z", ":00+00:00"))

    limited = refunds(limit=1, period=vector["period"], time_zone=vector["time_zone"])
    run = propose(FakeDaai(POLICIES, budgets=[limited], clock=FakeClock(time("at"))), eur(2))
    assert run.budget is not None
    found = [run.budget[name].replace(".000Z", "+00:00") for name in ("period_start", "period_end")]
    assert [datetime.fromisoformat(text) for text in found] == [time("start"), time("end")]
