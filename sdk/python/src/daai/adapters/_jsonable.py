"""What a tool returned, as JSON for its report."""

from __future__ import annotations

from typing import Any

from pydantic_core import to_jsonable_python


def jsonable(result: Any) -> Any:
    try:
        return to_jsonable_python(result, serialize_unknown=True)
    except ValueError:
        return str(result)
