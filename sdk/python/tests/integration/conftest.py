"""Everything here talks to the console that the environment names; see the README."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
from collections.abc import Iterator
from datetime import datetime, timezone
from pathlib import Path
from uuid import uuid4

import pytest

from daai import DaaiClient

ALLOW, ASK, BLOCK = "sdk_allow", "sdk_ask", "sdk_block"
POLICIES = {ALLOW: "always_allow", ASK: "always_require_approval", BLOCK: "always_block"}


class Console:
    """The admin tool of the console."""

    def __init__(self) -> None:
        self.base_url = os.environ["DAAI_TEST_BASE_URL"]
        self.api_key = os.environ["DAAI_TEST_API_KEY"]
        self.workspace_key = os.environ["DAAI_TEST_WORKSPACE_KEY"]
        self._admin = shlex.split(os.environ["DAAI_TEST_ADMIN"])

    def client(self) -> DaaiClient:
        return DaaiClient(self.api_key, self.workspace_key, self.base_url)

    def register(self, name: str, policy: str) -> None:
        workspace = os.environ["DAAI_TEST_WORKSPACE_ID"]
        # A console that was tested before has it already; if it has not, the first proposal will tell.
        self._run(
            "action", "register", "--workspace", workspace, "--name", name, "--policy", policy, check=False
        )

    @property
    def owner(self) -> str:
        return os.environ["DAAI_TEST_OWNER_EMAIL"]

    def decide(self, run_id: str, decision: str, comment: str | None = None) -> None:
        if decision == "revoke":
            self.revoke(run_id)
            return
        words = [] if comment is None else ["--comment", comment]
        self._run("run", "decide", run_id, "--decision", decision, "--as", self.owner, *words, check=True)

    def revoke(self, run_id: str) -> None:
        self._run("run", "revoke", run_id, "--as", self.owner, check=True)

    def export_log(self, file: Path) -> bytes:
        workspace = os.environ["DAAI_TEST_WORKSPACE_ID"]
        self._run("log", "export", "--workspace", workspace, "--to", str(file), check=True)
        return file.read_bytes()

    def new_workspace(self) -> str:
        """The id of one with the action sdk_allow, for tests that manage all the actions that there are."""
        owner = os.environ["DAAI_TEST_OWNER_EMAIL"]
        names = ("--name", "Policy files", "--client", "Policy files")
        made = self._run("workspace", "create", "--owner", owner, *names, check=True)
        workspace = str(json.loads(made)["workspace_id"])
        action = ("--name", "sdk_allow", "--policy", "always_allow")
        self._run("action", "register", "--workspace", workspace, *action, check=True)
        return workspace

    def management_key(self, workspace: str, *scopes: str) -> str:
        chosen = [word for scope in scopes for word in ("--scope", scope)]
        made = self._run("management-key", "create", "--workspace", workspace, *chosen, check=True)
        return str(json.loads(made)["key"])

    def edit(self, workspace: str, name: str, *options: str) -> None:
        self._run("action", "edit", "--workspace", workspace, "--name", name, *options, check=True)

    def restart_log(self) -> None:
        workspace = os.environ["DAAI_TEST_WORKSPACE_ID"]
        backup = datetime.now(timezone.utc).isoformat(timespec="milliseconds")
        self._run("log", "restart", "--workspace", workspace, "--backup", backup, "--confirm", check=True)

    def _run(self, *arguments: str, check: bool) -> str:
        done = subprocess.run(
            [*self._admin, *arguments, "--json"], capture_output=True, text=True, check=False, timeout=120
        )
        if check:
            assert done.returncode == 0, done.stderr or done.stdout
        return done.stdout


@pytest.fixture(scope="session")
def console() -> Console:
    console = Console()
    for name, policy in POLICIES.items():
        console.register(name, policy)
    return console


@pytest.fixture
def client(console: Console) -> Iterator[DaaiClient]:
    with console.client() as client:
        yield client


@pytest.fixture
def key() -> str:
    return f"sdk-test:{uuid4()}"


@pytest.fixture(autouse=True)
def no_settings() -> None:
    """The settings of the tests are those of the environment."""
