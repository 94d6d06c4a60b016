"""Requests that are withdrawn, by a call or because a wait was cancelled."""

from __future__ import annotations

import asyncio
import dataclasses
from collections.abc import Callable
from typing import Any

import anyio
import httpx
import pytest
from fake_console import FakeConsole
from fake_run import Run
from scripted import API_KEY, BASE_URL, RUN_ID, WORKSPACE_KEY, Call, Script, answer, run_status

import daai
from daai import (
    ApprovalTimeout,
    AsyncDaaiClient,
)


def withdrawn(**changes: Any) -> dict[str, Any]:
    return {
        "action_run_id": RUN_ID,
        "governance_status": "rejected",
        "execution_status": "not_executed",
        "governance_reason": "withdrawn",
        "withdrawn_at": "2026-01-01T00:00:02.000Z",
        "reason": "Paid by hand.",
        "idempotent_replay": False,
        **changes,
    }


@pytest.mark.parametrize("interruption", [KeyboardInterrupt, SystemExit])
def test_an_interrupted_wait_withdraws(interruption: type[BaseException]) -> None:
    console = FakeConsole()
    run = console.propose("ask")

    def interrupt(_run: Run) -> None:
        raise interruption

    console.before["status"] = interrupt
    with pytest.raises(interruption):
        console.client().wait(run.id, on_cancel="withdraw")
    assert (run.governance, run.reason) == ("rejected", "withdrawn")


def test_an_interrupted_wait_withdraws_nothing_by_itself() -> None:
    console = FakeConsole()
    run = console.propose("ask")

    def interrupt(_run: Run) -> None:
        raise KeyboardInterrupt

    console.before["status"] = interrupt
    with pytest.raises(KeyboardInterrupt):
        console.client().wait(run.id)
    assert console.verbs(run.id) == []
    assert run.governance == "pending_approval"


def test_a_wait_that_times_out_withdraws_nothing(call: Call) -> None:
    script = Script(answer(**run_status("pending_approval")))
    with pytest.raises(ApprovalTimeout):
        call(script, "wait", RUN_ID, timeout=0, on_cancel="withdraw")
    assert script.paths == ["/status"]


def test_an_unknown_wish_is_refused_before_anything_is_sent(call: Call) -> None:
    script = Script()
    with pytest.raises(ValueError, match="on_cancel"):
        call(script, "wait", RUN_ID, on_cancel="abort")
    assert script.requests == []


def test_an_interruption_goes_on_when_the_run_cannot_be_withdrawn() -> None:
    console = FakeConsole()
    run = console.propose("ask")

    def interrupt(asked: Run) -> None:
        console.decide(asked.id, "rejected")
        raise KeyboardInterrupt

    console.before["status"] = interrupt
    with pytest.raises(KeyboardInterrupt):
        console.client().wait(run.id, on_cancel="withdraw")
    assert (run.governance, run.reason) == ("rejected", "because")


async def _held(console: FakeConsole, started: asyncio.Event) -> AsyncDaaiClient:
    """A client whose status requests are held for ever, as a long poll is."""

    async def play(request: httpx.Request) -> httpx.Response:
        if "/status" in str(request.url):
            started.set()
            await asyncio.Event().wait()
        await asyncio.sleep(0)
        return console(request)

    http = httpx.AsyncClient(transport=httpx.MockTransport(play))
    return AsyncDaaiClient(API_KEY, WORKSPACE_KEY, BASE_URL, http_client=http)


def _cancel_task(console: FakeConsole, run: Run) -> None:
    async def main() -> None:
        started = asyncio.Event()
        client = await _held(console, started)
        task = asyncio.ensure_future(client.wait(run.id, on_cancel="withdraw"))
        await started.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    anyio.run(main)


def _cancel_scope(console: FakeConsole, run: Run) -> None:
    """It cancels again and again until everything in it has ended."""

    async def main() -> None:
        started = asyncio.Event()
        client = await _held(console, started)
        async with anyio.create_task_group() as group:

            async def wait() -> None:
                await client.wait(run.id, on_cancel="withdraw")

            group.start_soon(wait)
            await started.wait()
            group.cancel_scope.cancel()

    anyio.run(main)


@pytest.mark.parametrize("cancel", [_cancel_task, _cancel_scope])
def test_a_cancelled_wait_withdraws(cancel: Callable[[FakeConsole, Run], None]) -> None:
    console = FakeConsole()
    run = console.propose("ask")
    cancel(console, run)
    assert (run.governance, run.reason) == ("rejected", "withdrawn")


def test_a_cancelled_governed_call_withdraws_and_runs_nothing() -> None:
    console = FakeConsole()
    ran: list[str] = []

    async def main() -> None:
        started = asyncio.Event()
        client = await _held(console, started)

        @client.governed("ask", payload={}, wait=60, on_cancel="withdraw")
        async def send() -> None:
            ran.append("sent")

        task = asyncio.ensure_future(send())
        await started.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    anyio.run(main)
    (run,) = console.runs.values()
    assert (ran, run.governance, run.reason) == ([], "rejected", "withdrawn")


def test_the_model_is_plain_data() -> None:
    names = [field.name for field in dataclasses.fields(daai.Withdrawal)]
    assert names == list(withdrawn())
