"""Lost answers, dead runners, full disks: what may have run is never run again."""

from __future__ import annotations

import sqlite3
from typing import Any

import pytest
from fake_console import Drop
from fake_run import Run
from runner_world import World, drop

import daai
from daai import InMemoryPendingStore, PendingState


def test_a_lost_claim_answer_is_asked_for_again(world: World) -> None:
    def drop_once(_run: Run) -> None:
        del world.console.after["claim"]
        raise Drop

    run = world.stored()
    world.console.after["claim"] = drop_once
    # The first try took effect at the console; the second one is given the same claim.
    assert [world.runner.run_pending_once() for _ in range(3)] == [1, 0, 0]
    assert (world.payloads, world.states) == ([{"amount": 5}], [])
    assert world.console.verbs(run.id) == ["claim", "claim", "report-executed"]


def test_a_claim_without_any_answer_runs_once_later(world: World) -> None:
    run = world.stored()
    world.console.after["claim"] = drop
    with pytest.raises(daai.DaaiConnectionError):
        world.runner.run_pending_once()
    assert (world.payloads, world.states, world.console.verbs(run.id)) == ([], ["pending"], ["claim"] * 3)
    del world.console.after["claim"]
    claim = run.claim
    assert [world.runner.run_pending_once() for _ in range(3)] == [1, 0, 0]
    assert run.claim == claim
    assert (world.payloads, world.states) == ([{"amount": 5}], [])


def test_a_report_that_cannot_be_delivered_is_delivered_later(world: World) -> None:
    run = world.stored()
    world.console.before["report-executed"] = drop
    assert world.runner.run_pending_once() == 0
    assert (world.states, world.kinds) == (["unreported"], ["undelivered"])
    del world.console.before["report-executed"]
    # Any runner on the store delivers it, also one that could not have run it.
    assert world.new_runner().run_pending_once() == 1
    assert (world.states, world.kinds) == ([], ["undelivered", "executed"])
    assert run.report == {"execution_result": {"sent": True}, "claim_token": run.claim}
    assert len(world.payloads) == 1


def test_a_report_whose_answer_got_lost_is_repeated_word_for_word(world: World) -> None:
    run = world.stored()
    world.console.after["report-executed"] = drop
    assert world.runner.run_pending_once() == 0
    assert run.execution == "executed"
    del world.console.after["report-executed"]
    assert world.runner.run_pending_once() == 1
    assert (world.states, len(world.payloads)) == ([], 1)


def test_a_refused_report_is_kept_for_a_person(world: World) -> None:
    run = world.stored()

    def settle(run: Run) -> None:
        run.execution, run.report = "failed", {"by": "a person"}

    world.console.before["report-executed"] = settle
    assert world.runner.run_pending_once() == 0
    assert world.kinds == ["report_refused"]
    for _ in range(2):
        world.runner.run_pending_once()
    (row,) = world.store.entries()
    assert (row.state, row.action_run_id) == (PendingState.IN_DOUBT, run.id)
    assert row.outcome == daai.Outcome({"sent": True})
    assert len(world.payloads) == 1


def crashed(world: World) -> Run:
    """A runner died while its executor ran."""
    run = world.stored()
    run.claim = "of the dead"
    assert world.store.mark_claimed(run.id, "of the dead", world.now + 60)
    return run


def test_a_living_claim_is_left_and_a_dead_one_is_in_doubt_and_never_run(world: World) -> None:
    run = crashed(world)
    assert world.runner.run_pending_once() == 0
    assert (world.states, world.kinds) == (["claimed"], [])
    world.now += 61
    run.lease_over = True
    for _ in range(3):
        assert world.runner.run_pending_once() == 0
    assert (world.states, world.kinds, world.payloads) == (["in_doubt"], ["in_doubt"], [])


def test_a_person_may_settle_a_doubt_in_the_console(world: World) -> None:
    run = crashed(world)
    world.now += 61
    world.runner.run_pending_once()
    run.execution = "executed"
    world.runner.run_pending_once()
    assert (world.states, world.kinds) == ([], ["in_doubt", "settled_elsewhere"])


def test_a_person_may_release_a_doubt_for_another_try(world: World) -> None:
    run = crashed(world)
    world.now += 61
    world.runner.run_pending_once()
    run.claim = None
    assert world.runner.run_pending_once() == 0
    assert world.runner.run_pending_once() == 1
    assert world.kinds == ["in_doubt", "released", "executed"]


def test_an_outcome_clears_up_a_doubt_about_a_runner_that_was_only_slow(world: World) -> None:
    def slow(_payload: dict[str, Any]) -> str:
        world.now += 61
        assert other.run_pending_once() == 0
        assert world.states == ["in_doubt"]
        return "done"

    other = world.new_runner()
    runner = world.new_runner()
    runner.when_executable("ask", slow)
    run = world.stored()
    assert runner.run_pending_once() == 1
    assert (world.kinds, world.states, run.execution) == (["in_doubt", "executed"], [], "executed")


@pytest.mark.parametrize("interruption", [KeyboardInterrupt, SystemExit])
def test_an_interrupted_executor_is_in_doubt(world: World, interruption: type[BaseException]) -> None:
    def interrupted(_payload: dict[str, Any]) -> None:
        raise interruption

    runner = world.new_runner()
    runner.when_executable("ask", interrupted)
    run = world.stored()
    with pytest.raises(interruption):
        runner.run_pending_once()
    assert (world.states, world.kinds) == (["in_doubt"], ["in_doubt"])
    assert world.console.verbs(run.id) == ["claim"]


class FullDisk(InMemoryPendingStore):
    """Fails at one step, as a full disk does."""

    def __init__(self, step: str) -> None:
        super().__init__()
        self.step = step

        def fail(*_arguments: object) -> bool:
            raise sqlite3.OperationalError("database or disk is full")

        setattr(self, step, fail)


@pytest.mark.parametrize("step", ["store_claim_request", "mark_claimed"])
def test_without_a_persisted_claim_nothing_runs_until_there_is_room(world: World, step: str) -> None:
    world.store = FullDisk(step)
    runner = world.new_runner()
    runner.when_executable("ask", world.execute)
    run = world.stored()
    with pytest.raises(sqlite3.OperationalError):
        runner.run_pending_once()
    assert (world.payloads, world.states) == ([], ["pending"])
    # Before it is asked for, there must be a place to keep it.
    claims = [] if step == "store_claim_request" else ["claim"]
    assert world.console.verbs(run.id) == claims
    delattr(world.store, step)
    assert [runner.run_pending_once() for _ in range(2)] == [1, 0]
    assert (len(world.payloads), run.execution) == (1, "executed")


def test_a_claim_that_another_runner_on_the_store_was_faster_with_is_left_to_it(world: World) -> None:
    """Both were given the same claim, since both asked with the token that the store keeps."""
    run = world.stored()

    def be_faster(_run: Run) -> None:
        del world.console.after["claim"]
        assert run.claim is not None
        assert world.store.mark_claimed(run.id, run.claim, 1e12)

    world.console.after["claim"] = be_faster
    assert world.runner.run_pending_once() == 0
    assert (world.payloads, world.states, world.console.verbs(run.id)) == ([], ["claimed"], ["claim"])
    assert run.claim is not None


def test_a_claim_that_somebody_else_holds_is_asked_for_once(world: World) -> None:
    run = world.stored()

    def be_faster(_run: Run) -> None:
        run.claim, run.worker = "theirs", "they"

    world.console.before["claim"] = be_faster
    assert [world.runner.run_pending_once() for _ in range(3)] == [0, 0, 0]
    assert (world.payloads, world.states, world.console.verbs(run.id)) == ([], ["pending"], ["claim"])


class PlainStore:
    """A store of somebody's own, as written before claims outlived their runners."""

    def __init__(self) -> None:
        self._store = InMemoryPendingStore()
        for name in ("add", "get", "entries", "mark_claimed", "extend_lease", "record_outcome"):
            setattr(self, name, getattr(self._store, name))
        for name in ("mark_in_doubt", "reopen", "remove"):
            setattr(self, name, getattr(self._store, name))


def test_a_store_of_ones_own_that_keeps_no_tokens_works_as_before(world: World) -> None:
    world.store = PlainStore()  # type: ignore[assignment]
    runner = world.new_runner()
    runner.when_executable("ask", world.execute)
    run = world.stored()
    world.console.after["claim"] = drop
    with pytest.raises(daai.DaaiConnectionError):
        runner.run_pending_once()
    assert (world.payloads, world.states, run.claim) == ([], ["pending"], None)
    del world.console.after["claim"]
    assert [runner.run_pending_once() for _ in range(2)] == [1, 0]


def test_without_a_persisted_outcome_the_console_is_still_told(world: World) -> None:
    world.store = FullDisk("record_outcome")
    runner = world.new_runner()
    runner.when_executable("ask", world.execute)
    run = world.stored()
    assert runner.run_pending_once() == 1
    assert (run.execution, world.states) == ("executed", [])
