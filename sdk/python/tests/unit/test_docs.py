"""What the documentation shows is Python and uses what there is; its quickstart is a whole program."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest
from fake_console import FakeConsole
from fake_console_server import serve
from fake_run import Run
from scripted import API_KEY, WORKSPACE_KEY

import daai
import daai.adapters
import daai.testing

PAGES = Path(__file__).parents[4] / "components" / "docs" / "content"
MODULES: dict[str | None, ModuleType] = {
    "daai": daai,
    "daai.adapters": daai.adapters,
    "daai.testing": daai.testing,
}
# Their programs are run with their frameworks: `npm run test:adapters`.
ADAPTERS = {"claude-agent", "crewai", "fastmcp", "langgraph", "openai-agents", "pydantic-ai"}
FENCE = re.compile(r"^```python[^\n]*\n(.*?)^```", re.S | re.M)
BLOCKS = [
    pytest.param(block, id=f"{page.stem}-{number}")
    for page in sorted(PAGES.glob("*.mdx"))
    if page.stem not in ADAPTERS
    for number, block in enumerate(FENCE.findall(page.read_text(encoding="utf-8")), 1)
]


def test_the_pages_show_python() -> None:
    assert len(BLOCKS) > 8


@pytest.mark.parametrize("block", BLOCKS)
def test_a_snippet_is_python_and_uses_what_there_is(block: str) -> None:
    tree = ast.parse(block)
    compile(tree, "snippet", "exec")
    imported = [
        name.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module in MODULES
        for name in node.names
        if name.name in MODULES[node.module].__all__ or pytest.fail(f"{node.module} has no {name.name}")
    ]
    # How to check a receipt with no code of ours is shown too, and how a plugin is named.
    assert imported or "cryptography" in block or "pytest_plugins" in block
    called = {
        node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute) and _is_client(node.value)
    }
    assert all(hasattr(daai.DaaiClient, name) for name in called)


def _is_client(node: ast.expr) -> bool:
    return isinstance(node, ast.Name) and node.id == "client"


def test_the_quickstart_waits_for_a_person_runs_once_and_reports(tmp_path: Path) -> None:
    (block,) = FENCE.findall((PAGES / "quickstart.mdx").read_text(encoding="utf-8"))
    program = tmp_path / "first_run.py"
    program.write_text(block, encoding="utf-8")
    console = FakeConsole()

    def approve(run: Run) -> None:
        if run.governance == "pending_approval":
            console.decide(run.id, "approved")

    console.before["status"] = approve
    with serve(console) as base_url:
        settings = {"DAAI_API_KEY": API_KEY, "DAAI_WORKSPACE_KEY": WORKSPACE_KEY, "DAAI_BASE_URL": base_url}

        def play() -> str:
            command = [sys.executable, str(program)]
            done = subprocess.run(
                command, capture_output=True, text=True, check=True, cwd=tmp_path, env=settings
            )
            return done.stdout

        first = play()
        assert "pending_approval" in first
        assert "Decide here: " in first
        assert "running with" in first
        assert "executed and reported" in first
        assert "running with" not in play()
    (run,) = console.runs.values()
    assert run.execution == "executed"


def test_the_tests_of_an_agent_pass(tmp_path: Path) -> None:
    page = (PAGES / "testing.mdx").read_text(encoding="utf-8")
    files = re.findall(r'^```python title="(\w+\.py)"\n(.*?)^```', page, re.S | re.M)
    for name, content in files:
        (tmp_path / name).write_text(content, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "."]
    done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, check=False)
    assert "10 passed" in done.stdout, done.stdout + done.stderr
    names = [
        "conftest.py",
        "agent.py",
        "test_agent.py",
        "test_transfer.py",
        "test_budget.py",
        "test_grant.py",
        "test_freeze.py",
        "test_doubt.py",
    ]
    assert [name for name, _ in files] == names
