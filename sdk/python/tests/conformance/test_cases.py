"""The conformance suite against the scripted server, with both clients."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

from .cases import Case, ScriptedServer, load_cases, scripted_server
from .player import Player, play_async, play_sync

CASES = load_cases()


@pytest.fixture(scope="module")
def server() -> Iterator[ScriptedServer]:
    with scripted_server() as server:
        yield server


@pytest.fixture(scope="module")
def http() -> Iterator[httpx.Client]:
    with httpx.Client(verify=False) as http:
        yield http


@pytest.mark.parametrize("case", [pytest.param(case, id=name) for name, case in CASES])
@pytest.mark.parametrize("kind", ["sync", "async"])
def test_case(kind: str, case: Case, server: ScriptedServer, http: httpx.Client) -> None:
    started = server.start(case)
    player = Player(started["run_id"])
    if kind == "sync":
        problems, sleeps = play_sync(player, case, started["base_url"], http)
    else:
        problems, sleeps = play_async(player, case, started["base_url"])
    problems += server.problems_of(started["number"])
    assert problems == []
    assert case.get("sleeps", sleeps) == sleeps


def test_no_two_cases_share_a_name() -> None:
    names = [name for name, _ in CASES]
    assert len(set(names)) == len(names) > 300
