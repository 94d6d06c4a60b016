"""Where an adapter finds what to continue when a run is decided."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from .._sqlite_file import SQLiteFile


@dataclass(frozen=True)
class Pause:
    number: int
    state: str = field(repr=False)
    """What continues, as the adapter wrote it."""


class Pauses(SQLiteFile):
    """Stores in the file `path` what continues after a run is decided, by the run's id.

    Threads and processes may share it; it must be on a local disk, and not the file of another store. It is
    no permission: the console is asked again before anything runs. What a framework needs to continue can be
    the whole conversation, so only its owner can read the file (mode 0600).
    """

    _migrations = (
        "CREATE TABLE pause (number INTEGER PRIMARY KEY AUTOINCREMENT, state TEXT NOT NULL)",
        "CREATE TABLE waiting (run_id TEXT PRIMARY KEY, pause INTEGER NOT NULL)",
        # Of `OpenCalls`, here so that an app has one file.
        "CREATE TABLE open_call (id TEXT PRIMARY KEY, call TEXT NOT NULL, run_id TEXT,"
        " is_sent INTEGER NOT NULL DEFAULT 0, since INTEGER NOT NULL)",
        "CREATE INDEX open_call_call ON open_call (call)",
    )

    def keep(self, run_ids: Iterable[str], state: str) -> None:
        """Store what continues after these runs. It replaces what was stored for them."""
        with self._transaction() as db:
            number = db.execute("INSERT INTO pause (state) VALUES (?)", (state,)).lastrowid
            db.executemany(
                "INSERT OR REPLACE INTO waiting VALUES (?, ?)", [(run_id, number) for run_id in run_ids]
            )
            db.execute("DELETE FROM pause WHERE number NOT IN (SELECT pause FROM waiting)")

    def get(self, run_id: str) -> Pause | None:
        with self._connection() as db:
            found = db.execute(
                "SELECT number, state FROM pause JOIN waiting ON pause = number WHERE run_id = ?", (run_id,)
            ).fetchone()
            return None if found is None else Pause(*found)

    def drop(self, pause: Pause) -> None:
        """Forget a pause and its runs, but not what was stored for the same runs since."""
        with self._transaction() as db:
            db.execute("DELETE FROM waiting WHERE pause = ?", (pause.number,))
            db.execute("DELETE FROM pause WHERE number = ?", (pause.number,))

    def run_ids(self) -> list[str]:
        """Every run that something waits for, the oldest pause first."""
        with self._connection() as db:
            rows = db.execute("SELECT run_id FROM waiting ORDER BY pause, rowid")
            return [str(run_id) for (run_id,) in rows]
