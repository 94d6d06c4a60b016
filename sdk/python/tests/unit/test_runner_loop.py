"""Passes, renewals, back-off and stopping."""

from __future__ import annotations

import math
import os
import signal
import threading
from collections.abc import Callable
from typing import Any

import pytest
from runner_world import World, drop

import daai
from daai import DaaiActionRunner, RunnerEvent


def test_when_the_console_is_away_it_says_so_and_nothing_is_lost(world: World) -> None:
    world.stored()
    world.console.before["status"] = drop
    with pytest.raises(daai.DaaiConnectionError):
        world.runner.run_pending_once()
    del world.console.before["status"]
    assert world.runner.run_pending_once() == 1


def test_a_callback_that_raises_changes_nothing(world: World) -> None:
    def fail(_event: RunnerEvent) -> None:
        raise RuntimeError("mine")

    runner = DaaiActionRunner(world.console.client(), world.store, on_event=fail)
    runner.when_executable("ask", world.execute)
    world.stored()
    assert runner.run_pending_once() == 1


def test_the_claim_and_the_store_are_renewed_while_it_runs(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("daai._lease.RENEWALS_PER_LEASE", math.inf)
    renewed = threading.Event()
    world.console.after["claim/renew"] = lambda _run: renewed.set()

    def slow(_payload: dict[str, Any]) -> None:
        world.now += 100
        # The first renewal may have begun before the clock moved, the second one has not.
        for _ in range(2):
            renewed.clear()
            assert renewed.wait(30)
        (row,) = world.store.entries()
        assert row.lease_until == world.now + 5

    runner = DaaiActionRunner(world.console.client(), world.store, lease_seconds=5, clock=lambda: world.now)
    runner.when_executable("ask", slow)
    world.stored()
    assert runner.run_pending_once() == 1


class Pauses:
    """In place of the runner's sleep: records the pauses, and stops it after so many."""

    def __init__(self, count: int, then: Callable[[], None] = lambda: None) -> None:
        self.pauses: list[float] = []
        self._count = count
        self._then = then

    def is_set(self) -> bool:
        return len(self.pauses) >= self._count

    def __call__(self, seconds: float) -> None:
        self.pauses.append(seconds)
        self._then()


def test_it_runs_until_it_is_stopped_and_backs_off_when_the_console_is_away(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = world.stored()
    world.console.before["status"] = drop

    def recover() -> None:
        if len(pauses.pauses) == 8:
            del world.console.before["status"]

    pauses = Pauses(10, recover)
    monkeypatch.setattr(world.runner, "_stopping", pauses)
    monkeypatch.setattr(world.runner, "_sleep", pauses)
    world.runner._client._random = lambda: 1.0
    world.runner.run_forever(poll_seconds=5)
    assert pauses.pauses == [5.5, 6, 7, 9, 13, 21, 37, 65, 5, 5]
    assert run.execution == "executed"


def test_waking_it_makes_a_pass_at_once(world: World) -> None:
    runner = world.new_runner()
    passes = threading.Semaphore(0)

    def execute(_payload: dict[str, Any]) -> None:
        passes.release()

    runner.when_executable("ask", execute)
    thread = threading.Thread(target=lambda: runner.run_forever(3600, handle_signals=False))
    thread.start()
    for _ in range(2):
        world.stored()
        runner.wake()
        assert passes.acquire(timeout=30)
    runner.stop()
    thread.join(30)
    assert not thread.is_alive()


def test_stop_finishes_and_reports_the_action_that_runs(world: World) -> None:
    def execute(payload: dict[str, Any]) -> None:
        world.payloads.append(payload)
        runner.stop()

    runner = world.new_runner()
    runner.when_executable("ask", execute)
    first, second = world.stored(), world.stored()
    runner.run_forever(poll_seconds=0)
    assert (first.execution, second.execution) == ("executed", "awaiting_execution_report")
    assert world.kinds == ["executed"]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_stops_it_gracefully_and_handlers_are_put_back(world: World, number: signal.Signals) -> None:
    def execute(_payload: dict[str, Any]) -> None:
        os.kill(os.getpid(), number)

    before = signal.getsignal(number)
    runner = world.new_runner()
    runner.when_executable("ask", execute)
    run = world.stored()
    runner.run_forever(poll_seconds=30)
    assert run.execution == "executed"
    assert signal.getsignal(number) is before
