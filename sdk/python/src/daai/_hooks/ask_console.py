"""`python -m daai hook AGENT`: sends a hook's input to the console and prints its answer. Fails closed."""

from __future__ import annotations

import json

import httpx

from .._config import load_config
from .._environment import settings_error
from .._exceptions import DaaiError

AGENTS = ("claude-code", "codex")
# Agents wait 60 seconds for the command, and the console 45 for a decision.
_TIMEOUT_SECONDS = 55.0
ALLOWED, NOT_REPORTED, BLOCKED = 0, 1, 2


class HookFailedError(DaaiError):
    """The console gave no answer that can be used."""


def ask_console(agent: str, given: bytes, transport: httpx.BaseTransport | None = None) -> str:
    """What the agent reads on standard output; empty: nothing is said about the call. Raises DaaiError."""
    config = load_config(None, None, None, _TIMEOUT_SECONDS, 25)
    try:
        client = httpx.Client(timeout=_TIMEOUT_SECONDS, transport=transport)
    except (OSError, ValueError) as error:
        raise settings_error(error) from error
    with client:
        try:
            response = client.post(
                f"{config.base_url}/v1/hooks/{agent}",
                content=given,
                headers={**config.headers, "Content-Type": "application/json"},
            )
        except httpx.HTTPError as error:
            raise HookFailedError(f"the console can't be reached ({type(error).__name__})") from error
    answer = _object(response)
    if response.status_code != 200:
        raise HookFailedError(f"the console refused the hook: {answer.get('detail') or response.status_code}")
    return json.dumps(answer) if answer else ""


def exit_code_of_failure(given: bytes) -> int:
    """Before a tool runs, a failure must block it. Afterwards, nothing can be blocked."""
    try:
        event = json.loads(given).get("hook_event_name", "")
    except (ValueError, AttributeError, RecursionError):
        return BLOCKED
    return NOT_REPORTED if str(event).startswith("Post") else BLOCKED


def _object(response: httpx.Response) -> dict[str, object]:
    try:
        answer = response.json()
    except (ValueError, RecursionError) as error:
        raise HookFailedError(f"the response ({response.status_code}) isn't the console's") from error
    if not isinstance(answer, dict):
        raise HookFailedError("the response isn't the console's")
    return answer
