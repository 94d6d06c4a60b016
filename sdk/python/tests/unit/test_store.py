from __future__ import annotations

import multiprocessing
import sqlite3
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from daai import (
    DaaiError,
    InMemoryPendingStore,
    Outcome,
    PendingState,
    SQLitePendingStore,
    StoredClaimRequest,
)
from daai._runner import sqlite_store

DONE = Outcome({"sent": 1})


@pytest.fixture(params=["file", "memory"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> SQLitePendingStore:
    return InMemoryPendingStore() if request.param == "memory" else SQLitePendingStore(tmp_path / "p.db")


def states(store: SQLitePendingStore) -> list[tuple[str, PendingState]]:
    return [(row.action_run_id, row.state) for row in store.entries()]


def test_the_way_of_a_row(store: SQLitePendingStore) -> None:
    store.add("r1", "send", {"amount": 5, "name": "Ünal"})
    store.add("r2", "send", {})
    store.add("r1", "other", {"other": 1})
    row = store.get("r1")
    assert row is not None
    assert (row.action, row.payload, row.state) == (
        "send",
        {"amount": 5, "name": "Ünal"},
        PendingState.PENDING,
    )
    assert states(store) == [("r1", PendingState.PENDING), ("r2", PendingState.PENDING)]

    assert store.mark_claimed("r1", "tok", 100.0)
    assert store.extend_lease("r1", "tok", 200.0)
    claimed = store.get("r1")
    assert claimed is not None
    assert (claimed.state, claimed.claim_token, claimed.lease_until) == (PendingState.CLAIMED, "tok", 200.0)
    assert "tok" not in repr(claimed)

    assert store.record_outcome("r1", "tok", DONE)
    unreported = store.get("r1")
    assert unreported is not None
    assert (unreported.state, unreported.outcome) == (PendingState.UNREPORTED, DONE)
    assert store.remove("r1")
    assert not store.remove("r1")
    assert store.get("r1") is None


STEPS: dict[str, Callable[[SQLitePendingStore, str], bool]] = {
    "mark_claimed": lambda store, token: store.mark_claimed("r1", token, 1.0),
    "extend_lease": lambda store, token: store.extend_lease("r1", token, 2.0),
    "record_outcome": lambda store, token: store.record_outcome("r1", token, DONE),
    "mark_in_doubt": lambda store, token: store.mark_in_doubt("r1", token, "note"),
    "reopen": lambda store, _token: store.reopen("r1"),
}
TO_STATE = {
    PendingState.PENDING: [],
    PendingState.CLAIMED: ["mark_claimed"],
    PendingState.UNREPORTED: ["mark_claimed", "record_outcome"],
    PendingState.IN_DOUBT: ["mark_claimed", "mark_in_doubt"],
}
ALLOWED = {
    ("mark_claimed", PendingState.PENDING): PendingState.CLAIMED,
    ("extend_lease", PendingState.CLAIMED): PendingState.CLAIMED,
    ("record_outcome", PendingState.CLAIMED): PendingState.UNREPORTED,
    ("record_outcome", PendingState.IN_DOUBT): PendingState.UNREPORTED,
    ("mark_in_doubt", PendingState.CLAIMED): PendingState.IN_DOUBT,
    ("mark_in_doubt", PendingState.UNREPORTED): PendingState.IN_DOUBT,
    ("reopen", PendingState.IN_DOUBT): PendingState.PENDING,
}


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("state", PendingState)
def test_every_step_from_every_state(store: SQLitePendingStore, step: str, state: PendingState) -> None:
    store.add("r1", "send", {})
    for earlier in TO_STATE[state]:
        assert STEPS[earlier](store, "tok")
    expected = ALLOWED.get((step, state))
    if step not in ("mark_claimed", "reopen"):
        assert not STEPS[step](store, "a token of somebody else")
    assert STEPS[step](store, "tok") is (expected is not None)
    assert states(store) == [("r1", expected or state)]


def test_an_outcome_is_kept_when_its_report_was_refused(store: SQLitePendingStore) -> None:
    store.add("r1", "send", {})
    store.mark_claimed("r1", "tok", 1.0)
    store.record_outcome("r1", "tok", DONE)
    store.mark_in_doubt("r1", "tok", "refused")
    row = store.get("r1")
    assert row is not None
    assert (row.outcome, row.note) == (DONE, "refused")
    store.reopen("r1")
    row = store.get("r1")
    assert row is not None
    assert (row.outcome, row.claim_token, row.note) == (None, None, None)


def test_the_file_is_durable_and_for_its_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "p.db"
    path.touch(0o644)
    store = SQLitePendingStore(path)
    store.add("r1", "send", {})
    for file in tmp_path.iterdir():
        assert stat.S_IMODE(file.stat().st_mode) == 0o600, file
    assert len(list(tmp_path.iterdir())) == 3
    assert store._db.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert store._db.execute("PRAGMA synchronous").fetchone() == (2,)
    store.close()
    assert states(SQLitePendingStore(path)) == [("r1", PendingState.PENDING)]


def test_a_file_of_the_earlier_version_keeps_its_claim_requests(tmp_path: Path) -> None:
    path = tmp_path / "p.db"
    with sqlite3.connect(path) as db:
        for script in sqlite_store._MIGRATIONS[:2]:
            db.execute(script)
        db.execute(
            "INSERT INTO pending_action (action_run_id, action, payload, claim_wish)"
            """ VALUES ('r1', 'send', '{}', '{"worker":"w","token":"tok","asked_at":5.0}')"""
        )
        db.execute("PRAGMA user_version = 2")
    db.close()
    row = SQLitePendingStore(path).get("r1")
    assert row is not None
    assert row.claim_request == StoredClaimRequest("w", "tok", 5.0)


def test_a_file_of_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "p.db"
    SQLitePendingStore(path).close()
    with sqlite3.connect(path) as db:
        db.execute("PRAGMA user_version = 99")
    db.close()
    with pytest.raises(DaaiError, match="newer version"):
        SQLitePendingStore(path)


def test_a_failed_step_changes_nothing_and_the_next_one_works(tmp_path: Path) -> None:
    path = tmp_path / "p.db"
    store = SQLitePendingStore(path)
    store.add("r1", "send", {})
    store._db.execute(
        "CREATE TRIGGER full BEFORE UPDATE ON pending_action BEGIN SELECT RAISE(ABORT, 'full'); END"
    )
    with pytest.raises(sqlite3.IntegrityError, match="full"):
        store.mark_claimed("r1", "tok", 1.0)
    store._db.execute("DROP TRIGGER full")
    assert store.mark_claimed("r1", "tok", 1.0)


def _claim(path: Path, name: str, answers: multiprocessing.SimpleQueue[bool]) -> None:
    store = SQLitePendingStore(path)
    for number in range(50):
        answers.put(store.mark_claimed(f"r{number}", name, 1.0))


def test_of_two_processes_one_wins_each_row(tmp_path: Path) -> None:
    path = tmp_path / "p.db"
    store = SQLitePendingStore(path)
    for number in range(50):
        store.add(f"r{number}", "send", {})
    context = multiprocessing.get_context("spawn")
    answers: multiprocessing.SimpleQueue[bool] = context.SimpleQueue()
    processes = [context.Process(target=_claim, args=(path, name, answers)) for name in "ab"]
    for process in processes:
        process.start()
    won = [answers.get() for _ in range(100)]
    for process in processes:
        process.join()
    assert sum(won) == 50


def _add_in_child(store: SQLitePendingStore) -> None:
    store.add("child", "send", {})


@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_a_store_works_on_after_a_fork(tmp_path: Path) -> None:
    store = SQLitePendingStore(tmp_path / "p.db")
    store.add("parent", "send", {})
    child = multiprocessing.get_context("fork").Process(target=_add_in_child, args=(store,))
    child.start()
    child.join()
    assert child.exitcode == 0
    assert [row.action_run_id for row in store.entries()] == ["parent", "child"]
