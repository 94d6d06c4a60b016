"""Keeps a claim alive while the work is being done."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from types import TracebackType

from ._exceptions import DaaiConflictError, DaaiNotFoundError

logger = logging.getLogger("daai")


RENEWALS_PER_LEASE = 3.0


class LeaseKeeper:
    """Calls `renew` every third of the lease, in a thread, until the `with` block ends.

    A renewal that fails is tried again a third of the lease later. When the console says that the claim is
    no longer ours there is nothing left to renew; the work cannot be undone, so it goes on to its report.
    """

    def __init__(self, renew: Callable[[], object], lease_seconds: float) -> None:
        self._renew = renew
        self._every = lease_seconds / RENEWALS_PER_LEASE
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._keep, name="daai-lease", daemon=True)

    def __enter__(self) -> LeaseKeeper:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._done.set()
        self._thread.join()

    def _keep(self) -> None:
        while not self._done.wait(self._every):
            try:
                self._renew()
            except (DaaiConflictError, DaaiNotFoundError) as error:
                logger.warning("the claim is lost: %s", error)
                return
            except Exception as error:
                logger.warning("the claim could not be renewed: %s", error)
