"""The promises of the SDK, kept together with a real console."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from pathlib import Path
from uuid import uuid4

import anyio
import pytest

import daai
from daai import DaaiActionRunner, DaaiClient, PendingActionManager, SQLitePendingStore

from .conftest import ALLOW, ASK, BLOCK, Console

PAYLOAD = {
    "invoice_id": "INV-1025",
    "amount": Decimal("1250.00"),
    "name": "Ünal 🧾",
    "lines": [1, 2.5, None, True],
}
SENT = {**PAYLOAD, "amount": "1250.00"}


def test_blocked_and_unknown_actions_never_run(client: DaaiClient) -> None:
    with pytest.raises(daai.ActionBlocked) as blocked:
        client.governed(BLOCK, payload={})(pytest.fail)()
    assert blocked.value.run.governance_reason == "policy_always_block"
    unknown = client.intercept("sdk_nobody_registered_this", {})
    assert (unknown.governance_status, unknown.governance_reason) == ("blocked", "unknown_action")
    with pytest.raises(daai.DaaiConflictError) as claimed:
        client.claim(unknown.action_run_id, "w")
    assert claimed.value.code == "not_executable"


def test_wait_wakes_up_when_it_is_decided(console: Console, client: DaaiClient, key: str) -> None:
    run = client.intercept(ASK, PAYLOAD, key)
    assert (run.governance_status, run.executable, run.receipt) == ("pending_approval", False, None)
    with pytest.raises(daai.ApprovalTimeout):
        client.wait(run.action_run_id, timeout=1)
    with ThreadPoolExecutor() as pool:
        waiting = pool.submit(client.wait, run.action_run_id, 60)
        console.decide(run.action_run_id, "reject")
        status = waiting.result()
    assert (status.governance_status, status.governance_reason) == ("rejected", "rejected_by_human")
    assert (status.action, status.executable) == (ASK, False)
    assert status.decided_at is not None
    with pytest.raises(daai.ActionRejected), client.execution(run):
        pytest.fail("entered")


def test_the_async_client(console: Console) -> None:
    async def main() -> daai.RunStatus:
        async with daai.AsyncDaaiClient(console.api_key, console.workspace_key, console.base_url) as client:

            @client.governed(ALLOW, payload={"a": 1})
            async def act() -> None: ...

            await act()
            run = await client.intercept(ALLOW, {"a": 1})
            async with client.execution(run) as execution:
                execution.result = execution.payload
            return await client.status(run.action_run_id)

    assert anyio.run(main).execution_status == "executed"


def test_one_of_many_gets_the_claim(client: DaaiClient) -> None:
    run = client.intercept(ALLOW, {})
    together = threading.Barrier(16)

    def claim(number: int) -> bool:
        together.wait()
        try:
            return bool(client.claim(run.action_run_id, f"w{number}").claim.token)
        except daai.DaaiConflictError:
            return False

    with ThreadPoolExecutor(16) as pool:
        assert sum(pool.map(claim, range(16))) == 1


def test_the_runner_executes_what_was_approved_and_drops_what_was_not(
    console: Console, client: DaaiClient, tmp_path: Path
) -> None:
    store = SQLitePendingStore(tmp_path / "pending.db")
    manager = PendingActionManager(client=client, pending_store=store)
    tickets = [manager.propose(ASK, {"number": number}, f"sdk-test:{uuid4()}") for number in range(4)]
    assert all(ticket.stored_for_later for ticket in tickets)
    for ticket, decision in zip(tickets, ("approve", "reject", "block")):
        console.decide(ticket.action_run_id, decision)
    events: list[daai.RunnerEvent] = []
    payloads: list[object] = []
    runner = DaaiActionRunner(client=client, pending_store=store, on_event=events.append)
    runner.when_executable(action=ASK, run=payloads.append)
    assert runner.run_pending_once() == 1
    assert payloads == [{"number": 0}]
    assert [event.kind for event in events] == ["executed", "rejected", "blocked"]
    assert [row.action_run_id for row in store.entries()] == [tickets[3].action_run_id]
    assert client.status(tickets[0].action_run_id).execution_status == "executed"


def test_wrong_keys_and_unknown_runs(console: Console, client: DaaiClient) -> None:
    with pytest.raises(daai.DaaiNotFoundError):
        client.status(uuid4())
    for keys in (("daai_sk_" + "x" * 40, console.workspace_key), (console.api_key, "daai_wk_" + "x" * 40)):
        with (
            DaaiClient(*keys, console.base_url) as stranger,
            pytest.raises(daai.DaaiUnauthorizedError) as caught,
        ):
            stranger.status(uuid4())
        assert caught.value.code


def test_the_limits_are_the_consoles(client: DaaiClient) -> None:
    at_limit = {"a": "é" * ((16_384 - len('{"a":""}')) // 2)}
    assert client.intercept(ALLOW, at_limit).executable is True
    assert client.intercept(ALLOW, {"a": 2**53 - 1, "b": -(2**53) + 1}).executable is True
    deep: dict[str, object] = {}
    for _ in range(30):
        deep = {"a": deep}
    sent = client.intercept(ALLOW, PAYLOAD)
    assert client.claim(sent.action_run_id, "w", payload=PAYLOAD).payload == SENT
    run = client.intercept(ALLOW, deep, reasoning="🧾" * 2_000, actor="é" * 200)
    assert client.claim(run.action_run_id, "é" * 200, 3_600).payload == deep


def test_doctor_is_content(console: Console, monkeypatch: pytest.MonkeyPatch) -> None:
    from daai._doctor import diagnose

    monkeypatch.setenv("DAAI_API_KEY", console.api_key)
    monkeypatch.setenv("DAAI_WORKSPACE_KEY", console.workspace_key)
    for base in (console.base_url, console.base_url.rstrip("/").removesuffix("/api")):
        monkeypatch.setenv("DAAI_BASE_URL", base)
        assert [finding for finding in diagnose() if not finding.ok] == []


def test_a_cancelled_wait_withdraws(console: Console, key: str) -> None:
    async def main() -> str:
        async with daai.AsyncDaaiClient(console.api_key, console.workspace_key, console.base_url) as client:
            run = await client.intercept(ASK, {"a": 1}, key)
            with anyio.move_on_after(0.2):
                await client.wait(run.action_run_id, on_cancel="withdraw")
            return run.action_run_id

    run_id = anyio.run(main)
    with console.client() as client:
        status = client.status(run_id)
    assert (status.governance_status, status.governance_reason) == ("rejected", "withdrawn")
    assert status.comment == "The app stopped waiting for a decision."


def test_every_other_no_says_how_it_came_about(console: Console, client: DaaiClient, key: str) -> None:
    withdrawn = client.intercept(ASK, {"a": 1}, key)
    client.withdraw(withdrawn.action_run_id, "Paid by hand.")
    said = client.status(withdrawn.action_run_id).explanation
    assert said.startswith('Withdrawn by the app: "Paid by hand." Not executed.')

    blocked = client.intercept(BLOCK, {})
    assert blocked.explanation == "Blocked by the policy. Not executed. Do not propose it again."
    assert client.status(blocked.action_run_id).explanation == blocked.explanation

    approved = client.intercept(ASK, {"a": 2}, f"{key}-2")
    console.decide(approved.action_run_id, "approve")
    before = client.status(approved.action_run_id)
    assert before.explanation == f"Approved by {console.owner}. Not executed yet."
    console.revoke(approved.action_run_id)
    # The approval ended between the status and the claim.
    with pytest.raises(daai.ActionRejected) as revoked, client.execution(before):
        pytest.fail("entered")
    assert revoked.value.explanation.startswith(f"The approval was revoked by {console.owner}. Not executed.")
