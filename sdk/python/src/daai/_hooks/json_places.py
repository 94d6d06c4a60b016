"""Where things are in a JSON text, so that one part can change and every other byte stays."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import Any

_BLANK = re.compile(r"[ \t\r\n]*")
_DECODER = json.JSONDecoder()
_MAX_DEPTH = 64


@dataclass
class Place:
    """A value from `start` to `end`, with what is in it."""

    start: int
    end: int
    value: Any
    members: dict[str, Place] = field(default_factory=dict)
    items: list[Place] = field(default_factory=list)
    # Of a member: where its name begins.
    name_start: int = 0


def find_places(text: str) -> Place:
    """The places of a text that is one JSON object. Raises ValueError."""
    start = _skip(text, 1 if text.startswith("\ufeff") else 0)
    root = _value(text, start, 0)
    if not isinstance(root.value, dict):
        raise ValueError("it isn't a JSON object")
    if _skip(text, root.end) != len(text):
        raise ValueError("something follows the JSON object")
    return root


def _skip(text: str, at: int) -> int:
    match = _BLANK.match(text, at)
    return match.end() if match else at


def _value(text: str, start: int, depth: int) -> Place:
    if depth > _MAX_DEPTH:
        raise ValueError("it's nested too deeply")
    opening = text[start : start + 1]
    if opening not in ("{", "["):
        value, end = _DECODER.raw_decode(text, start)
        return Place(start, end, value)
    closing = "}" if opening == "{" else "]"
    place = Place(start, start, {} if opening == "{" else [])
    at = _skip(text, start + 1)
    while text[at : at + 1] != closing:
        at = _part(text, at, place, depth)
        if text[at : at + 1] == ",":
            at = _skip(text, at + 1)
            if text[at : at + 1] == closing:
                raise ValueError("there is a comma too many")
        elif text[at : at + 1] != closing:
            raise ValueError(f"character {at + 1} isn't expected there")
    place.end = at + 1
    return place


def _part(text: str, at: int, place: Place, depth: int) -> int:
    """One member or item, and where the text after it begins."""
    if isinstance(place.value, list):
        item = _value(text, at, depth + 1)
        place.items.append(item)
        place.value.append(item.value)
        return _skip(text, item.end)
    name, after = _DECODER.raw_decode(text, at)
    colon = _skip(text, after)
    if not isinstance(name, str) or text[colon : colon + 1] != ":":
        raise ValueError(f"character {at + 1} should begin a member")
    if name in place.members:
        raise ValueError(f"{name!r} is in it twice")
    member = _value(text, _skip(text, colon + 1), depth + 1)
    member.name_start = at
    place.members[name] = member
    place.value[name] = member.value
    return _skip(text, member.end)
