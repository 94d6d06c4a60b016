"""A console that shows a log of receipts, honest or not, to clients that keep its checkpoints."""

from __future__ import annotations

import base64
from collections.abc import Callable
from typing import Any

import httpx
import pytest
from receipt_log import ORIGIN, Signer, body, consistency_proof, note
from scripted import API_KEY, BASE_URL, WORKSPACE_KEY, answer, claimed, decision, report, run_status

from daai import (
    DaaiClient,
    InMemoryCheckpointStore,
    LogTampered,
    SQLiteCheckpointStore,
)

SIGNER, STRANGER = Signer("console"), Signer("console")
HONEST = [body(number) for number in range(40)]
RESTARTED = f"{ORIGIN}/2"


class LogConsole:
    """Allows everything. What it shows of its log in answers, and what it says when asked, may differ."""

    def __init__(self) -> None:
        self.bodies = HONEST[:10]
        self.shown: list[bytes] | None = None
        self.signers = [SIGNER]
        self.published = [SIGNER]
        self.origin = ORIGIN
        self.now = 0.0
        self.asked: list[str] = []
        self.evidence: Callable[[], httpx.Response] | None = None
        self.store: SQLiteCheckpointStore = InMemoryCheckpointStore()

    def __call__(self, request: httpx.Request) -> httpx.Response:
        path = request.url.path.removeprefix("/api/v1/")
        if path.endswith(("checkpoint", "log-keys")):
            self.asked.append(request.url.query.decode() or path)
            if self.evidence is not None:
                return self.evidence()
        if path == "public/log-keys":
            return answer(keys=[{"verifier_key": signer.verifier_key} for signer in self.published])
        if path == "sdk/log/checkpoint":
            return self._prove(request.url.params.get("from"))
        fields = {"intercept": decision(), "status": run_status(), "claim": claimed()}
        shown = self.bodies if self.shown is None else self.shown
        headers = {"DAAI-Call": request.headers.get("DAAI-Call", "")}
        if shown:
            headers["DAAI-Checkpoint"] = base64.b64encode(self.note(shown).encode()).decode()
        return answer(headers=headers, **fields.get(path.rsplit("/", 1)[-1], report()))

    def note(self, bodies: list[bytes]) -> str:
        return note(bodies, *self.signers, origin=self.origin)

    def _prove(self, first: str | None) -> httpx.Response:
        proof = None
        if first is not None and int(first) <= len(self.bodies):
            proof = [part.hex() for part in consistency_proof(int(first), self.bodies)]
        newest = self.note(self.bodies) if self.bodies else None
        return answer(checkpoint=newest, size=len(self.bodies), consistency_proof=proof)

    def client(self, workspace_key: str = WORKSPACE_KEY, **settings: Any) -> DaaiClient:
        http = httpx.Client(transport=httpx.MockTransport(self))
        client = DaaiClient(
            API_KEY, workspace_key, BASE_URL, http_client=http, checkpoint_store=self.store, **settings
        )
        client._monotonic = lambda: self.now
        client._sleep = lambda _seconds: None
        return client

    def kept(self) -> list[tuple[str, int]]:
        return [(kept.origin, kept.size) for kept in self.store.entries()]

    def wait(self) -> None:
        self.now += 10


def refused(client: DaaiClient, reason: str, **settings: Any) -> LogTampered:
    with pytest.raises(LogTampered) as caught:
        client.intercept("send_mail", {}, **settings)
    assert caught.value.reason == reason
    return caught.value
