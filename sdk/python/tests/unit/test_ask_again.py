"""Proposals that ask again after a no, and what a refusal says about asking again."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import anyio
import httpx
import pytest
from scripted import API_KEY, BASE_URL, WORKSPACE_KEY, Script, answer, decision

from daai import (
    ActionAlreadyTaken,
    ActionNotRun,
    ActionRejected,
    AsyncDaaiClient,
    DaaiClient,
    PendingActionManager,
    SQLitePendingStore,
)
from daai._cli import main

EARLIER = "01890000-0000-7000-8000-000000000009"
AT = "2026-01-01T00:00:00.000Z"
LATER = "2026-01-01T01:00:00.000Z"
REJECTED: dict[str, Any] = {
    "governance_reason": "rejected_by_human",
    "receipt": {"id": "r", "created_at": AT, "decided_by": "ada@example.com", "comment": "No."},
    "idempotent_replay": True,
    "idempotency_key": "k1",
}


def governed(client: DaaiClient, **options: Any) -> ActionNotRun:
    @client.governed("send_mail", idempotency_key="k1", **options)
    def act(amount: int) -> None:
        raise AssertionError("it ran")

    with pytest.raises(ActionNotRun) as caught:
        act(5)
    return caught.value


def test_governed_asks_again() -> None:
    script = Script(answer(**decision("rejected", **{**REJECTED, "idempotent_replay": False})))
    error = governed(script.client(), ask_again=True)
    assert script.body()["ask_again"] is True
    assert "ask_again" not in str(error)


def test_governed_asks_again_in_async_code() -> None:
    script = Script(answer(**decision("blocked")))

    async def run() -> None:
        transport = httpx.AsyncClient(transport=httpx.MockTransport(script))
        client = AsyncDaaiClient(API_KEY, WORKSPACE_KEY, BASE_URL, http_client=transport)

        @client.governed("send_mail", idempotency_key="k1", ask_again=True)
        async def act() -> None:
            raise AssertionError("it ran")

        with pytest.raises(ActionNotRun):
            await act()

    anyio.run(run)
    assert script.body()["ask_again"] is True


def test_a_manager_asks_again(tmp_path: Path) -> None:
    script = Script(answer(**decision("pending_approval", previous_run_id=EARLIER)))
    store = SQLitePendingStore(str(tmp_path / "pending.db"))
    ticket = PendingActionManager(script.client(), store).propose("send_mail", {}, "k1", ask_again=True)
    assert (script.body()["ask_again"], ticket.previous_run_id) == (True, EARLIER)
    assert ticket.stored_for_later


def test_the_command_line_asks_again(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    script = Script(answer(**decision("pending_approval", previous_run_id=EARLIER)))
    monkeypatch.setattr("daai._cli.DaaiClient", script.client)
    assert main(["intercept", "send_mail", "--idempotency-key", "k1", "--ask-again"]) == 3
    assert script.body()["ask_again"] is True
    assert json.loads(capsys.readouterr().out)["previous_run_id"] == EARLIER


@pytest.mark.parametrize(
    ("ask_again_at", "words"),
    [
        (AT, ". Pass ask_again=True to propose it again"),
        (LATER, f". Pass ask_again=True to propose it again, from {LATER}"),
        (None, f"decided at {AT}"),
    ],
)
def test_a_replayed_no_says_how_to_ask_again(ask_again_at: str | None, words: str) -> None:
    replay = decision("rejected", **REJECTED, ask_again_at=ask_again_at)
    error = governed(Script(answer(**replay)).client())
    assert type(error) is ActionRejected
    assert str(error).endswith(words)


@pytest.mark.parametrize(
    ("execution", "words"),
    [
        ("executed", "Already executed and reported."),
        ("failed", "Already tried, and reported as failed."),
        ("awaiting_execution_report", "It can't be claimed now."),
    ],
)
def test_a_replay_of_a_run_that_ran_says_what_came_of_it(execution: str, words: str) -> None:
    replay = decision("allowed", execution_status=execution, executable=False, idempotent_replay=True)
    error = governed(Script(answer(**replay)).client())
    assert type(error) is ActionAlreadyTaken
    assert str(error).startswith(words)
