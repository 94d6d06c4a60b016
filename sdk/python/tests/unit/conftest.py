import pytest
from runner_world import World
from scripted import Call, call_async, call_sync


@pytest.fixture(params=[call_sync, call_async], ids=["sync", "async"])
def call(request: pytest.FixtureRequest) -> Call:
    """Calls a client method by name: every test that uses it holds for both clients."""
    chosen: Call = request.param
    return chosen


@pytest.fixture
def world() -> World:
    return World()
