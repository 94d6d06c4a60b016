"""An answer counts only for the request it was made for: nothing runs on somebody else's."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx
import pytest
from scripted import RUN_ID, Call, Script, answer, claimed, decision, report, run_status

from daai import DaaiMalformedResponseError
from daai._canonical import payload_hash

PAYLOAD = {"amount": 5}
CLAIM = {"token": "tok", "expires_at": "2026-01-01T00:01:00.000Z"}
OURS = {"action": "send_mail", "idempotency_key": "k1", "payload_hash": payload_hash(PAYLOAD)}
OTHERS = [
    {**OURS, "action": "read_mail"},
    {**OURS, "idempotency_key": "k2"},
    {**OURS, "payload_hash": payload_hash({"amount": 6})},
]


def unnamed(**fields: Any) -> Callable[[httpx.Request], httpx.Response]:
    """An answer of a console that gives back X-Request-Id only."""
    return lambda request: answer(headers={"X-Request-Id": request.headers["X-Request-Id"]}, **fields)


@pytest.mark.parametrize("other", OTHERS, ids=["action", "key", "payload"])
def test_a_decision_on_another_proposal_is_an_error(call: Call, other: dict[str, Any]) -> None:
    with pytest.raises(DaaiMalformedResponseError, match="another proposal"):
        call(Script(answer(**decision(**other))), "intercept", "send_mail", PAYLOAD, "k1")


def test_a_decision_says_what_it_decided_on(call: Call) -> None:
    result = call(Script(answer(**decision(**OURS))), "intercept", "send_mail", PAYLOAD, "k1")
    assert (result.action, result.idempotency_key) == ("send_mail", "k1")
    assert result.payload_hash == payload_hash(PAYLOAD)


METHODS: list[tuple[str, tuple[Any, ...], dict[str, Any]]] = [
    ("intercept", ("send_mail", PAYLOAD, "k1"), decision(**OURS)),
    ("status", (RUN_ID,), run_status()),
    ("wait", (RUN_ID,), run_status()),
    ("claim", (RUN_ID, "w"), claimed()),
    ("renew_claim", (RUN_ID, "tok"), {"action_run_id": RUN_ID, "claim": CLAIM}),
    ("release_claim", (RUN_ID, "tok"), {"action_run_id": RUN_ID, "claim": None}),
    ("report_executed", (RUN_ID,), report()),
    ("report_failed", (RUN_ID, "no"), report("failed")),
]


@pytest.mark.parametrize(("method", "arguments", "fields"), METHODS, ids=[name for name, _, _ in METHODS])
def test_an_answer_that_names_another_call_is_an_error(
    call: Call, method: str, arguments: tuple[Any, ...], fields: dict[str, Any]
) -> None:
    """As of a cache, or of a proxy that mixes answers up."""
    with pytest.raises(DaaiMalformedResponseError, match="another request"):
        call(Script(answer(headers={"DAAI-Call": "0" * 32}, **fields)), method, *arguments)
    script = Script(answer(**fields))
    call(script, method, *arguments)
    assert len(script.requests[0].headers["DAAI-Call"]) == 32


def test_tries_of_one_call_have_one_name_and_calls_have_different_ones(call: Call) -> None:
    script = Script(answer(503), answer(**decision()))
    call(script, "intercept", "send_mail", PAYLOAD)
    other = Script(answer(**decision()))
    call(other, "intercept", "send_mail", PAYLOAD)
    first, second, another = (request.headers["DAAI-Call"] for request in script.requests + other.requests)
    assert first == second != another


@pytest.mark.parametrize("missing", [*OURS, None])
def test_an_older_console_is_believed_by_its_request_id_alone(call: Call, missing: str | None) -> None:
    fields = decision(**(OURS if missing is None else {**OURS, missing: None}))
    without_name = [Script(unnamed(**fields)), Script(answer(headers={"X-Request-Id": "0" * 32}, **fields))]
    for script in without_name:
        script.names_calls = False
    assert call(without_name[0], "intercept", "send_mail", PAYLOAD, "k1").action_run_id == RUN_ID
    if missing is None:
        # Says itself which proposal it is about.
        assert call(without_name[1], "intercept", "send_mail", PAYLOAD, "k1").action_run_id == RUN_ID
    else:
        with pytest.raises(DaaiMalformedResponseError, match="which proposal it is about"):
            call(without_name[1], "intercept", "send_mail", PAYLOAD, "k1")


@pytest.mark.parametrize(
    "other", [*OTHERS, {"DAAI-Call": "0" * 32}], ids=["action", "key", "payload", "call"]
)
def test_a_claim_that_comes_with_another_calls_decision_runs_nothing(other: dict[str, Any]) -> None:
    """Not even though it is executable and claimed; and the claim asked for is released."""
    headers = {name: value for name, value in other.items() if name == "DAAI-Call"}
    fields = {name: value for name, value in other.items() if name not in headers}
    swapped = decision(**{**OURS, **fields}, claim=CLAIM, claimed=True)
    found = answer(**decision(**OURS))
    script = Script(answer(headers=headers, **swapped), found, answer(action_run_id=RUN_ID, claim=None))

    @script.client().governed("send_mail", payload=PAYLOAD, idempotency_key="k1")
    def act() -> None:
        pytest.fail("it ran")

    with pytest.raises(DaaiMalformedResponseError):
        act()
    assert script.paths[-1] == "/claim/release"
