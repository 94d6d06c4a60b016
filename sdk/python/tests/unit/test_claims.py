"""No error on the wire leaves a claim taken and unused."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import httpx
import pytest
from fake_console import Drop, FakeConsole, Run
from runner_world import World
from scripted import RUN_ID, Call, Script, answer, claimed, decision, report, run_status

from daai import (
    ActionAlreadyTaken,
    ActionBlocked,
    ActionFrozen,
    DaaiClient,
    DaaiConflictError,
    DaaiConnectionError,
    DaaiError,
    DaaiMalformedResponseError,
    DaaiValidationError,
)

WISH = {"worker": "w", "lease_seconds": 60}
LOST = httpx.RemoteProtocolError("the answer was cut off")
ASKS: list[tuple[str, tuple[Any, ...], dict[str, Any]]] = [
    ("claim", (RUN_ID, "w"), claimed()),
    ("intercept", ("send_mail", {"amount": 5}, "k", WISH), decision(claim=claimed()["claim"])),
]
asks = pytest.mark.parametrize(("method", "arguments", "given"), ASKS, ids=[name for name, _, _ in ASKS])


def ask(call: Call, script: Script, method: str, arguments: tuple[Any, ...]) -> Any:
    if method == "claim":
        return call(script, "claim", *arguments)
    return call(script, "intercept", *arguments[:3], claim=arguments[3])


def sent_claim(script: Script, index: int) -> dict[str, Any]:
    body: dict[str, Any] = script.body(index)
    return body.get("claim", body)  # type: ignore[no-any-return]


@asks
@pytest.mark.parametrize(
    "lost",
    [lambda: LOST, lambda: httpx.ReadTimeout("late"), lambda: answer(502)],
    ids=["cut", "late", "proxy"],
)
def test_every_try_brings_the_same_token(
    call: Call, method: str, arguments: tuple[Any, ...], given: dict[str, Any], lost: Any
) -> None:
    script = Script(lost(), lost(), answer(**given))
    assert ask(call, script, method, arguments).claim.token == "tok"
    tokens = [sent_claim(script, index)["token"] for index in range(3)]
    assert len(set(tokens)) == 1
    assert len(tokens[0]) == 43
    other = Script(answer(**given))
    ask(call, other, method, arguments)
    assert sent_claim(other, 0)["token"] != tokens[0]


def half() -> httpx.Response:
    kind = {"Content-Type": "application/json"}
    return httpx.Response(200, headers=kind, content=b'{"action_run_id": "01')


def page() -> httpx.Response:
    return httpx.Response(200, headers={"Content-Type": "text/html"}, content=b"<html>")


RELEASED = {"action_run_id": RUN_ID, "claim": None}


@asks
@pytest.mark.parametrize(
    "unusable",
    [
        lambda: [half()],
        lambda: [answer(headers={"DAAI-Call": "0" * 32}, **decision())],
        lambda: [page()],
        lambda: [LOST] * 3,
        lambda: [answer(503) for _ in range(3)],
    ],
    ids=["half", "foreign", "page", "lost", "away"],
)
def test_what_cannot_be_used_is_given_back(
    call: Call,
    method: str,
    arguments: tuple[Any, ...],
    given: dict[str, Any],
    unusable: Callable[[], list[Any]],
) -> None:
    found = [answer(**decision())] if method == "intercept" else []
    script = Script(*unusable(), *found, answer(**RELEASED))
    with pytest.raises(DaaiError):
        ask(call, script, method, arguments)
    assert script.steps == []
    assert script.paths[-1] == "/claim/release"
    assert script.body() == {"claim_token": sent_claim(script, 0)["token"]}
    if found:
        # Found by its key, without a claim.
        assert "claim" not in script.body(-2)
        assert script.body(-2)["idempotency_key"] == "k"


@asks
@pytest.mark.parametrize("refusal", [409, 404, 422, 429, 401])
def test_a_refusal_leaves_nothing_to_give_back(
    call: Call, method: str, arguments: tuple[Any, ...], given: dict[str, Any], refusal: int
) -> None:
    script = Script(*[answer(refusal, headers={"Retry-After": "3600"}, code="no")])
    with pytest.raises(DaaiError):
        ask(call, script, method, arguments)
    assert len(script.requests) == 1


@asks
def test_an_older_console_makes_the_token(
    call: Call, method: str, arguments: tuple[Any, ...], given: dict[str, Any]
) -> None:
    path = "token" if method == "claim" else "claim.token"
    unknown = answer(422, code="validation_failed", errors=[{"path": path, "message": "not a field"}])
    script = Script(unknown, answer(**given))
    assert ask(call, script, method, arguments).claim.token == "tok"
    assert "token" not in sent_claim(script, 1)
    wrong = answer(422, code="validation_failed", errors=[{"path": "worker", "message": "too long"}])
    with pytest.raises(DaaiValidationError):
        ask(call, Script(wrong), method, arguments)


def test_the_next_call_brings_the_token_that_may_have_been_used() -> None:
    """Nothing came through any more, not even what gives the claim back."""
    script = Script(*[LOST] * 6, answer(**claimed()), answer(409, code="already_claimed"))
    client = script.client()
    with pytest.raises(DaaiConnectionError):
        client.claim(RUN_ID, "first")
    assert client.claim(RUN_ID, "second").claim.token == "tok"
    # The claim is that of the worker who asked first.
    assert (script.body()["worker"], script.body()["token"]) == ("first", script.body(0)["token"])
    with pytest.raises(DaaiConflictError):
        client.claim(RUN_ID, "second")
    assert script.body()["token"] != script.body(0)["token"]


def test_a_child_does_not_use_what_its_parent_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    script = Script(*[LOST] * 6, answer(**claimed()))
    client = script.client()
    with pytest.raises(DaaiConnectionError):
        client.claim(RUN_ID, "w")
    monkeypatch.setattr("daai._claims.this_process", lambda: (1, 1))
    client.claim(RUN_ID, "w")
    assert script.body()["token"] != script.body(0)["token"]


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


def test_a_cancelled_claim_is_given_back() -> None:
    script = Script(answer(**claimed()), answer(**RELEASED))
    client = script.async_client()
    perform, arrived = client._perform, asyncio.Event

    async def main() -> None:
        came = arrived()

        async def hold(effect: Any) -> Any:
            response = await perform(effect)
            if effect.url.endswith("/claim"):
                came.set()
                await asyncio.sleep(3600)
            return response

        client._perform = hold  # type: ignore[method-assign]
        task = asyncio.ensure_future(client.claim(RUN_ID, "w"))
        await came.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(main())
    assert script.paths == ["/claim", "/claim/release"]
    assert script.body() == {"claim_token": script.body(0)["token"]}


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


def test_a_malformed_answer_is_still_what_is_raised(call: Call) -> None:
    with pytest.raises(DaaiMalformedResponseError):
        call(Script(half(), answer(409, code="not_claimed")), "claim", RUN_ID, "w")


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


def test_what_is_taken_says_when_it_is_a_replay() -> None:
    receipt = {"created_at": "2026-01-01T00:00:00.000Z"}
    replay = decision(executable=False, idempotent_replay=True, receipt=receipt)
    with pytest.raises(ActionAlreadyTaken, match="this isn't a new request"):
        Script(answer(**replay)).client().governed("send_mail", payload={})(pytest.fail)()
