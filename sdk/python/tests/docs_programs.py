"""Plays an adapter's page of the documentation: each of its programs in a process of its own."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import re
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from fake_console import FakeConsole
from fake_console_server import serve
from fake_run import Run
from scripted import API_KEY, WORKSPACE_KEY

PAGES = Path(__file__).parents[3] / "components" / "docs" / "content"
FILE = re.compile(r'^```python title="(\w+\.py)"\n(.*?)^```', re.S | re.M)
SECRET = b"a secret of the tests"
NOTHING: Mapping[str, str] = {}
RECEIVE = """
import asyncio, inspect, json, sys
from receive import receive
received = receive(*json.load(sys.stdin))
if inspect.iscoroutine(received):
    asyncio.run(received)
"""


def docs_files(page: str) -> list[tuple[str, str]]:
    """Names and contents."""
    files: list[tuple[str, str]] = FILE.findall((PAGES / f"{page}.mdx").read_text(encoding="utf-8"))
    return files


class Programs:
    """The files of a page in a folder, with `my_app`, which stands for what the reader has."""

    def __init__(self, folder: Path, base_url: str) -> None:
        self._folder = folder
        self.environment = {
            "DAAI_API_KEY": API_KEY,
            "DAAI_WORKSPACE_KEY": WORKSPACE_KEY,
            "DAAI_BASE_URL": base_url,
            "DAAI_WEBHOOK_SECRET": base64.b64encode(SECRET).decode(),
        }

    def run(self, *command: str, given: str = "") -> str:
        done = subprocess.run(
            [sys.executable, *command],
            input=given,
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
            cwd=self._folder,
            env=self.environment,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def receive(self, event: str, run: Run) -> str:
        """As if the console had posted it."""
        at = str(int(time.time()))
        fields = {"type": event, "timestamp": "2026-11-26T10:00:00.000Z", "data": {"action_run_id": run.id}}
        body = json.dumps(fields)
        signature = hmac.new(SECRET, f"msg_1.{at}.{body}".encode(), hashlib.sha256).digest()
        signed = f"v1,{base64.b64encode(signature).decode()}"
        headers = {"webhook-id": "msg_1", "webhook-timestamp": at, "webhook-signature": signed}
        return self.run("-c", RECEIVE, given=json.dumps([body, headers]))

    def told(self) -> str:
        """What `my_app` wrote down: every result of a tool that its model got."""
        return (self._folder / "told").read_text(encoding="utf-8")

    def executions(self) -> list[str]:
        ledger = self._folder / "ledger"
        return ledger.read_text(encoding="utf-8").splitlines() if ledger.exists() else []


@contextmanager
def programs(
    page: str, my_app: str, folder: Path, console: FakeConsole, environment: Mapping[str, str] = NOTHING
) -> Iterator[Programs]:
    for name, content in [*docs_files(page), ("my_app.py", my_app)]:
        (folder / name).write_text(content, encoding="utf-8")
    with serve(console) as base_url:
        played = Programs(folder, base_url)
        played.environment.update(environment)
        yield played


def check_page(
    page: str, my_app: str, folder: Path, console: FakeConsole, environment: Mapping[str, str] = NOTHING
) -> None:
    """A question, and its answer later in another process."""
    with programs(page, my_app, folder, console, environment) as played:
        assert "waiting for run" in played.run("ask.py")
        (run,) = console.runs.values()
        assert run.payload == {"order": "SO-88214", "amount": 1840}
        played.receive("run.pending", run)
        assert played.executions() == []
        console.decide(run.id, "approved", by="ann@example.com", comment="Once.")
        assert "done" in played.run("resume.py")
        assert (played.executions(), run.execution) == (["SO-88214 1840"], "executed")
        played.receive("run.decided", run)
        for name, _ in docs_files(page):
            if name not in ("ask.py", "resume.py"):
                played.run(name)
        assert played.executions() == ["SO-88214 1840"]


def check_rejection(
    page: str, my_app: str, folder: Path, console: FakeConsole, environment: Mapping[str, str] = NOTHING
) -> None:
    with programs(page, my_app, folder, console, environment) as played:
        played.run("ask.py")
        (run,) = console.runs.values()
        console.decide(run.id, "rejected", "rejected_by_human", "ann@example.com", "Only 1,480.")
        played.receive("run.decided", run)
        assert 'Rejected by ann@example.com: "Only 1,480."' in played.told()
        assert (played.executions(), console.verbs(run.id)[0]) == ([], "intercept")
