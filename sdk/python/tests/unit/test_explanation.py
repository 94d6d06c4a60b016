"""What a person or a model reads about a run: who, why, that nothing was executed, and what to do next."""

from __future__ import annotations

from typing import Any

import pytest
from runner_world import World
from scripted import RUN_ID, Script, answer, run_status

from daai import ActionRejected
from daai._explanation import MAX_COMMENT_CHARACTERS

AT = "2026-01-01T00:00:01.000Z"
BY = "ann@example.com"
WORDS = "Only 1,480 were charged twice."


def made(governance: str, reason: str, by: str | None, comment: str | None) -> dict[str, Any]:
    known = {"outcome": governance, "reason": reason, "by": by, "at": AT, "comment": comment}
    return {"governance_reason": reason, "decision": known}


def test_long_words_and_names_are_cut() -> None:
    by, comment = "a\n\u202e" + "b" * 999, "x" * 5_000
    fields = run_status("rejected", **made("rejected", "rejected_by_human", by, comment))
    status = Script(answer(**fields)).client().status(RUN_ID)
    assert status.explanation.startswith("Rejected by a\\n\\u202ebbb")
    assert status.explanation.isprintable()
    words = f'"{"x" * (MAX_COMMENT_CHARACTERS - 1)}…". Not executed. Do not repeat it unchanged.'
    assert status.explanation.endswith(words)
    assert len(status.explanation) < MAX_COMMENT_CHARACTERS + 400
    # What was written is still there as it was.
    assert status.decision is not None
    assert status.decision["comment"] == comment


SENTENCE = f'Rejected by {BY}: "{WORDS}" Not executed. Do not repeat it unchanged.'


def test_governed_wait_and_the_runner_say_the_same(world: World) -> None:
    console = world.console
    console.before["status"] = lambda run: console.decide(run.id, "rejected", "rejected_by_human", BY, WORDS)
    client = console.client()
    with pytest.raises(ActionRejected) as caught:
        client.governed("ask", payload={}, wait=5)(pytest.fail)()
    assert caught.value.explanation == SENTENCE
    assert client.wait(caught.value.run.action_run_id, 5).explanation == SENTENCE
    world.stored("pending_approval")
    assert world.runner.run_pending_once() == 0
    (event,) = world.events
    assert (event.kind, event.explanation, event.error) == ("rejected", SENTENCE, None)
