"""The hooks in Codex's config.toml: one marked block at its end."""

from __future__ import annotations

import json
import re
import sys

from .hook_command import or_block

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

_TOOLS = "Bash|apply_patch|mcp__.*"
DECIDE_TIMEOUT_SECONDS = 60
REPORT_TIMEOUT_SECONDS = 20
_BEGIN = "# >>> daai hooks: written by `python -m daai hooks install codex`"
# The file didn't end with a line break, which uninstall then takes away again.
_OPEN_END = ", after a line without an end"
# The file was there and empty, so uninstall doesn't delete it.
_EMPTY = ", in an empty file"
_END = "# <<< daai hooks"
_BLOCK = re.compile(
    rf"(?P<newline>\r?\n|\A|(?<=\n)){re.escape(_BEGIN)}"
    rf"(?P<open>{re.escape(_OPEN_END)})?(?P<empty>{re.escape(_EMPTY)})?\r?\n"
    rf".*?{re.escape(_END)}\r?\n",
    re.DOTALL,
)


def install(text: str | None, command: str) -> str:
    """The settings with the hooks. Raises ValueError if they would not be valid."""
    given = None if text is None else uninstall(text)
    text = given or ""
    newline = "\r\n" if "\r\n" in text else "\n"
    is_open = text != "" and not text.endswith("\n")
    lines = [_BEGIN + (_OPEN_END if is_open else _EMPTY if given == "" else "")]
    for event, run, timeout in (
        ("PreToolUse", or_block(command), DECIDE_TIMEOUT_SECONDS),
        ("PostToolUse", command, REPORT_TIMEOUT_SECONDS),
    ):
        lines += [
            f"[[hooks.{event}]]",
            f"matcher = {json.dumps(_TOOLS)}",
            f"[[hooks.{event}.hooks]]",
            'type = "command"',
            # A basic string of TOML has the escapes of JSON.
            f"command = {json.dumps(run, ensure_ascii=False)}",
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
    return rest if rest or match.group("empty") else None


def _check(text: str) -> None:
    try:
        tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f"it can't hold the hooks: {error}") from error
