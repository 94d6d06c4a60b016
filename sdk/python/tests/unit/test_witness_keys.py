"""Whose signatures a client with a checkpoint store believes, and when another log may take its place."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from log_console import HONEST, RESTARTED, SIGNER, STRANGER, LogConsole, refused
from receipt_log import ORIGIN, Signer, consistency_proof
from scripted import RUN_ID, answer

from daai import (
    DaaiClient,
    DaaiConfigError,
    SQLiteCheckpointStore,
)
from daai._cli import main


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
