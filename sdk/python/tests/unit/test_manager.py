from __future__ import annotations

import pytest
from fake_console import Drop, FakeConsole
from fake_run import Run

from daai import DaaiActionRunner, DaaiConnectionError, InMemoryPendingStore, PendingActionManager


@pytest.fixture
def console() -> FakeConsole:
    return FakeConsole()


@pytest.fixture
def store() -> InMemoryPendingStore:
    return InMemoryPendingStore()


@pytest.fixture
def manager(console: FakeConsole, store: InMemoryPendingStore) -> PendingActionManager:
    return PendingActionManager(client=console.client(), pending_store=store)


def test_what_waits_is_stored(manager: PendingActionManager, store: InMemoryPendingStore) -> None:
    ticket = manager.propose(action="ask", payload={"amount": 5}, idempotency_key="k")
    assert (ticket.action, ticket.payload, ticket.stored_for_later) == ("ask", {"amount": 5}, True)
    assert (ticket.executable, ticket.governance_status) == (False, "pending_approval")
    (row,) = store.entries()
    assert (row.action_run_id, row.action, row.payload) == (ticket.action_run_id, "ask", {"amount": 5})


def test_what_may_run_at_once_is_the_callers(
    manager: PendingActionManager, store: InMemoryPendingStore
) -> None:
    ticket = manager.propose("send", {})
    assert (ticket.executable, ticket.stored_for_later) == (True, False)
    assert store.entries() == []


def test_what_is_blocked_is_not_stored(manager: PendingActionManager, store: InMemoryPendingStore) -> None:
    ticket = manager.propose("never", {})
    assert (ticket.executable, ticket.stored_for_later) == (False, False)
    assert store.entries() == []


def test_proposing_again_never_makes_a_second_executor(
    console: FakeConsole, manager: PendingActionManager, store: InMemoryPendingStore
) -> None:
    first = manager.propose("ask", {"amount": 5}, "k")
    console.decide(first.action_run_id, "approved")
    again = manager.propose("ask", {"amount": 5}, "k")
    assert again.action_run_id == first.action_run_id
    # To the console it is executable; but the runner has it in its store.
    assert (again.executable, again.stored_for_later, again.idempotent_replay) == (False, True, True)
    runner = DaaiActionRunner(client=console.client(), pending_store=store)
    runner.when_executable(action="ask", run=lambda payload: payload)
    assert runner.run_pending_once() == 1
    done = manager.propose("ask", {"amount": 5}, "k")
    assert (done.executable, done.stored_for_later, done.execution_status) == (False, False, "executed")


def test_after_a_lost_answer_the_same_key_finds_the_run(
    console: FakeConsole, manager: PendingActionManager, store: InMemoryPendingStore
) -> None:
    def drop(_run: Run) -> None:
        raise Drop

    console.after["intercept"] = drop
    with pytest.raises(DaaiConnectionError):
        manager.propose("ask", {"amount": 5}, "k")
    assert store.entries() == []
    del console.after["intercept"]
    assert manager.propose("ask", {"amount": 5}, "k").stored_for_later
    assert len(console.runs) == 1
