"""`python -m daai doctor`: is everything in place to ask the console?"""

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
# What proxies and caches add to an answer, and the console does not.
_PROXY_HEADERS = ("Via", "X-Forwarded-For", "X-Forwarded-Proto", "X-Cache", "X-Served-By", "Age", "CF-Ray")

_KEY_FORMS = {
    "api_key": ("DAAI_API_KEY", re.compile(r"daai_sk_[0-9A-Za-z_-]{16,}")),
    "workspace_key": ("DAAI_WORKSPACE_KEY", re.compile(r"daai_wk_[0-9A-Za-z_-]{16,}")),
}


class Finding(NamedTuple):
    ok: bool
    text: str


def diagnose(http_client: httpx.Client | None = None) -> Iterator[Finding]:
    """One finding after the other, from the environment. Ends where going on makes no sense."""
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
                yield Finding(False, f"{variable} does not look like a key ({form.pattern[:8]}...)")
        try:
            health = _get_health(client)
        except DaaiConnectionError as error:
            yield Finding(False, f"the console cannot be reached: {error}")
            return
        yield _reached(client, health)
        signs = [name for name in _PROXY_HEADERS if name in health.headers]
        if signs:
            yield Finding(True, f"a proxy is in between: the answer has {', '.join(signs)}")
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
        if _says_it_is_well(health):
            return Finding(True, f"the console at {base} answers")
        return Finding(
            False, f"{base} answers, but not as a console does: something else is there or in between"
        )
    return Finding(False, f"{base} answers with {health.status_code} where a console says that it is well")


def _says_it_is_well(health: httpx.Response) -> bool:
    try:
        said = health.json()
    except ValueError:
        return False
    return isinstance(said, dict) and said.get("status") == "ok"


def _keys(client: DaaiClient) -> Finding:
    """Ask for a run that cannot exist: only who is let in learns that there is none."""
    try:
        client.status(uuid4())
    except DaaiNotFoundError:
        return Finding(True, "both keys are right and belong together")
    except DaaiUnauthorizedError as error:
        return Finding(False, f"the console refuses the keys: {error}")
    except DaaiApiError as error:
        return Finding(False, f"whether the keys are right cannot be said: {error}")
    except DaaiError as error:
        return Finding(False, str(error))
    return Finding(False, "the console knows a run that cannot exist; is this a DAAI console?")


def _clock(health: httpx.Response) -> Finding:
    try:
        theirs = parsedate_to_datetime(health.headers["Date"])
        skew = (datetime.now(timezone.utc) - theirs).total_seconds()
    except (KeyError, TypeError, ValueError, IndexError):
        return Finding(True, "the console's answer has no date to compare the clock with")
    side = "ahead of" if skew > 0 else "behind"
    if abs(skew) > MAX_SKEW_SECONDS:
        return Finding(False, f"this clock is {abs(skew):.0f} s {side} the console's")
    return Finding(True, "this clock and the console's agree")
