"""A runner is killed with SIGKILL at every point of an execution, over real HTTP, with a real file."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import pytest
from fake_console import Drop, FakeConsole
from fake_console_server import serve
from fake_run import Run
from scripted import API_KEY, WORKSPACE_KEY

from daai import DaaiActionRunner, DaaiClient, RunnerEvent, SQLitePendingStore

PROGRAM = Path(__file__).with_name("runner_process.py")
PATIENCE_SECONDS = 60


class Scene:
    def __init__(self, folder: Path, base_url: str, console: FakeConsole) -> None:
        self.console = console
        self.base_url = base_url
        self.file = folder / "pending.db"
        self.ledger = folder / "ledger"
        self.store = SQLitePendingStore(self.file)
        self.events: list[RunnerEvent] = []

    def approved(self, number: int = 1, file: SQLitePendingStore | None = None) -> Run:
        run = self.console.propose("ask", number=number)
        self.console.decide(run.id, "approved")
        (file or self.store).add(run.id, "ask", run.payload)
        return run

    @contextmanager
    def runner(self, mode: str = "go", file: Path | None = None) -> Iterator[subprocess.Popen[str]]:
        command = [
            sys.executable,
            str(PROGRAM),
            self.base_url,
            str(file or self.file),
            str(self.ledger),
            mode,
        ]
        environment = {"PYTHONPATH": str(PROGRAM.parents[1])}
        with subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment
        ) as process:
            try:
                assert _out(process).readline() == "ready\n"
                yield process
            finally:
                process.kill()

    def executions(self) -> list[str]:
        return self.ledger.read_text().splitlines() if self.ledger.exists() else []

    def states(self) -> list[str]:
        return [str(row.state) for row in self.store.entries()]

    def let_a_lease_pass(self) -> None:
        """Since a claim was asked for."""
        self.store._change(
            "UPDATE pending_action SET claim_request = json_set(claim_request, '$.asked_at', 0)", ()
        )

    def next_runner(self, hours_later: float = 0) -> int:
        """A new runner on the same file, with an executor that must not be called."""
        client = DaaiClient(API_KEY, WORKSPACE_KEY, self.base_url)
        runner = DaaiActionRunner(
            client, self.store, on_event=self.events.append, clock=lambda: time.time() + hours_later * 3600
        )
        runner.when_executable("ask", lambda payload: pytest.fail(f"run again: {payload}"))
        with client:
            return runner.run_pending_once()


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    console = FakeConsole()
    with serve(console) as base_url:
        yield Scene(tmp_path, base_url, console)


def _in(process: subprocess.Popen[str]) -> IO[str]:
    assert process.stdin is not None
    return process.stdin


def _out(process: subprocess.Popen[str]) -> IO[str]:
    assert process.stdout is not None
    return process.stdout


def go(process: subprocess.Popen[str]) -> None:
    _in(process).write("go\n")
    _in(process).flush()


class Gate:
    """Holds a request at the console until the runner that sent it is dead, and then loses the answer."""

    def __init__(self) -> None:
        self.arrived = threading.Event()
        self.dead = threading.Event()

    def hold(self, _run: Run) -> None:
        self.arrived.set()
        assert self.dead.wait(PATIENCE_SECONDS)
        raise Drop

    def kill(self, process: subprocess.Popen[str]) -> None:
        assert self.arrived.wait(PATIENCE_SECONDS)
        process.kill()
        process.wait()


def test_killed_before_the_claim_took_effect_it_runs_later(scene: Scene) -> None:
    run = scene.approved()
    gate = Gate()
    scene.console.before["claim"] = gate.hold
    with scene.runner() as process:
        go(process)
        gate.kill(process)
    gate.dead.set()
    del scene.console.before["claim"]
    assert (scene.states(), scene.executions(), run.claim) == (["pending"], [], None)
    scene.let_a_lease_pass()
    with scene.runner() as process:
        go(process)
        assert _out(process).readline() == "1\n"
    assert (scene.states(), len(scene.executions()), run.execution) == ([], 1, "executed")


@pytest.mark.parametrize("lease_over", [False, True])
def test_killed_before_the_claim_was_persisted_the_next_runner_is_given_it(
    scene: Scene, lease_over: bool
) -> None:
    run = scene.approved()
    gate = Gate()
    scene.console.after["claim"] = gate.hold
    with scene.runner() as process:
        go(process)
        gate.kill(process)
    gate.dead.set()
    del scene.console.after["claim"]
    assert (scene.states(), scene.executions()) == (["pending"], [])
    claim, run.lease_over = run.claim, lease_over
    # Its runner may only be slow: for a lease nobody else asks for it.
    assert scene.next_runner() == 0
    scene.let_a_lease_pass()
    with scene.runner() as process:
        go(process)
        assert _out(process).readline() == "1\n"
    assert (scene.executions(), scene.states(), run.execution) == (["1 claimed"], [], "executed")
    assert run.report is not None
    assert run.report["claim_token"] == claim


def test_killed_in_the_executor_it_is_in_doubt_and_never_runs_again(scene: Scene) -> None:
    run = scene.approved()
    with scene.runner("hang") as process:
        go(process)
        assert _out(process).readline() == "executing\n"
        process.kill()
        process.wait()
    (row,) = scene.store.entries()
    # The claim was on the disk before the executor began: the executor itself saw it there.
    assert (row.state, row.claim_token, scene.executions()) == ("claimed", run.claim, ["1 claimed"])
    assert scene.next_runner() == 0
    assert (scene.states(), scene.events) == (["claimed"], [])
    run.lease_over = True
    assert [scene.next_runner(hours_later=1) for _ in range(3)] == [0, 0, 0]
    assert scene.states() == ["in_doubt"]
    assert [str(event.kind) for event in scene.events] == ["in_doubt"]
    assert scene.executions() == ["1 claimed"]
    assert scene.console.verbs(run.id) == ["claim"]


@pytest.mark.parametrize("effect_first", [False, True], ids=["not_received", "answer_lost"])
def test_killed_between_execution_and_report_the_report_is_delivered_later(
    scene: Scene, effect_first: bool
) -> None:
    run = scene.approved()
    gate = Gate()
    hooks = scene.console.after if effect_first else scene.console.before
    hooks["report-executed"] = gate.hold
    with scene.runner() as process:
        go(process)
        gate.kill(process)
    # The outcome was on the disk before the report was sent.
    (row,) = scene.store.entries()
    assert (row.state, row.claim_token) == ("unreported", run.claim)
    gate.dead.set()
    del hooks["report-executed"]
    run.lease_over = True
    assert scene.next_runner(hours_later=1) == 1
    assert (scene.states(), scene.executions(), run.execution) == ([], ["1 claimed"], "executed")
    assert run.report == {"execution_result": {"number": 1}, "claim_token": run.claim}
    assert [str(event.kind) for event in scene.events] == ["executed"]


@pytest.mark.parametrize("files", [1, 2], ids=["one_file", "two_files"])
def test_two_runners_run_each_action_once(scene: Scene, tmp_path: Path, files: int) -> None:
    other = scene.file if files == 1 else tmp_path / "other.db"
    second = SQLitePendingStore(other)
    runs = [scene.approved(number) for number in range(40)]
    for run in runs:
        second.add(run.id, "ask", run.payload)
    with scene.runner() as one, scene.runner(file=other) as two:
        for process in (one, two):
            go(process)
        done = [int(_out(process).readline()) for process in (one, two)]
    assert sum(done) == 40
    assert sorted(int(line.split()[0]) for line in scene.executions()) == list(range(40))
    assert all(run.execution == "executed" for run in runs)
    if files == 1:
        assert scene.states() == []
