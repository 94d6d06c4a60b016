import pytest
from log_console import LogConsole
from receipt_log import ORIGIN
from runner_world import World
from scripted import RUN_ID, Call, call_async, call_sync

from daai import DaaiClient


@pytest.fixture(params=[call_sync, call_async], ids=["sync", "async"])
def call(request: pytest.FixtureRequest) -> Call:
    """Calls a client method by name: every test that uses it holds for both clients."""
    chosen: Call = request.param
    return chosen


@pytest.fixture
def world() -> World:
    return World()


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
