"""The conformance cases that a real console can play, in one conversation with it."""

from __future__ import annotations

import pytest
from conformance.cases import Case, load_cases
from conformance.player import Player

from daai import DaaiClient

from .conftest import Console

CASES = [pytest.param(case, id=name) for name, case in load_cases() if case.get("real")]
NO_RUN = "01890000-0000-7000-8000-000000000000"


@pytest.mark.parametrize("case", CASES)
def test_case(case: Case, console: Console, client: DaaiClient) -> None:
    assert Player(NO_RUN, console).play(case, client) == []
