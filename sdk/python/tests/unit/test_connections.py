"""One async client in several event loops, and requests that were cancelled half-way, over real sockets."""

from __future__ import annotations

import asyncio
import gc
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest
from fake_console import FakeConsole
from fake_console_server import serve
from fake_run import Run
from scripted import API_KEY, WORKSPACE_KEY

from daai import AsyncDaaiClient, DaaiClient, DaaiConfigError, DaaiError


# The sockets of a loop that was never closed by hand are closed with the garbage, whenever that is.
@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_an_async_client_works_in_one_event_loop_after_the_other() -> None:
    console = FakeConsole()
    ran: list[int] = []
    with serve(console) as base_url:
        client = AsyncDaaiClient(API_KEY, WORKSPACE_KEY, base_url)

        @client.governed("send")
        async def act(number: int) -> None:
            ran.append(number)

        for number in range(3):
            asyncio.run(act(number))
    assert ran == [0, 1, 2]
    assert [run.execution for run in console.runs.values()] == ["executed"] * 3
    assert len(client._connections._clients) == 1
    del client, act
    gc.collect()


def test_an_async_client_works_in_several_event_loops_at_once() -> None:
    console = FakeConsole()
    with serve(console) as base_url:
        client = AsyncDaaiClient(API_KEY, WORKSPACE_KEY, base_url)

        async def propose(number: int) -> list[str]:
            runs = [await client.intercept("send", {"number": number, "step": step}) for step in range(5)]
            await client.aclose()
            return [run.action_run_id for run in runs]

        with ThreadPoolExecutor(4) as threads:
            ids = list(threads.map(lambda number: asyncio.run(propose(number)), range(4)))
    for number, told in enumerate(ids):
        assert [console.runs[run_id].payload for run_id in told] == [
            {"number": number, "step": step} for step in range(5)
        ]


def test_an_http_client_of_ones_own_is_refused_in_a_second_loop_before_anything_is_sent() -> None:
    console = FakeConsole()

    async def handle(request: httpx.Request) -> httpx.Response:
        return console(request)

    http = httpx.AsyncClient(transport=httpx.MockTransport(handle))
    client = AsyncDaaiClient(API_KEY, WORKSPACE_KEY, "http://console.test", http_client=http)
    asyncio.run(client.intercept("send", {"number": 1}))
    with pytest.raises(DaaiConfigError, match="another event loop"):
        asyncio.run(client.intercept("send", {"number": 2}))
    assert len(console.runs) == 1


def test_after_a_cancelled_request_no_answer_reaches_the_next_one() -> None:
    console = FakeConsole()
    arrived, go_on = threading.Event(), threading.Event()

    def hold(run: Run) -> None:
        if run.payload["number"] == 0:
            arrived.set()
            assert go_on.wait(30)

    console.after["intercept"] = hold

    async def play(base_url: str) -> list[dict[str, Any]]:
        async with AsyncDaaiClient(API_KEY, WORKSPACE_KEY, base_url) as client:
            first = asyncio.ensure_future(client.intercept("ask", {"number": 0}))
            await asyncio.to_thread(arrived.wait, 30)
            first.cancel()
            await asyncio.wait([first])
            assert first.cancelled()
            go_on.set()
            runs = [await client.intercept("send", {"number": number}) for number in (1, 2)]
            return [console.runs[run.action_run_id].payload for run in runs]

    with serve(console) as base_url:
        assert asyncio.run(play(base_url)) == [{"number": 1}, {"number": 2}]


def test_threads_that_share_a_client_get_their_own_answers() -> None:
    console = FakeConsole()
    with serve(console) as base_url, DaaiClient(API_KEY, WORKSPACE_KEY, base_url) as client:

        def propose(number: int) -> bool:
            run = client.intercept("send", {"number": number})
            return console.runs[run.action_run_id].payload == {"number": number}

        with ThreadPoolExecutor(8) as threads:
            assert all(threads.map(propose, range(80)))


def test_a_closed_client_says_so() -> None:
    client = DaaiClient(API_KEY, WORKSPACE_KEY, "http://127.0.0.1:9")
    client.close()
    with pytest.raises(DaaiError, match="couldn't be made"):
        client.status("x")


@pytest.mark.parametrize(
    ("variable", "value", "says"),
    [
        (
            "ALL_PROXY",
            "socks://127.0.0.1:1080/",
            "the proxy in ALL_PROXY can't be used.*: Unknown scheme",
        ),
        ("ALL_PROXY", "socks5://127.0.0.1:1080", "the proxy in ALL_PROXY can't be used.* pip install"),
        ("all_proxy", "ftp://127.0.0.1", "the proxy in all_proxy can't"),
        ("HTTPS_PROXY", "ftp://127.0.0.1", "the proxy in HTTPS_PROXY can't"),
        ("NO_PROXY", "localhost,fd00::/8", "NO_PROXY can't be used"),
        (
            "SSL_CERT_FILE",
            "/nowhere.pem",
            "the certificates in SSL_CERT_FILE don't exist",
        ),
    ],
)
@pytest.mark.parametrize("make", [DaaiClient, AsyncDaaiClient])
def test_what_the_environment_says_wrong_is_one_sentence_that_names_the_variable(
    make: type[DaaiClient] | type[AsyncDaaiClient],
    variable: str,
    value: str,
    says: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv(variable, value)
    with pytest.raises(DaaiConfigError, match=says) as caught:
        make(API_KEY, WORKSPACE_KEY)
    assert "\n" not in str(caught.value)


def test_a_proxy_that_does_not_answer_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    client = DaaiClient(API_KEY, WORKSPACE_KEY, "http://console.test")
    client._sleep = lambda _seconds: None
    with client, pytest.raises(DaaiError, match="through the proxy in HTTP_PROXY"):
        client.status("x")
