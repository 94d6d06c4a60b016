"""What every adapter must do, played by its framework's own agent with a scripted model."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Protocol

import pytest
from fake_console import FakeConsole
from fake_run import Run

from daai import ActionAlreadyTaken, DaaiClient, DaaiConflictError, DaaiConnectionError
from daai.adapters import Pauses
from daai.testing import FakeDaai

ACTIONS = {"refund": "refund_customer"}
UNGOVERNED = ("search",)
REJECTED = 'Rejected by ann@example.com: "Only 1,480." Not executed. Do not repeat it unchanged.'
CHANGED = 'Approved with a change by ann@example.com: "Only 1,480." Changed amount to 1480.\n\n'


class Conversation(Protocol):
    """An agent with the tools `refund(order, amount)` and `search(order)`; its state is in the folder."""

    def __init__(self, client: DaaiClient, folder: Path, ledger: list[Any]) -> None: ...

    def start(self, *calls: dict[str, Any]) -> None:
        """The model calls these tools at once, and ends when it has their results."""

    def resume(self, run_id: str) -> bool:
        """Whether something waited for it."""

    def told(self) -> list[str] | None:
        """The results that the model got, by the ids of the calls; None as long as the agent waits."""

    def tamper(self, amount: int) -> None:
        """Changes the amount of the first call where the framework's state is stored."""


def refund(order: str, amount: int, id: str = "c1") -> dict[str, Any]:  # noqa: A002
    return {"name": "refund", "args": {"order": order, "amount": amount}, "id": id}


def perform(ledger: list[Any], order: str, amount: int) -> str:
    """What the tool does."""
    ledger.append((order, amount))
    if order == "broken":
        raise ValueError("the bank said no")
    return f"refunded {amount}"


class World:
    """A console, and an agent whose process can be started again at any time."""

    def __init__(self, kind: type[Conversation], folder: Path, client: Callable[[], DaaiClient]) -> None:
        self._kind, self._folder, self._client = kind, folder, client
        self.ledger: list[Any] = []
        self.agent = self.another_process()
        self.pauses = Pauses(folder / "pauses.db")

    def another_process(self) -> Conversation:
        self.agent = self._kind(self._client(), self._folder, self.ledger)
        return self.agent

    def waiting(self) -> list[str]:
        return self.pauses.run_ids()


@pytest.fixture
def world(kind: type[Conversation], tmp_path: Path, fake: FakeDaai) -> Iterator[World]:
    made = World(kind, tmp_path, fake.client)
    yield made
    made.pauses.close()


@pytest.fixture
def changing(kind: type[Conversation], tmp_path: Path, console: FakeConsole) -> Iterator[World]:
    """With a console whose people can approve with a change, and whose answers can be lost."""
    made = World(kind, tmp_path, console.client)
    yield made
    made.pauses.close()


def only(console: FakeConsole) -> Run:
    (run,) = console.runs.values()
    return run


def test_what_is_allowed_runs_at_once_and_is_reported(world: World, fake: FakeDaai) -> None:
    world.agent.start(refund("A", 80))
    assert world.agent.told() == ["refunded 80"]
    run = fake.expect_proposed("refund_customer", {"order": "A", "amount": 80})
    assert (run.execution_status, run.execution_result) == ("executed", {"result": "refunded 80"})
    assert (world.ledger, world.waiting()) == ([("A", 80)], [])


def test_a_tool_that_is_not_governed_is_not_asked_about(world: World, fake: FakeDaai) -> None:
    world.agent.start({"name": "search", "args": {"order": "A"}, "id": "c1"})
    assert world.agent.told() == ["found A"]
    fake.expect_nothing_proposed()


def test_approved_later_another_process_continues_with_exactly_what_was_approved(
    world: World, fake: FakeDaai
) -> None:
    world.agent.start(refund("A", 1840))
    assert (world.agent.told(), world.ledger) == (None, [])
    (run_id,) = world.waiting()
    fake.clock.advance(hours=1)
    fake.decide(run_id, "approve")
    world.another_process()
    assert world.agent.resume(run_id)
    assert (world.agent.told(), world.ledger) == (["refunded 1840"], [("A", 1840)])
    assert (fake.run(run_id).execution_status, world.waiting()) == ("executed", [])
    # A webhook that comes twice changes nothing.
    assert not world.agent.resume(run_id)
    assert (len(fake.runs), len(world.ledger)) == (1, 1)


def test_a_rejection_gives_its_reason_to_the_model(world: World, fake: FakeDaai) -> None:
    world.agent.start(refund("A", 1840))
    fake.decide(world.waiting()[0], "reject", "Only 1,480.", by="ann@example.com")
    assert world.another_process().resume(world.waiting()[0])
    assert (world.agent.told(), world.ledger, world.waiting()) == ([REJECTED], [], [])


def test_the_model_learns_that_nobody_decided(world: World, fake: FakeDaai) -> None:
    world.agent.start(refund("A", 1840))
    (run_id,) = world.waiting()
    fake.clock.advance(days=2)
    assert world.another_process().resume(run_id)
    (told,) = world.agent.told() or []
    assert told == fake.client().status(run_id).explanation
    assert "Not executed." in told
    assert world.ledger == []


def test_a_blocked_call_does_not_pause(world: World, fake: FakeDaai) -> None:
    fake.register("refund_customer", "always_block")
    world.agent.start(refund("A", 80))
    assert world.agent.told() == ["Blocked by the policy. Not executed. Do not propose it again."]
    assert (world.ledger, world.waiting()) == ([], [])


def test_arguments_that_cannot_be_proposed_do_not_run(world: World, fake: FakeDaai) -> None:
    world.agent.start(refund("A", 2**60))
    (told,) = world.agent.told() or []
    assert told.startswith("payload.amount is an integer beyond 2**53 - 1")
    assert world.ledger == []
    fake.expect_nothing_proposed()


def test_calls_at_the_same_time_are_runs_of_their_own(world: World, fake: FakeDaai) -> None:
    world.agent.start(refund("A", 80, "c1"), refund("B", 900, "c2"), refund("C", 950, "c3"))
    assert (world.agent.told(), world.ledger) == (None, [("A", 80)])
    ids = {fake.run(run_id).payload["order"]: run_id for run_id in world.waiting()}
    assert sorted(ids) == ["B", "C"]
    fake.decide(ids["C"], "reject", "Only 1,480.", by="ann@example.com")
    world.another_process().resume(ids["C"])
    assert world.agent.told() is None
    fake.decide(ids["B"], "approve")
    world.another_process().resume(ids["B"])
    assert world.agent.told() == ["refunded 80", "refunded 900", REJECTED]
    assert world.ledger == [("A", 80), ("B", 900)]
    assert (len(fake.runs), world.waiting()) == (3, [])


def test_resumed_too_early_it_goes_on_waiting(world: World, fake: FakeDaai) -> None:
    world.agent.start(refund("A", 1840))
    (run_id,) = world.waiting()
    world.another_process().resume(run_id)
    assert (world.agent.told(), world.ledger, world.waiting()) == (None, [], [run_id])
    fake.decide(run_id, "approve")
    world.agent.resume(run_id)
    assert (world.agent.told(), len(fake.runs)) == (["refunded 1840"], 1)


def test_without_an_answer_of_the_console_nothing_runs(world: World, fake: FakeDaai) -> None:
    world.agent.start(refund("A", 1840))
    (run_id,) = world.waiting()
    fake.decide(run_id, "approve")
    fake.is_down = True
    with pytest.raises(DaaiConnectionError):
        world.another_process().resume(run_id)
    assert (world.ledger, world.waiting()) == ([], [run_id])
    fake.is_down = False
    world.another_process().resume(run_id)
    assert (world.agent.told(), world.ledger) == (["refunded 1840"], [("A", 1840)])


def test_a_run_in_doubt_is_not_run_again(world: World, fake: FakeDaai) -> None:
    world.agent.start(refund("A", 1840))
    (run_id,) = world.waiting()
    fake.decide(run_id, "approve")
    # As if the process that ran it had been killed.
    fake.client().claim(run_id, "killed")
    with pytest.raises(ActionAlreadyTaken):
        world.another_process().resume(run_id)
    fake.clock.advance(minutes=2)
    with pytest.raises(ActionAlreadyTaken, match="In doubt"):
        world.another_process().resume(run_id)
    assert (world.agent.told(), world.ledger, world.waiting()) == (None, [], [run_id])
    fake.settle(run_id, "executed")
    world.another_process().resume(run_id)
    assert world.agent.told() == [fake.client().status(run_id).explanation]
    assert world.ledger == []


def test_arguments_that_were_tampered_with_do_not_run(world: World, fake: FakeDaai) -> None:
    world.agent.start(refund("A", 1840))
    (run_id,) = world.waiting()
    fake.decide(run_id, "approve")
    world.agent.tamper(9999)
    with pytest.raises(DaaiConflictError, match="different payload"):
        world.another_process().resume(run_id)
    assert (world.ledger, len(fake.runs), fake.run(run_id).claim_token) == ([], 1, None)


def test_a_change_by_a_person_reaches_the_tool_and_the_model(changing: World, console: FakeConsole) -> None:
    changing.agent.start(refund("A", 1840))
    run = only(console)
    changed = {"order": "A", "amount": 1480}
    console.decide(run.id, "approved", by="ann@example.com", comment="Only 1,480.", changed=changed)
    changing.another_process().resume(run.id)
    assert changing.ledger == [("A", 1480)]
    assert changing.agent.told() == [CHANGED + "refunded 1480"]
    assert run.report is not None
    assert run.report["execution_result"] == {"result": "refunded 1480"}


def test_a_change_that_the_tool_cannot_take_does_not_run(changing: World, console: FakeConsole) -> None:
    changing.agent.start(refund("A", 1840))
    run = only(console)
    changed = {"order": "A", "amount": "a lot"}
    console.decide(run.id, "approved", by="ann@example.com", changed=changed)
    changing.another_process().resume(run.id)
    assert (changing.ledger, run.execution) == ([], "failed")
    (told,) = changing.agent.told() or []
    assert 'Changed amount to "a lot"' in told
