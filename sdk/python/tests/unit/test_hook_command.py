"""A hook's command in a process, as agents start it: whatever happens, it ends in time and blocks."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

import daai
from daai._cli import main

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

GIVEN = b'{"hook_event_name": "PreToolUse"}'
HEAD = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nDAAI-Call: {}\r\nContent-Length: {}\r\n\r\n{{"
Environment = dict[str, str]


@contextmanager
def listening(answer: Callable[[socket.socket, str], None]) -> Iterator[Environment]:
    """A console that `answer` plays for one request with this call; gives the settings of a process."""

    def serve() -> None:
        connection, _ = server.accept()
        with connection:
            request = b""
            while not request.endswith(GIVEN):
                request += connection.recv(65536)
            head = dict(
                line.split(": ", 1) for line in request.decode().lower().split("\r\n") if ": " in line
            )
            answer(connection, head["daai-call"])

    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(60)
        thread = threading.Thread(target=serve)
        thread.start()
        source = str(Path(daai.__file__).parents[1])
        url = f"http://127.0.0.1:{server.getsockname()[1]}/api"
        keys = {"DAAI_API_KEY": "daai_sk_test", "DAAI_WORKSPACE_KEY": "daai_wk_test"}
        yield {**os.environ, **keys, "DAAI_BASE_URL": url, "PYTHONPATH": source}
        thread.join()


def allow(connection: socket.socket, call: str) -> None:
    connection.sendall(f"{HEAD.format(call, 2)}}}".encode())


def drip(connection: socket.socket, call: str) -> None:
    """Never done, and never silent for long."""
    connection.sendall(HEAD.format(call, 999_999).encode())
    pause = threading.Event()
    try:
        while not pause.wait(0.01):
            connection.sendall(b" ")
    except OSError:
        """The other side has given up."""


def run(command: list[str], environment: Environment) -> tuple[int, bytes, bytes]:
    done = subprocess.run(
        command, input=GIVEN, capture_output=True, env=environment, check=False, timeout=300
    )
    return done.returncode, done.stdout, done.stderr


def test_an_answer_that_never_ends_blocks_in_time() -> None:
    program = """
import sys
from daai._cli import main
from daai._hooks import commands
commands.DEADLINE_SECONDS = 0.5
sys.exit(main(["hook", "codex"]))
"""
    with listening(drip) as environment:
        code, out, error = run([sys.executable, "-c", program], environment)
    assert (code, out) == (2, b"")
    assert b"no answer within" in error


@pytest.mark.parametrize("agent", ["claude-code", "codex"])
def test_what_is_installed_runs_in_a_shell_and_blocks_without_its_python(
    agent: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    python = tmp_path / "ann's python $HOME" / "python"
    python.parent.mkdir()
    python.write_text(f'#!/bin/sh\nexec {sys.executable} "$@"\n', encoding="utf-8")
    python.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(python))
    file = tmp_path / "settings"
    arguments = ["--command-hook"] if agent == "claude-code" else []
    assert main(["hooks", "install", agent, "--file", str(file), *arguments]) == 0
    text = file.read_text(encoding="utf-8")
    hooks = (json.loads(text) if agent == "claude-code" else tomllib.loads(text))["hooks"]
    before, after = (
        ["/bin/sh", "-c", hooks[event][0]["hooks"][0]["command"]] for event in ("PreToolUse", "PostToolUse")
    )

    with listening(allow) as environment:
        assert run(before, environment) == (0, b"", b"")
    # The console is away now.
    assert run(before, environment)[0] == 2
    python.unlink()
    code, out, error = run(before, environment)
    assert (code, out) == (2, b"")
    # Codex blocks only with a reason.
    assert b"not found" in error
    # What ran can't be blocked any more.
    assert run(after, environment)[0] == 127
