"""A real console behind what answers in its own name: that is nobody's word, and nothing runs twice."""

from __future__ import annotations

import http.client
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import urlsplit

import pytest

from daai import (
    DaaiActionRunner,
    DaaiClient,
    DaaiError,
    DaaiForeignResponseError,
    DaaiMalformedResponseError,
    InMemoryPendingStore,
    RunnerEvent,
)

from .conftest import ALLOW, ASK, Console

#: The console has its own of most of them, with another meaning.
STATUSES = [401, 403, 404, 409, 410, 413, 422, 502, 504]
PAGE = b"<html>404 page not found</html>"


class Between(ThreadingHTTPServer):
    """Hands requests on, but the first `left` to what ends in `path` get a page of its own."""

    daemon_threads = True

    def __init__(self, console: Console, status: int) -> None:
        super().__init__(("127.0.0.1", 0), Hand)
        self.behind = urlsplit(console.base_url)
        self.status, self.path, self.left = status, "", 0

    def refuse(self, path: str, times: int) -> None:
        self.path, self.left = path, times

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}{self.behind.path}"


class Hand(BaseHTTPRequestHandler):
    server: Between
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        sent = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if self.server.left and urlsplit(self.path).path.endswith(self.server.path):
            self.server.left -= 1
            return self._answer(self.server.status, [("Content-Type", "text/html")], PAGE)
        behind = http.client.HTTPConnection(self.server.behind.netloc)
        behind.request(self.command, self.path, sent, {**self.headers, "Connection": "close"})
        found = behind.getresponse()
        kept = [one for one in found.getheaders() if one[0].lower() not in ("connection", "content-length")]
        body = found.read()
        behind.close()
        return self._answer(found.status, kept, body)

    do_GET = do_POST  # noqa: N815

    def _answer(self, status: int, headers: list[tuple[str, str]], body: bytes) -> None:
        self.send_response_only(status)
        for name, value in headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_arguments: Any) -> None: ...


@contextmanager
def between(console: Console, status: int) -> Iterator[tuple[Between, DaaiClient]]:
    with Between(console, status) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            with DaaiClient(console.api_key, console.workspace_key, server.base_url) as client:
                client._sleep = lambda _seconds: None
                yield server, client
        finally:
            server.shutdown()
            thread.join()


@pytest.mark.parametrize("status", STATUSES)
def test_what_ran_is_reported_however_often_somebody_else_refused_it(
    status: int, console: Console, client: DaaiClient
) -> None:
    ran: list[int] = []
    events: list[RunnerEvent] = []
    with between(console, status) as (server, through):
        store = InMemoryPendingStore()
        runner = DaaiActionRunner(through, store, on_event=events.append)
        runner.when_executable(ALLOW, lambda payload: ran.append(payload["number"]))
        run = client.intercept(ALLOW, {"number": 1})
        store.add(run.action_run_id, ALLOW, {"number": 1})
        # Three tries each: the third pass has one left.
        server.refuse("/report-executed", 7)
        assert [runner.run_pending_once() for _ in range(3)] == [0, 0, 1]
    assert (ran, store.entries()) == ([1], [])
    assert [event.kind for event in events] == ["undelivered", "undelivered", "executed"]
    assert client.status(run.action_run_id).execution_status == "executed"


@pytest.mark.parametrize("path", ["/intercept", "/claim", "/report-executed"])
@pytest.mark.parametrize("status", [403, 404, 409])
def test_a_governed_call_runs_once_through_a_page_of_somebody_elses(
    path: str, status: int, console: Console, client: DaaiClient, key: str
) -> None:
    ran: list[int] = []
    with between(console, status) as (server, through):
        run_id = client.intercept(ALLOW, {"number": 1}, key).action_run_id
        server.refuse(path, 2)
        if path == "/claim":
            with through.execution(run_id):
                ran.append(1)
        else:
            act = through.governed(ALLOW, payload={"number": 1}, idempotency_key=key)
            act(lambda: ran.append(1))()
        assert server.left == 0
    assert ran == [1]
    assert client.status(run_id).execution_status == "executed"


@pytest.mark.parametrize("status", [403, 404, 504])
def test_waiting_goes_on_past_somebody_elses_refusals(
    status: int, console: Console, client: DaaiClient, key: str
) -> None:
    run_id = client.intercept(ASK, {"number": 1}, key).action_run_id
    with between(console, status) as (server, through), ThreadPoolExecutor() as pool:
        server.refuse("/status", 2)
        waiting = pool.submit(through.wait, run_id, 60)
        console.decide(run_id, "approve")
        assert waiting.result().governance_status == "approved"
        assert server.left == 0


@pytest.mark.parametrize(
    ("status", "error"), [(200, DaaiMalformedResponseError), (404, DaaiForeignResponseError)]
)
def test_nothing_runs_on_somebody_elses_page(status: int, error: type[DaaiError], console: Console) -> None:
    with between(console, status) as (server, through):
        server.refuse("/intercept", 3)
        with pytest.raises(error):
            through.governed(ALLOW, payload={"number": 1})(pytest.fail)()
