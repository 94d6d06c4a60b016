"""A console, a store and a runner, and what became of them."""

from __future__ import annotations

from typing import Any

from fake_console import Drop, FakeConsole
from fake_run import Run

from daai import DaaiActionRunner, InMemoryPendingStore, RunnerEvent


class World:
    """A console, a store and a runner whose clock stands still."""

    def __init__(self) -> None:
        self.console = FakeConsole()
        self.store = InMemoryPendingStore()
        self.events: list[RunnerEvent] = []
        self.payloads: list[dict[str, Any]] = []
        self.now = 1000.0
        self.runner = self.new_runner()
        self.runner.when_executable(action="ask", run=self.execute)

    def new_runner(self) -> DaaiActionRunner:
        return DaaiActionRunner(
            self.console.client(), self.store, on_event=self.events.append, clock=lambda: self.now
        )

    def execute(self, payload: dict[str, Any]) -> dict[str, Any]:
        self.payloads.append(payload)
        return {"sent": True}

    def stored(self, governance: str = "approved") -> Run:
        run = self.console.propose("ask", amount=5)
        self.store.add(run.id, "ask", {"amount": 5})
        self.console.decide(run.id, governance)
        return run

    @property
    def kinds(self) -> list[str]:
        return [str(event.kind) for event in self.events]

    @property
    def states(self) -> list[str]:
        return [str(row.state) for row in self.store.entries()]


def drop(_run: Run) -> None:
    raise Drop
