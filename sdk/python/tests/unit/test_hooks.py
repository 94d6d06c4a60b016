"""Settings of coding agents keep every byte that isn't ours, and the command hook fails closed."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import httpx
import pytest

from daai._cli import main
from daai._hooks import claude_settings, codex_settings
from daai._hooks.ask_console import HookFailedError, ask_console, exit_code_of_failure
from daai._hooks.json_places import find_places

HOOK = claude_settings.http_hook("https://console.example.com/api")
COMMAND = "/usr/bin/python3 -m daai hook codex"
OTHER = '{"matcher": "Bash", "hooks": [{"type": "command", "command": "./lint.sh"}]}'

SETTINGS = {
    "empty object": "{}",
    "empty object and line": "{}\n",
    "spread empty object": "{\n}\n",
    "other settings": '{\n  "model": "opus",\n  "permissions": {"allow": ["Bash(ls)"]}\n}\n',
    "four spaces": '{\n    "model":   "opus"\n}',
    "tabs": '{\n\t"model": "opus",\n\t"env": {}\n}\n',
    "windows": '{\r\n  "model": "opus"\r\n}\r\n',
    "one line": '{"model":"opus","env":{"A":"1"}}',
    "one line with blanks": '{ "model": "opus" }\n',
    "empty hooks": '{\n  "hooks": {}\n}\n',
    "spread empty hooks": '{\n  "hooks": {\n  }\n}\n',
    "empty event": '{\n  "hooks": {"PreToolUse": []}\n}\n',
    "other event": '{\n  "hooks": {\n    "Stop": [' + OTHER + "]\n  }\n}\n",
    "other hook of the event": '{\n  "hooks": {\n    "PreToolUse": [\n      ' + OTHER + "\n    ]\n  }\n}\n",
    "one line with hooks": '{"hooks":{"PreToolUse":[' + OTHER + '],"Stop":[]},"model":"opus"}',
    "odd order and escapes": '{"zebra" : "\\u00e9\\"{[", "hooks" :{ "Stop" : [ ] } , "a" : [1, 2.50]}\n',
    "byte order mark": '\ufeff{\n  "model": "opus"\n}\n',
}


@pytest.mark.parametrize("text", SETTINGS.values(), ids=SETTINGS.keys())
@pytest.mark.parametrize("hook", [HOOK, claude_settings.command_hook("python3")], ids=["http", "command"])
def test_claude_code_settings_are_as_before_after_uninstall(text: str, hook: dict[str, object]) -> None:
    installed = claude_settings.install(text, hook)
    before, after = find_places(text).value, find_places(installed).value
    for event in ("PreToolUse", "PostToolUse", "PostToolUseFailure"):
        ours, *others = after["hooks"][event]
        assert ours["hooks"][0].items() >= hook.items()
        assert others == before.get("hooks", {}).get(event, [])
    rest = {name: value for name, value in after.items() if name != "hooks"}
    assert rest == {name: value for name, value in before.items() if name != "hooks"}
    assert claude_settings.install(installed, hook) == installed
    assert claude_settings.uninstall(installed) == text
    assert claude_settings.uninstall(text) == text


def test_hooks_are_replaced_and_removed_after_other_changes() -> None:
    text = SETTINGS["other hook of the event"]
    installed = claude_settings.install(text, HOOK)
    moved = claude_settings.install(installed, claude_settings.http_hook("https://other.example.com/api"))
    assert "console.example.com" not in moved
    assert claude_settings.uninstall(moved) == text
    edited = installed.replace('"hooks": {', '"model": "opus",\n  "hooks": {', 1).replace(
        '"timeout": 60', '"timeout": 90'
    )
    assert claude_settings.uninstall(edited) == text.replace(
        '"hooks": {', '"model": "opus",\n  "hooks": {', 1
    )
    # What another tool writes anew.
    rewritten = json.dumps(find_places(installed).value, indent=4)
    assert find_places(claude_settings.uninstall(rewritten) or "").value == {
        "hooks": {"PreToolUse": [json.loads(OTHER)]}
    }


def test_a_new_file_is_what_the_console_shows() -> None:
    shown = (Path(__file__).parent.parent / "data" / "claude-code-settings.json").read_text(encoding="utf-8")
    assert claude_settings.install(None, HOOK) == shown
    assert claude_settings.uninstall(shown) is None


@pytest.mark.parametrize(
    "text",
    ["", "[]", '{"a":1,"a":2}', '{"a":1,}', '{"hooks":[]}', '{"hooks":{"PreToolUse":{}}}', "{} {}", "// no"],
)
def test_settings_that_cannot_be_read_are_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - the message is the parser's own
        claude_settings.install(text, HOOK)


@pytest.mark.parametrize(
    "text",
    [
        'model = "gpt-5-codex"\n',
        'model = "gpt-5-codex"',
        'model = "gpt-5-codex"\r\n[projects."/a"]\r\ntrust_level = "trusted"\r\n',
        "# only a comment\n\n\n",
        '[[hooks.PreToolUse]]\nmatcher = "Bash"\n[[hooks.PreToolUse.hooks]]\ntype = "command"\n',
    ],
)
def test_codex_settings_are_as_before_after_uninstall(text: str) -> None:
    installed = codex_settings.install(text, COMMAND)
    assert installed.startswith(text)
    assert codex_settings.install(installed, COMMAND) == installed
    assert codex_settings.uninstall(installed) == text
    assert codex_settings.uninstall(installed + "# later\n") == text + "# later\n"


@pytest.mark.skipif(sys.version_info < (3, 11), reason="tomllib")
def test_codex_reads_what_is_written_and_conflicts_are_refused() -> None:
    import tomllib

    text = codex_settings.install('model = "x"', r'"C:\Program Files\python.exe" -m daai hook codex')
    hooks = tomllib.loads(text)["hooks"]
    assert [
        group["hooks"][0]["type"] for event in ("PreToolUse", "PostToolUse") for group in hooks[event]
    ] == [
        "command",
        "command",
    ]
    assert (
        hooks["PreToolUse"][0]["hooks"][0]["command"] == r'"C:\Program Files\python.exe" -m daai hook codex'
    )
    with pytest.raises(ValueError, match="can't hold the hooks"):
        codex_settings.install("hooks = 1\n", COMMAND)


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


def answering(status: int, body: object) -> httpx.MockTransport:
    def respond(request: httpx.Request) -> httpx.Response:
        assert request.headers["authorization"] == "Bearer daai_sk_test"
        assert request.headers["x-daai-workspace-key"] == "daai_wk_test"
        assert request.url.path == "/api/v1/hooks/codex"
        return httpx.Response(status, json=body)

    return httpx.MockTransport(respond)


@pytest.fixture
def keys(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {
        "DAAI_API_KEY": "daai_sk_test",
        "DAAI_WORKSPACE_KEY": "daai_wk_test",
        "DAAI_BASE_URL": "http://localhost:1/api",
    }.items():
        monkeypatch.setenv(name, value)


DENIAL = {"hookSpecificOutput": {"hookEventName": "PreToolUse", "permissionDecision": "deny"}}


@pytest.mark.usefixtures("keys")
def test_the_console_decides() -> None:
    assert ask_console("codex", b"{}", answering(200, {})) == ""
    assert json.loads(ask_console("codex", b"{}", answering(200, DENIAL))) == DENIAL
    for status, body in ((401, {"detail": "The API key is unknown."}), (503, {}), (204, {}), (200, [])):
        with pytest.raises(HookFailedError):
            ask_console("codex", b"{}", answering(status, body))
    with pytest.raises(HookFailedError, match="isn't the console's"):
        ask_console("codex", b"{}", httpx.MockTransport(lambda _: httpx.Response(200, text="<html>")))


@pytest.mark.usefixtures("keys")
@pytest.mark.parametrize(
    ("given", "code"),
    [
        (b'{"hook_event_name": "PreToolUse"}', 2),
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
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b'{"hook_event_name": "PreToolUse"}')))
    assert main(["hook", "claude-code"]) == 2
