"""Which connections a client uses: those of this process and, with asyncio, of this event loop.

A connection shared by two processes mixes up their responses, and one of an event loop that has ended doesn't
work. So each process, and each loop, has its own HTTP client. A parent's client stays referenced, so that
nothing closes it, and is never used.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any, TypeVar

import httpx

from ._environment import proxy_variable, settings_error
from ._exceptions import DaaiConfigError, DaaiConnectionError, DaaiError
from ._flow import Send
from ._forks import Process, this_process

Client = TypeVar("Client", httpx.Client, httpx.AsyncClient)


class Connections:
    def __init__(self, given: httpx.Client | None) -> None:
        self._given = given
        self._made_in = this_process()
        # No lock: one that another thread held during a fork would be held forever in the child.
        self._clients: dict[Process, httpx.Client] = {}
        if given is None:
            self._clients[self._made_in] = _open(httpx.Client)

    def get(self) -> httpx.Client:
        process = this_process()
        if self._given is not None:
            if process != self._made_in:
                raise _not_yours("this process was forked from the one that created the client")
            return self._given
        return self._clients.get(process) or self._clients.setdefault(process, _open(httpx.Client))

    def send(self, request: Send) -> httpx.Response:
        try:
            return self.get().request(**_httpx_arguments(request))
        except DaaiError:
            raise
        except Exception as error:
            raise _not_sent(request.url, error) from error

    def close(self) -> None:
        own = self._clients.get(this_process())
        if own is not None:
            own.close()


class AsyncConnections:
    def __init__(self, given: httpx.AsyncClient | None) -> None:
        self._given = given
        self._made_in = this_process()
        self._used_in: asyncio.AbstractEventLoop | None = None
        self._clients: dict[tuple[Process, int], tuple[asyncio.AbstractEventLoop, httpx.AsyncClient]] = {}
        # Created eagerly, so that wrong settings raise here; it belongs to its first loop.
        self._fresh = [] if given is not None else [_open(httpx.AsyncClient)]

    def get(self) -> httpx.AsyncClient:
        process, loop = this_process(), asyncio.get_running_loop()
        if self._given is not None:
            if process != self._made_in:
                raise _not_yours("this process was forked from the one that created the client")
            if self._used_in not in (None, loop):
                raise _not_yours("it was used in another event loop")
            self._used_in = loop
            return self._given
        known = self._clients.get((process, id(loop)))
        if known is not None and known[0] is loop:
            return known[1]
        self._forget_ended_loops(process)
        client = self._fresh.pop() if self._fresh and process == self._made_in else _open(httpx.AsyncClient)
        self._clients[process, id(loop)] = (loop, client)
        return client

    async def send(self, request: Send) -> httpx.Response:
        try:
            return await self.get().request(**_httpx_arguments(request))
        except DaaiError:
            raise
        except Exception as error:
            raise _not_sent(request.url, error) from error

    async def aclose(self) -> None:
        """Close the connections of this loop. Those of a loop that has ended were closed with it."""
        known = self._clients.get((this_process(), id(asyncio.get_running_loop())))
        if known is not None:
            await known[1].aclose()

    def _forget_ended_loops(self, process: Process) -> None:
        for key, (loop, _) in list(self._clients.items()):
            if key[0] == process and loop.is_closed():
                self._clients.pop(key, None)


def _httpx_arguments(request: Send) -> dict[str, Any]:
    return {
        "method": request.method,
        "url": request.url,
        "headers": request.headers,
        "content": request.content,
        "timeout": httpx.Timeout(request.timeout_seconds, read=request.read_timeout_seconds),
        "follow_redirects": False,
    }


def _not_sent(url: str, error: Exception) -> DaaiError:
    """What to raise if a request got no response, whatever was raised for it."""
    reason = str(error) or type(error).__name__
    if not isinstance(error, (httpx.HTTPError, OSError)):
        # A closed client or an unusable address: retrying doesn't help.
        return DaaiError(f"the request to {url} couldn't be made: {reason}")
    variable = proxy_variable(url)
    through = f" through the proxy in {variable}" if variable else ""
    return DaaiConnectionError(f"no response from {url}{through}: {reason}")


def _open(make: Callable[[], Client]) -> Client:
    try:
        return make()
    except Exception as error:
        raise settings_error(error) from error


def _not_yours(why: str) -> DaaiConfigError:
    return DaaiConfigError(
        f"the given http_client can't be used here: {why}. "
        "Create one here, or omit it: then each process and event loop has its own connections"
    )
