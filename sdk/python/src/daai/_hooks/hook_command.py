"""The command of a hook, as the shell of the agent takes it."""

from __future__ import annotations

import shlex
import sys

from .ask_console import BLOCKED

# Agents block with this exit code only. A Python that is gone, or lost its SDK, exits with another.
_OR_BLOCK = f" || exit {BLOCKED}"
_ON_WINDOWS = {
    "claude-code": "install without --command-hook, for Claude Code 2.1.295 or later",
    "codex": "run Codex and this command in WSL",
}


def hook_command(agent: str, python: str) -> str:
    """Raises ValueError on Windows, where agents use PowerShell: it turns every exit code into 1."""
    if sys.platform == "win32":
        raise ValueError(f"on Windows, a hook's command can't block; {_ON_WINDOWS[agent]}")
    return shlex.quote(python) + _end(agent)


def or_block(command: str) -> str:
    """For the event before the call, where a command that can't start must block."""
    return command + _OR_BLOCK


def is_hook_command(agent: str, command: str) -> bool:
    return command.removesuffix(_OR_BLOCK).endswith(_end(agent))


def _end(agent: str) -> str:
    return f" -m daai hook {agent}"
