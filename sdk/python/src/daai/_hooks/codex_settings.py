"""The hooks in Codex's config.toml: one marked block at its end."""

from __future__ import annotations

import json
import re
import sys

_TOOLS = "Bash|apply_patch|mcp__.*"
DECIDE_TIMEOUT_SECONDS = 60
REPORT_TIMEOUT_SECONDS = 20
_BEGIN = "# >>> daai hooks: written by `python -m daai hooks install codex`"
# The file didn't end with a line break, which uninstall then takes away again.
_OPEN_END = ", after a line without an end"
_END = "# <<< daai hooks"
_BLOCK = re.compile(
    rf"(?P<newline>\r?\n|\A|(?<=\n)){re.escape(_BEGIN)}(?P<open>{re.escape(_OPEN_END)})?\r?\n.*?{re.escape(_END)}\r?\n",
    re.DOTALL,
)


def install(text: str | None, command: str) -> str:
    """The settings with the hooks. Raises ValueError if they would not be valid."""
    text = uninstall(text or "") or ""
    newline = "\r\n" if "\r\n" in text else "\n"
    is_open = text != "" and not text.endswith("\n")
    lines = [_BEGIN + (_OPEN_END if is_open else "")]
    for event, timeout in (("PreToolUse", DECIDE_TIMEOUT_SECONDS), ("PostToolUse", REPORT_TIMEOUT_SECONDS)):
        lines += [
            f"[[hooks.{event}]]",
            f"matcher = {json.dumps(_TOOLS)}",
            f"[[hooks.{event}.hooks]]",
            'type = "command"',
            # A basic string of TOML has the escapes of JSON.
            f"command = {json.dumps(command, ensure_ascii=False)}",
            f"timeout = {timeout}",
        ]
    lines += [_END, ""]
    installed = text + (newline if is_open else "") + newline.join(lines)
    _check(installed)
    return installed


def uninstall(text: str) -> str | None:
    """The settings without the hooks; None if nothing but them was in it."""
    match = _BLOCK.search(text)
    if match is None:
        return text
    start = match.start() if match.group("open") else match.end("newline")
    rest = text[:start] + text[match.end() :]
    return rest or None


def _check(text: str) -> None:
    if sys.version_info < (3, 11):
        return
    import tomllib

    try:
        tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f"it can't hold the hooks: {error}") from error
