"""For pytest: `pytest_plugins = ["daai.testing.plugin"]` in conftest.py.

It gives the fixture `fake_daai`. While tests are collected and run, the DAAI_ variables name no real console.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from ._fake import FakeDaai
from ._installed import SETTINGS

_patch = pytest.MonkeyPatch()


def pytest_configure() -> None:
    # A client that is made when a module is imported needs keys: not a real console's, which no test may ask.
    for name, value in SETTINGS.items():
        _patch.setenv(name, value)


def pytest_unconfigure() -> None:
    _patch.undo()


@pytest.fixture
def fake_daai() -> Iterator[FakeDaai]:
    """A console in memory that every client of this process talks to."""
    with FakeDaai() as fake:
        yield fake
