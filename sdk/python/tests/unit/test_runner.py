"""What a runner does with a stored action."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from fake_run import Run
from runner_world import World


def test_claims_runs_and_reports_what_was_decided_on(world: World) -> None:
    run = world.stored()
    run.payload = {"amount": 6, "decided": True}
    assert world.runner.run_pending_once() == 1
    assert world.payloads == [{"amount": 6, "decided": True}]
    assert world.console.verbs(run.id) == ["claim", "report-executed"]
    assert run.report == {"execution_result": {"sent": True}, "claim_token": run.claim}
    assert (world.kinds, world.states) == (["executed"], [])
    assert world.runner.run_pending_once() == 0


def test_what_is_not_decided_waits(world: World) -> None:
    run = world.stored("pending_approval")
    assert world.runner.run_pending_once() == 0
    assert (world.payloads, world.states, world.console.verbs(run.id)) == ([], ["pending"], [])


@pytest.mark.parametrize("governance", ["rejected", "blocked"])
def test_what_was_refused_is_dropped_and_never_run(world: World, governance: str) -> None:
    run = world.stored(governance)
    assert world.runner.run_pending_once() == 0
    assert (world.payloads, world.states, world.kinds) == ([], [], [governance])
    assert world.console.verbs(run.id) == []


@pytest.mark.parametrize("execution", ["executed", "failed"])
def test_what_somebody_else_reported_is_dropped(world: World, execution: str) -> None:
    world.stored().execution = execution
    assert world.runner.run_pending_once() == 0
    assert (world.payloads, world.states, world.kinds) == ([], [], ["settled_elsewhere"])


def test_what_another_runner_executes_between_two_looks_is_left_to_it(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = world.stored()
    stored, before = world.store.get, world.store.get(run.id)
    other = world.new_runner()
    other.when_executable(action="ask", run=lambda _payload: pytest.fail("run again"))

    def look(_run: Run) -> None:
        del world.console.after["report-executed"]
        looks = iter([before])
        monkeypatch.setattr(world.store, "get", lambda run_id: next(looks, None) or stored(run_id))
        assert other.run_pending_once() == 0

    world.console.after["report-executed"] = look
    assert world.runner.run_pending_once() == 1
    assert (world.payloads, world.states, world.kinds) == ([{"amount": 5}], [], ["executed"])


def test_what_somebody_else_claimed_is_left(world: World) -> None:
    run = world.stored()
    run.claim = "theirs"
    assert world.runner.run_pending_once() == 0
    # ... also when it was claimed between the look and the claim.
    run.claim = None
    world.console.before["claim"] = lambda run: setattr(run, "claim", "theirs")
    assert world.runner.run_pending_once() == 0
    assert (world.payloads, world.states, world.kinds) == ([], ["pending"], [])


def test_an_executor_that_raises_is_reported_as_failed(world: World) -> None:
    def fail(_payload: dict[str, Any]) -> None:
        raise ValueError("no such customer")

    runner = world.new_runner()
    runner.when_executable("ask", fail)
    run = world.stored()
    assert runner.run_pending_once() == 0
    assert run.execution == "failed"
    assert run.report == {"execution_error": "ValueError: no such customer", "claim_token": run.claim}
    assert (world.kinds, world.states) == (["failed"], [])
    assert world.events[0].error == "ValueError: no such customer"


def test_a_row_that_another_runner_took_is_given_back(world: World) -> None:
    run = world.stored()

    def take(run: Run) -> None:
        world.store.remove(run.id)

    world.console.after["claim"] = take
    assert world.runner.run_pending_once() == 0
    assert (world.payloads, run.claim) == ([], None)


def test_an_action_that_the_console_knows_under_another_name_is_not_run(world: World) -> None:
    world.stored().action = "send"
    assert world.runner.run_pending_once() == 0
    assert (world.payloads, world.kinds, world.states) == ([], ["problem"], ["pending"])


def test_one_bad_run_does_not_stop_the_others(world: World) -> None:
    world.store.add("unknown", "ask", {})
    world.stored()
    assert world.runner.run_pending_once() == 1
    assert world.kinds == ["problem", "executed"]


def test_an_action_without_an_executor_here_is_somebody_elses(world: World) -> None:
    world.store.add("other", "send", {})
    assert world.runner.run_pending_once() == 0
    assert (world.states, world.console.journal) == (["pending"], [])


def test_executors_are_checked_when_they_are_given(world: World) -> None:
    async def later(_payload: dict[str, Any]) -> None: ...

    with pytest.raises(ValueError, match="already has an executor"):
        world.runner.when_executable("ask", world.execute)
    with pytest.raises(TypeError):
        world.runner.when_executable("other", later)


def test_an_awaitable_that_nobody_awaits_did_not_run(world: World) -> None:
    runner = world.new_runner()
    runner.when_executable("ask", lambda _payload: asyncio.sleep(0))
    run = world.stored()
    assert runner.run_pending_once() == 0
    assert run.execution == "failed"
