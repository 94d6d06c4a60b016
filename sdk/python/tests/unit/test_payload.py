from __future__ import annotations

import enum
import json
from collections import OrderedDict
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daai import DaaiPayloadError
from daai._payload import MAX_DEPTH, MAX_INTEGER, MAX_JSON_BYTES, encode, json_object

names = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")).filter(
    lambda name: name not in ("__proto__", "constructor", "prototype")
)
scalars = (
    st.none()
    | st.booleans()
    | st.integers(-MAX_INTEGER, MAX_INTEGER)
    | st.floats(allow_nan=False, allow_infinity=False)
    | names
)
values = st.recursive(scalars, lambda inner: st.lists(inner) | st.dictionaries(names, inner), max_leaves=20)
objects = st.dictionaries(names, values, max_size=8)


@given(objects)
def test_plain_json_goes_through_unchanged(payload: dict[str, Any]) -> None:
    form = json_object(payload, "payload", 10**6)
    assert form == payload
    assert json.loads(encode(form)) == payload


@given(objects)
def test_the_form_is_its_own_form(payload: dict[str, Any]) -> None:
    form = json_object(payload, "payload", 10**6)
    assert json_object(form, "payload", 10**6) == form


anything = st.recursive(
    scalars
    | st.decimals()
    | st.datetimes(timezones=st.none() | st.timezones())
    | st.dates()
    | st.uuids()
    | st.binary()
    | st.integers()
    | st.floats()
    | st.text(st.characters()),
    lambda inner: (
        st.lists(inner)
        | st.dictionaries(st.text() | st.integers(), inner)
        | st.tuples(inner)
        | st.frozensets(st.integers())
    ),
)


def attempt(payload: dict[str, Any]) -> tuple[bytes, str]:
    try:
        return encode(json_object(payload, "payload")), ""
    except DaaiPayloadError as error:
        return b"", error.path


@given(st.dictionaries(st.text(), anything))
def test_anything_is_either_strict_json_within_the_limit_or_refused_by_path(payload: dict[str, Any]) -> None:
    sent, refused = attempt(payload)
    if refused:
        assert refused.startswith("payload")
        return
    assert len(sent) <= MAX_JSON_BYTES

    def refuse(name: str) -> None:
        raise AssertionError(name)

    json.loads(sent.decode("utf-8"), parse_constant=refuse)


class Color(enum.Enum):
    RED = "red"


class Level(enum.IntEnum):
    HIGH = 3


@dataclass
class Line:
    price: Decimal
    color: Color


@pytest.mark.parametrize(
    ("value", "form"),
    [
        (Decimal("1250.00"), "1250.00"),
        (Decimal("1.25E+3"), "1250"),
        (Decimal("-1E-7"), "-0.0000001"),
        (datetime(2026, 1, 2, 3, 4, 5, tzinfo=timezone.utc), "2026-01-02T03:04:05Z"),
        (datetime(2026, 1, 2, 3, 4, tzinfo=timezone(timedelta(hours=2))), "2026-01-02T01:04:00Z"),
        (datetime(2026, 1, 2, 3, 4, 5, 6000, timezone.utc), "2026-01-02T03:04:05.006000Z"),
        (date(2026, 1, 2), "2026-01-02"),
        (UUID(int=5), "00000000-0000-0000-0000-000000000005"),
        (Color.RED, "red"),
        (Level.HIGH, 3),
        (Line(Decimal("9.90"), Color.RED), {"price": "9.90", "color": "red"}),
        ((1, "a"), [1, "a"]),
        (OrderedDict(b=1), {"b": 1}),
        (MAX_INTEGER, MAX_INTEGER),
        (True, True),
    ],
    ids=repr,
)
def test_the_documented_forms(value: Any, form: Any) -> None:
    converted = json_object({"v": value}, "payload")["v"]
    assert converted == form
    assert type(converted) is type(form)


@pytest.mark.parametrize(
    ("payload", "path"),
    [
        ({"a": float("nan")}, "payload.a"),
        ({"a": [1, float("inf")]}, "payload.a[1]"),
        ({"lines": [{}, {"price": -float("inf")}]}, "payload.lines[1].price"),
        ({"a": MAX_INTEGER + 1}, "payload.a"),
        ({"a": -MAX_INTEGER - 1}, "payload.a"),
        ({"a": {5: 1}}, "payload.a"),
        ({None: 1}, "payload"),
        ({"a": Decimal("NaN")}, "payload.a"),
        ({"a": Decimal("sNaN")}, "payload.a"),
        ({"a": Decimal("1E+999999")}, "payload.a"),
        ({"a": Decimal("1E-999999")}, "payload.a"),
        ({"a": datetime(2026, 1, 1)}, "payload.a"),
        ({"a": datetime.min.replace(tzinfo=timezone(timedelta(hours=3)))}, "payload.a"),
        ({"a": b"bytes"}, "payload.a"),
        ({"a": {1, 2}}, "payload.a"),
        ({"a": object()}, "payload.a"),
        ({"a": Line}, "payload.a"),
        ({"a": "x\0"}, "payload.a"),
        ({"a": "\ud800"}, "payload.a"),
        ({"odd key\0": 1}, r"payload['odd key\x00']"),
        ({"odd key": {"\udfff": 1}}, r"payload['odd key']['\udfff']"),
        ({"__proto__": 1}, "payload.__proto__"),
        ({"a": [{"constructor": 1}]}, "payload.a[0].constructor"),
        ({"a": {"prototype": 1}}, "payload.a.prototype"),
        ([1], "payload"),
        ("text", "payload"),
        (None, "payload"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_refused_is_named(payload: Any, path: str) -> None:
    with pytest.raises(DaaiPayloadError) as caught:
        json_object(payload, "payload")
    assert caught.value.path == path
    assert isinstance(caught.value, ValueError)


def test_the_size_is_counted_in_bytes_of_utf8() -> None:
    overhead = len(b'{"a":""}')
    json_object({"a": "x" * (MAX_JSON_BYTES - overhead)}, "payload")
    json_object({"a": "é" * ((MAX_JSON_BYTES - overhead) // 2)}, "payload")
    with pytest.raises(DaaiPayloadError, match="16,385 bytes of JSON; the limit is 16,384"):
        json_object({"a": "x" * (MAX_JSON_BYTES - overhead + 1)}, "payload")
    with pytest.raises(DaaiPayloadError, match="limit"):
        json_object({"a": "é" * (MAX_JSON_BYTES // 2)}, "payload")


def nested(levels: int) -> dict[str, Any]:
    payload: dict[str, Any] = {}
    for _ in range(levels - 1):
        payload = {"a": payload}
    return payload


def test_the_depth_is_limited() -> None:
    json_object(nested(MAX_DEPTH), "payload")
    with pytest.raises(DaaiPayloadError, match="deeper than 31 levels"):
        json_object(nested(MAX_DEPTH + 1), "payload")


def test_a_cycle_and_an_explosion_of_references_end() -> None:
    cycle: dict[str, Any] = {}
    cycle["a"] = cycle
    bomb: list[Any] = []
    for _ in range(30):
        bomb = [bomb, bomb]
    for payload in (cycle, {"a": bomb}):
        with pytest.raises(DaaiPayloadError):
            json_object(payload, "payload")
