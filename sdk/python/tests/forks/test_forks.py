"""A client used before a fork, over real sockets: no child uses what its parent or a sibling has open."""

from __future__ import annotations

from pathlib import Path

import pytest
from fake_console import FakeConsole
from fake_console_server import serve
from played import forked


@pytest.fixture
def console() -> FakeConsole:
    return FakeConsole()


@pytest.mark.parametrize("mode", ["sync", "async"])
def test_every_child_opens_connections_of_its_own(mode: str, console: FakeConsole, tmp_path: Path) -> None:
    with serve(console) as base_url:
        waiting, *allowed = forked(mode, base_url, "send", "ask", tmp_path / "store.db")
    assert (waiting["ran"], waiting["outcome"].split(":")[0]) == ([], "ActionPending")
    assert [(child["ran"], child["outcome"]) for child in allowed] == [([n], "returned") for n in (1, 2, 3)]
    # Each child's two requests came over one connection, which nobody else used.
    ports = {
        run.payload["number"]: run.ports
        for run in console.runs.values()
        if run.payload.get("number") is not None
    }
    assert [len(ports[n]) for n in range(4)] == [1, 1, 1, 1]
    (warm,) = [run.ports for run in console.runs.values() if "warm" in run.payload]
    assert len(set.union(warm, *(ports[n] for n in range(4)))) == 5


def test_a_runner_made_before_a_fork_runs_each_action_once(console: FakeConsole, tmp_path: Path) -> None:
    with serve(console) as base_url:
        children = forked("runner", base_url, "send", "ask", tmp_path / "store.db")
    assert [child["outcome"] for child in children] == ["returned"] * 4
    assert sorted(number for child in children for number in child["ran"]) == list(range(12))
    # The children are different workers, and none is its parent.
    by_worker: dict[str, set[int]] = {}
    for run in console.runs.values():
        by_worker.setdefault(run.worker, set()).add(run.payload["number"])
    assert sorted(map(sorted, by_worker.values())) == sorted(sorted(c["ran"]) for c in children if c["ran"])


def test_an_http_client_of_ones_own_is_refused_after_a_fork(console: FakeConsole, tmp_path: Path) -> None:
    with serve(console) as base_url:
        children = forked("given", base_url, "send", "ask", tmp_path / "store.db")
    assert {child["outcome"].split(":")[0] for child in children} == {"DaaiConfigError"}
    assert "forked" in children[0]["outcome"]
    # The parent's two, and no more.
    assert len(console.runs) == 2
