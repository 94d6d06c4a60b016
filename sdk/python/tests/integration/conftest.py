"""Everything here talks to the console that the environment names; see the README."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import time
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
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
        self._key: str | None = None
        self._budgets: list[str] = []
        self._freezes: dict[str, str] = {}
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

    def set_up(self, actions: dict[str, str], budgets: list[dict[str, Any]]) -> None:
        """What a conformance case needs."""
        # Of the last case: a workspace has room for fifty.
        for budget_id in self._budgets:
            self._manage("DELETE", f"budgets/{budget_id}")
        for name, policy in actions.items():
            self._manage("PUT", f"actions/{name}", {"title": name, "policy": {"type": policy}})
        made = [self._manage("POST", "budgets", {"when_exceeded": "ask", **budget}) for budget in budgets]
        self._budgets = [budget["budget_id"] for budget in made]

    def _manage(self, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
        """Asks the management API, which is faster than a command."""
        if self._key is None:
            scopes = ("actions:write", "budgets:write", "freezes:start", "freezes:thaw")
            self._key = self.management_key(os.environ["DAAI_TEST_WORKSPACE_ID"], *scopes)
        headers = {"Authorization": f"Bearer {self._key}"}
        address = f"{self.base_url}/api/v1/manage/{path}"
        response = httpx.request(method, address, headers=headers, json=body)
        assert response.is_success, response.text
        return response.json() if response.content else None

    def freeze(self, action: str) -> None:
        freeze = self._manage("POST", "freezes", {"action": action, "reason": "Wrong bank."})
        self._freezes[action] = freeze["freeze_id"]

    def thaw(self, action: str) -> None:
        self._manage("POST", f"freezes/{self._freezes[action]}/thaw", {})

    def advance(self, seconds: float) -> None:
        raise AssertionError(f"nobody can turn a console's clock by {seconds} s")

    def decide(
        self, run_id: str, decision: str, comment: str | None = None, grant: dict[str, Any] | None = None
    ) -> None:
        if grant is not None:
            self._approve_same(run_id, grant)
            return
        if decision == "revoke":
            self.revoke(run_id)
            return
        words = [] if comment is None else ["--comment", comment]
        self._run("run", "decide", run_id, "--decision", decision, "--as", self.owner, *words, check=True)

    def _approve_same(self, run_id: str, grant: dict[str, Any]) -> None:
        """Only the decision page gives a grant, so this is its form."""
        until = datetime.now(timezone.utc).date() + timedelta(days=grant["days"])
        form = {
            "decision": "approve_same",
            "confirm": "yes",
            "facts": grant["facts"],
            "amountEach": grant.get("amount_each", ""),
            "total": grant.get("total", ""),
            "maxUses": grant["max_uses"],
            "until": until.isoformat(),
        }
        link = self._decision_link(run_id)
        origin = re.sub(r"^(https?://[^/]+).*", r"\1", link)
        response = httpx.post(f"{link}/answer", data=form, headers={"Origin": origin})
        assert response.headers.get("location", "").endswith("?done=1"), response.headers

    def _decision_link(self, run_id: str) -> str:
        """The link in the email to the owner, once that was sent."""
        for _ in range(60):
            listed = json.loads(self._run("mailbox", "list", "--run", run_id, check=True))
            for message in listed["messages"]:
                shown = json.loads(self._run("mailbox", "show", message["message_id"], check=True))
                for link in shown["links"]:
                    if re.search(r"/decide/[^/?]+$", link):
                        return str(link)
            time.sleep(0.25)
        raise AssertionError(f"no email about the run {run_id} was sent")

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
