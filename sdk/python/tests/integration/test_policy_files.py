"""Policies in files, against the console's management API."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import pytest

from daai._cli import main
from daai._policy.console import Management

from .conftest import Console

Capture = pytest.CaptureFixture[str]
Policy = Callable[..., int]

REFUND = """\
# Who gets money back.
action: {name}
title: Refund a customer
risk: high
policy:
  rules:
    - name: small and known # up to what the desk may give
      when: amount <= dec("100") && payload.customer.is_known
      then: allow
    - name: embargo
      when: payload.country in ["KP", "NO"]
      then: block
  otherwise: ask
tests:
  - payload: {{ amount: "80.00", customer: {{ is_known: true }}, country: DE, on: 2026-11-19 }}
    expect: allow
  - name: Norway is a country
    payload: {{ amount: "800", customer: {{ is_known: true }}, country: NO }}
    expect: block
"""


@pytest.fixture(scope="module")
def workspace(console: Console) -> str:
    return console.new_workspace()


@pytest.fixture(scope="module")
def management_key(console: Console, workspace: str) -> str:
    return console.management_key(workspace, "actions:read", "actions:write")


@pytest.fixture
def folder(console: Console, management_key: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with the folder `policies`, in which the commands run."""
    monkeypatch.setenv("DAAI_BASE_URL", console.base_url)
    monkeypatch.setenv("DAAI_MANAGEMENT_KEY", management_key)
    monkeypatch.chdir(tmp_path)
    git("init", "--quiet")
    (tmp_path / "policies").mkdir()
    return tmp_path / "policies"


@pytest.fixture
def name() -> str:
    return f"refund_{uuid4().hex[:12]}"


def git(*arguments: str) -> str:
    program = shutil.which("git")
    assert program is not None
    settings = ["-c", "user.name=Ann", "-c", "user.email=ann@example.com", "-c", "commit.gpgsign=false"]
    done = subprocess.run([program, *settings, *arguments], capture_output=True, text=True, check=True)
    return done.stdout.strip()


def commit(folder: Path) -> str:
    git("add", str(folder))
    git("commit", "--quiet", "-m", "Change policies")
    return git("rev-parse", "HEAD")


def policy(*arguments: str) -> int:
    return main(["policy", *arguments])


def managed_by(name: str) -> object:
    with Management() as console:
        return console.action(name)[0]["managed_by"]


def test_a_file_is_tested_planned_and_applied_once(folder: Path, name: str, capsys: Capture) -> None:
    file = folder / "refund.yaml"
    file.write_text(REFUND.format(name=name), encoding="utf-8")
    head = commit(folder)
    assert policy("test") == 0
    assert capsys.readouterr().out == "ok    policies/refund.yaml: 2 tests\n"
    assert policy("plan", "policies") == 2
    assert f"+ {name} (policies/refund.yaml)" in capsys.readouterr().out
    assert policy("apply") == 0
    assert f"registered {name}" in capsys.readouterr().out
    assert managed_by(name) == {"file": "policies/refund.yaml", "commit": head, "is_current": True}
    assert policy("plan") == 0
    assert policy("apply") == 0
    assert "0 actions change, 1 unchanged." in capsys.readouterr().out

    file.write_text(
        file.read_text(encoding="utf-8").replace("risk: high", "risk: critical"), encoding="utf-8"
    )
    assert policy("plan") == 2
    assert "Risk: high → critical" in capsys.readouterr().out
    assert policy("apply") == 0
    assert managed_by(name) == {"file": "policies/refund.yaml", "commit": f"{head}-dirty", "is_current": True}


def test_a_plan_has_a_backtest_of_what_would_be_decided_differently(
    console: Console, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    """Of an action that has runs, in the workspace of the other tests."""
    name = f"backtest_{uuid4().hex[:12]}"
    console.register(name, "always_allow")
    with console.client() as client:
        client.intercept(action=name, payload={})
    key = console.management_key(
        os.environ["DAAI_TEST_WORKSPACE_ID"], "actions:read", "actions:write", "backtests:run"
    )
    monkeypatch.setenv("DAAI_MANAGEMENT_KEY", key)
    (folder / "backtest.yaml").write_text(
        f"action: {name}\ntitle: {name}\npolicy: {{ type: always_block }}\n", encoding="utf-8"
    )
    assert policy("plan", "--days", "7") == 2
    captured = capsys.readouterr()
    assert f"Backtest of {name}, last 7 days:\n    1 of 1 run would be decided differently.\n" in captured.out
    assert "1 run would be blocked instead of allowed" in captured.out
    assert "1 had no person" in captured.out
    assert policy("plan", "--no-backtest") == 2
    assert "Backtest of" not in capsys.readouterr().out


def test_a_failing_test_says_what_was_decided_and_why(folder: Path, name: str, capsys: Capture) -> None:
    wrong = REFUND.format(name=name).replace("expect: block", "expect: ask")
    (folder / "refund.yaml").write_text(wrong, encoding="utf-8")
    assert policy("test") == 1
    out = capsys.readouterr().out
    assert out.startswith("FAIL  policies/refund.yaml: 2 tests\n")
    assert "test 2, Norway is a country: expected ask, got block by the rule embargo." in out


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (("amount <= dec", "amount <= <= dec"), "policy.rules.0.when"),
        (("risk: high", "risk: huge"), "risk must be"),
        (("title: Refund a customer\n", ""), "title is required."),
    ],
)
def test_what_the_console_refuses_is_said_of_the_file(
    folder: Path, name: str, capsys: Capture, change: tuple[str, str], problem: str
) -> None:
    (folder / "refund.yaml").write_text(REFUND.format(name=name).replace(*change), encoding="utf-8")
    assert policy("plan") == 1
    error = capsys.readouterr().err
    assert error.startswith("daai: policies/refund.yaml: ")
    assert problem in error


def test_a_plan_shows_approvers_that_the_key_may_not_choose(folder: Path, name: str, capsys: Capture) -> None:
    other = REFUND.format(name=name).replace("risk: high", "approvers: [ann@example.com]")
    (folder / "refund.yaml").write_text(other, encoding="utf-8")
    assert policy("plan") == 2
    assert "ann@example.com" in capsys.readouterr().out
    assert policy("apply") == 1
    error = capsys.readouterr().err
    assert error.startswith("daai: policies/refund.yaml: ")
    assert "needs a key with the scope approvers:write" in error
    with Management() as console:
        assert name not in {action["action"] for action in console.actions()}


def test_a_plan_is_refused_once_the_console_has_changed(
    console: Console, workspace: str, folder: Path, name: str, capsys: Capture
) -> None:
    file = folder / "refund.yaml"
    file.write_text(REFUND.format(name=name), encoding="utf-8")
    assert policy("plan", "--out", "plan.json") == 2
    assert policy("apply", "--plan", "plan.json") == 0
    # It was for a new action.
    assert policy("apply", "--plan", "plan.json") == 1
    file.write_text(file.read_text(encoding="utf-8").replace("risk: high", "risk: low"), encoding="utf-8")
    assert policy("plan", "--out", "plan.json") == 2
    console.edit(workspace, name, "--description", "By hand")
    assert policy("apply", "--plan", "plan.json") == 1
    assert f"daai: {name} was changed after the plan, so nothing was applied" in capsys.readouterr().err
    assert isinstance(managed := managed_by(name), dict)
    assert managed["is_current"] is False


def test_pull_writes_what_was_changed_by_hand_and_keeps_tests_and_comments(
    console: Console, workspace: str, folder: Path, name: str, capsys: Capture
) -> None:
    file = folder / "refund.yaml"
    file.write_text(REFUND.format(name=name), encoding="utf-8")
    assert policy("apply") == 0
    assert policy("pull") == 0
    assert f"unchanged  policies/{file.name}" in capsys.readouterr().out
    assert file.read_text(encoding="utf-8") == REFUND.format(name=name)
    # The other actions of the workspace got files of their own.
    assert (folder / "sdk_allow.yaml").read_text(encoding="utf-8").startswith("action: sdk_allow\n")
    console.edit(workspace, name, "--risk", "low", "--description", "By hand")
    assert policy("pull") == 0
    pulled = file.read_text(encoding="utf-8")
    assert "risk: low" in pulled
    assert "description: By hand" in pulled
    assert "# Who gets money back." in pulled
    assert "# up to what the desk may give" in pulled
    assert "Norway is a country" in pulled
    assert policy("test", str(file)) == 0
    assert policy("apply") == 0


def test_an_action_without_its_file_stays_unless_told(folder: Path, name: str, capsys: Capture) -> None:
    file, other = folder / "refund.yaml", folder / "other.yaml"
    file.write_text(REFUND.format(name=name), encoding="utf-8")
    other.write_text(f"action: {name}_b\ntitle: B\npolicy: {{ type: always_allow }}\n", encoding="utf-8")
    assert policy("apply") == 0
    file.unlink()
    capsys.readouterr()
    assert policy("plan") == 0
    assert f"{name} is managed by policies/refund.yaml" in capsys.readouterr().out
    assert policy("apply", "--deactivate-removed") == 0
    assert f"deactivated {name}\n" in capsys.readouterr().out
    with Management() as console:
        active = {action["action"]: action["is_active"] for action in console.actions()}
    assert (active[name], active[f"{name}_b"]) == (False, True)
