"""Runs stored actions once they may run, and never twice."""

from __future__ import annotations

import inspect
import logging
import queue
import threading
import time
from collections.abc import Callable

from .._client import DaaiClient
from .._exceptions import DaaiError, DaaiMalformedResponseError, LogTampered
from .._proposal import check_lease
from .._retry import full_jitter
from .events import RunnerEvent, RunnerEventKind
from .pending_store import PendingStore
from .signals import stop_on_signals
from .steps import FINAL, Executor, RunnerSteps

logger = logging.getLogger("daai")

MAX_BACKOFF_SECONDS = 60.0


class DaaiActionRunner:
    """Processes the actions that a `PendingActionManager` stored.

    Any number of runners, in threads, processes and on machines, may share a store or a console: the claim
    decides which one runs an action. `lease_seconds`, from 5 to 3,600, is how long a claim lasts after its
    runner has died; it is renewed while an executor runs. `on_event` is called with every `RunnerEvent`;
    exceptions it raises are logged. `clock` returns seconds since the epoch.
    """

    def __init__(
        self,
        client: DaaiClient,
        pending_store: PendingStore,
        *,
        worker: str | None = None,
        lease_seconds: int = 60,
        on_event: Callable[[RunnerEvent], object] | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        check_lease(lease_seconds)
        self._client = client
        self._store = pending_store
        self._executors: dict[str, Executor] = {}
        self._steps = RunnerSteps(
            client, pending_store, self._executors, worker, lease_seconds, on_event, clock
        )
        self._stopping = threading.Event()
        # Unlike an event, it may be filled from a signal handler.
        self._wakes: queue.SimpleQueue[None] = queue.SimpleQueue()

    def when_executable(self, action: str, run: Executor) -> None:
        """Call `run(payload)`, with the payload that was decided on, when an `action` may run.

        Its return value is reported as the result: a dict or dataclass as is, None as an empty object,
        anything else under "result". If it raises, the action is reported as failed. Raises ValueError for a
        second executor of the same action, TypeError for an `async def` or a generator.
        """
        if action in self._executors:
            raise ValueError(f"{action} already has an executor")
        if (
            inspect.iscoroutinefunction(run)
            or inspect.isasyncgenfunction(run)
            or inspect.isgeneratorfunction(run)
        ):
            raise TypeError("an executor must be an ordinary function")
        self._executors[action] = run

    def run_pending_once(self) -> int:
        """Check every stored action once; return how many were executed and reported.

        Reports that couldn't be delivered earlier count once they are delivered. Raises a DaaiError if the
        console can't be asked (unreachable, wrong keys, rate limit): the store stays consistent, and the next
        call continues from there.
        """
        return self._pass(lambda: False)

    def run_forever(self, poll_seconds: float = 5.0, *, handle_signals: bool = True) -> None:
        """Make a pass every `poll_seconds`, and immediately after `wake()`, until `stop()`.

        After a failed pass it backs off, up to 60 seconds more. With `handle_signals`, in the main thread,
        SIGINT and SIGTERM stop it gracefully: the action in progress is finished and reported first. A second
        signal has its default effect. Raises LogTampered, which a retry doesn't fix.
        """
        failures = 0
        with stop_on_signals(self.stop, enabled=handle_signals):
            while not self._stopping.is_set():
                pause = poll_seconds
                try:
                    self._pass(self._stopping.is_set)
                    failures = 0
                except LogTampered:
                    raise
                except DaaiError as error:
                    failures += 1
                    pause += full_jitter(failures, self._client._random, MAX_BACKOFF_SECONDS)
                    logger.warning("the console can't be asked; next try in %.1f s: %s", pause, error)
                self._sleep(pause)

    def stop(self) -> None:
        """Have `run_forever` return after the action in progress. Callable from any thread."""
        self._stopping.set()
        self.wake()

    def wake(self) -> None:
        """Have `run_forever` make its next pass immediately, for example when a webhook reports a decision.

        Callable from any thread, any number of times: calls during a pass cause one more pass.
        """
        self._wakes.put(None)

    def _sleep(self, seconds: float) -> None:
        try:
            self._wakes.get(timeout=seconds)
            while True:
                self._wakes.get_nowait()
        except queue.Empty:
            return

    def _pass(self, stopped: Callable[[], bool]) -> int:
        reported = 0
        for listed in self._store.entries():
            if stopped():
                break
            # Earlier rows may have taken long, and other runners may have changed this one.
            row = self._store.get(listed.action_run_id)
            if row is None:
                continue
            try:
                reported += self._steps.advance(row)
            except (*FINAL, DaaiMalformedResponseError) as error:
                self._steps.notify(RunnerEventKind.PROBLEM, row, error=str(error))
        return reported
