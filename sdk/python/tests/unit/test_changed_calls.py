"""Calls that a person approved with a change: which arguments they lead back to, and what a model is told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from scripted import Script, answer, claimed, decision, report, run_status

import daai
from daai._arguments import mapped_arguments
from daai._canonical import payload_hash
from daai._payload import json_object

CHANGES = [{"op": "replace", "path": "/amount", "value": "1480"}]
DECISION = {
    "outcome": "approved",
    "reason": "approved_by_human",
    "by": "ann@example.com",
    "at": "2026-01-01T00:00:00.000Z",
    "comment": "Only 1,480 were charged twice.",
    "changes": CHANGES,
}
EXPLANATION = (
    'Approved with a change by ann@example.com: "Only 1,480 were charged twice." Changed amount to "1480".'
)


def changed_script(payload: dict[str, Any]) -> Script:
    changed = {"payload_changed": True, "decision": DECISION}
    return Script(
        answer(**decision("pending_approval")),
        answer(**run_status("approved", **changed)),
        answer(
            **claimed(
                payload=payload, payload_hash=payload_hash(payload), payload_changed=True, changes=CHANGES
            )
        ),
        answer(**report()),
    )


@dataclass
class Money:
    amount: Decimal
    currency: str


def test_the_function_is_called_with_what_was_approved_and_the_model_is_told() -> None:
    script = changed_script({"order": "SO-1", "amount": "1480"})
    given: list[Any] = []

    @script.client().governed(
        "refund", wait=5, on_change=lambda result, run: (result, run.change_explanation)
    )
    def refund(order: str, amount: Decimal) -> str:
        given.extend((order, amount))
        return "re_1"

    order = "".join(("SO", "-1"))
    told: Any = refund(order, amount=Decimal("1840.00"))
    assert told == ("re_1", EXPLANATION)
    assert given == ["SO-1", Decimal("1480")]
    assert isinstance(given[1], Decimal)
    # What wasn't changed is the very object.
    assert given[0] is order
    assert script.body(0)["accepts_changes"] is True
    assert "payload" not in script.body(2)
    # What is reported is what the function returned.
    assert script.body(3)["execution_result"] == {"result": "re_1"}


@pytest.mark.anyio
async def test_async_functions_too() -> None:
    script = changed_script({"amount": 1480})
    client = script.client()

    async def tell(result: str, run: daai.InterceptResult | daai.RunStatus) -> str:
        return f"{result} {run.payload_changed}"

    @client.governed("refund", wait=5, on_change=tell)
    async def refund(amount: float) -> str:
        return repr(amount)

    assert await refund(1840.0) == "1480.0 True"


def test_nested_values_keep_their_types() -> None:
    def pay(money: Money, *, lines: tuple[dict[str, Any], ...] = (), note: str | None = None) -> None: ...

    line = {"price": Decimal("2.50"), "text": "a"}
    mapped = mapped_arguments(pay, (Money(Decimal("5"), "EUR"),), {"lines": (line,)})
    assert mapped.accepts_changes
    decided = json_object(mapped.payload, "payload")
    decided["money"]["currency"] = "USD"
    decided["lines"][0]["text"] = "b"
    args, kwargs = mapped.changed_to(decided)
    assert (args, kwargs) == (
        (Money(Decimal("5"), "USD"),),
        {"lines": ({"price": Decimal("2.50"), "text": "b"},), "note": None},
    )


@pytest.mark.parametrize(
    ("value", "accepts"),
    [
        ("a", True),
        (1.5, True),
        ({"a": [None, True, {"b": Decimal(1)}]}, True),
        (Money(Decimal(1), "EUR"), True),
        (date(2026, 1, 1), False),
        ([date(2026, 1, 1)], False),
        ({1}, False),
    ],
)
def test_only_plain_arguments_take_changes(value: Any, accepts: bool) -> None:
    def act(value: Any) -> None: ...

    assert mapped_arguments(act, (value,), {}).accepts_changes is accepts


def test_many_arguments_and_payloads_of_ones_own_take_no_changes() -> None:
    def act(*values: Any) -> None: ...

    assert not mapped_arguments(act, (1, 2), {}).accepts_changes
    script = Script(answer(**decision("blocked", governance_reason="policy_always_block")))
    with pytest.raises(daai.ActionBlocked):
        script.client().governed("refund", payload=lambda: {"amount": 5})(lambda: None)()
    assert "accepts_changes" not in script.body(0)


def test_a_change_that_leads_to_no_argument_runs_nothing() -> None:
    script = changed_script({"other": 1})
    called: list[int] = []

    @script.client().governed("refund", wait=5)
    def refund(amount: int) -> None:
        called.append(amount)

    with pytest.raises(ValueError, match="names of the arguments"):
        refund(5)
    assert called == []
    assert script.paths[-1].endswith("/report-failed")


def test_an_int_that_a_change_would_make_a_float_runs_nothing_and_is_reported_failed() -> None:
    script = changed_script({"amount": 1480.5})
    called: list[Any] = []

    @script.client().governed("refund", wait=5)
    def refund(amount: int) -> None:
        called.append(amount)

    with pytest.raises(ValueError, match="isn't a whole number"):
        refund(1840)
    assert called == []
    assert script.paths[-1].endswith("/report-failed")


def test_the_runner_releases_a_claim_that_does_not_give_the_change() -> None:
    proposed = {"amount": 5}
    script = Script(
        answer(**decision("pending_approval", action="refund")),
        answer(**run_status("approved", action="refund", payload_changed=True, decision=DECISION)),
        answer(**claimed(action="refund", payload=proposed, payload_hash=payload_hash(proposed))),
        answer(**report()),
    )
    client = script.client()
    store = daai.InMemoryPendingStore()
    daai.PendingActionManager(client=client, pending_store=store).propose("refund", proposed, "k")
    called: list[Any] = []
    runner = daai.DaaiActionRunner(client=client, pending_store=store)
    runner.when_executable("refund", called.append)
    assert runner.run_pending_once() == 0
    assert called == []
    assert script.paths[-1].endswith("/claim/release")


def test_the_runner_takes_changes_and_leaves_a_changed_run_to_itself() -> None:
    changed = decision("approved", payload_changed=True, executable=True, idempotent_replay=True)
    script = Script(answer(**changed))
    store = daai.InMemoryPendingStore()
    manager = daai.PendingActionManager(client=script.client(), pending_store=store)
    ticket = manager.propose("refund", {"amount": 5}, "k")
    assert script.body(0)["accepts_changes"] is True
    assert (ticket.executable, ticket.stored_for_later) == (False, True)
