"""Calls without a final answer, which the next equal one continues."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from daai.adapters import Pauses
from daai.adapters._gate import Governing, ToolCall, Waiting
from daai.adapters._open_calls import KEEP_SECONDS, OpenCalls, call_again, fingerprint
from daai.testing import FakeDaai

CALL = fingerprint("agents", "refund", {"order": "A", "amount": 5})


def test_equal_calls_have_equal_fingerprints() -> None:
    assert fingerprint("agents", "refund", {"amount": 5, "order": "A"}) == CALL
    assert fingerprint("agents", "refund", {"amount": 6, "order": "A"}) != CALL
    assert fingerprint("agents", "refund", {}) != fingerprint("agents", "refund{}")


def test_a_call_that_is_left_is_continued_in_any_process(tmp_path: Path) -> None:
    first = OpenCalls(Pauses(tmp_path / "pauses.db")).take(CALL)
    calls = OpenCalls(Pauses(tmp_path / "pauses.db"))
    again = calls.take(CALL)
    assert again.id == first.id
    # While this process is at it, an equal one is another.
    other = calls.take(CALL)
    assert other.id != first.id
    again.leave()
    assert calls.take(CALL).id == first.id
    assert calls.take(fingerprint("agents", "other")).id not in (first.id, other.id)


def test_a_call_with_its_answer_is_over_and_so_is_its_pause(tmp_path: Path) -> None:
    pauses = Pauses(tmp_path / "pauses.db")
    calls = OpenCalls(pauses)
    call = calls.take(CALL)
    call.wait("r1", "state")
    call.leave()
    assert pauses.run_ids() == ["r1"]
    calls.get(call.id).close()
    assert pauses.run_ids() == []
    assert calls.take(CALL).id != call.id


def test_only_what_was_never_sent_is_forgotten_after_a_month(monkeypatch: pytest.MonkeyPatch) -> None:
    calls = OpenCalls(Pauses(":memory:"))
    asked, sent = calls.take(CALL), calls.take(CALL)
    sent.send()
    asked.leave()
    sent.leave()
    later = time.time() + KEEP_SECONDS + 1
    monkeypatch.setattr(time, "time", lambda: later)
    assert calls.take(CALL).id == sent.id
    assert calls.take(CALL).id != asked.id


def test_an_earlier_file_gets_open_calls(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "pauses.db"
    with monkeypatch.context() as earlier:
        earlier.setattr(Pauses, "_migrations", Pauses._migrations[:2])
        Pauses(file).keep(["r1"], "state")
    pauses = Pauses(file)
    assert OpenCalls(pauses).take(CALL).id
    assert pauses.run_ids() == ["r1"]


def test_what_a_model_reads_about_a_call_that_waits() -> None:
    fake = FakeDaai({"refund": "always_require_approval"})
    governing = Governing(fake.client(), {}, ())
    later = 'Later, call "refund" again with exactly the same arguments. That doesn\'t ask twice.'
    asked = ToolCall("refund", {"amount": 5}, "agents", "ticket-1", "c1")
    waiting = governing.ask(asked)
    assert isinstance(waiting, Waiting)
    assert call_again("refund", waiting) == (
        f"Pending approval. Not executed. Don't try another way. {later}"
    )
    fake.decide(waiting.run.action_run_id, "approve")
    frozen = Waiting(fake.client().status(waiting.run.action_run_id), "Frozen. Not executed.")
    assert call_again("refund", frozen) == f"Frozen. Not executed. {later}"
