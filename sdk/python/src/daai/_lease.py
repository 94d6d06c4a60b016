"""Renews a claim while the action runs."""

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

    A renewal that fails is retried a third of the lease later. If the claim is lost, renewing stops; the
    action can't be undone, so it continues to its report.
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
                logger.warning("the claim couldn't be renewed: %s", error)
