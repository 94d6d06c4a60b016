from __future__ import annotations

import contextlib
import math
import pickle
import threading
import traceback
from collections.abc import Callable
from typing import Any

import anyio
import httpx
import pytest
from scripted import RUN_ID, Script, answer, claimed, decision, report, run_status

import daai
from daai._lease import LeaseKeeper


def test_the_payload_of_a_claim_that_came_with_the_decision_is_the_one_that_was_sent() -> None:
    taken = decision(claim={"token": "early", "expires_at": "2026-01-01T00:01:00.000Z"})
    script = Script(answer(**taken), answer(**report()))
    client = script.client()
    run = client.intercept("send_mail", {"amount": 5}, claim={"worker": "w", "lease_seconds": 60})
    with client.execution(run) as execution, pytest.raises(RuntimeError, match="the one you sent"):
        execution.payload  # noqa: B018


def test_an_exception_in_the_block_is_reported_and_goes_on() -> None:
    script = Script(answer(**run_status()), answer(**claimed()), answer(**report("failed")))
    with pytest.raises(ZeroDivisionError), script.client().execution(RUN_ID):
        1 / 0  # noqa: B018
    assert script.body()["execution_error"] == "ZeroDivisionError: division by zero"


def test_an_execution_is_entered_once() -> None:
    script = Script(answer(**run_status()), answer(**claimed()), answer(**report()))
    execution = script.client().execution(RUN_ID)
    with execution:
        pass
    with pytest.raises(RuntimeError, match="once"):
        execution.__enter__()


def test_an_execution_is_of_no_use_before_it_is_entered() -> None:
    with pytest.raises(RuntimeError, match="enter the execution"):
        Script().client().execution(RUN_ID).payload  # noqa: B018


RESULTS: list[tuple[Any, dict[str, Any]]] = [
    (object(), {"result_omitted": "execution_result.result is of type object, which has no JSON form"}),
    (
        {"\ud800": 1},
        {"result_omitted": "execution_result['\\ud800'] contains a lone surrogate, which UTF-8 can't encode"},
    ),
]


@pytest.mark.parametrize(("result", "sent"), RESULTS, ids=range(len(RESULTS)))
def test_a_result_without_a_json_form_is_reported_as_omitted(result: Any, sent: dict[str, Any]) -> None:
    script = Script(answer(**run_status()), answer(**claimed()), answer(**report()))
    with script.client().execution(RUN_ID) as execution:
        execution.result = result
    assert script.body()["execution_result"] == sent


def test_the_claim_is_renewed_while_the_block_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("daai._lease.RENEWALS_PER_LEASE", math.inf)
    renewed = threading.Event()
    kept = {"action_run_id": RUN_ID, "claim": {"token": "tok", "expires_at": "2026-01-01T00:02:00.000Z"}}

    class Console(Script):
        def __call__(self, request: Any) -> Any:
            if request.url.path.endswith("/renew"):
                renewed.set()
                return answer(**kept)
            return super().__call__(request)

    script = Console(answer(**run_status()), answer(**claimed()), answer(**report()))
    with script.client().execution(RUN_ID, lease_seconds=5):
        assert renewed.wait(30)


def test_an_async_claim_is_renewed_while_the_block_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("daai._lease.RENEWALS_PER_LEASE", math.inf)
    kept = {"action_run_id": RUN_ID, "claim": {"token": "tok", "expires_at": "2026-01-01T00:02:00.000Z"}}

    async def main() -> None:
        renewed = anyio.Event()

        class Console(Script):
            def __call__(self, request: Any) -> Any:
                if request.url.path.endswith("/renew"):
                    renewed.set()
                    return answer(**kept)
                return super().__call__(request)

        script = Console(answer(**run_status()), answer(**claimed()), answer(**report()))
        async with script.async_client().execution(RUN_ID, lease_seconds=5):
            with anyio.fail_after(30):
                await renewed.wait()

    anyio.run(main)


EARLY = {"token": "early", "expires_at": "2026-01-01T00:00:06.000Z"}


def test_a_claim_that_came_with_the_decision_is_renewed_by_its_own_lease(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    leases: list[float] = []

    class RenewsOnce:
        def __init__(self, renew: Callable[[], object], lease_seconds: float) -> None:
            leases.append(lease_seconds)
            self._renew = renew

        def __enter__(self) -> None:
            self._renew()

        def __exit__(self, *_: object) -> None: ...

    monkeypatch.setattr("daai._execution.LeaseKeeper", RenewsOnce)
    kept = {"action_run_id": RUN_ID, "claim": EARLY}
    script = Script(answer(**decision(claim=EARLY)), answer(**kept), answer(**report()))
    client = script.client()
    run = client.intercept("send_mail", {"amount": 5}, claim={"worker": "w", "lease_seconds": 6})
    with client.execution(run, lease_seconds=3600):
        pass
    assert leases == [6]
    assert script.paths[1:] == ["/claim/renew", "/report-executed"]
    assert script.body(1)["lease_seconds"] == 6


def test_so_is_an_async_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("daai._lease.RENEWALS_PER_LEASE", math.inf)
    script = Script(answer(**decision(claim=EARLY)))

    async def main() -> None:
        renewed = anyio.Event()

        def renew(_request: object) -> httpx.Response:
            renewed.set()
            return answer(409, code="claim_lost")

        script.steps += [renew, answer(**report())]
        client = script.async_client()
        run = await client.intercept("send_mail", {"amount": 5}, claim={"worker": "w", "lease_seconds": 6})
        async with client.execution(run, lease_seconds=3600):
            with anyio.fail_after(30):
                await renewed.wait()

    anyio.run(main)
    assert script.paths[1:] == ["/claim/renew", "/report-executed"]
    assert script.body(1)["lease_seconds"] == 6


def test_of_many_threads_with_the_same_claim_one_executes() -> None:
    script = Script(answer(**decision(claim=EARLY)), *[answer(409, code="already_claimed") for _ in range(7)])
    client = script.client()
    run = client.intercept("send_mail", {"amount": 5}, claim={"worker": "w", "lease_seconds": 60})
    together = threading.Barrier(8)
    ran: list[str] = []

    def execute() -> None:
        together.wait(30)
        # Interrupted, so that nothing is reported.
        with contextlib.suppress(daai.ActionAlreadyTaken, KeyboardInterrupt), client.execution(run):
            ran.append(threading.current_thread().name)
            raise KeyboardInterrupt

    threads = [threading.Thread(target=execute) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert len(ran) == 1
    assert script.paths[1:] == ["/claim"] * 7


def test_what_could_not_be_reported_does_not_show_the_claim() -> None:
    taken = decision(claim={"token": "secret", "expires_at": "2026-01-01T00:01:00.000Z"})
    script = Script(answer(**taken), answer(409, code="claim_token_mismatch"))
    client = script.client()
    run = client.intercept("send_mail", {"amount": 5}, claim={"worker": "w", "lease_seconds": 60})
    with pytest.raises(daai.ExecutionNotReported) as caught, client.execution(run):
        pass
    error = caught.value
    assert error.claim_token == "secret"
    shown = "".join(traceback.format_exception(type(error), error, error.__traceback__))
    assert "secret" not in f"{error!r} {error} {error.args} {shown}"
    copy = pickle.loads(pickle.dumps(error))
    assert (copy.run, copy.claim_token) == (error.run, "secret")


def test_renewing_goes_on_after_a_hiccup_and_ends_when_the_claim_is_lost() -> None:
    outcomes: list[Exception] = [daai.DaaiConnectionError("x"), OSError("x"), daai.DaaiConflictError("gone")]
    ended = threading.Event()

    def renew() -> None:
        error = outcomes.pop(0)
        if not outcomes:
            ended.set()
        raise error

    with LeaseKeeper(renew, 0) as keeper:
        assert ended.wait(30)
        keeper._thread.join(30)
        assert not keeper._thread.is_alive()
