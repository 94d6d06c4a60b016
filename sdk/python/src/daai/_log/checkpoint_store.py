"""Where a client stores the checkpoints of receipt logs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from .._sqlite_file import SQLiteFile


@dataclass(frozen=True)
class KeptCheckpoint:
    """The largest checkpoint of a log that was proved to extend all earlier ones."""

    origin: str
    """The name of the log."""
    size: int
    note: str
    """The signed checkpoint itself: evidence for `python -m daai verify --checkpoint`."""
    keys: tuple[str, ...]
    """The verifier keys that signed it."""


class CheckpointStore(Protocol):
    """What a client needs to be a witness. Every method is one atomic step; `keep` is durable.

    `client` identifies the caller and its workspace. It is derived from the workspace key without revealing
    it.
    """

    def followed(self, client: str) -> KeptCheckpoint | None:
        """The checkpoint of the log that `client` follows."""

    def get(self, origin: str) -> KeptCheckpoint | None: ...

    def keep(self, client: str, checkpoint: KeptCheckpoint, before: KeptCheckpoint | None) -> bool:
        """Replace `before` with `checkpoint`, and have `client` follow its log.

        Changes nothing and returns False if the log's checkpoint is no longer `before`.
        """

    def is_accepted(self, origin: str) -> bool:
        """Whether a person accepted this log as the successor of another."""


class SQLiteCheckpointStore(SQLiteFile):
    """Stores checkpoints in the file `path`, readable only by its owner (mode 0600): one for each log.

    Threads, processes and clients of any number of workspaces may share it; it must be on a local disk, and
    not the file of a pending store. Put it where the console's operator can't write.
    """

    _migrations = (
        "CREATE TABLE checkpoint (origin TEXT PRIMARY KEY, size INTEGER NOT NULL, note TEXT NOT NULL,"
        " keys TEXT NOT NULL)",
        "CREATE TABLE follower (client TEXT PRIMARY KEY, origin TEXT NOT NULL)",
        "CREATE TABLE accepted (origin TEXT PRIMARY KEY)",
    )

    def followed(self, client: str) -> KeptCheckpoint | None:
        found = self._select("WHERE origin = (SELECT origin FROM follower WHERE client = ?)", client)
        return found[0] if found else None

    def get(self, origin: str) -> KeptCheckpoint | None:
        found = self._select("WHERE origin = ?", origin)
        return found[0] if found else None

    def entries(self) -> list[KeptCheckpoint]:
        """The checkpoint of every log."""
        return self._select("ORDER BY origin")

    def keep(self, client: str, checkpoint: KeptCheckpoint, before: KeptCheckpoint | None) -> bool:
        with self._transaction() as db:
            if self.get(checkpoint.origin) != before:
                return False
            db.execute(
                "INSERT OR REPLACE INTO checkpoint (origin, size, note, keys) VALUES (?, ?, ?, ?)",
                (checkpoint.origin, checkpoint.size, checkpoint.note, "\n".join(checkpoint.keys)),
            )
            db.execute("INSERT OR REPLACE INTO follower VALUES (?, ?)", (client, checkpoint.origin))
            return True

    def accept(self, origin: str) -> None:
        """Accept this log as the successor of another: its operator has explained why, and you agree."""
        with self._transaction() as db:
            db.execute("INSERT OR IGNORE INTO accepted VALUES (?)", (origin,))

    def is_accepted(self, origin: str) -> bool:
        with self._connection() as db:
            return db.execute("SELECT 1 FROM accepted WHERE origin = ?", (origin,)).fetchone() is not None

    def _select(self, which: str, *values: str) -> list[KeptCheckpoint]:
        with self._connection() as db:
            # The texts put together here are constants of this file.
            rows = db.execute(f"SELECT origin, size, note, keys FROM checkpoint {which}", values)  # noqa: S608
            return [
                KeptCheckpoint(origin, size, note, tuple(keys.split("\n")))
                for origin, size, note, keys in rows
            ]


class InMemoryCheckpointStore(SQLiteCheckpointStore):
    """The same in memory. Its contents, and so what it can detect, are lost with the process."""

    def __init__(self) -> None:
        super().__init__(":memory:")
