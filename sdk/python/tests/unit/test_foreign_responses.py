"""What the console did not say is nobody's word: it is tried again, and nothing is concluded from it."""

from __future__ import annotations

import httpx
import pytest
from fake_console import FakeConsole
from runner_world import World
from scripted import API_KEY, BASE_URL, WORKSPACE_KEY

from daai import (
    DaaiActionRunner,
    DaaiClient,
)

STATUSES = [400, 401, 403, 404, 405, 409, 410, 413, 422, 502, 504]


def page(status: int) -> httpx.Response:
    return httpx.Response(status, headers={"Content-Type": "text/html"}, content=b"<html>a proxy</html>")


@pytest.mark.parametrize("status", STATUSES)
def test_a_known_outcome_is_delivered_however_often_somebody_else_refused_it(status: int) -> None:
    world, refusals = World(), 7

    class Between(FakeConsole):
        def __call__(self, request: httpx.Request) -> httpx.Response:
            nonlocal refusals
            if refusals and "/report-executed" in request.url.path:
                refusals -= 1
                return page(status)
            return world.console(request)

    http = httpx.Client(transport=httpx.MockTransport(Between()))
    client = DaaiClient(API_KEY, WORKSPACE_KEY, BASE_URL, http_client=http)
    client._sleep = lambda _seconds: None
    runner = DaaiActionRunner(client, world.store, on_event=world.events.append, clock=lambda: world.now)
    runner.when_executable("ask", world.execute)
    run = world.stored()
    assert [runner.run_pending_once() for _ in range(3)] == [0, 0, 1]
    assert (run.execution, len(world.payloads), world.states) == ("executed", 1, [])
    assert world.kinds == ["undelivered", "undelivered", "executed"]
