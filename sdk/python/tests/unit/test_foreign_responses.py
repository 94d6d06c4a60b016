"""What the console did not say is nobody's word: it is tried again, and nothing is concluded from it."""

from __future__ import annotations

import httpx
import pytest
from fake_console import FakeConsole
from runner_world import World
from scripted import API_KEY, BASE_URL, RUN_ID, WORKSPACE_KEY, Call, Script, answer, run_status

from daai import (
    ApprovalTimeout,
    DaaiActionRunner,
    DaaiClient,
    DaaiConflictError,
    DaaiForeignResponseError,
    GovernanceStatus,
)

STATUSES = [400, 401, 403, 404, 405, 409, 410, 413, 422, 502, 504]


def page(status: int) -> httpx.Response:
    return httpx.Response(status, headers={"Content-Type": "text/html"}, content=b"<html>a proxy</html>")


def stranger(*steps: httpx.Response) -> Script:
    script = Script(*steps)
    script.names_calls = False
    return script


@pytest.mark.parametrize("status", STATUSES)
def test_an_error_of_something_in_between_passes(call: Call, status: int) -> None:
    assert call(stranger(page(status), answer(**run_status())), "status", RUN_ID).executable is True
    script = stranger(*(page(status) for _ in range(3)))
    with pytest.raises(DaaiForeignResponseError, match="something between here and the console") as caught:
        call(script, "status", RUN_ID)
    assert (caught.value.status_code, len(script.requests)) == (status, 3)


def test_a_problem_document_of_somebody_else_is_not_the_consoles(call: Call) -> None:
    theirs = answer(404, code="no_route", type="https://gateway.example/errors#no_route")
    assert call(stranger(theirs, answer(**run_status())), "status", RUN_ID).executable is True
    for_another = answer(404, headers={"DAAI-Call": "0" * 32}, code="run_not_found")
    assert call(Script(for_another, answer(**run_status())), "status", RUN_ID).executable is True


def test_a_problem_of_an_older_console_is_its_own(call: Call) -> None:
    problem = answer(409, code="already_claimed", type="https://console.example/docs/errors#already_claimed")
    with pytest.raises(DaaiConflictError):
        call(stranger(problem), "claim", RUN_ID, "w")


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


@pytest.mark.parametrize("status", [408, 504])
def test_a_poll_that_something_gave_up_on_means_still_pending(call: Call, status: int) -> None:
    script = stranger(*(page(status) for _ in range(9)), answer(**run_status()))
    assert call(script, "wait", RUN_ID).governance_status is GovernanceStatus.APPROVED
    assert len(script.requests) == 10
    # Never in a busy loop.
    assert script.sleeps == [1.0] * 9


def test_waiting_ends_with_the_run_as_it_stands_though_every_poll_was_given_up_on(call: Call) -> None:
    script = stranger(page(504), page(504), answer(**run_status("pending_approval")))
    now = [1000.0]

    def tick() -> float:
        now[0] += 6.0
        return now[0]

    script.monotonic = tick
    with pytest.raises(ApprovalTimeout):
        call(script, "wait", RUN_ID, timeout=30)
    assert script.requests[-1].url.params["wait"] == "0"
