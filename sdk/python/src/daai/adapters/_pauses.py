"""Where an adapter finds what to continue when a run is decided."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from .._sqlite_file import SQLiteFile


@dataclass(frozen=True)
class Pause:
    state: str = field(repr=False)
    """What continues, as the adapter wrote it."""
    number: int


class Pauses(SQLiteFile):
    """Stores in the file `path` what continues after a run is decided, by the run's id.

    Threads and processes may share it; it must be on a local disk, and not the file of another store. It is
    no permission: the console is asked again before anything runs. What a framework needs to continue can be
    the whole conversation, so only its owner can read the file (mode 0600).
    """

    _migrations = (
        "CREATE TABLE pause (number INTEGER PRIMARY KEY AUTOINCREMENT, run_id TEXT NOT NULL UNIQUE,"
        " state TEXT NOT NULL)",
    )

    def keep(self, run_ids: Iterable[str], state: str) -> None:
        """Store what continues after these runs. It replaces what was stored for them."""
        with self._transaction() as db:
            db.executemany(
                "INSERT OR REPLACE INTO pause (run_id, state) VALUES (?, ?)",
                [(run_id, state) for run_id in run_ids],
            )

    def get(self, run_id: str) -> Pause | None:
        with self._connection() as db:
            found = db.execute("SELECT state, number FROM pause WHERE run_id = ?", (run_id,)).fetchone()
            return None if found is None else Pause(*found)

    def drop(self, run_id: str, pause: Pause) -> None:
        """Forget this pause, but not one that was stored for the same run since."""
        with self._transaction() as db:
            db.execute("DELETE FROM pause WHERE run_id = ? AND number = ?", (run_id, pause.number))

    def run_ids(self) -> list[str]:
        """Every run that something waits for, the oldest pause first."""
        with self._connection() as db:
            return [str(run_id) for (run_id,) in db.execute("SELECT run_id FROM pause ORDER BY number")]
