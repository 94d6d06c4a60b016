"""Only what is installed is collected: `npm run test:adapters` has an environment for each framework."""

import os
from importlib.util import find_spec

import pytest
from crewai_quiet import QUIET
from fake_console import FakeConsole

from daai.testing import FakeDaai, require_approval_above

pytest.register_assert_rewrite("adapter_cases")
# Before it's imported.
os.environ.update(QUIET)

MODULES = {
    "claude_agent": "claude_agent_sdk",
    "crewai": "crewai",
    "fastmcp": "fastmcp",
    "langgraph": "langgraph",
    "openai_agents": "agents",
    "pydantic_ai": "pydantic_ai",
}

collect_ignore_glob = [f"test_{name}*.py" for name, module in MODULES.items() if find_spec(module) is None]


def pytest_configure(config: pytest.Config) -> None:
    """What CrewAI says about its own modules is nothing that we could change."""
    for told in ("::DeprecationWarning:crewai", ":Cannot set an attribute on 'crewai:ImportWarning"):
        config.addinivalue_line("filterwarnings", f"ignore{told}")


@pytest.fixture
def fake() -> FakeDaai:
    return FakeDaai({"refund_customer": require_approval_above(500)})


@pytest.fixture
def console() -> FakeConsole:
    return FakeConsole()
