"""Stops a loop gracefully on SIGINT and SIGTERM."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any


@contextmanager
def stop_on_signals(stop: Callable[[], None], *, enabled: bool) -> Iterator[None]:
    """Calls `stop` on the first signal, and restores the previous handlers."""
    if not enabled or threading.current_thread() is not threading.main_thread():
        yield
        return
    before: dict[signal.Signals, Any] = {}

    def restore() -> None:
        while before:
            signal.signal(*before.popitem())

    def on_signal(_number: int, _frame: object) -> None:
        restore()
        # Not here: the handler may have interrupted the main thread while it held the lock that stop() takes.
        threading.Thread(target=stop, daemon=True).start()

    for number in (signal.SIGINT, signal.SIGTERM):
        before[number] = signal.signal(number, on_signal)
    try:
        yield
    finally:
        restore()
