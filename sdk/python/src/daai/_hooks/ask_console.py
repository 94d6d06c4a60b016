"""`python -m daai hook AGENT`: sends a hook's input to the console and returns its answer. Fails closed."""

from __future__ import annotations

import json
from datetime import datetime, timezone
from uuid import uuid4

import httpx

from .. import _responses
from .._config import load_config
from .._environment import settings_error
from .._exceptions import DaaiConnectionError
from .._version import __version__

AGENTS = ("claude-code", "codex")
# Agents kill the command after 60 seconds, which blocks nothing, and the console waits 45 for a decision.
DEADLINE_SECONDS = 55.0
# Of each step of the request, such as the next bytes of the response. The deadline is for all of them.
_STEP_SECONDS = 50.0
_CONNECT_SECONDS = 5.0
ALLOWED, NOT_REPORTED, BLOCKED = 0, 1, 2


def ask_console(agent: str, given: bytes, transport: httpx.BaseTransport | None = None) -> str:
    """What the agent reads on standard output; empty: nothing is said about the call. Raises DaaiError."""
    config = load_config(None, None, None, _STEP_SECONDS, 25)
    call = uuid4().hex
    headers = {
        **config.headers,
        _responses.CALL_HEADER: call,
        "Content-Type": "application/json",
        "Accept": "application/json, application/problem+json",
        "User-Agent": f"daai-python/{__version__}",
    }
    try:
        timeout = httpx.Timeout(config.timeout_seconds, connect=_CONNECT_SECONDS)
        client = httpx.Client(timeout=timeout, transport=transport)
    except (OSError, ValueError) as error:
        raise settings_error(error) from error
    with client:
        try:
            response = client.post(f"{config.base_url}/v1/hooks/{agent}", content=given, headers=headers)
        except httpx.HTTPError as error:
            raise DaaiConnectionError(f"the console can't be reached ({type(error).__name__})") from error
    answer = _responses.parse(response, lambda read: read, datetime.now(timezone.utc), call)
    return json.dumps(answer) if answer else ""


def exit_code_of_failure(given: bytes) -> int:
    """Before a tool runs, a failure must block it. Afterwards, nothing can be blocked."""
    try:
        event = json.loads(given).get("hook_event_name", "")
    except (ValueError, AttributeError, RecursionError):
        return BLOCKED
    return NOT_REPORTED if str(event).startswith("Post") else BLOCKED
