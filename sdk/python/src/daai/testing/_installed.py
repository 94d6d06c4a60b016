"""Has every client of this process talk to a fake, whenever it was made."""

from __future__ import annotations

import os
from collections.abc import Awaitable, Callable
from typing import Any

import httpx

from .._async_client import AsyncDaaiClient
from .._calls import Calls
from .._client import DaaiClient
from .._connections import AsyncConnections, Connections
from ._runs import ORIGIN

API_KEY, WORKSPACE_KEY = "daai_sk_" + "0" * 30, "daai_wk_" + "0" * 30
SETTINGS = {
    "DAAI_API_KEY": API_KEY,
    "DAAI_WORKSPACE_KEY": WORKSPACE_KEY,
    "DAAI_BASE_URL": f"{ORIGIN}/api",
}


class Installation:
    """In place from its creation to its end. One at a time."""

    _current: Installation | None = None

    def __init__(
        self,
        respond: Callable[[httpx.Request], httpx.Response],
        sleep: Callable[[float], None],
        sleep_async: Callable[[float], Awaitable[None]],
        monotonic: Callable[[], float],
    ) -> None:
        if Installation._current is not None:
            raise RuntimeError("another FakeDaai is in use: end its `with` block first")
        Installation._current = self
        http = httpx.Client(transport=httpx.MockTransport(respond))
        http_async = httpx.AsyncClient(transport=httpx.MockTransport(respond))
        self._before: list[tuple[Any, str, Any]] = []
        self._replace(Connections, "get", lambda _connections: http)
        self._replace(AsyncConnections, "get", lambda _connections: http_async)
        self._replace(DaaiClient, "_sleep", staticmethod(sleep))
        self._replace(AsyncDaaiClient, "_sleep", staticmethod(sleep_async))
        self._replace(Calls, "_monotonic", staticmethod(monotonic))
        self._environment = {name: os.environ.get(name) for name in SETTINGS}
        os.environ.update(SETTINGS)

    def _replace(self, owner: type, name: str, value: Any) -> None:
        self._before.append((owner, name, vars(owner)[name]))
        setattr(owner, name, value)

    def end(self) -> None:
        for owner, name, value in self._before:
            setattr(owner, name, value)
        for name, value in self._environment.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
        Installation._current = None
