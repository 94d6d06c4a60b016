"""A way to a real console on which answers get lost: no claim is left taken and unused."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

import anyio
import httpx
import pytest

import daai
from daai import AsyncDaaiClient, DaaiActionRunner, DaaiClient, InMemoryPendingStore

from .conftest import ALLOW, Console


class Losing:
    """Loses the first answers to what ends in `path`, after the console has acted on them."""

    def __init__(self, path: str, times: int) -> None:
        self.path, self.left = path, times

    def lose(self, request: httpx.Request) -> None:
        if self.left and request.url.path.endswith(self.path):
            self.left -= 1
            raise httpx.ReadError("the answer got lost")


class Losses(Losing, httpx.HTTPTransport):
    def __init__(self, path: str, times: int) -> None:
        Losing.__init__(self, path, times)
        httpx.HTTPTransport.__init__(self)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        response = super().handle_request(request)
        response.read()
        self.lose(request)
        return response


class AsyncLosses(Losing, httpx.AsyncHTTPTransport):
    def __init__(self, path: str, times: int) -> None:
        Losing.__init__(self, path, times)
        httpx.AsyncHTTPTransport.__init__(self)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        response = await super().handle_async_request(request)
        await response.aread()
        self.lose(request)
        return response


@contextmanager
def through(console: Console, transport: httpx.BaseTransport) -> Iterator[DaaiClient]:
    with httpx.Client(transport=transport) as http:
        client = DaaiClient(console.api_key, console.workspace_key, console.base_url, http_client=http)
        client._sleep = lambda _seconds: None
        yield client


@pytest.mark.parametrize("lost", [1, 2])
@pytest.mark.parametrize("path", ["/intercept", "/claim"])
def test_a_lost_answer_gets_its_claim(path: str, lost: int, console: Console, client: DaaiClient) -> None:
    ran: list[int] = []
    run_id = client.intercept(ALLOW, {"number": 1}).action_run_id
    with through(console, Losses(path, lost)) as losing:
        if path == "/claim":
            with losing.execution(run_id):
                ran.append(1)
        else:
            losing.governed(ALLOW, payload={"number": 1})(lambda: ran.append(1))()
    assert ran == [1]


@pytest.mark.parametrize("path", ["/intercept", "/claim"])
def test_what_no_try_brought_is_free_again(path: str, console: Console, client: DaaiClient, key: str) -> None:
    run = client.intercept(ALLOW, {"number": 1}, key)
    with through(console, Losses(path, 3)) as losing:
        if path == "/claim":
            ask: Callable[[], object] = partial(losing.claim, run.action_run_id, "w")
        else:
            requested: daai.ClaimRequest = {"worker": "w", "lease_seconds": 60}
            ask = partial(losing.intercept, ALLOW, {"number": 1}, key, claim=requested)
        with pytest.raises(daai.DaaiConnectionError):
            ask()
    status = client.status(run.action_run_id)
    assert (status.executable, status.claimed) == (True, False)


def test_a_runner_gets_what_was_lost_on_its_next_pass(console: Console, client: DaaiClient) -> None:
    run = client.intercept(ALLOW, {"number": 1})
    store = InMemoryPendingStore()
    store.add(run.action_run_id, ALLOW, {"number": 1})
    payloads: list[dict[str, Any]] = []
    with through(console, Losses("/claim", 3)) as losing:
        runner = DaaiActionRunner(losing, store)
        runner.when_executable(ALLOW, payloads.append)
        with pytest.raises(daai.DaaiConnectionError):
            runner.run_pending_once()
        assert runner.run_pending_once() == 1
    assert payloads == [{"number": 1}]
    assert client.status(run.action_run_id).execution_status == "executed"


def test_the_async_client_gets_its_claim(console: Console) -> None:
    async def main() -> list[int]:
        ran: list[int] = []
        async with httpx.AsyncClient(transport=AsyncLosses("/intercept", 2)) as http:
            keys = (console.api_key, console.workspace_key, console.base_url)
            client = AsyncDaaiClient(*keys, http_client=http)

            @client.governed(ALLOW, payload={"number": 1})
            async def act() -> None:
                ran.append(1)

            await act()
        return ran

    assert anyio.run(main) == [1]
