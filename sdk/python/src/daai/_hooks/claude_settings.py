"""The hooks in Claude Code's settings. What isn't ours stays as it is, byte for byte."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from .hook_command import is_hook_command, or_block
from .json_places import Place, find_places

_TOOLS = "Bash|PowerShell|Write|Edit|MultiEdit|NotebookEdit|mcp__.*"
# Longer than the console waits for a decision before it answers.
DECIDE_TIMEOUT_SECONDS = 60
REPORT_TIMEOUT_SECONDS = 15
_EVENTS = ("PreToolUse", "PostToolUse", "PostToolUseFailure")
_URL_END = "/v1/hooks/claude-code"


def http_hook(base_url: str) -> dict[str, Any]:
    """The console answers the hook itself. Since Claude Code 2.1.295 its absence blocks."""
    return {
        "type": "http",
        "url": base_url + _URL_END,
        "headers": {
            "Authorization": "Bearer $DAAI_API_KEY",
            "X-DAAI-Workspace-Key": "$DAAI_WORKSPACE_KEY",
        },
        "allowedEnvVars": ["DAAI_API_KEY", "DAAI_WORKSPACE_KEY"],
    }


def command_hook(command: str) -> dict[str, Any]:
    """Blocks in every version of Claude Code when the console is away."""
    return {"type": "command", "command": command}


def install(text: str | None, hook: dict[str, Any]) -> str:
    """The settings with the hooks. Raises ValueError if the text can't be read."""
    text = None if text is None else uninstall(text)
    if text is None:
        return _new_file(_all_groups(hook))
    style = _style_of(text)
    for event in _EVENTS:
        root = find_places(text)
        hooks = root.members.get("hooks")
        group = _group(event, hook)
        if hooks is None:
            return _insert(text, root, style, 1, {"hooks": _all_groups(hook)})
        _expect(hooks, dict, "hooks")
        listed = hooks.members.get(event)
        if listed is None:
            text = _insert(text, hooks, style, 2, {event: [group]})
        else:
            _expect(listed, list, f"hooks.{event}")
            text = _insert(text, listed, style, 3, group)
    return text


def uninstall(text: str) -> str | None:
    """The settings without the hooks; None if nothing but them was in it."""
    root = find_places(text)
    hooks = root.members.get("hooks")
    if hooks is None or not any(_places_of_ours(hooks)):
        return text
    style = _style_of(text)
    # In another order, they were put into an object that was there.
    if tuple(hooks.value) == _EVENTS and all(map(_is_all_ours, hooks.value.values())):
        if text == _new_file(hooks.value):
            return None
        if _is_as_written(text, hooks, style, 1, "hooks"):
            return _remove(text, root, hooks.name_start, hooks.end)
    for event in _EVENTS:
        hooks = find_places(text).members["hooks"]
        listed = hooks.members.get(event)
        if listed and _is_all_ours(listed.value) and _is_as_written(text, listed, style, 2, event):
            text = _remove(text, hooks, listed.name_start, listed.end)
    places = _places_of_ours(find_places(text).members["hooks"])
    # From the end, so that the other places stay where they are.
    for of, ours in sorted(places, key=lambda place: place[1].start, reverse=True):
        text = _remove(text, of, ours.start, ours.end)
    return text


def _new_file(hooks: dict[str, Any]) -> str:
    return _Style("\n", "  ").render({"hooks": hooks}, 0) + "\n"


def _all_groups(hook: dict[str, Any]) -> dict[str, Any]:
    return {event: [_group(event, hook)] for event in _EVENTS}


def _group(event: str, hook: dict[str, Any]) -> dict[str, Any]:
    timed: dict[str, Any] = {**hook, "timeout": REPORT_TIMEOUT_SECONDS}
    if event == "PreToolUse":
        timed["timeout"] = DECIDE_TIMEOUT_SECONDS
        if hook["type"] == "command":
            # Older versions might refuse what they don't know, such as `onFailure`.
            timed["command"] = or_block(hook["command"])
        else:
            timed["onFailure"] = "block"
    return {"matcher": _TOOLS, "hooks": [timed]}


def _is_hook(hook: Any) -> bool:
    if not isinstance(hook, dict):
        return False
    path, _, _query = str(hook.get("url", "")).partition("?")
    return path.endswith(_URL_END) or is_hook_command("claude-code", str(hook.get("command", "")))


def _is_group(value: Any) -> bool:
    """With no hook but ours."""
    hooks = _list(value.get("hooks")) if isinstance(value, dict) else []
    return bool(hooks) and all(map(_is_hook, hooks))


def _is_all_ours(groups: Any) -> bool:
    return bool(_list(groups)) and all(map(_is_group, groups))


def _places_of_ours(hooks: Place) -> Iterator[tuple[Place, Place]]:
    """Our groups, and our hooks in groups that have others, each with the list that it's in."""
    for listed in (hooks.members[event] for event in _EVENTS if event in hooks.members):
        for group in listed.items:
            if _is_group(group.value):
                yield listed, group
            elif "hooks" in group.members:
                in_group = group.members["hooks"]
                yield from ((in_group, hook) for hook in in_group.items if _is_hook(hook.value))


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _expect(place: Place, kind: type, name: str) -> None:
    if not isinstance(place.value, kind):
        raise ValueError(f"{name} isn't {'an object' if kind is dict else 'a list'}")


@dataclass(frozen=True)
class _Style:
    """How the file is written: its line ends, and its indentation; None: all in one line."""

    newline: str
    indent: str | None

    def render(self, value: Any, depth: int) -> str:
        if self.indent is None:
            return json.dumps(value, separators=(",", ":"), ensure_ascii=False)
        lines = json.dumps(value, indent=self.indent, ensure_ascii=False).split("\n")
        return (self.newline + self.indent * depth).join(lines)

    def line(self, depth: int) -> str:
        return "" if self.indent is None else self.newline + self.indent * depth


def _style_of(text: str) -> _Style:
    newline = "\r\n" if "\r\n" in text else "\n"
    indent = re.search(r"\n([ \t]+)\S", text)
    if indent is not None:
        return _Style(newline, indent.group(1))
    if re.search(r"[^\s{}\ufeff]", text):
        return _Style(newline, None)
    # Not as in a file of our own, which is deleted with its hooks.
    return _Style(newline, "    " if re.search(r"{\s*\n", text) else "  ")


def _written(style: _Style, depth: int, value: Any) -> str:
    """A member, as in `{name: value}`, or an item, without what surrounds it."""
    if isinstance(value, dict) and len(value) == 1:
        ((name, member),) = value.items()
        colon = ":" if style.indent is None else ": "
        return json.dumps(name) + colon + style.render(member, depth)
    return style.render(value, depth)


def _insert(text: str, into: Place, style: _Style, depth: int, value: Any) -> str:
    """First, so that it can be taken out again without touching what follows."""
    comma = "," if into.value else ""
    # In one line, the blank shows that it stands in something that was there.
    added = (style.line(depth) or " ") + _written(style, depth, value) + comma
    return text[: into.start + 1] + added + text[into.start + 1 :]


def _is_as_written(text: str, place: Place, style: _Style, depth: int, name: str) -> bool:
    """Whether this member stands as `_insert` writes it, and not in what was there before."""
    return text[place.name_start : place.end] == _written(style, depth, {name: place.value})


def _remove(text: str, of: Place, start: int, end: int) -> str:
    """One part, with the blank before it and the comma that belongs to it."""
    before = len(text[:start].rstrip(" \t\r\n"))
    after = re.compile(r"[ \t\r\n]*,").match(text, end)
    if after:
        return text[:before] + text[after.end() :]
    # The last one: the comma before it goes.
    if before - 1 > of.start and text[before - 1] == ",":
        before -= 1
    return text[:before] + text[end:]
