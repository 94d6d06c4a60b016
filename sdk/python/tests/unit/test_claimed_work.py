"""What runs under a claim runs once, whatever is lost, canceled or switched off meanwhile."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
from fake_console import Drop, FakeConsole
from fake_run import Run
from runner_world import World
from scripted import RUN_ID, Script, answer, claimed, decision, report, run_status

from daai import (
    ActionAlreadyTaken,
    ActionBlocked,
    ActionFrozen,
    DaaiClient,
    DaaiConnectionError,
)


def dropping(times: int) -> Callable[[Run], None]:
    left = [times]

    def drop(_run: Run) -> None:
        left[0] -= 1
        if left[0] >= 0:
            raise Drop

    return drop


@pytest.mark.parametrize("lost", [1, 2, 3, 5])
@pytest.mark.parametrize("verb", ["intercept", "claim"])
def test_a_governed_function_runs_once_however_often_its_answers_get_lost(verb: str, lost: int) -> None:
    console, ran = FakeConsole(), list[int]()
    client = console.client()

    def act(number: int) -> None:
        ran.append(number)

    if verb == "claim":
        run_id = client.intercept("send", {"number": 1}).action_run_id

        def governed() -> None:
            with client.execution(run_id, worker="w"):
                act(1)
    else:

        def governed() -> None:
            client.governed("send", idempotency_key="k")(act)(1)

    console.after[verb] = dropping(lost)
    for _ in range(4):
        try:
            governed()
            break
        except DaaiConnectionError:
            assert ran == []
    (run,) = console.runs.values()
    assert (ran, run.execution) == ([1], "executed")


@pytest.mark.parametrize("lost", [1, 3, 4, 7])
def test_a_runner_gets_its_claim_however_often_the_answer_gets_lost(world: World, lost: int) -> None:
    run = world.stored()
    world.console.after["claim"] = dropping(lost)
    world.console.after["claim/release"] = dropping(lost)
    for _ in range(6):
        try:
            world.runner.run_pending_once()
        except DaaiConnectionError:
            assert world.payloads == []
    assert (world.payloads, run.execution) == ([{"amount": 5}], "executed")


@pytest.mark.parametrize("times", [1, 2])
def test_what_has_run_is_reported_though_its_task_is_cancelled_meanwhile(times: int) -> None:
    script = Script(answer(**run_status()), answer(**claimed()), answer(**report()))
    client = script.async_client()
    perform = client._perform

    async def main() -> None:
        came, go = asyncio.Event(), asyncio.Event()

        async def hold(effect: Any) -> Any:
            if effect.url.endswith("/report-executed"):
                came.set()
                await go.wait()
            return await perform(effect)

        async def act() -> None:
            async with client.execution(RUN_ID) as execution:
                execution.result = {"sent": 1}

        client._perform = hold  # type: ignore[method-assign]
        task = asyncio.ensure_future(act())
        await came.wait()
        for _ in range(times):
            task.cancel()
            await asyncio.sleep(0)
        go.set()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(main())
    assert script.paths == ["/status", "/claim", "/report-executed"]
    assert script.body() == {"execution_result": {"sent": 1}, "claim_token": "tok"}


def test_a_claim_that_an_execution_cannot_begin_with_is_given_back(monkeypatch: pytest.MonkeyPatch) -> None:
    console = FakeConsole()
    client: DaaiClient = console.client()

    def no_thread(_keeper: object) -> None:
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr("daai._lease.LeaseKeeper.__enter__", no_thread)
    with pytest.raises(RuntimeError), client.execution(client.intercept("send", {})):
        pytest.fail("entered")
    (run,) = console.runs.values()
    assert (run.claim, run.execution) == (None, "awaiting_execution_report")


def test_an_action_that_was_switched_off_before_the_claim_does_not_run(world: World) -> None:
    script = Script(answer(**decision()), answer(409, code="action_inactive"))
    client = script.client()
    with pytest.raises(ActionAlreadyTaken, match="The action is inactive"):
        client.governed("send_mail", payload={})(pytest.fail)()

    run = world.stored()

    def switch_off(_run: Run) -> None:
        world.console.refusal = "action_inactive"

    world.console.before["claim"] = switch_off
    assert world.runner.run_pending_once() == 0
    assert (world.payloads, world.states, world.kinds) == ([], ["pending"], [])
    del world.console.before["claim"]
    world.console.refusal = None
    assert world.runner.run_pending_once() == 1
    assert run.execution == "executed"


def test_what_is_taken_says_when_it_is_a_replay() -> None:
    receipt = {"created_at": "2026-01-01T00:00:00.000Z"}
    replay = decision(executable=False, idempotent_replay=True, receipt=receipt)
    with pytest.raises(ActionAlreadyTaken, match="this isn't a new request"):
        Script(answer(**replay)).client().governed("send_mail", payload={})(pytest.fail)()


FROZEN = {"code": "frozen", "frozen": {"scope": "workspace", "reason": "Wrong refunds"}}


def test_what_is_frozen_does_not_run_and_is_not_lost(world: World) -> None:
    script = Script(answer(**decision()), answer(409, **FROZEN))
    with pytest.raises(
        ActionFrozen, match=r'Frozen: "Wrong refunds"\. Not executed\. The same run can be executed'
    ) as caught:
        script.client().governed("send_mail", payload={})(pytest.fail)()
    assert caught.value.reason == "Wrong refunds"
    replay = decision(executable=False, idempotent_replay=True, frozen=True)
    blocked = {
        "governance_status": "blocked",
        "execution_status": "not_executed",
        "governance_reason": "frozen",
    }
    for given, kind, words in (
        (replay, ActionFrozen, r"Frozen\. Not executed\. The same run can be executed"),
        (
            decision(executable=False, **blocked),
            ActionBlocked,
            "Propose it again after a person has thawed it",
        ),
    ):
        with pytest.raises(kind, match=words):
            Script(answer(**given)).client().governed("send_mail", payload={})(pytest.fail)()

    run = world.stored()
    world.console.refusal = "frozen"
    assert [world.runner.run_pending_once() for _ in range(3)] == [0, 0, 0]
    assert (world.payloads, world.states, world.kinds) == ([], ["pending"], [])
    world.console.refusal = None
    assert world.runner.run_pending_once() == 1
    assert run.execution == "executed"
