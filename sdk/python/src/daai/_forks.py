"""Detects a fork: a child must neither use nor close what its parent has open, above all connections."""

from __future__ import annotations

import os
from collections.abc import Callable
from weakref import WeakMethod

Process = tuple[int, int]

_forks = 0
_watchers: list[WeakMethod[Callable[[], object]]] = []


def this_process() -> Process:
    """A value that no ancestor of this process has had, even if process ids come round again."""
    # The process id also reveals a fork that bypassed Python.
    return os.getpid(), _forks


def after_fork(watcher: Callable[[], object]) -> None:
    """Call a method in every child, before other code of the child runs, while its object lives."""
    _watchers[:] = [known for known in _watchers if known() is not None]
    _watchers.append(WeakMethod(watcher))


def _forked() -> None:
    global _forks
    _forks += 1
    for known in list(_watchers):
        watcher = known()
        if watcher is not None:
            watcher()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forked)
