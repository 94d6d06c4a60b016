"""A client with a checkpoint store notices what is done to the log, and nothing is executed then."""

from __future__ import annotations

import base64
import json
import random
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import anyio
import httpx
import pytest
from receipt_log import ORIGIN, Signer, body, consistency_proof, note
from scripted import API_KEY, BASE_URL, RUN_ID, WORKSPACE_KEY, answer, claimed, decision, report, run_status

from daai import (
    AsyncDaaiClient,
    DaaiActionRunner,
    DaaiClient,
    DaaiConfigError,
    DaaiError,
    InMemoryCheckpointStore,
    InMemoryPendingStore,
    LogTampered,
    SQLiteCheckpointStore,
)
from daai._cli import main
from daai._flow import Send

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


@pytest.fixture
def console() -> LogConsole:
    return LogConsole()


@pytest.fixture
def client(console: LogConsole) -> DaaiClient:
    """It has seen a log of ten receipts."""
    client = console.client()
    assert client.status(RUN_ID).executable
    assert console.kept() == [(ORIGIN, 10)]
    console.asked.clear()
    return client


def refused(client: DaaiClient, reason: str, **settings: Any) -> LogTampered:
    with pytest.raises(LogTampered) as caught:
        client.intercept("send_mail", {}, **settings)
    assert caught.value.reason == reason
    return caught.value


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


def test_another_key_is_not_believed(console: LogConsole, client: DaaiClient) -> None:
    console.signers = console.published = [STRANGER]
    console.bodies = HONEST[:20]
    console.wait()
    assert "none of the keys you trust" in str(refused(client, "unsigned"))
    # Whoever was told of the new key says so.
    assert console.client(log_keys=[STRANGER.verifier_key]).status(RUN_ID).executable
    (kept,) = console.store.entries()
    assert kept.keys == (STRANGER.verifier_key,)


def test_keys_that_were_given_are_the_only_ones(console: LogConsole) -> None:
    refused(console.client(log_keys=[STRANGER.verifier_key]), "unsigned")
    assert console.client(log_keys=[SIGNER.verifier_key]).status(RUN_ID).executable
    assert "public/log-keys" not in console.asked
    with pytest.raises(DaaiConfigError, match="log_keys"):
        console.client(log_keys=["nonsense"])


def test_a_key_is_exchanged_with_an_overlap(console: LogConsole, client: DaaiClient) -> None:
    new = Signer("new")
    for size, signers in ((12, [SIGNER, new]), (14, [new, SIGNER]), (16, [new])):
        console.bodies, console.signers, console.published = HONEST[:size], signers, [new, SIGNER]
        console.wait()
        assert client.status(RUN_ID).executable
    (kept,) = console.store.entries()
    assert (kept.size, kept.keys) == (16, (new.verifier_key,))
    console.signers, console.bodies = [SIGNER], HONEST[:18]
    console.wait()
    refused(client, "unsigned")


def test_a_key_that_only_claims_to_sign_is_not_learned(console: LogConsole, client: DaaiClient) -> None:
    console.bodies = HONEST[:12]
    console.published = [SIGNER, STRANGER]
    forged = console.note(console.bodies) + STRANGER.sign("something else")
    proof = [part.hex() for part in consistency_proof(10, console.bodies)]
    genuine = console._prove
    console._prove = lambda first: answer(checkpoint=forged, size=12, consistency_proof=proof)  # type: ignore[method-assign]
    console.wait()
    assert client.status(RUN_ID).executable
    assert [kept.keys for kept in console.store.entries()] == [(SIGNER.verifier_key,)]
    console._prove = genuine  # type: ignore[method-assign]


def test_another_log_is_refused_until_a_person_accepts_it(
    console: LogConsole, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "log.db"
    console.store = SQLiteCheckpointStore(file)
    client = console.client()
    client.status(RUN_ID)
    console.origin, console.bodies = RESTARTED, HONEST[:3]
    found = refused(client, "restarted")
    assert f"accept {RESTARTED}" in str(found)
    refused(console.client(), "restarted")
    assert main(["log", "--store", str(file), "accept", RESTARTED]) == 0
    assert client.status(RUN_ID).executable
    assert console.kept() == [(ORIGIN, 10), (RESTARTED, 3)]
    # The keys are those from before, and there is no way back.
    console.signers = console.published = [STRANGER]
    console.bodies = HONEST[:4]
    console.wait()
    refused(client, "unsigned")
    console.signers, console.origin = [SIGNER], ORIGIN
    refused(client, "restarted")
    capsys.readouterr()
    assert main(["log", "--store", str(file)]) == 0
    listed = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(row["origin"], row["size"]) for row in listed] == [(ORIGIN, 10), (RESTARTED, 3)]
    assert main(["log", "--store", str(tmp_path / "none.db")]) == 1


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


def test_nothing_is_executed_once_the_log_was_tampered_with(console: LogConsole, client: DaaiClient) -> None:
    console.bodies = HONEST[:7]
    console.wait()

    @client.governed("send_mail")
    def send() -> None:
        pytest.fail("executed")

    with pytest.raises(LogTampered):
        send()
    with pytest.raises(LogTampered), client.execution(RUN_ID):
        pytest.fail("executed")
    store = InMemoryPendingStore()
    store.add(RUN_ID, "send_mail", {})
    runner = DaaiActionRunner(client=client, pending_store=store)
    runner.when_executable(action="send_mail", run=lambda _payload: pytest.fail("executed"))
    with pytest.raises(LogTampered):
        runner.run_pending_once()
    with pytest.raises(LogTampered):
        runner.run_forever(handle_signals=False)
    assert [row.state for row in store.entries()] == ["pending"]


def test_a_report_that_arrived_is_not_called_undelivered(console: LogConsole, client: DaaiClient) -> None:
    store = InMemoryPendingStore()
    store.add(RUN_ID, "send_mail", {})
    runner = DaaiActionRunner(client=client, pending_store=store)

    def run(_payload: object) -> None:
        console.bodies = HONEST[:7]
        console.wait()

    runner.when_executable(action="send_mail", run=run)
    with pytest.raises(LogTampered):
        runner.run_pending_once()
    assert [row.state for row in store.entries()] == ["unreported"]
    console.bodies = HONEST[:12]
    assert runner.run_pending_once() == 1
    with pytest.raises(LogTampered), client.execution(RUN_ID):
        run({})


def test_the_async_client_is_a_witness_too(console: LogConsole) -> None:
    async def use() -> None:
        http = httpx.AsyncClient(transport=httpx.MockTransport(console))
        client = AsyncDaaiClient(
            API_KEY, WORKSPACE_KEY, BASE_URL, http_client=http, checkpoint_store=console.store
        )
        assert (await client.status(RUN_ID)).executable
        console.shown = [*HONEST[:9], body(99)]
        with pytest.raises(LogTampered, match="forked"):
            await client.intercept("send_mail", {})

    anyio.run(use)


def test_it_takes_cryptography(console: LogConsole, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in sys.modules if name.split(".")[0] == "cryptography"]:
        monkeypatch.setitem(sys.modules, name, None)
    monkeypatch.setitem(sys.modules, "cryptography", None)
    with pytest.raises(DaaiError, match="pip install 'cryptography>=42'"):
        console.client()


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
