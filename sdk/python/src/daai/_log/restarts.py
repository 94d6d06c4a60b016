"""Restarts of a log: what a console does after a backup was restored, and says in a receipt."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .checkpoint import Checkpoint

_TEXTS = ("receipt_id", "workspace_id", "origin", "earlier_origin", "earlier_root_hash", "backup_taken_at")


@dataclass(frozen=True)
class Restart:
    """A receipt of a restart as it was found in a log, and the root of everything before it."""

    index: int
    root_before: bytes
    says: Mapping[str, Any]

    def backup(self) -> str:
        return f"from a backup of {self.says['backup_taken_at'][:16].replace('T', ' ')} UTC"


def read_restart(entry: bytes) -> dict[str, Any] | None:
    if b'"log_restarted"' not in entry:
        return None
    try:
        says = json.loads(entry)
    except (ValueError, RecursionError):
        return None
    is_one = isinstance(says, dict) and says.get("kind") == "log_restarted"
    if not is_one or not all(isinstance(says.get(name), str) for name in _TEXTS):
        return None
    return says if type(says.get("earlier_size")) is int else None


def restart_problems(restarts: Sequence[Restart], newest: Checkpoint) -> list[str]:
    """The problems of a log's restarts: each must continue the one before, at the entry it names."""
    problems = []
    nexts = [restart.says["earlier_origin"] for restart in restarts[1:]] + [newest.origin]
    for restart, goes_on_as in zip(restarts, nexts):
        place, says = f"Entry {restart.index + 1}", restart.says
        if (says["earlier_size"], says["earlier_root_hash"]) != (restart.index, restart.root_before.hex()):
            problems.append(f"{place} records a restart of another log than the one before it.")
        elif says["origin"] != goes_on_as:
            problems.append(
                f"{place} says that the log continues as {says['origin']}, but it continues as {goes_on_as}."
            )
    return problems


def kept_problem(kept: Checkpoint, newest: Checkpoint, restarts: Sequence[Restart]) -> str | None:
    """What a checkpoint from before shows about a log that has been restarted since, or has another name."""
    if kept.origin == newest.origin:
        if kept.size <= newest.size:
            return None
        return (
            f"The log shrank: you kept a checkpoint of {kept.size} receipts, "
            f"and this one ends at {newest.size}."
        )
    for restart in restarts:
        if restart.says["earlier_origin"] == kept.origin:
            lost = kept.size - restart.index
            if lost <= 0:
                return None
            what = "one receipt is" if lost == 1 else f"{lost} receipts are"
            return (
                f"The log was restarted after {restart.index} receipts, {restart.backup()}, "
                f"and you kept a checkpoint of {kept.size}: {what} lost."
            )
    return f"The checkpoint you kept is of another log: {kept.origin} instead of {newest.origin}."


def restart_doubts(restarts: Sequence[Restart]) -> list[str]:
    """What a log that was restarted leaves open."""
    return [
        f"That nothing was lost when the log was restarted after {restart.index} receipts, "
        f"{restart.backup()}: a checkpoint kept of {restart.says['earlier_origin']} shows it."
        for restart in restarts
    ]
