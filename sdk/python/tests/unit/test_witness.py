"""A client with a checkpoint store notices what is done to the log."""

from __future__ import annotations

import base64
import random
from collections.abc import Callable

import httpx
import pytest
from log_console import HONEST, SIGNER, STRANGER, LogConsole, refused
from receipt_log import ORIGIN, body
from scripted import BASE_URL, RUN_ID, answer

from daai import (
    DaaiClient,
    InMemoryCheckpointStore,
    LogTampered,
)
from daai._flow import Send


def test_the_first_look_is_taken_on_trust_and_what_is_known_asks_nothing(console: LogConsole) -> None:
    client = console.client()
    for _ in range(3):
        assert client.intercept("send_mail", {}).executable
        console.wait()
    assert console.asked == ["sdk/log/checkpoint", "public/log-keys"]
    (kept,) = console.store.entries()
    assert kept.keys == (SIGNER.verifier_key,)
    assert kept.note == console.note(console.bodies)


def test_a_log_that_grows_is_asked_about_at_intervals_and_kept_with_proof(
    console: LogConsole, client: DaaiClient
) -> None:
    for size in range(11, 40):
        console.bodies = HONEST[:size]
        client.status(RUN_ID)
        console.now += 5
    assert console.asked == ["from=10", *(f"from={size}" for size in range(13, 39, 2))]
    assert console.kept() == [(ORIGIN, 39)]


def test_an_older_checkpoint_in_an_answer_proves_nothing(console: LogConsole, client: DaaiClient) -> None:
    console.shown = HONEST[:7]
    console.wait()
    assert client.status(RUN_ID).executable
    assert console.asked == ["from=10"]
    assert console.kept() == [(ORIGIN, 10)]


def test_a_log_that_shrank_is_refused_until_it_is_whole_again(
    console: LogConsole, client: DaaiClient
) -> None:
    console.bodies = HONEST[:7]
    console.wait()
    found = refused(client, "shrank")
    assert "it had 10 receipts and now has 7" in str(found)
    assert (found.kept, found.found) == (console.note(HONEST[:10]), console.note(HONEST[:7]))
    # Not even silence helps it now.
    console.evidence = lambda: answer(503)
    refused(client, "shrank")
    console.evidence = None
    console.bodies = HONEST[:12]
    assert client.status(RUN_ID).executable
    assert console.kept() == [(ORIGIN, 12)]


def test_a_log_that_is_gone_has_shrunk(console: LogConsole, client: DaaiClient) -> None:
    console.bodies = []
    console.wait()
    assert refused(client, "shrank").found is None


def test_two_signed_checkpoints_of_one_size_are_proof_at_once(
    console: LogConsole, client: DaaiClient
) -> None:
    console.shown = [*HONEST[:9], body(99)]
    found = refused(client, "forked")
    assert console.asked == []
    assert (found.kept, found.found) == (console.note(HONEST[:10]), console.note(console.shown))


def test_a_log_that_was_rewritten_and_grew_is_refused(console: LogConsole, client: DaaiClient) -> None:
    console.bodies = [body(99), *HONEST[1:20]]
    console.wait()
    assert "first 10 receipts aren't the ones" in str(refused(client, "forked"))
    assert console.kept() == [(ORIGIN, 10)]


def test_a_larger_checkpoint_without_a_proof_is_refused(console: LogConsole, client: DaaiClient) -> None:
    newest = console.note(HONEST[:20])
    for proof in (None, [], ["00" * 32]):
        console.shown = HONEST[:20]
        console.wait()
        console.evidence = lambda proof=proof: answer(checkpoint=newest, size=20, consistency_proof=proof)
        refused(client, "forked")


@pytest.mark.parametrize(
    "evidence",
    [
        lambda: answer(503),
        lambda: answer(404, code="route_not_found"),
        lambda: answer(checkpoint=7),
        lambda: answer(checkpoint="x", consistency_proof=["zz"]),
        lambda: httpx.Response(200, headers={"Content-Type": "text/html"}, content="<html>"),
    ],
)
def test_evidence_that_cannot_be_had_is_no_tampering(
    console: LogConsole, client: DaaiClient, evidence: Callable[[], httpx.Response]
) -> None:
    console.evidence, console.shown = evidence, HONEST[:20]
    console.wait()
    for _ in range(5):
        assert client.status(RUN_ID).executable
    assert console.asked == ["from=10"]
    assert console.kept() == [(ORIGIN, 10)]


def test_a_broken_connection_and_a_mangled_header_are_no_tampering(
    console: LogConsole, client: DaaiClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> httpx.Response:
        raise httpx.ConnectError("refused")

    console.evidence, console.shown = broken, HONEST[:7]
    console.wait()
    assert client.status(RUN_ID).executable
    for header in ("%%%", base64.b64encode(b"\xff").decode(), base64.b64encode(b"no note").decode()):
        monkeypatch.setattr(base64, "b64encode", lambda _content, header=header: header.encode())
        assert client.status(RUN_ID).executable
        monkeypatch.undo()
    assert console.asked == ["from=10"]


def test_clients_share_a_store(console: LogConsole, client: DaaiClient) -> None:
    other = console.client("daai_wk_" + "c" * 30)
    console.bodies = HONEST[:15]
    assert other.status(RUN_ID).executable
    # The workspace's key was rotated: the log is the same, and so is what is known of it.
    assert console.asked == ["sdk/log/checkpoint", "public/log-keys", "from=10"]
    assert console.kept() == [(ORIGIN, 15)]
    console.asked.clear()
    console.wait()
    assert client.status(RUN_ID).executable
    assert console.asked == []
    console.origin, console.bodies = "console.example.com/receipts/another-workspace", HONEST[:1]
    assert console.client("daai_wk_" + "d" * 30).status(RUN_ID).executable
    assert len(console.kept()) == 2


def test_nothing_is_kept_over_what_somebody_else_kept_meanwhile(
    console: LogConsole, client: DaaiClient
) -> None:
    prove = console._prove
    console.bodies = HONEST[:15]
    console.wait()

    def interrupted(first: str | None) -> httpx.Response:
        found = prove(first)
        console._prove = prove  # type: ignore[method-assign]
        console.bodies = HONEST[:20]
        assert console.client().status(RUN_ID).executable
        return found

    console._prove = interrupted  # type: ignore[method-assign]
    assert client.status(RUN_ID).executable
    # Fifteen fitted ten, but now it is twenty that has to be gone on from.
    assert console.asked == ["from=10", "from=10", "from=20"]
    assert console.kept() == [(ORIGIN, 20)]


def test_an_answer_from_before_does_not_end_an_alarm(console: LogConsole, client: DaaiClient) -> None:
    console.bodies = HONEST[:12]
    console.wait()
    assert client._witness is not None
    slow = client._witness.check(console(httpx.Request("GET", f"{BASE_URL}/v1/sdk/x/status")))
    effect = next(slow)
    assert isinstance(effect, Send)
    answered = console(httpx.Request(effect.method, effect.url))
    console.bodies = HONEST[:7]
    console.wait()
    refused(client, "shrank")
    with pytest.raises(StopIteration):
        slow.send(answered)
    console.evidence = lambda: answer(503)
    refused(client, "shrank")


def test_a_store_that_never_stores_ends_no_alarm(
    console: LogConsole, client: DaaiClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    console.bodies = HONEST[:7]
    console.wait()
    refused(client, "shrank")
    console.bodies = HONEST[:12]
    monkeypatch.setattr(console.store, "keep", lambda *_arguments: False)
    refused(client, "shrank")


def test_an_empty_log_is_looked_at_again(console: LogConsole) -> None:
    console.bodies = []
    client = console.client()
    client.status(RUN_ID)
    client.status(RUN_ID)
    assert (console.asked, console.kept()) == (["sdk/log/checkpoint"], [])
    console.bodies = HONEST[:1]
    console.wait()
    client.status(RUN_ID)
    assert console.kept() == [(ORIGIN, 1)]


def test_any_history_of_a_log_is_judged_rightly(console: LogConsole) -> None:
    """Random histories: growth passes; shrinking, rewriting and signing with another key do not."""
    choice = random.Random(6962)
    for _ in range(100):
        console.store, console.signers, console.published = InMemoryCheckpointStore(), [SIGNER], [SIGNER]
        console.bodies = list(HONEST[: choice.randint(1, 20)])
        client = console.client()
        client.status(RUN_ID)
        for _ in range(choice.randint(0, 4)):
            console.bodies = HONEST[: len(console.bodies) + choice.randint(0, 4)]
            console.wait()
            client.status(RUN_ID)
        seen = len(console.bodies)
        way = choice.choice(["edit", "delete", "insert", "swap", "truncate", "key"])
        at = choice.randrange(seen)
        bodies = list(HONEST[: seen + choice.randint(0, 5)])
        if way == "edit":
            bodies[at] = body(1000)
        elif way == "delete":
            del bodies[at]
        elif way == "insert":
            bodies.insert(at, body(1000))
        elif way == "swap":
            other = choice.randrange(seen)
            bodies[at], bodies[other] = bodies[other], bodies[at]
        elif way == "truncate":
            del bodies[at:]
        else:
            console.signers = [STRANGER]
            bodies.append(body(1000))
        if bodies[:seen] == HONEST[:seen] and way != "key":
            continue
        console.bodies = bodies
        console.wait()
        with pytest.raises(LogTampered):
            client.status(RUN_ID)
