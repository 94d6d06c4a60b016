"""From an HTTP response to a model or an exception. Anything unexpected is an error: it fails closed."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from email.message import Message
from typing import Any, TypeVar

import httpx

from . import _exceptions as exc
from ._models import InterceptResult, RateLimit, RunStatus
from ._retry import parse_retry_after

T = TypeVar("T")

_BY_STATUS: dict[int, type[exc.DaaiApiError]] = {
    401: exc.DaaiUnauthorizedError,
    403: exc.DaaiQuotaError,
    404: exc.DaaiNotFoundError,
    409: exc.DaaiConflictError,
    413: exc.DaaiValidationError,
    422: exc.DaaiValidationError,
    429: exc.DaaiRateLimitError,
}


_BY_CODE: dict[str, type[exc.DaaiApiError]] = {"ask_again_too_soon": exc.DaaiTooSoonError}

CALL_HEADER = "DAAI-Call"


def parse(
    response: httpx.Response,
    build: Callable[[dict[str, Any]], T],
    now: datetime,
    call: str,
    statuses: tuple[int, ...] = (200,),
) -> T:
    """Build the model from a response to `call` with one of these statuses.

    Raises the DaaiApiError that matches any other status, and DaaiMalformedResponseError for a response that
    isn't to this call, not `application/json`, not UTF-8, not one JSON object with distinct names, or that
    `build` rejects.
    """
    if response.status_code >= 400:
        raise classify(response, now, call)
    try:
        if response.status_code not in statuses:
            raise ValueError(f"the status isn't {' or '.join(map(str, statuses))}")
        if _media_type(response) != "application/json":
            raise ValueError("the content type isn't application/json")
        body = _load(response.content)
        if not isinstance(body, dict):
            raise ValueError("it isn't a JSON object")
        model = build(body)
        _require_answer_to(call, response, model)
        return _with_rate_limits(model, response.headers)
    except (ValueError, RecursionError) as error:
        raise exc.DaaiMalformedResponseError(
            f"the console's response can't be trusted: {error}",
            status_code=response.status_code,
            code="malformed_answer",
            body=response.text,
            request_id=response.headers.get("X-Request-Id"),
        ) from error


_RATE_LIMIT = re.compile(r'"([^"]+)";([a-z])=(\d{1,15});([a-z])=(\d{1,15})')


def _with_rate_limits(model: T, headers: httpx.Headers) -> T:
    """From RateLimit and RateLimit-Policy (draft-ietf-httpapi-ratelimit-headers-10), where well-formed."""
    if not isinstance(model, (InterceptResult, RunStatus)):
        return model
    left = _limits(headers.get("RateLimit", ""), "r", "t")
    policies = _limits(headers.get("RateLimit-Policy", ""), "q", "w")
    limits = [
        RateLimit(name, *policies[name], *remaining) for name, remaining in left.items() if name in policies
    ]
    return replace(model, rate_limits=tuple(limits)) if limits else model


def _limits(header: str, *names: str) -> dict[str, tuple[int, int]]:
    found = _RATE_LIMIT.findall(header)
    return {name: (int(one), int(two)) for name, first, one, second, two in found if (first, second) == names}


def _require_answer_to(call: str, response: httpx.Response, model: object) -> None:
    """The console echoes the call's header: a response with another value belongs to another request."""
    named = response.headers.get(CALL_HEADER)
    if named not in (None, call):
        raise ValueError("it is the response to another request")
    if named is None and isinstance(model, dict):
        # Nothing in it shows what it's about, or that the console wrote it.
        raise ValueError(f"it doesn't name the request. Proxies in between must not remove {CALL_HEADER}")
    if named is not None or not isinstance(model, InterceptResult):
        # The other models name their run.
        return
    is_complete = None not in (model.action, model.idempotency_key, model.payload_hash)
    # An older console doesn't identify the proposal, and echoes this header only.
    if not is_complete and response.headers.get("X-Request-Id") != call:
        raise ValueError(
            "it doesn't say which proposal it is about. With a console before version 0.3, proxies in "
            "between must not change X-Request-Id"
        )


def classify(response: httpx.Response, now: datetime, call: str) -> exc.DaaiApiError:
    """The exception for a 4xx or 5xx response; its body is a problem document (RFC 9457) or anything at all.

    A response that isn't the console's, such as a proxy's own 404, says nothing about a run.
    """
    status = response.status_code
    try:
        body = _load(response.content)
    except (ValueError, RecursionError):
        body = response.text
    problem = body if isinstance(body, dict) else {}
    code = _text(problem.get("code"))
    request_id = _text(problem.get("request_id")) or response.headers.get("X-Request-Id")
    detail = _text(problem.get("detail")) or _text(problem.get("title")) or response.reason_phrase
    kind = _BY_CODE.get(code or "") or _BY_STATUS.get(
        status, exc.DaaiUnavailableError if status >= 500 else exc.DaaiApiError
    )
    message = f"{status} {code}: {detail}" if code else f"{status}: {detail}"
    if not _is_the_consoles(response, problem, call):
        kind = exc.DaaiForeignResponseError
        message = f"{message} - sent by something between here and the console"
    return kind(
        f"{message} (request {request_id})" if request_id else message,
        status_code=status,
        code=code,
        body=body,
        request_id=request_id,
        retry_after=parse_retry_after(response.headers.get("Retry-After"), now),
    )


def _is_the_consoles(response: httpx.Response, problem: dict[str, Any], call: str) -> bool:
    named = response.headers.get(CALL_HEADER)
    if named is not None:
        return bool(named == call)
    # An older console, or a proxy that drops the header: the console's problems link to their documentation.
    code, link = _text(problem.get("code")), _text(problem.get("type"))
    is_problem = _media_type(response) == "application/problem+json"
    return is_problem and code is not None and link is not None and link.endswith(f"/docs/errors#{code}")


def _load(content: bytes) -> Any:
    return json.loads(content.decode("utf-8"), object_pairs_hook=_distinct, parse_constant=_no_constant)


def _distinct(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result = dict(pairs)
    if len(result) != len(pairs):
        raise ValueError("a name occurs twice in one object")
    return result


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is not JSON")


def _media_type(response: httpx.Response) -> str:
    header = Message()
    header["Content-Type"] = response.headers.get("Content-Type", "text/plain")
    return header.get_content_type()


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) and value else None
