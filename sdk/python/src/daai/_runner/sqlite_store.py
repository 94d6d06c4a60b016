"""The pending store in SQLite."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from .._payload import encode
from .._sqlite_file import SQLiteFile
from .pending_store import Outcome, PendingAction, PendingState, StoredClaimRequest

_MIGRATIONS = (
    """
    CREATE TABLE pending_action (
        position      INTEGER PRIMARY KEY AUTOINCREMENT,
        action_run_id TEXT NOT NULL UNIQUE,
        action        TEXT NOT NULL,
        payload       TEXT NOT NULL,
        state         TEXT NOT NULL DEFAULT 'pending'
                      CHECK (state IN ('pending', 'claimed', 'unreported', 'in_doubt')),
        claim_token   TEXT,
        lease_until   REAL,
        outcome       TEXT,
        note          TEXT,
        CHECK (state = 'pending' OR claim_token IS NOT NULL),
        CHECK (state <> 'unreported' OR outcome IS NOT NULL)
    )
    """,
    "ALTER TABLE pending_action ADD COLUMN claim_wish TEXT",
    "ALTER TABLE pending_action RENAME COLUMN claim_wish TO claim_request",
)


class SQLitePendingStore(SQLiteFile):
    """Stores pending actions in the file `path`, readable only by its owner (mode 0600).

    Threads and processes may share the file; it must be on a local disk, as SQLite's WAL requires. Every step
    is its own transaction, durable when the method returns. A step waits up to 30 seconds for another process
    and then raises sqlite3.OperationalError. Raises DaaiError for a file of a newer version.
    """

    _migrations = _MIGRATIONS

    def add(self, action_run_id: str, action: str, payload: dict[str, Any]) -> None:
        self._change(
            "INSERT INTO pending_action (action_run_id, action, payload) VALUES (?, ?, ?)"
            " ON CONFLICT (action_run_id) DO NOTHING",
            (action_run_id, action, _dump(payload)),
        )

    def get(self, action_run_id: str) -> PendingAction | None:
        rows = self._select("WHERE action_run_id = ?", (action_run_id,))
        return rows[0] if rows else None

    def store_claim_request(
        self, action_run_id: str, request: StoredClaimRequest
    ) -> StoredClaimRequest | None:
        pending = "WHERE action_run_id = ? AND state = 'pending'"
        self._change(
            f"UPDATE pending_action SET claim_request = ? {pending} AND claim_request IS NULL",  # noqa: S608
            (_dump(asdict(request)), action_run_id),
        )
        rows = self._select(pending, (action_run_id,))
        return rows[0].claim_request if rows else None

    def delete_claim_request(self, action_run_id: str, request: StoredClaimRequest) -> bool:
        return self._change(
            "UPDATE pending_action SET claim_request = NULL"
            " WHERE action_run_id = ? AND state = 'pending' AND claim_request = ?",
            (action_run_id, _dump(asdict(request))),
        )

    def mark_claimed(self, action_run_id: str, claim_token: str, lease_until: float) -> bool:
        return self._change(
            "UPDATE pending_action SET state = 'claimed', claim_token = ?, lease_until = ?, note = NULL"
            " WHERE action_run_id = ? AND state = 'pending'",
            (claim_token, lease_until, action_run_id),
        )

    def extend_lease(self, action_run_id: str, claim_token: str, lease_until: float) -> bool:
        return self._change(
            "UPDATE pending_action SET lease_until = ?"
            " WHERE action_run_id = ? AND claim_token = ? AND state = 'claimed'",
            (lease_until, action_run_id, claim_token),
        )

    def record_outcome(self, action_run_id: str, claim_token: str, outcome: Outcome) -> bool:
        text = _dump({"result": outcome.result, "error": outcome.error})
        return self._change(
            "UPDATE pending_action SET state = 'unreported', outcome = ?, note = NULL"
            " WHERE action_run_id = ? AND claim_token = ? AND state IN ('claimed', 'in_doubt')",
            (text, action_run_id, claim_token),
        )

    def mark_in_doubt(self, action_run_id: str, claim_token: str, note: str) -> bool:
        return self._change(
            "UPDATE pending_action SET state = 'in_doubt', note = ?"
            " WHERE action_run_id = ? AND claim_token = ? AND state IN ('claimed', 'unreported')",
            (note, action_run_id, claim_token),
        )

    def reopen(self, action_run_id: str) -> bool:
        return self._change(
            "UPDATE pending_action SET state = 'pending', claim_token = NULL, claim_request = NULL,"
            " lease_until = NULL, outcome = NULL, note = NULL WHERE action_run_id = ? AND state = 'in_doubt'",
            (action_run_id,),
        )

    def remove(self, action_run_id: str) -> bool:
        return self._change("DELETE FROM pending_action WHERE action_run_id = ?", (action_run_id,))

    def entries(self) -> list[PendingAction]:
        return self._select("", ())

    def _select(self, where: str, values: tuple[Any, ...]) -> list[PendingAction]:
        with self._connection() as db:
            # The texts put together here are constants of this file.
            query = f"SELECT {_COLUMNS} FROM pending_action {where} ORDER BY position"  # noqa: S608
            return [_row(row) for row in db.execute(query, values)]

    def _change(self, statement: str, values: tuple[Any, ...]) -> bool:
        with self._transaction() as db:
            return db.execute(statement, values).rowcount == 1


class InMemoryPendingStore(SQLitePendingStore):
    """The same in memory, for tests and trials. Its contents are lost with the process."""

    def __init__(self) -> None:
        super().__init__(":memory:")


_COLUMNS = "action_run_id, action, payload, state, claim_token, lease_until, outcome, note, claim_request"


def _row(row: tuple[Any, ...]) -> PendingAction:
    run_id, action, payload, state, token, lease_until, outcome, note, request = row
    return PendingAction(
        action_run_id=run_id,
        action=action,
        payload=json.loads(payload),
        state=PendingState(state),
        claim_token=token,
        lease_until=lease_until,
        outcome=None if outcome is None else Outcome(**json.loads(outcome)),
        note=note,
        claim_request=None if request is None else StoredClaimRequest(**json.loads(request)),
    )


def _dump(value: dict[str, Any]) -> str:
    return encode(value).decode("utf-8")
