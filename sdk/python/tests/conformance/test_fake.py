"""The conformance cases about what a console does, against the fake of `daai.testing`."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import anyio
import pytest

from daai.testing import FakeDaai, budget, grant

from .cases import Case, load_cases
from .player import Player

CASES = [pytest.param(case, id=name) for name, case in load_cases() if case.get("real") or case.get("fake")]
POLICIES = {
    "sdk_allow": "always_allow",
    "sdk_ask": "always_require_approval",
    "sdk_block": "always_block",
}
NO_RUN = "01890000-0000-7000-8000-000000000000"


class FakeActs:
    def __init__(self, fake: FakeDaai) -> None:
        self._fake = fake

    def set_up(self, actions: dict[str, str], budgets: list[dict[str, Any]]) -> None:
        for name, policy in actions.items():
            self._fake.register(name, policy)
        for document in budgets:
            terms = {name: value for name, value in document.items() if name not in ("name", "measure")}
            self._fake.add_budget(budget(document["name"], **terms))

    def decide(
        self, run_id: str, decision: str, comment: str | None = None, given: dict[str, Any] | None = None
    ) -> None:
        if decision == "revoke":
            self._fake.revoke(run_id, comment)
            return
        terms = dict(given or {})
        until = self._fake.clock.now + timedelta(days=terms.pop("days", 0))
        same = grant(terms.pop("facts"), until=until.date(), **terms) if given else None
        self._fake.decide(run_id, decision, comment, grant=same)

    def freeze(self, action: str) -> None:
        self._fake.freeze(action)

    def thaw(self, action: str) -> None:
        self._fake.thaw(action)

    def advance(self, seconds: float) -> None:
        self._fake.clock.advance(seconds=seconds)


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("kind", ["sync", "async"])
def test_case(kind: str, case: Case) -> None:
    fake = FakeDaai(POLICIES)
    player = Player(NO_RUN, FakeActs(fake))
    if kind == "sync":
        assert player.play(case, fake.client()) == []
    else:
        assert anyio.run(player.play_async, case, fake.async_client()) == []


def test_there_are_cases_for_a_console() -> None:
    assert len(CASES) > 15
