"""Calls of the management API."""

from __future__ import annotations

import os
import random
import time
from collections.abc import Mapping
from datetime import datetime, timezone
from types import TracebackType
from typing import Any
from urllib.parse import quote
from uuid import uuid4

import httpx

from .. import _responses
from .._config import DEFAULT_BASE_URL, check_key, check_url
from .._exceptions import DaaiApiError, DaaiConnectionError, DaaiError, member_of
from .._payload import encode
from .._retry import retry_delay
from .._version import __version__

TIMEOUT_SECONDS = 30.0


class Management:
    """The console's management API, with the key of DAAI_MANAGEMENT_KEY."""

    def __init__(self, transport: httpx.BaseTransport | None = None) -> None:
        key = check_key(None, "management key", "DAAI_MANAGEMENT_KEY")
        self._base_url = check_url(os.environ.get("DAAI_BASE_URL") or DEFAULT_BASE_URL)
        headers = {
            "Authorization": f"Bearer {key}",
            "Accept": "application/json, application/problem+json",
            "User-Agent": f"daai-python/{__version__}",
        }
        self._client = httpx.Client(headers=headers, timeout=TIMEOUT_SECONDS, transport=transport)

    def __enter__(self) -> Management:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self._client.close()

    def actions(self) -> list[dict[str, Any]]:
        body, _ = self._call("GET", "/actions")
        return [one for one in body["actions"] if isinstance(one, dict)]

    def action(self, name: str) -> tuple[dict[str, Any], str]:
        """The action and its ETag."""
        return self._call("GET", _path(name))

    def put_action(self, name: str, body: dict[str, Any], etag: str | None) -> bool:
        """Only if the action is what `etag` stands for; None: only if there is none.

        False: the change waits for a second person.
        """
        answer, _ = self._call("PUT", _path(name), body, _condition(etag))
        return "proposal_id" not in answer

    def deactivate(self, name: str, etag: str) -> None:
        self._call("PUT", f"{_path(name)}/active", {"active": False}, _condition(etag))

    def plan(self, name: str, body: dict[str, Any]) -> dict[str, Any]:
        return self._call("POST", f"{_path(name)}/plan", body)[0]

    def test(self, name: str, body: dict[str, Any]) -> dict[str, Any]:
        return self._call("POST", f"{_path(name)}/test", body)[0]

    def start_backtest(self, name: str, body: dict[str, Any], days: int) -> dict[str, Any]:
        return self._call("POST", f"{_path(name)}/backtests", {**body, "days": days})[0]

    def backtest(self, backtest_id: str) -> dict[str, Any]:
        return self._call("GET", f"/backtests/{backtest_id}")[0]

    def cancel_backtest(self, backtest_id: str) -> dict[str, Any]:
        return self._call("POST", f"/backtests/{backtest_id}/cancel")[0]

    def _call(
        self,
        method: str,
        path: str,
        body: dict[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> tuple[dict[str, Any], str]:
        """Makes up to three attempts: every request can be repeated."""
        attempt = 1
        while True:
            try:
                return self._attempt(method, f"{self._base_url}/v1/manage{path}", body, headers or {})
            except DaaiError as error:
                delay = retry_delay(error, attempt, random.random)
                if delay is None:
                    raise
            attempt += 1
            time.sleep(delay)

    def _attempt(
        self, method: str, url: str, body: dict[str, Any] | None, headers: Mapping[str, str]
    ) -> tuple[dict[str, Any], str]:
        call = uuid4().hex
        sent = {_responses.CALL_HEADER: call, **headers}
        content = None
        if body is not None:
            sent["Content-Type"] = "application/json"
            content = encode(body)
        try:
            response = self._client.request(method, url, content=content, headers=sent)
        except httpx.HTTPError as error:
            raise DaaiConnectionError(f"the console can't be reached at {self._base_url}: {error}") from error
        now = datetime.now(timezone.utc)
        answer = _responses.parse(response, lambda read: read, now, call, statuses=(200, 201, 202))
        return answer, response.headers.get("ETag", "")


def problems_of(error: DaaiApiError) -> list[str]:
    """One line for each field that isn't valid, else what the console said."""
    fields = member_of(error.body, "errors", list) or []
    lines = [str(one["message"]) for one in fields if isinstance(one, dict) and "message" in one]
    return lines or [str(error)]


def _path(name: str) -> str:
    return f"/actions/{quote(name, safe='')}"


def _condition(etag: str | None) -> dict[str, str]:
    return {"If-None-Match": "*"} if etag is None else {"If-Match": etag}
