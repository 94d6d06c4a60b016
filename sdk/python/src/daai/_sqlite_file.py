"""A SQLite file that threads and processes share, for what must not be lost."""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from ._exceptions import DaaiError
from ._forks import after_fork, this_process

BUSY_TIMEOUT_SECONDS = 30.0


class SQLiteFile:
    """The file `path`, readable only by its owner (mode 0600), or ":memory:".

    Threads and processes may share the file; it must be on a local disk, as SQLite's WAL requires. Every step
    is its own transaction, durable when the method returns. A step waits up to 30 seconds for another process
    and then raises sqlite3.OperationalError. Raises DaaiError for a file of a newer version.
    """

    # One script for each version of the file, applied in order; the file keeps its version in `user_version`.
    _migrations: Sequence[str] = ()

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self._path = os.fspath(path)
        self._lock = threading.RLock()
        self._process = this_process()
        self._db = self._open()
        after_fork(self._replace_lock)

    def close(self) -> None:
        with self._lock:
            self._db.close()

    def __del__(self) -> None:
        # Programs aren't expected to close a store that lives as long as they do.
        if hasattr(self, "_db") and self._process == this_process():
            self._db.close()

    @contextmanager
    def _connection(self) -> Iterator[sqlite3.Connection]:
        with self._lock:
            if self._process != this_process():
                # A connection must neither be used nor closed after a fork.
                _inherited.append(self._db)
                self._process, self._db = this_process(), self._open()
            yield self._db

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        with self._connection() as db, _transaction(db):
            yield db

    def _replace_lock(self) -> None:
        # A thread of the parent that held it doesn't exist here, so it would never be released.
        self._lock = threading.RLock()

    def _open(self) -> sqlite3.Connection:
        if self._path != ":memory:":
            # SQLite gives its -wal and -shm files the mode of the database.
            Path(self._path).touch(mode=0o600)
            with suppress(PermissionError):
                Path(self._path).chmod(0o600)
        db = sqlite3.connect(
            self._path, timeout=BUSY_TIMEOUT_SECONDS, isolation_level=None, check_same_thread=False
        )
        try:
            db.execute("PRAGMA journal_mode = WAL")
            db.execute("PRAGMA synchronous = FULL")
            self._migrate(db)
        except BaseException:
            db.close()
            raise
        return db

    def _migrate(self, db: sqlite3.Connection) -> None:
        with _transaction(db):
            version = db.execute("PRAGMA user_version").fetchone()[0]
            if version > len(self._migrations):
                raise DaaiError(f"{self._path} was written by a newer version of daai")
            for script in self._migrations[version:]:
                db.execute(script)
            db.execute(f"PRAGMA user_version = {len(self._migrations)}")


_inherited: list[sqlite3.Connection] = []


@contextmanager
def _transaction(db: sqlite3.Connection) -> Iterator[None]:
    # IMMEDIATE: a transaction that turned from reader into writer could fail half-way as busy.
    db.execute("BEGIN IMMEDIATE")
    try:
        yield
        db.execute("COMMIT")
    except BaseException:
        # SQLite rolls back automatically after a full disk.
        if db.in_transaction:
            db.execute("ROLLBACK")
        raise
