"""What the adapters share, without a framework."""

from __future__ import annotations

from pathlib import Path

import pytest

from daai import ActionAlreadyTaken, DaaiConflictError, DaaiConnectionError, Execution
from daai.adapters import Pauses
from daai.adapters._gate import Governing, Refused, ToolCall, Waiting
from daai.testing import FakeDaai

CALL = ToolCall("refund", {"amount": 5}, "agents", "ticket-1", "c1")


def governing(fake: FakeDaai) -> Governing:
    return Governing(fake.client(), {}, ())


def test_a_pause_is_found_by_each_of_its_runs_and_forgotten_as_a_whole(tmp_path: Path) -> None:
    file = tmp_path / "pauses.db"
    Pauses(file).keep(["r1", "r2"], "first")
    Pauses(file).keep(["r3"], "other")
    pauses = Pauses(file)
    pause = pauses.get("r2")
    assert pause is not None
    assert (pause.state, pauses.get("r1"), pauses.get("r4")) == ("first", pause, None)
    # What was stored since isn't forgotten with it.
    pauses.keep(["r2"], "second")
    pauses.drop(pause)
    assert pauses.run_ids() == ["r3", "r2"]
    found = pauses.get("r2")
    assert found is not None
    assert found.state == "second"
    assert file.stat().st_mode & 0o777 == 0o600


def test_a_number_is_not_used_again() -> None:
    pauses = Pauses(":memory:")
    pauses.keep(["r1"], "first")
    first = pauses.get("r1")
    assert first is not None
    pauses.drop(first)
    pauses.keep(["r1"], "second")
    pauses.drop(first)
    assert pauses.run_ids() == ["r1"]


def test_a_call_waits_is_approved_and_runs_once() -> None:
    fake = FakeDaai({"refund": "always_require_approval"})
    answer = governing(fake).ask(CALL)
    assert isinstance(answer, Waiting)
    fake.decide(answer.run.action_run_id, "approve")
    execution = governing(fake).ask(CALL)
    assert isinstance(execution, Execution)
    with pytest.raises(ActionAlreadyTaken):
        governing(fake).ask(CALL)
    with execution:
        assert execution.payload == {"amount": 5}
    again = governing(fake).ask(CALL)
    assert isinstance(again, Refused)
    assert again.explanation.startswith("Already executed")
    with pytest.raises(DaaiConflictError):
        governing(fake).ask(ToolCall("refund", {"amount": 6}, "agents", "ticket-1", "c1"))


def test_what_is_no_answer_is_raised() -> None:
    fake = FakeDaai({"refund": "always_allow"})
    fake.is_down = True
    with pytest.raises(DaaiConnectionError):
        governing(fake).ask(CALL)


def test_a_no_of_a_moment_ago_is_told() -> None:
    fake = FakeDaai()
    fake.register("refund", "always_require_approval", cool_down_seconds=600)
    answer = governing(fake).ask(CALL)
    assert isinstance(answer, Waiting)
    fake.decide(answer.run.action_run_id, "reject", "No.")
    other = governing(fake).ask(ToolCall("refund", {"amount": 5}, "agents", "ticket-1", "c2"))
    assert isinstance(other, Refused)
    assert other.explanation.endswith("Not executed.")


def test_which_tools_are_governed() -> None:
    some = Governing(FakeDaai().client(), {"refund": "refund_customer"}, ("search",))
    names = ("refund", "search", "mail")
    assert [some.action_of(name) for name in names] == ["refund_customer", None, "mail"]
