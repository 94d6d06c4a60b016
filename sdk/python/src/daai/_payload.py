"""Checks payloads before they are sent, so that an error names the path instead of a status code.

JSON form of Python values:

    dict and other mappings     object; keys must be strings
    list, tuple                 array
    str, bool, None, int        themselves; integers within ±(2**53 - 1), the exact range of RFC 7493
    float                       itself; NaN and the infinities are rejected
    Decimal                     string in plain notation: Decimal("1.25E+3") becomes "1250"
    datetime                    RFC 3339 string in UTC; one without a time zone is rejected
    date                        "YYYY-MM-DD"
    UUID                        string
    Enum                        its value
    dataclass instance          object of its fields

Anything else is rejected.
"""

from __future__ import annotations

import dataclasses
import json
import math
from collections.abc import Mapping
from datetime import date, datetime, timezone
from decimal import Decimal
from enum import Enum
from typing import Any
from uuid import UUID

from ._exceptions import DaaiPayloadError

MAX_JSON_BYTES = 16_384
MAX_DEPTH = 31  # The console allows 32, of which the body around the payload is one.
MAX_ERROR_CHARACTERS = 4_000
MAX_INTEGER = 2**53 - 1
FORBIDDEN_NAMES = frozenset({"__proto__", "constructor", "prototype"})


def json_object(value: Any, root: str, max_bytes: int = MAX_JSON_BYTES) -> dict[str, Any]:
    """The JSON form of a mapping or dataclass instance, as plain dicts, lists, strings and numbers.

    At most 31 levels deep and `max_bytes` of compact UTF-8 JSON. Raises DaaiPayloadError with the path,
    which starts at `root`.
    """
    form = _Walk(max_bytes).convert(value, root, 1)
    if not isinstance(form, dict):
        raise DaaiPayloadError(
            root, f"must be an object (a dict or a dataclass instance), not {_kind(value)}"
        )
    size = len(encode(form))
    if size > max_bytes:
        raise DaaiPayloadError(root, f"is {size:,} bytes of JSON; the limit is {max_bytes:,}")
    return form


def encode(form: Any) -> bytes:
    """Compact UTF-8 JSON of values that `json_object` made."""
    return json.dumps(form, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode("utf-8")


def check_text(value: Any, path: str, max_length: int, min_length: int = 0) -> str:
    """A string of so many characters, without NUL and lone surrogates."""
    if not isinstance(value, str):
        raise DaaiPayloadError(path, f"must be a string, not {_kind(value)}")
    if not min_length <= len(value) <= max_length:
        raise DaaiPayloadError(
            path, f"has {len(value):,} characters; {min_length:,} to {max_length:,} are allowed"
        )
    return _sound(str.__str__(value), path)


def well_formed(text: str) -> str:
    """Replaces what can't be sent, in messages of other code."""
    return text.replace("\0", "?").encode("utf-8", "replace").decode("utf-8")


class _Walk:
    def __init__(self, max_bytes: int) -> None:
        self._max_bytes = max_bytes
        self._values_left = max_bytes

    def convert(self, value: Any, path: str, depth: int) -> Any:
        # Every value takes at least one byte. Counting them stops early on a huge structure, and on a small
        # one that refers to the same lists again and again.
        self._values_left -= 1
        if self._values_left < 0:
            raise DaaiPayloadError(path, f"exceeds the limit of {self._max_bytes:,} bytes of JSON in total")
        if isinstance(value, Enum):
            return self.convert(value.value, path, depth)
        if value is None or isinstance(value, bool):
            return value
        if dataclasses.is_dataclass(value) and not isinstance(value, type):
            value = {f.name: getattr(value, f.name) for f in dataclasses.fields(value)}
        if isinstance(value, (Mapping, list, tuple)):
            if depth > MAX_DEPTH:
                raise DaaiPayloadError(path, f"is nested deeper than {MAX_DEPTH} levels")
            if isinstance(value, Mapping):
                return self._object(value, path, depth)
            return [self.convert(item, f"{path}[{i}]", depth + 1) for i, item in enumerate(value)]
        return _scalar(value, path)

    def _object(self, value: Mapping[Any, Any], path: str, depth: int) -> dict[str, Any]:
        result: dict[str, Any] = {}
        for key, member in value.items():
            if isinstance(key, Enum) and isinstance(key, str):
                key = key.value
            if not isinstance(key, str):
                raise DaaiPayloadError(
                    path, f"has the key {key!r}, which is of type {_kind(key)} and not a string"
                )
            name = str.__str__(key)
            here = f"{path}.{name}" if name.isidentifier() else f"{path}[{name!r}]"
            if name in FORBIDDEN_NAMES:
                raise DaaiPayloadError(here, "has a name that isn't allowed")
            result[_sound(name, here)] = self.convert(member, here, depth + 1)
        return result


def _scalar(value: Any, path: str) -> Any:
    if isinstance(value, str):
        return _sound(str.__str__(value), path)
    if isinstance(value, int):
        if abs(value) > MAX_INTEGER:
            raise DaaiPayloadError(path, "is an integer beyond 2**53 - 1; send it as a string")
        return int(value)
    if isinstance(value, float):
        if not math.isfinite(value):
            raise DaaiPayloadError(path, f"is {float(value)}, which JSON doesn't support")
        return float(value)
    if isinstance(value, Decimal):
        return _decimal(value, path)
    if isinstance(value, datetime):
        if value.utcoffset() is None:
            raise DaaiPayloadError(path, "is a datetime without a time zone; add one")
        try:
            return value.astimezone(timezone.utc).isoformat().replace("+00:00", "Z")
        except OverflowError:
            raise DaaiPayloadError(path, "is a datetime outside the years 1 to 9999 in UTC") from None
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    raise DaaiPayloadError(path, f"is of type {_kind(value)}, which has no JSON form")


def _decimal(value: Decimal, path: str) -> str:
    if not value.is_finite():
        raise DaaiPayloadError(path, f"is {value}, which JSON doesn't support")
    # A few characters such as 1E+999999 would become a megabyte in plain notation.
    if abs(value.adjusted()) > MAX_JSON_BYTES or len(value.as_tuple().digits) > MAX_JSON_BYTES:
        raise DaaiPayloadError(path, "is a Decimal that is too long to write out")
    return format(value, "f")


def _sound(text: str, path: str) -> str:
    if "\0" in text:
        raise DaaiPayloadError(path, "contains a NUL character")
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        raise DaaiPayloadError(path, "contains a lone surrogate, which UTF-8 can't encode") from None
    return text


def _kind(value: Any) -> str:
    return type(value).__name__


def exact_float(text: str) -> float:
    """Rejects numbers that a float would change, such as 999.9999999999999999."""
    number = float(text)
    try:
        is_exact = math.isfinite(number) and Decimal(repr(number)) == Decimal(text)
    except ArithmeticError:  # an exponent that Decimal cannot hold
        is_exact = False
    if not is_exact:
        raise ValueError(f"the number {text} has too many digits; write it as a string")
    return number
