from __future__ import annotations

from typing import Any

import httpx
import pytest
from scripted import API_KEY, RUN_ID, WORKSPACE_KEY, Call, Script, answer, decision

from daai import DaaiMalformedResponseError, DaaiPayloadError, ExecutionStatus, GovernanceStatus

PAYLOAD = {"amount": 1250, "invoice_id": "INV-1025"}


def test_sends_exactly_the_wire_contract(call: Call) -> None:
    script = Script(answer(**decision()))
    call(
        script,
        "intercept",
        action="send_mail",
        payload=PAYLOAD,
        idempotency_key="k1",
        reasoning="because",
        source={"type": "agent", "ref": "INV-1025"},
        actor="finance",
        claim={"worker": "w1", "lease_seconds": 60},
    )
    (request,) = script.requests
    assert (request.method, str(request.url)) == ("POST", "http://console.test/api/v1/sdk/intercept")
    assert request.headers["Authorization"] == f"Bearer {API_KEY}"
    assert request.headers["X-DAAI-Workspace-Key"] == WORKSPACE_KEY
    assert request.headers["Content-Type"] == "application/json"
    assert script.body() == {
        "action": "send_mail",
        "payload": PAYLOAD,
        "idempotency_key": "k1",
        "reasoning": "because",
        "source": {"type": "agent", "ref": "INV-1025"},
        "actor": "finance",
        "claim": {"worker": "w1", "lease_seconds": 60, "token": script.body()["claim"]["token"]},
    }


def test_leaves_out_what_is_not_given(call: Call) -> None:
    script = Script(answer(**decision()))
    call(script, "intercept", "send_mail", PAYLOAD, "k1")
    assert script.body() == {"action": "send_mail", "payload": PAYLOAD, "idempotency_key": "k1"}


def test_generates_a_key_that_the_console_can_tell_from_yours(call: Call) -> None:
    keys = []
    for _ in range(2):
        script = Script(answer(**decision()))
        call(script, "intercept", "send_mail", PAYLOAD)
        keys.append(script.body()["idempotency_key"])
    assert all(key.startswith("auto:") for key in keys)
    assert len(set(keys)) == 2


def test_reads_the_decision(call: Call) -> None:
    fields = decision(
        receipt={"id": "r1"}, claim={"token": "t", "expires_at": "2026-01-01T00:00:00.000Z"}, new_field=[1]
    )
    result = call(Script(answer(**fields)), "intercept", "send_mail", PAYLOAD)
    assert result.action_run_id == RUN_ID
    assert result.governance_status is GovernanceStatus.ALLOWED
    assert str(result.governance_status) == "allowed"
    assert {"allowed": 1}[result.governance_status] == 1
    assert f"{result.governance_status}" == "allowed"
    assert result.execution_status is ExecutionStatus.AWAITING_EXECUTION_REPORT
    assert result.governance_reason == "policy_always_allow"
    assert result.executable is True
    assert result.idempotent_replay is False
    assert result.receipt == {"id": "r1"}
    assert result.claim.token == "t"
    assert "token" not in repr(result)


def test_a_made_up_key_is_the_same_on_every_try_and_another_on_every_call(call: Call) -> None:
    def keys() -> list[str]:
        script = Script(httpx.ConnectError("no"), answer(503), answer(**decision()))
        call(script, "intercept", "send_mail", PAYLOAD)
        return [script.body(i)["idempotency_key"] for i in range(3)]

    first, second = keys(), keys()
    assert len(set(first)) == 1
    assert len(set(second)) == 1
    assert first[0] != second[0]


REQUIRED = (
    "action_run_id",
    "governance_status",
    "execution_status",
    "governance_reason",
    "executable",
    "idempotent_replay",
)


@pytest.mark.parametrize("name", REQUIRED)
@pytest.mark.parametrize("value", [None, "", 1, 0, [], {}, [True]])
def test_a_missing_or_mistyped_field_is_an_error(call: Call, name: str, value: Any) -> None:
    without = decision()
    del without[name]
    for fields in (without, decision(**{name: value})):
        with pytest.raises(DaaiMalformedResponseError):
            call(Script(answer(**fields)), "intercept", "send_mail", PAYLOAD)


@pytest.mark.parametrize(
    "changes",
    [
        {"executable": "true"},
        {"executable": 1},
        {"governance_status": "permitted"},
        {"governance_status": "ALLOWED"},
        {"execution_status": "running"},
        {"governance_status": "blocked"},
        {"governance_status": "rejected"},
        {"governance_status": "pending_approval"},
        {"execution_status": "executed"},
        {"execution_status": "not_executed"},
        {"receipt": "r1"},
        {"claim": {"token": ""}},
        {"claim": {"token": 7, "expires_at": "x"}},
        {"links": []},
    ],
    ids=str,
)
def test_an_unknown_or_contradictory_answer_is_an_error(call: Call, changes: dict[str, Any]) -> None:
    with pytest.raises(DaaiMalformedResponseError) as caught:
        call(Script(answer(**decision(**changes))), "intercept", "send_mail", PAYLOAD)
    assert caught.value.code == "malformed_answer"
    assert caught.value.status_code == 200


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("text/html", b"<html>proxy</html>"),
        ("text/plain", b'{"executable": true}'),
        ("application/json", b""),
        ("application/json", b"[true]"),
        ("application/json", b"true"),
        ("application/json", b'{"executable": true'),
        ("application/json", b'{"executable": NaN}'),
        ("application/json", b"\xff\xfe"),
        ("application/json", b"[" * 100_000),
        ("application/json", b'{"executable": false, "executable": true}'),
    ],
    ids=range(10),
)
def test_an_answer_that_is_not_one_json_object_is_an_error(call: Call, kind: str, content: bytes) -> None:
    response = httpx.Response(200, headers={"Content-Type": kind}, content=content)
    with pytest.raises(DaaiMalformedResponseError):
        call(Script(response), "intercept", "send_mail", PAYLOAD)


@pytest.mark.parametrize("status", [201, 204, 301, 302, 304])
def test_only_200_is_an_answer(call: Call, status: int) -> None:
    with pytest.raises(DaaiMalformedResponseError):
        call(
            Script(answer(status, **decision(), headers={"Location": "/x"})),
            "intercept",
            "send_mail",
            PAYLOAD,
        )


@pytest.mark.parametrize(
    ("arguments", "path"),
    [
        ({"payload": {"a": float("nan")}}, "payload.a"),
        ({"payload": [1]}, "payload"),
        ({"payload": {"reasoning": "x" * 2_001}}, "payload.reasoning"),
        ({"payload": {"source": {"ref": "x" * 501}}}, "payload.source.ref"),
        ({"reasoning": "x" * 2_001}, "reasoning"),
        ({"source": {"type": "t", "ref": "x" * 501}}, "source.ref"),
        ({"source": {"amount": 2**60}}, "source.amount"),
        ({"idempotency_key": ""}, "idempotency_key"),
        ({"idempotency_key": "x" * 257}, "idempotency_key"),
        ({"action": ""}, "action"),
        ({"action": None}, "action"),
        ({"actor": 5}, "actor"),
        ({"actor": "x" * 201}, "actor"),
        ({"payload": {"actor": "x" * 201}}, "payload.actor"),
        ({"source": {"type": "x" * 101}}, "source.type"),
        ({"claim": {}}, "claim.worker"),
        ({"claim": {"worker": "", "lease_seconds": 60}}, "claim.worker"),
        ({"claim": {"worker": "w", "lease_seconds": 4}}, "claim.lease_seconds"),
        ({"claim": {"worker": "w", "lease_seconds": 3_601}}, "claim.lease_seconds"),
        ({"claim": {"worker": "w", "lease_seconds": 60.0}}, "claim.lease_seconds"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_cannot_be_sent_is_refused_by_name(call: Call, arguments: dict[str, Any], path: str) -> None:
    script = Script()
    with pytest.raises(DaaiPayloadError) as caught:
        call(script, "intercept", **{"action": "send_mail", "payload": PAYLOAD, **arguments})
    assert caught.value.path == path
    assert script.requests == []


def test_what_stands_beside_the_payload_wins_over_what_is_in_it(call: Call) -> None:
    script = Script(answer(**decision()))
    payload = {"reasoning": "x" * 2_001, "source": {"ref": "x" * 501}, "actor": "x" * 201}
    call(script, "intercept", "send_mail", payload, reasoning="short", source={"ref": "short"}, actor="short")
    assert script.body()["payload"] == payload
