"""A client used before a fork, against a real console: no answer reaches anybody but who asked."""

from __future__ import annotations

from pathlib import Path

import pytest
from played import forked

from .conftest import ALLOW, ASK, Console


@pytest.mark.parametrize("mode", ["sync", "async", "witness"])
def test_what_needs_approval_does_not_run_in_a_fork(mode: str, console: Console, tmp_path: Path) -> None:
    for _ in range(3):
        waiting, *allowed = forked(mode, console.base_url, ALLOW, ASK, tmp_path / "store.db")
        assert (waiting["ran"], waiting["outcome"].split(":")[0]) == ([], "ActionPending")
        assert [(c["ran"], c["outcome"]) for c in allowed] == [([n], "returned") for n in (1, 2, 3)]


def test_runners_in_forks_run_each_action_once(console: Console, tmp_path: Path) -> None:
    children = forked("runner", console.base_url, ALLOW, ASK, tmp_path / "store.db")
    assert [child["outcome"] for child in children] == ["returned"] * 4
    assert sorted(number for child in children for number in child["ran"]) == list(range(12))
