"""`python -m daai doctor`: checks keys, connection and clock."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timezone
from email.utils import parsedate_to_datetime
from typing import NamedTuple
from uuid import uuid4

import httpx

from ._client import DaaiClient
from ._exceptions import (
    DaaiApiError,
    DaaiConfigError,
    DaaiConnectionError,
    DaaiError,
    DaaiNotFoundError,
    DaaiUnauthorizedError,
)
from ._flow import Send

MAX_SKEW_SECONDS = 30.0
# Headers that proxies and caches add, and the console doesn't.
_PROXY_HEADERS = ("Via", "X-Forwarded-For", "X-Forwarded-Proto", "X-Cache", "X-Served-By", "Age", "CF-Ray")

_KEY_FORMS = {
    "api_key": ("DAAI_API_KEY", re.compile(r"daai_sk_[0-9A-Za-z_-]{16,}")),
    "workspace_key": ("DAAI_WORKSPACE_KEY", re.compile(r"daai_wk_[0-9A-Za-z_-]{16,}")),
}


class Finding(NamedTuple):
    ok: bool
    text: str


def diagnose(http_client: httpx.Client | None = None) -> Iterator[Finding]:
    """Checks the environment's settings, one finding at a time. Stops when the rest can't be checked."""
    try:
        client = DaaiClient(http_client=http_client)
    except DaaiConfigError as error:
        yield Finding(False, str(error))
        return
    with client:
        for name, (variable, form) in _KEY_FORMS.items():
            if form.fullmatch(getattr(client._config, name)):
                yield Finding(True, f"{variable} looks like a key")
            else:
                yield Finding(False, f"{variable} doesn't look like a key ({form.pattern[:8]}...)")
        try:
            health = _get_health(client)
        except DaaiConnectionError as error:
            yield Finding(False, f"the console can't be reached: {error}")
            return
        yield _reached(client, health)
        signs = [name for name in _PROXY_HEADERS if name in health.headers]
        if signs:
            yield Finding(True, f"there is a proxy in between: the response has {', '.join(signs)}")
        yield _keys(client)
        yield _clock(health)


def _get_health(client: DaaiClient) -> httpx.Response:
    """Liveness needs no keys; it is below /api, which a base URL may leave out."""
    base = client._config.base_url
    timeout = client._config.timeout_seconds
    for url in (f"{base}/health", f"{base}/api/health"):
        response = client._perform(Send("GET", url, {"Accept": "application/json"}, None, timeout, timeout))
        if response is not None and response.status_code != 404:
            break
    assert response is not None  # noqa: S101 - only a Sleep has no response
    return response


def _reached(client: DaaiClient, health: httpx.Response) -> Finding:
    base = client._config.base_url
    if health.status_code == 200:
        if _is_healthy(health):
            return Finding(True, f"the console at {base} responds")
        return Finding(
            False, f"{base} responds, but not like a console: something else is there or in between"
        )
    return Finding(False, f"{base} responds with {health.status_code} to a health check")


def _is_healthy(health: httpx.Response) -> bool:
    try:
        said = health.json()
    except ValueError:
        return False
    return isinstance(said, dict) and said.get("status") == "ok"


def _keys(client: DaaiClient) -> Finding:
    """Asks for a run that can't exist: only valid keys get the response that there is none."""
    try:
        client.status(uuid4())
    except DaaiNotFoundError:
        return Finding(True, "both keys are valid and belong together")
    except DaaiUnauthorizedError as error:
        return Finding(False, f"the console rejects the keys: {error}")
    except DaaiApiError as error:
        return Finding(False, f"the keys couldn't be checked: {error}")
    except DaaiError as error:
        return Finding(False, str(error))
    return Finding(False, "the console returned a run that can't exist; is this a DAAI console?")


def _clock(health: httpx.Response) -> Finding:
    try:
        theirs = parsedate_to_datetime(health.headers["Date"])
        skew = (datetime.now(timezone.utc) - theirs).total_seconds()
    except (KeyError, TypeError, ValueError, IndexError):
        return Finding(True, "the console's response has no date to compare the clock with")
    side = "ahead of" if skew > 0 else "behind"
    if abs(skew) > MAX_SKEW_SECONDS:
        return Finding(False, f"this clock is {abs(skew):.0f} s {side} the console's")
    return Finding(True, "this clock and the console's agree")
