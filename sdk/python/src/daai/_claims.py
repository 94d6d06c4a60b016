"""A claim has a token of our own making, so that an answer that got lost costs nothing.

Each try of one request brings the same token and is given the same claim. When no answer can be used in the
end, the claim is given back. Should that get lost too, or be overtaken, the next request for the same thing
brings the same token again.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import Callable
from typing import Any, TypeVar

import httpx

from ._exceptions import (
    DaaiConflictError,
    DaaiConnectionError,
    DaaiError,
    DaaiMalformedAnswerError,
    DaaiNotFoundError,
    DaaiUnavailableError,
    DaaiValidationError,
    LogTampered,
)
from ._flow import Flow
from ._forks import Process, this_process

T = TypeVar("T")
logger = logging.getLogger("daai")

MOST_KEPT = 1_000

# After these the console may have given the claim, and nobody has got it.
_OPEN = (
    DaaiConnectionError,
    DaaiMalformedAnswerError,
    DaaiUnavailableError,
    LogTampered,
    KeyboardInterrupt,
    asyncio.CancelledError,
)
# Nobody could be reached, so there is nobody to give it back to either.
_NOT_CONNECTED = (httpx.ConnectError, httpx.ConnectTimeout)


class Claims:
    """What was asked for and perhaps given, by what it was asked for: a run's id, or an action and a key."""

    def __init__(self) -> None:
        # By process: what a parent asked for is not its child's to use.
        self._unused: dict[tuple[Process, tuple[str, ...]], dict[str, Any]] = {}

    def may_hold(self, *name: str) -> bool:
        return (this_process(), name) in self._unused

    def ask(
        self,
        name: tuple[str, ...],
        wish: dict[str, Any],
        send: Callable[[], Flow[T]],
        give_back: Callable[[str], Flow[object]],
    ) -> Flow[T]:
        """The answer to `send`, which sends `wish` with the token that is put into it."""
        place = (this_process(), name)
        # Taken out by one thread only.
        wish.update(self._unused.pop(place, {"token": secrets.token_urlsafe(32)}))
        try:
            return (yield from send())
        except DaaiValidationError as error:
            if not refuses_tokens(error):
                raise
        except _OPEN as error:
            self._keep(place, {"worker": wish["worker"], "token": wish["token"]})
            if not isinstance(error.__cause__, _NOT_CONNECTED):
                try:
                    yield from give_back(wish["token"])
                except (DaaiConflictError, DaaiNotFoundError):
                    logger.info("no claim on %s was given", " ".join(name))
                except DaaiError as problem:
                    logger.warning("a claim on %s may be left behind: %s", " ".join(name), problem)
            raise
        # A console before version 0.3 makes the tokens itself.
        del wish["token"]
        return (yield from send())

    def _keep(self, place: tuple[Process, tuple[str, ...]], wish: dict[str, Any]) -> None:
        self._unused[place] = wish
        if len(self._unused) > MOST_KEPT:
            self._unused.pop(next(iter(self._unused)), None)


def refuses_tokens(error: DaaiValidationError) -> bool:
    problems = error.body.get("errors") if isinstance(error.body, dict) else None
    return isinstance(problems, list) and any(
        isinstance(problem, dict) and str(problem.get("path")) in ("token", "claim.token")
        for problem in problems
    )
