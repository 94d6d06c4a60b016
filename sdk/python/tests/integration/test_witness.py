"""The witness, and the log of a real console: as it grows, and as it would look after a rollback."""

from __future__ import annotations

import time
from pathlib import Path

import anyio
import httpx
import pytest

from daai import (
    AsyncDaaiClient,
    DaaiClient,
    InMemoryCheckpointStore,
    KeptCheckpoint,
    LogTampered,
    SQLiteCheckpointStore,
)
from daai._log import witness
from daai._log.checkpoint import parse_key
from daai._log.evidence import verify_evidence

from .conftest import ALLOW, Console


@pytest.fixture(autouse=True)
def always_ask(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(witness, "ASK_EVERY_SECONDS", 0.0)


def grow(client: DaaiClient, store: SQLiteCheckpointStore, beyond: int) -> KeptCheckpoint:
    """One more receipt, and answers until the worker has put it into the log."""
    run = client.intercept(ALLOW, {})
    for _ in range(600):
        client.status(run.action_run_id)
        kept = store.entries()
        if kept and kept[0].size > beyond:
            return kept[0]
        time.sleep(0.1)
    pytest.fail("the receipt did not come into the log")


class Rollback(httpx.HTTPTransport):
    """Once it is told to, the console is as it was when it was asked before."""

    def __init__(self) -> None:
        super().__init__()
        self.is_back = False
        self.asked: list[str] = []
        self._before: bytes | None = None

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        response = super().handle_request(request)
        if "log/checkpoint" not in request.url.path:
            response.headers.pop("DAAI-Checkpoint", None)
            return response
        self.asked.append(request.url.query.decode())
        content = response.read()
        self._before = self._before or content
        headers = {"Content-Type": "application/json"}
        return httpx.Response(200, headers=headers, content=self._before if self.is_back else content)


def test_a_witness_follows_the_log_and_what_it_keeps_is_evidence(console: Console, tmp_path: Path) -> None:
    store = SQLiteCheckpointStore(tmp_path / "log.db")
    with DaaiClient(
        console.api_key, console.workspace_key, console.base_url, checkpoint_store=store
    ) as client:
        kept = [grow(client, store, 0)]
        for _ in range(3):
            kept.append(grow(client, store, kept[-1].size))
    assert {one.origin for one in kept} == {kept[0].origin}
    archive = console.export_log(tmp_path / "log.tar")
    keys = [parse_key(key) for key in kept[-1].keys]
    verdict = verify_evidence(archive, keys, [one.note for one in kept])
    assert verdict.problems == ()
    assert "the 4 checkpoints you kept" in " ".join(verdict.proved)


def test_a_rollback_is_noticed(console: Console) -> None:
    store, transport = InMemoryCheckpointStore(), Rollback()
    with httpx.Client(transport=transport) as http:
        client = DaaiClient(
            console.api_key, console.workspace_key, console.base_url, http_client=http, checkpoint_store=store
        )
        first = grow(client, store, 0)
        newest = grow(client, store, first.size)
        transport.is_back = True
        with pytest.raises(LogTampered) as caught:
            client.intercept(ALLOW, {})
        assert caught.value.reason == "shrank"
        assert caught.value.kept == newest.note
        assert transport.asked[0] == ""
        transport.is_back = False
        assert client.intercept(ALLOW, {}).executable


def test_the_async_client_takes_over_what_another_kept(console: Console) -> None:
    store = InMemoryCheckpointStore()
    with DaaiClient(
        console.api_key, console.workspace_key, console.base_url, checkpoint_store=store
    ) as client:
        size = grow(client, store, 0).size

    async def look() -> None:
        async with AsyncDaaiClient(
            console.api_key, console.workspace_key, console.base_url, checkpoint_store=store
        ) as client:
            for _ in range(600):
                assert (await client.intercept(ALLOW, {})).executable
                if store.entries()[0].size > size:
                    return
                await anyio.sleep(0.1)
            pytest.fail("the log did not grow")

    anyio.run(look)
    assert len(store.entries()) == 1


def go_on(client: DaaiClient) -> None:
    """Until something is found: an answer may show a checkpoint that is some moments old."""
    for _ in range(600):
        client.intercept(ALLOW, {})
        time.sleep(0.1)


def test_a_restarted_log_is_refused_until_it_is_accepted(console: Console, tmp_path: Path) -> None:
    store = InMemoryCheckpointStore()
    with DaaiClient(
        console.api_key, console.workspace_key, console.base_url, checkpoint_store=store
    ) as client:
        before = grow(client, store, 0)
        console.restart_log()
        with pytest.raises(LogTampered) as caught:
            go_on(client)
        assert (caught.value.reason, caught.value.kept) == ("restarted", before.note)
        origin = str(caught.value.found).split("\n", maxsplit=1)[0]
        assert origin.split("/")[:3] == before.origin.split("/")[:3]
        store.accept(origin)
        assert client.intercept(ALLOW, {}).executable
    archive = console.export_log(tmp_path / "log.tar")
    verdict = verify_evidence(archive, [parse_key(key) for key in before.keys], [before.note])
    assert verdict.problems == ()
    assert f"a checkpoint kept of {before.origin} shows it" in " ".join(verdict.not_proved)
