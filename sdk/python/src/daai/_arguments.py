"""From a call's arguments to its payload, and from a changed payload back to the arguments."""

from __future__ import annotations

import dataclasses
import inspect
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from ._payload import json_object

# Values whose JSON form says what they were. A date, for example, is a string like any other.
_PLAIN = (str, int, float, bool, Decimal, type(None))
_MANY = (inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD)


class Mapped:
    """The arguments of one call, by name."""

    def __init__(self, bound: inspect.BoundArguments) -> None:
        self._bound = bound
        self.payload = {name: value for name, value in bound.arguments.items() if name != "self"}
        """As it is proposed: the arguments by name."""

    @property
    def accepts_changes(self) -> bool:
        """Whether any change of the payload leads back to arguments."""
        parameters = self._bound.signature.parameters.values()
        return all(parameter.kind not in _MANY for parameter in parameters) and all(
            map(_is_plain, self.payload.values())
        )

    def changed_to(self, decided: dict[str, Any]) -> tuple[tuple[Any, ...], dict[str, Any]]:
        """The call's arguments with what was changed. What wasn't stays the very object that was passed."""
        before = json_object(self.payload, "payload")
        if before.keys() != decided.keys():
            raise ValueError("the changed payload doesn't have the names of the arguments")
        for name, value in self.payload.items():
            self._bound.arguments[name] = _changed(value, before[name], decided[name])
        return self._bound.args, self._bound.kwargs


def mapped_arguments(function: Callable[..., Any], args: Any, kwargs: Any) -> Mapped:
    bound = inspect.signature(function).bind(*args, **kwargs)
    bound.apply_defaults()
    return Mapped(bound)


def _is_plain(value: Any) -> bool:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = dataclasses.fields(value)
        return all(field.init and _is_plain(getattr(value, field.name)) for field in fields)
    if type(value) is dict:
        return all(type(name) is str and _is_plain(member) for name, member in value.items())
    if type(value) in (list, tuple):
        return all(map(_is_plain, value))
    return type(value) in _PLAIN


def _changed(value: Any, before: Any, after: Any) -> Any:
    """`value`, whose JSON form is `before`, so that its JSON form is `after`."""
    if before == after and type(before) is type(after):
        return value
    if isinstance(after, dict) and isinstance(before, dict) and before.keys() == after.keys():
        if isinstance(value, dict):
            return {name: _changed(member, before[name], after[name]) for name, member in value.items()}
        members = {name: _changed(getattr(value, name), before[name], after[name]) for name in after}
        return dataclasses.replace(value, **members)
    if isinstance(after, list) and isinstance(before, list) and len(before) == len(after):
        return type(value)(_changed(*one) for one in zip(value, before, after))
    if isinstance(value, Decimal):
        return Decimal(after)
    if type(value) is int and isinstance(after, float):
        raise ValueError("an argument is an int, and its change isn't a whole number")
    return float(after) if isinstance(value, float) and isinstance(after, int) else after
