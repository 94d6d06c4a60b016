"""The values of a case that JSON can't write down, and the comparison with what a call returned or raised."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Mapping
from enum import Enum
from typing import Any

_SPECIAL: dict[str, Callable[[Any], Any]] = {
    "$repeat": lambda value: value[0] * value[1],
    "$concat": "".join,
    "$returns": lambda value: lambda: value,
    "$number": lambda value: int(value) if value.lstrip("-").isdigit() else float(value),
}


def fill(value: Any, known: Mapping[str, Any]) -> Any:
    """`known` holds what `$run`, `$token` and `$last` stand for, and makes `$unique` keys."""
    if isinstance(value, str):
        return known.get(value, value)
    if isinstance(value, list):
        return [fill(item, known) for item in value]
    if not isinstance(value, dict):
        return value
    if value == {"$cycle": True}:
        cycle: dict[str, Any] = {}
        cycle["a"] = cycle
        return cycle
    if "$unique" in value:
        return f"{value['$unique']}:{known['$unique']}"
    for name, make in _SPECIAL.items():
        if name in value:
            return make(fill(value[name], known))
    return {name: fill(member, known) for name, member in value.items()}


def differences(expected: Any, actual: Any, path: str) -> Iterator[str]:
    """An object is compared by the members that the case names, anything else as a whole."""
    if isinstance(expected, dict) and not isinstance(actual, (list, str, int, type(None))):
        for name, value in expected.items():
            yield from differences(value, _member(actual, name), f"{path}.{name}")
    elif _plain(actual) != expected or type(_plain(actual)) is not type(expected):
        yield f"{path} is {_plain(actual)!r}, not {expected!r}"


def _member(value: Any, name: str) -> Any:
    return value.get(name) if isinstance(value, dict) else getattr(value, name)


def _plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return dataclasses.asdict(value)
    # Seconds: 60 and 60.0 are the same number in JSON.
    return int(value) if isinstance(value, float) and value.is_integer() else value
