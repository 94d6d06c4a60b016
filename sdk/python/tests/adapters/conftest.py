"""Only what is installed is collected: `npm run test:adapters` has an environment for each framework."""

from importlib.util import find_spec

import pytest

pytest.register_assert_rewrite("adapter_cases")

MODULES = {"langgraph": "langgraph", "pydantic_ai": "pydantic_ai"}

collect_ignore = [f"test_{name}.py" for name, module in MODULES.items() if find_spec(module) is None]
