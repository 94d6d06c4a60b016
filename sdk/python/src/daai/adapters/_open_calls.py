"""Calls without a final answer, for frameworks whose calls can't wait.

Such a call is answered with "call again". The model then makes another call, under another id, so its run is
found by what is called. The gateway for MCP does the same.
"""

from __future__ import annotations

import hashlib
import json
import threading
import time
from collections.abc import Callable
from typing import Any
from uuid import uuid4

from .._action_exceptions import ActionNotRun
from .._exceptions import DaaiError
from .._explanation import explain_pending
from ._gate import Waiting
from ._pauses import Pauses

KEEP_SECONDS = 30 * 24 * 3_600
"""A call that nobody repeated for so long isn't repeated anymore. One that was sent may be in doubt."""


def fingerprint(*what: Any) -> str:
    """Equal for what is equal, whatever the order of an object's members."""
    return hashlib.sha256(json.dumps(what, sort_keys=True).encode()).hexdigest()


def call_again(tool: str, waiting: Waiting) -> str:
    """What a model reads about a call that has to wait."""
    what_next = f'Later, call "{tool}" again with exactly the same arguments. That doesn\'t ask twice.'
    if waiting.run.governance_status == "pending_approval":
        return explain_pending(waiting.run, f"Don't try another way. {what_next}")
    return f"{waiting.explanation} {what_next}"


def explain_problem(problem: DaaiError) -> str:
    """What a model reads when there is no answer, or none that it could continue with."""
    if isinstance(problem, ActionNotRun):
        return problem.explanation
    return f"The console gave no answer to this call: {problem}. Not executed."


class OpenCall:
    """One call, from its first question to its final answer."""

    def __init__(self, id: str, pauses: Pauses, leave: Callable[[], None]) -> None:  # noqa: A002
        self.id = id
        self.leave = leave
        """Without an answer for the time being: the next call with the same arguments continues this one."""
        self._pauses = pauses

    def wait(self, run_id: str, state: str) -> None:
        """Store what continues when its run is decided."""
        self._pauses.keep([run_id], state)
        self._write("UPDATE open_call SET run_id = ? WHERE id = ?", run_id, self.id)

    def send(self) -> None:
        """Noted before the tool runs."""
        self._write("UPDATE open_call SET is_sent = 1 WHERE id = ?", self.id)

    def close(self) -> None:
        """It has its final answer: the next call with the same arguments is another one."""
        with self._pauses._connection() as db:
            row = db.execute("SELECT run_id FROM open_call WHERE id = ?", (self.id,)).fetchone()
        self._write("DELETE FROM open_call WHERE id = ?", self.id)
        self.leave()
        pause = self._pauses.get(row[0]) if row and row[0] else None
        if pause is not None:
            self._pauses.drop(pause)

    def _write(self, statement: str, *values: str) -> None:
        with self._pauses._transaction() as db:
            db.execute(statement, values)


class OpenCalls:
    """The open calls of a file. Of two processes that find the same one, the console gives one the claim."""

    def __init__(self, pauses: Pauses) -> None:
        self._pauses = pauses
        self._held: set[str] = set()
        self._lock = threading.Lock()

    def take(self, call: str) -> OpenCall:
        """Continues a call of this fingerprint that this process isn't at, or begins another."""
        with self._lock, self._pauses._transaction() as db:
            now = int(time.time())
            db.execute("DELETE FROM open_call WHERE is_sent = 0 AND since < ?", (now - KEEP_SECONDS,))
            found = db.execute("SELECT id FROM open_call WHERE call = ? ORDER BY rowid", (call,))
            chosen = next((id for (id,) in found if id not in self._held), None) or uuid4().hex  # noqa: A001
            db.execute(
                "INSERT OR IGNORE INTO open_call (id, call, since) VALUES (?, ?, ?)", (chosen, call, now)
            )
            self._held.add(chosen)
        return self.get(chosen)

    def get(self, id: str) -> OpenCall:  # noqa: A002
        return OpenCall(id, self._pauses, lambda: self._held.discard(id))
