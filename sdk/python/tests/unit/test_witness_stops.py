"""Nothing is executed once the log was tampered with."""

from __future__ import annotations

import sys

import anyio
import httpx
import pytest
from log_console import HONEST, LogConsole
from receipt_log import body
from scripted import API_KEY, BASE_URL, RUN_ID, WORKSPACE_KEY

from daai import (
    AsyncDaaiClient,
    DaaiActionRunner,
    DaaiClient,
    DaaiError,
    InMemoryPendingStore,
    LogTampered,
)


def test_nothing_is_executed_once_the_log_was_tampered_with(console: LogConsole, client: DaaiClient) -> None:
    console.bodies = HONEST[:7]
    console.wait()

    @client.governed("send_mail")
    def send() -> None:
        pytest.fail("executed")

    with pytest.raises(LogTampered):
        send()
    with pytest.raises(LogTampered), client.execution(RUN_ID):
        pytest.fail("executed")
    store = InMemoryPendingStore()
    store.add(RUN_ID, "send_mail", {})
    runner = DaaiActionRunner(client=client, pending_store=store)
    runner.when_executable(action="send_mail", run=lambda _payload: pytest.fail("executed"))
    with pytest.raises(LogTampered):
        runner.run_pending_once()
    with pytest.raises(LogTampered):
        runner.run_forever(handle_signals=False)
    assert [row.state for row in store.entries()] == ["pending"]


def test_a_report_that_arrived_is_not_called_undelivered(console: LogConsole, client: DaaiClient) -> None:
    store = InMemoryPendingStore()
    store.add(RUN_ID, "send_mail", {})
    runner = DaaiActionRunner(client=client, pending_store=store)

    def run(_payload: object) -> None:
        console.bodies = HONEST[:7]
        console.wait()

    runner.when_executable(action="send_mail", run=run)
    with pytest.raises(LogTampered):
        runner.run_pending_once()
    assert [row.state for row in store.entries()] == ["unreported"]
    console.bodies = HONEST[:12]
    assert runner.run_pending_once() == 1
    with pytest.raises(LogTampered), client.execution(RUN_ID):
        run({})


def test_the_async_client_is_a_witness_too(console: LogConsole) -> None:
    async def use() -> None:
        http = httpx.AsyncClient(transport=httpx.MockTransport(console))
        client = AsyncDaaiClient(
            API_KEY, WORKSPACE_KEY, BASE_URL, http_client=http, checkpoint_store=console.store
        )
        assert (await client.status(RUN_ID)).executable
        console.shown = [*HONEST[:9], body(99)]
        with pytest.raises(LogTampered, match="forked"):
            await client.intercept("send_mail", {})

    anyio.run(use)


def test_it_takes_cryptography(console: LogConsole, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in sys.modules if name.split(".")[0] == "cryptography"]:
        monkeypatch.setitem(sys.modules, name, None)
    monkeypatch.setitem(sys.modules, "cryptography", None)
    with pytest.raises(DaaiError, match="pip install 'cryptography>=42'"):
        console.client()
