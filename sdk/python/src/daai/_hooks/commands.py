"""`python -m daai hook` and `python -m daai hooks install | uninstall`."""

from __future__ import annotations

import argparse
import difflib
import os
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING

from .._atomic_file import replace_file
from .._config import DEFAULT_BASE_URL, check_url
from . import claude_settings, codex_settings
from .ask_console import AGENTS, ALLOWED, DEADLINE_SECONDS, ask_console, exit_code_of_failure
from .hook_command import hook_command

if TYPE_CHECKING:
    Subparsers = argparse._SubParsersAction[argparse.ArgumentParser]


def add_hook_commands(commands: Subparsers) -> None:
    hook = commands.add_parser(
        "hook", help="answer a coding agent's hook (reads its input, blocks on failure)"
    )
    hook.add_argument("agent", choices=AGENTS)
    hook.set_defaults(command=_hook)

    hooks = commands.add_parser(
        "hooks", help="put the hooks into a coding agent's settings, or take them out"
    )
    verbs = hooks.add_subparsers(required=True, metavar="VERB")
    for verb, about in (("install", "write the hooks"), ("uninstall", "remove the hooks, and nothing else")):
        parser = verbs.add_parser(verb, help=about)
        parser.add_argument("agent", choices=AGENTS)
        parser.add_argument("--dry-run", action="store_true", help="only show what would change")
        place = parser.add_mutually_exclusive_group()
        place.add_argument("--project", action="store_true", help="this folder's settings instead of yours")
        place.add_argument("--file", metavar="FILE", help="another settings file")
        if verb == "install":
            parser.add_argument(
                "--command-hook",
                action="store_true",
                help="for Claude Code before 2.1.295: a command, which blocks when the console is away",
            )
        parser.set_defaults(command=_change, verb=verb)


def _hook(options: argparse.Namespace) -> int:
    given = b""

    def give_up() -> None:
        _say_why(f"no answer within {DEADLINE_SECONDS:.0f} seconds")
        # Nothing else ends a thread that waits for a name, a connection or its input.
        os._exit(exit_code_of_failure(given))

    deadline = threading.Timer(DEADLINE_SECONDS, give_up)
    deadline.daemon = True
    deadline.start()
    try:
        given = sys.stdin.buffer.read()
        answer = ask_console(options.agent, given)
    except Exception as error:
        _say_why(error)
        return exit_code_of_failure(given)
    finally:
        deadline.cancel()
    if answer:
        print(answer)
    return ALLOWED


def _say_why(problem: object) -> None:
    """Codex blocks only with a reason."""
    reason = str(problem).rstrip(".")
    print(f"DAAI Console: {reason}. Nothing may run without it.", file=sys.stderr, flush=True)


def _change(options: argparse.Namespace) -> int:
    path = _path(options)
    before = _read(path)
    try:
        after = _after(options, before)
    except ValueError as error:
        raise ValueError(f"{path} wasn't changed: {error}") from error
    if after == before:
        print(f"{path}: nothing to change")
        return 0
    if options.dry_run:
        print(_difference(path, before or "", after or ""), end="")
        return 0
    _write(path, after)
    print(f"{path}: {'deleted, nothing else was in it' if after is None else options.verb + 'ed'}")
    if options.verb == "install" and options.agent == "codex":
        print("Open /hooks in Codex and trust the new hooks: until then, Codex skips them.")
    return 0


def _after(options: argparse.Namespace, before: str | None) -> str | None:
    if options.verb == "uninstall":
        if before is None:
            return None
        remove = claude_settings.uninstall if options.agent == "claude-code" else codex_settings.uninstall
        return remove(before)
    if options.agent == "codex":
        return codex_settings.install(before, hook_command("codex", sys.executable))
    if options.command_hook:
        command = hook_command("claude-code", sys.executable)
        return claude_settings.install(before, claude_settings.command_hook(command))
    base_url = check_url(os.environ.get("DAAI_BASE_URL") or DEFAULT_BASE_URL)
    return claude_settings.install(before, claude_settings.http_hook(base_url))


def _path(options: argparse.Namespace) -> Path:
    if options.file:
        return Path(options.file)
    folder, variable, name = {
        "claude-code": (".claude", "CLAUDE_CONFIG_DIR", "settings.json"),
        "codex": (".codex", "CODEX_HOME", "config.toml"),
    }[options.agent]
    if options.project:
        return Path(folder) / name
    return Path(os.environ.get(variable) or Path.home() / folder) / name


def _read(path: Path) -> str | None:
    try:
        # Not read_text(), which changes line ends.
        return path.read_bytes().decode("utf-8")
    except FileNotFoundError:
        return None


def _write(path: Path, text: str | None) -> None:
    if text is None:
        path.resolve().unlink()
    else:
        replace_file(path, text.encode("utf-8"), new_mode=0o600)


def _difference(path: Path, before: str, after: str) -> str:
    lines = difflib.unified_diff(
        before.splitlines(keepends=True), after.splitlines(keepends=True), str(path), str(path)
    )
    return "".join(line if line.endswith("\n") else f"{line}\n" for line in lines)
