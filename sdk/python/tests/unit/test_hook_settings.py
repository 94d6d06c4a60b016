"""Settings of coding agents keep every byte that isn't ours."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from daai._hooks import claude_settings, codex_settings
from daai._hooks.json_places import find_places

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

HOOK = claude_settings.http_hook("https://console.example.com/api")
COMMAND = "/usr/bin/python3 -m daai hook codex"
COMMAND_HOOK = claude_settings.command_hook("/usr/bin/python3 -m daai hook claude-code")
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
@pytest.mark.parametrize("hook", [HOOK, COMMAND_HOOK], ids=["http", "command"])
def test_claude_code_settings_are_as_before_after_uninstall(text: str, hook: dict[str, object]) -> None:
    installed = claude_settings.install(text, hook)
    before, after = find_places(text).value, find_places(installed).value
    for event in ("PreToolUse", "PostToolUse", "PostToolUseFailure"):
        ours, *others = after["hooks"][event]
        blocks = (
            {"command": f"{hook['command']} || exit 2"} if "command" in hook and event == "PreToolUse" else {}
        )
        assert ours["hooks"][0].items() >= {**hook, **blocks}.items()
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


@pytest.mark.parametrize("order", [1, -1])
@pytest.mark.parametrize("hook", [HOOK, COMMAND_HOOK], ids=["http", "command"])
def test_others_in_our_groups_stay(hook: dict[str, str], order: int) -> None:
    """Also where the events are in another order than ours."""
    groups = find_places(claude_settings.install(None, hook)).value["hooks"]
    for (group,) in groups.values():
        group["hooks"].insert(order, {"type": "command", "command": "./lint.sh"})
    groups["Stop"] = [json.loads(OTHER)]
    text = json.dumps({"hooks": dict([*groups.items()][::order])}, indent=2)
    left = {"type": "command", "command": "./lint.sh"}
    for (group,) in groups.values():
        group["hooks"] = [left]
    assert json.loads(claude_settings.uninstall(text) or "") == {"hooks": groups}


@pytest.mark.parametrize("query", ["?wait=10", "?pending=defer&allowed=ask"])
def test_hooks_with_options_are_ours(query: str) -> None:
    url = str(HOOK["url"])
    installed = claude_settings.install('{\n  "model": "opus"\n}\n', HOOK).replace(url, url + query)
    assert claude_settings.uninstall(installed) == '{\n  "model": "opus"\n}\n'
    elsewhere = installed.replace(url + query, f"https://example.com/{query}&to=/v1/hooks/claude-code")
    assert claude_settings.uninstall(elsewhere) == elsewhere


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


def test_codex_reads_what_is_written_and_conflicts_are_refused() -> None:
    text = codex_settings.install('model = "x"', COMMAND)
    hooks = tomllib.loads(text)["hooks"]
    commands = {
        event: [(hook["type"], hook["command"]) for hook in of[0]["hooks"]] for event, of in hooks.items()
    }
    assert commands == {
        "PreToolUse": [("command", f"{COMMAND} || exit 2")],
        "PostToolUse": [("command", COMMAND)],
    }
    with pytest.raises(ValueError, match="can't hold the hooks"):
        codex_settings.install("hooks = 1\n", COMMAND)


def test_an_empty_file_of_codex_stays() -> None:
    installed = codex_settings.install("", COMMAND)
    assert codex_settings.install(installed, COMMAND) == installed
    assert codex_settings.uninstall(installed) == ""
    assert codex_settings.uninstall(codex_settings.install(None, COMMAND)) is None
