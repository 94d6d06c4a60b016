"""What the documentation shows is Python and uses what there is; its quickstart is a whole program."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest
from fake_console import FakeConsole, Run, serve
from scripted import API_KEY, WORKSPACE_KEY

import daai

PAGES = Path(__file__).parents[4] / "components" / "docs" / "content"
FENCE = re.compile(r"^```python[^\n]*\n(.*?)^```", re.S | re.M)
BLOCKS = [
    pytest.param(block, id=f"{page.stem}-{number}")
    for page in sorted(PAGES.glob("*.mdx"))
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
        if isinstance(node, ast.ImportFrom) and node.module == "daai"
        for name in node.names
    ]
    # How to check a receipt with no code of ours is shown too.
    assert imported or "cryptography" in block
    assert set(imported) <= set(daai.__all__)
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
