"""Only what is installed is collected: `npm run test:adapters` has an environment for each framework."""

from importlib.util import find_spec

import pytest
from fake_console import FakeConsole

from daai.testing import FakeDaai, require_approval_above

pytest.register_assert_rewrite("adapter_cases")

MODULES = {
    "claude_agent": "claude_agent_sdk",
    "fastmcp": "fastmcp",
    "langgraph": "langgraph",
    "openai_agents": "agents",
    "pydantic_ai": "pydantic_ai",
}

collect_ignore_glob = [f"test_{name}*.py" for name, module in MODULES.items() if find_spec(module) is None]


@pytest.fixture
def fake() -> FakeDaai:
    return FakeDaai({"refund_customer": require_approval_above(500)})


@pytest.fixture
def console() -> FakeConsole:
    return FakeConsole()
