"""The client generates each claim's token, so that a lost response costs nothing.

Each attempt of one request sends the same token and gets the same claim. If no response is usable in the end,
the claim is released. If the release is lost as well, the next request for the same run sends the same token
again.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import Callable
from typing import Any, TypeVar

from ._exceptions import (
    DaaiConflictError,
    DaaiConnectionError,
    DaaiError,
    DaaiMalformedResponseError,
    DaaiNotFoundError,
    DaaiUnavailableError,
    DaaiValidationError,
    LogTampered,
)
from ._flow import Flow
from ._forks import Process, this_process

T = TypeVar("T")
logger = logging.getLogger("daai")

MAX_UNUSED = 1_000

# After these, the console may have granted a claim that no attempt received.
_OUTCOME_UNKNOWN = (
    DaaiConnectionError,
    DaaiMalformedResponseError,
    DaaiUnavailableError,
    LogTampered,
    KeyboardInterrupt,
    asyncio.CancelledError,
)


class Claims:
    """Requests whose claim may have been granted, by run id, or by action and idempotency key."""

    def __init__(self) -> None:
        # Per process: a child must not use its parent's requests.
        self._unused: dict[tuple[Process, tuple[str, ...]], dict[str, Any]] = {}

    def may_hold(self, *name: str) -> bool:
        return (this_process(), name) in self._unused

    def ask(
        self,
        name: tuple[str, ...],
        request: dict[str, Any],
        send: Callable[..., Flow[T]],
        release: Callable[[str], Flow[object]],
    ) -> Flow[T]:
        """Adds a token to `request` and returns the response to `send`, which sends it.

        `send` calls its `on_sent` when the console may have received it.
        """
        place = (this_process(), name)
        # Only one thread gets it.
        request.update(self._unused.pop(place, {"token": secrets.token_urlsafe(32)}))
        sent: list[bool] = []
        try:
            return (yield from send(on_sent=lambda: sent.append(True)))
        except DaaiValidationError as error:
            if not refuses_tokens(error):
                raise
        except _OUTCOME_UNKNOWN:
            self._remember(place, {"worker": request["worker"], "token": request["token"]})
            if sent:
                try:
                    yield from release(request["token"])
                except (DaaiConflictError, DaaiNotFoundError):
                    logger.info("no claim on %s was granted", " ".join(name))
                except DaaiError as problem:
                    logger.warning("a claim on %s may not have been released: %s", " ".join(name), problem)
            raise
        # A console before version 0.3 generates the tokens itself.
        del request["token"]
        return (yield from send())

    def _remember(self, place: tuple[Process, tuple[str, ...]], request: dict[str, Any]) -> None:
        self._unused[place] = request
        if len(self._unused) > MAX_UNUSED:
            self._unused.pop(next(iter(self._unused)), None)


def refuses_tokens(error: DaaiValidationError) -> bool:
    return refuses(error, "token", "claim.token")


def refuses(error: DaaiValidationError, *paths: str) -> bool:
    """Whether the console rejects one of these fields: an older one doesn't know it."""
    problems = error.body.get("errors") if isinstance(error.body, dict) else None
    return isinstance(problems, list) and any(
        isinstance(problem, dict) and str(problem.get("path")) in paths for problem in problems
    )
