"""The conformance cases about what a console does, against the fake of `daai.testing`."""

from __future__ import annotations

import anyio
import pytest

from daai.testing import FakeDaai

from .cases import Case, load_cases
from .player import Player

CASES = [pytest.param(case, id=name) for name, case in load_cases() if case.get("real") or case.get("fake")]
POLICIES = {
    "sdk_allow": "always_allow",
    "sdk_ask": "always_require_approval",
    "sdk_block": "always_block",
}
NO_RUN = "01890000-0000-7000-8000-000000000000"


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("kind", ["sync", "async"])
def test_case(kind: str, case: Case) -> None:
    fake = FakeDaai(POLICIES)

    def decide(run_id: str, decision: str, comment: str | None) -> None:
        if decision == "revoke":
            fake.revoke(run_id, comment)
        else:
            fake.decide(run_id, decision, comment)

    def advance(seconds: float) -> None:
        fake.clock.advance(seconds=seconds)

    player = Player(NO_RUN, decide, advance)
    if kind == "sync":
        assert player.play(case, fake.client()) == []
    else:
        assert anyio.run(player.play_async, case, fake.async_client()) == []


def test_there_are_cases_for_a_console() -> None:
    assert len(CASES) > 15
