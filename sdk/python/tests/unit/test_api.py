"""The two clients match, and what the README lists is what there is."""

from __future__ import annotations

import inspect
import re
import subprocess
import sys
from pathlib import Path
from textwrap import dedent

import pytest
from fake_console import FakeConsole
from fake_console_server import serve
from scripted import API_KEY, WORKSPACE_KEY

import daai
from daai import AsyncDaaiClient, DaaiClient

README = Path(__file__).parents[2] / "README.md"
METHODS = sorted(
    name for name, _ in inspect.getmembers(DaaiClient, inspect.isfunction) if not name.startswith("_")
)
NOT_AWAITED = {"execution", "governed"}


def test_the_clients_have_the_same_methods() -> None:
    functions = inspect.getmembers(AsyncDaaiClient, inspect.isfunction)
    asynchronous = {name for name, _ in functions if not name.startswith("_")}
    assert asynchronous - {"aclose"} == set(METHODS) - {"close"}


@pytest.mark.parametrize("name", [name for name in METHODS if name != "close"])
def test_a_method_takes_the_same_and_gives_the_same(name: str) -> None:
    sync, asynchronous = getattr(DaaiClient, name), getattr(AsyncDaaiClient, name)
    ours, theirs = inspect.signature(sync), inspect.signature(asynchronous)
    assert ours.parameters == theirs.parameters
    if name != "execution":
        assert ours.return_annotation == theirs.return_annotation
    assert inspect.iscoroutinefunction(asynchronous) == (name not in NOT_AWAITED)
    assert inspect.getdoc(sync)
    assert inspect.getdoc(asynchronous)


def test_the_constructors_take_the_same() -> None:
    def names(client: type[object]) -> list[tuple[str, object]]:
        return [(p.name, p.default) for p in inspect.signature(client).parameters.values()]

    assert names(DaaiClient) == names(AsyncDaaiClient)
    assert [name for name, _ in names(DaaiClient)] == [
        "api_key",
        "workspace_key",
        "base_url",
        "timeout_seconds",
        "http_client",
        "checkpoint_store",
        "log_keys",
        "poll_seconds",
    ]


def test_all_is_what_the_readme_lists() -> None:
    section = README.read_text(encoding="utf-8").split("## Names", 1)[1].split("\n## ", 1)[0]
    listed = re.findall(r"`([A-Za-z_]+)`", section)
    assert sorted(listed) == sorted(daai.__all__)
    assert all(hasattr(daai, name) for name in daai.__all__)


def test_the_exception_tree_in_the_docstring_is_the_tree() -> None:
    drawn: dict[str, str] = {}
    path: list[str] = []
    for line in (inspect.getdoc(daai._exceptions) or "").splitlines():
        found = re.match(r"([│ ]*)[├└]── (\w+)", line)
        if line.startswith("DaaiError"):
            path = ["DaaiError"]
        elif found:
            depth = len(found[1]) // 4 + 1
            drawn[found[2]] = path[depth - 1]
            path[depth:] = [found[2]]
    real = {
        name: value.__mro__[1].__name__
        for name, value in vars(daai).items()
        if isinstance(value, type) and issubclass(value, daai.DaaiError) and value is not daai.DaaiError
        # An alias of a former name is no class of its own.
        if name == value.__name__
    }
    assert drawn == real


def test_the_quickstart_of_the_readme_runs(tmp_path: Path) -> None:
    """Every Python block is Python, and the first one is a whole program."""
    found = re.findall(r"^ *```python\n(.*?)^ *```", README.read_text(encoding="utf-8"), re.S | re.M)
    blocks = [dedent(block) for block in found]
    for block in blocks:
        compile(block, "README.md", "exec")
    program = tmp_path / "remind.py"
    program.write_text(blocks[0], encoding="utf-8")
    console = FakeConsole()
    with serve(console) as base_url:
        settings = {"DAAI_API_KEY": API_KEY, "DAAI_WORKSPACE_KEY": WORKSPACE_KEY, "DAAI_BASE_URL": base_url}

        def play() -> str:
            command = [sys.executable, str(program)]
            done = subprocess.run(
                command, capture_output=True, text=True, check=True, cwd=tmp_path, env=settings
            )
            return done.stdout

        assert "the runner will execute run" in play()
        (run,) = console.runs.values()
        assert "0 executed" in play()
        console.decide(run.id, "approved")
        assert "1 executed" in play()
        assert run.execution == "executed"
        assert "0 executed" in play()
    assert len(console.runs) == 1
