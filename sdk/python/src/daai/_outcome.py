"""Turns whatever a function returned or raised into a form that can be reported."""

from __future__ import annotations

import dataclasses
import inspect
from collections.abc import Mapping
from typing import Any

from ._exceptions import DaaiPayloadError
from ._payload import MAX_ERROR_CHARACTERS, json_object, well_formed


def reportable(result: Any) -> dict[str, Any]:
    """A dict or dataclass as is, None as an empty object, anything else under "result".

    A result without a JSON form, or one that is too large, is replaced by a note.
    """
    if result is None:
        return {}
    is_object = isinstance(result, Mapping) or dataclasses.is_dataclass(result)
    try:
        return json_object(result if is_object else {"result": result}, "execution_result")
    except DaaiPayloadError as problem:
        return {"result_omitted": well_formed(str(problem))[:1_000]}


def refuse_awaitable(result: Any) -> None:
    """An awaitable has not run yet, so it must not be reported as executed."""
    if inspect.isawaitable(result):
        if inspect.iscoroutine(result):
            result.close()
        raise TypeError("it returned an awaitable that is never awaited, so it didn't run")


def error_text(error: BaseException) -> str:
    """`Type: message`, cut at 4,000 characters."""
    try:
        message = str(error)
    except Exception:
        message = "(its message can't be shown)"
    name = type(error).__name__
    return well_formed(f"{name}: {message}" if message else name)[:MAX_ERROR_CHARACTERS]
