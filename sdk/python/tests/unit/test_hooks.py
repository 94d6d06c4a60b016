"""The commands about the hooks of coding agents, and what a hook makes of the console's answer."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from daai import DaaiApiError, DaaiConnectionError, DaaiMalformedResponseError
from daai._cli import main
from daai._hooks.ask_console import ask_console, exit_code_of_failure

PRE = b'{"hook_event_name": "PreToolUse"}'
DENIAL = {"hookSpecificOutput": {"hookEventName": "PreToolUse", "permissionDecision": "deny"}}
SETTINGS = {
    "DAAI_API_KEY": "daai_sk_test",
    "DAAI_WORKSPACE_KEY": "daai_wk_test",
    "DAAI_BASE_URL": "http://localhost:1/api",
}


@pytest.fixture
def keys(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in SETTINGS.items():
        monkeypatch.setenv(name, value)


@pytest.mark.parametrize(("agent", "name"), [("claude-code", "settings.json"), ("codex", "config.toml")])
def test_install_and_uninstall_from_the_command_line(
    agent: str, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CLAUDE_CONFIG_DIR", str(tmp_path))
    monkeypatch.setenv("CODEX_HOME", str(tmp_path))
    path = tmp_path / name
    assert main(["hooks", "uninstall", agent]) == 0
    assert main(["hooks", "install", agent, "--dry-run"]) == 0
    assert not path.exists()
    assert "+" in capsys.readouterr().out
    assert main(["hooks", "install", agent]) == 0
    assert "hooks" in path.read_text(encoding="utf-8")
    assert main(["hooks", "uninstall", agent]) == 0
    assert not path.exists()

    text = '{"model":"opus"}' if agent == "claude-code" else 'model = "x"'
    path.write_text(text, encoding="utf-8")
    path.chmod(0o640)
    link = tmp_path / "linked"
    link.symlink_to(path)
    for verb in ("install", "uninstall"):
        unchanged = path.read_bytes()
        assert main(["hooks", verb, agent, "--file", str(link), "--dry-run"]) == 0
        assert path.read_bytes() == unchanged
        assert main(["hooks", verb, agent, "--file", str(link)]) == 0
        assert path.read_bytes() != unchanged
    assert path.read_text(encoding="utf-8") == text
    assert path.stat().st_mode & 0o777 == 0o640
    assert link.is_symlink()
    assert main(["hooks", "install", "claude-code", "--file", str(tmp_path)]) == 1


def test_no_command_is_installed_on_windows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "settings"
    monkeypatch.setattr(sys, "platform", "win32")
    for arguments, advice in (
        (["codex"], "WSL"),
        (["claude-code", "--command-hook"], "without --command-hook"),
    ):
        assert main(["hooks", "install", *arguments, "--file", str(file)]) == 1
        assert advice in capsys.readouterr().err
    assert not file.exists()
    assert main(["hooks", "install", "claude-code", "--file", str(file)]) == 0


def answering(
    status: int, body: object, echo: Callable[[str], dict[str, str]] = lambda call: {"DAAI-Call": call}
) -> httpx.MockTransport:
    def respond(request: httpx.Request) -> httpx.Response:
        assert request.headers["authorization"] == "Bearer daai_sk_test"
        assert request.headers["x-daai-workspace-key"] == "daai_wk_test"
        assert request.url.path == "/api/v1/hooks/codex"
        return httpx.Response(status, json=body, headers=echo(request.headers["DAAI-Call"]))

    return httpx.MockTransport(respond)


@pytest.mark.usefixtures("keys")
def test_the_console_decides() -> None:
    assert ask_console("codex", b"{}", answering(200, {})) == ""
    assert json.loads(ask_console("codex", b"{}", answering(200, DENIAL))) == DENIAL
    with pytest.raises(DaaiApiError, match=r"The API key is unknown\."):
        ask_console("codex", b"{}", answering(401, {"detail": "The API key is unknown."}))
    for status, body in ((503, {}), (204, {}), (200, []), (201, {})):
        with pytest.raises(DaaiApiError):
            ask_console("codex", b"{}", answering(status, body))
    with pytest.raises(DaaiMalformedResponseError):
        ask_console("codex", b"{}", httpx.MockTransport(lambda _: httpx.Response(200, text="<html>")))
    with pytest.raises(DaaiConnectionError):
        ask_console("codex", b"{}")


@pytest.mark.usefixtures("keys")
@pytest.mark.parametrize(
    ("headers", "problem"), [({}, "doesn't name the request"), ({"DAAI-Call": "0" * 32}, "another request")]
)
def test_an_empty_answer_of_somebody_else_allows_nothing(headers: dict[str, str], problem: str) -> None:
    with pytest.raises(DaaiMalformedResponseError, match=problem):
        ask_console("codex", b"{}", answering(200, {}, lambda _call: headers))


@pytest.mark.usefixtures("keys")
@pytest.mark.parametrize(
    ("given", "code"),
    [
        (PRE, 2),
        (b"not json", 2),
        (b"[]", 2),
        (b'{"hook_event_name": "PostToolUse"}', 1),
        (b'{"hook_event_name": "PostToolUseFailure"}', 1),
    ],
)
def test_a_console_that_is_away_blocks(
    given: bytes, code: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert exit_code_of_failure(given) == code
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(given)))
    assert main(["hook", "codex"]) == code
    output = capsys.readouterr()
    assert output.out == ""
    # Codex blocks only with a reason.
    assert "can't be reached" in output.err


def test_missing_keys_block(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DAAI_API_KEY", raising=False)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(PRE)))
    assert main(["hook", "claude-code"]) == 2
