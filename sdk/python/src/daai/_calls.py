"""One call to the console, without any I/O: build the request, judge its response, retry or not."""

from __future__ import annotations

import logging
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timezone
from typing import Any, TypeVar
from uuid import uuid4

import httpx

from . import _responses
from ._claims import Claims
from ._config import DEFAULT_POLL_SECONDS, load_config
from ._exceptions import DaaiApiError, DaaiError
from ._flow import Flow, Send, Sleep
from ._log.checkpoint_store import CheckpointStore
from ._log.follower import LogFollower
from ._log.witness import Witness
from ._payload import encode
from ._retry import retry_delay
from ._version import __version__

T = TypeVar("T")
logger = logging.getLogger("daai")

# The console couldn't be reached.
_NOT_CONNECTED = (httpx.ConnectError, httpx.ConnectTimeout)
# The caller waits while a witness verifies the log.
MAX_LOG_REQUEST_SECONDS = 3.0


class Calls:
    """What a client is set up with, and how it calls."""

    # On the class, so that `daai.testing` can replace it for all clients.
    _monotonic: Callable[[], float] = staticmethod(time.monotonic)

    def __init__(
        self,
        api_key: str | None = None,
        workspace_key: str | None = None,
        base_url: str | None = None,
        timeout_seconds: float = 10.0,
        checkpoint_store: CheckpointStore | None = None,
        log_keys: Sequence[str] = (),
        poll_seconds: int = DEFAULT_POLL_SECONDS,
    ) -> None:
        self._random: Callable[[], float] = random.random
        self._config = load_config(api_key, workspace_key, base_url, timeout_seconds, poll_seconds)
        self._claims = Claims()
        self._witness: Witness | None = None
        if checkpoint_store is not None:
            log = LogFollower(checkpoint_store, self._config.workspace_key, log_keys, self._log_request)
            self._witness = Witness(log, lambda: self._monotonic())

    def __repr__(self) -> str:
        return f"{type(self).__name__}(base_url={self._config.base_url!r})"

    def _call(
        self,
        method: str,
        path: str,
        body: dict[str, Any] | None,
        build: Callable[[dict[str, Any]], T],
        extra_seconds: float = 0,
        final: tuple[int, ...] = (),
        verify_log: bool = True,
        on_sent: Callable[[], object] = lambda: None,
    ) -> Flow[T]:
        """Makes up to three attempts. Every request is idempotent, so each can be repeated.

        Errors with a status in `final` aren't retried. Releasing a claim doesn't need to verify the log.
        `on_sent` is called after each attempt that the console may have received.
        """
        request = self._request(method, path, body, extra_seconds)
        attempt = 1
        while True:
            try:
                response = yield from _attempt(request, on_sent)
                if verify_log and self._witness is not None and response.status_code == 200:
                    yield from self._witness.check(response)
                return _responses.parse(response, build, datetime.now(timezone.utc), request.call)
            except DaaiError as error:
                is_final = isinstance(error, DaaiApiError) and error.status_code in final
                delay = None if is_final else retry_delay(error, attempt, self._random)
                if delay is None:
                    raise
                logger.info("try %d of %s %s failed (%s)", attempt, method, path, error)
            attempt += 1
            yield Sleep(delay)

    def _log_request(self, path: str) -> Send:
        request = self._request("GET", path, None)
        timeout = min(self._config.timeout_seconds, MAX_LOG_REQUEST_SECONDS)
        return replace(request, timeout_seconds=timeout, read_timeout_seconds=timeout)

    def _request(self, method: str, path: str, body: dict[str, Any] | None, extra_seconds: float = 0) -> Send:
        # Echoed in the response, so that it can't be mistaken for another's. Older consoles echo the second.
        call = uuid4().hex
        headers = {
            **self._config.headers,
            _responses.CALL_HEADER: call,
            "X-Request-Id": call,
            "Accept": "application/json, application/problem+json",
            "User-Agent": f"daai-python/{__version__}",
        }
        if body is not None:
            headers["Content-Type"] = "application/json"
        return Send(
            method,
            self._config.base_url + path,
            headers,
            None if body is None else encode(body),
            self._config.timeout_seconds,
            self._config.timeout_seconds + extra_seconds,
            call,
        )


def _attempt(request: Send, on_sent: Callable[[], object]) -> Flow[httpx.Response]:
    try:
        response: httpx.Response = yield request
    except BaseException as error:
        if not isinstance(error.__cause__, _NOT_CONNECTED):
            on_sent()
        raise
    on_sent()
    return response
