"""Where the console is and who is asking."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from ._exceptions import DaaiConfigError

# Load balancers close idle requests after 30 seconds or more; the console after 60.
DEFAULT_POLL_SECONDS, MAX_POLL_SECONDS = 25, 60
MAX_TIMEOUT_SECONDS = 86_400
DEFAULT_BASE_URL = "http://localhost:3000/api"


@dataclass(frozen=True)
class Config:
    api_key: str = field(repr=False)
    workspace_key: str = field(repr=False)
    base_url: str
    timeout_seconds: float
    poll_seconds: int

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.api_key}", "X-DAAI-Workspace-Key": self.workspace_key}


def load_config(
    api_key: str | None,
    workspace_key: str | None,
    base_url: str | None,
    timeout_seconds: float,
    poll_seconds: int,
) -> Config:
    """Fills omitted arguments from DAAI_API_KEY, DAAI_WORKSPACE_KEY and DAAI_BASE_URL."""
    # Sockets don't take every number.
    if not 0 < timeout_seconds <= MAX_TIMEOUT_SECONDS:
        raise DaaiConfigError(f"timeout_seconds must be above 0 and at most {MAX_TIMEOUT_SECONDS:,}")
    if type(poll_seconds) is not int or not 1 <= poll_seconds <= MAX_POLL_SECONDS:
        raise DaaiConfigError(f"poll_seconds must be a whole number from 1 to {MAX_POLL_SECONDS}")
    return Config(
        api_key=check_key(api_key, "api_key", "DAAI_API_KEY"),
        workspace_key=check_key(workspace_key, "workspace_key", "DAAI_WORKSPACE_KEY"),
        base_url=check_url(base_url or os.environ.get("DAAI_BASE_URL") or DEFAULT_BASE_URL),
        timeout_seconds=timeout_seconds,
        poll_seconds=poll_seconds,
    )


def check_key(given: str | None, name: str, variable: str) -> str:
    key = (given if given is not None else os.environ.get(variable, "")).strip()
    if not key:
        raise DaaiConfigError(f"no {name}: pass {name}=... or set {variable}")
    if not (key.isascii() and key.isprintable() and " " not in key):
        raise DaaiConfigError(f"the {name} contains characters that no key has")
    return key


def check_url(given: str) -> str:
    url = given.strip().rstrip("/")
    try:
        parts = urlsplit(url)
        usable = (
            parts.scheme in ("http", "https") and bool(parts.hostname) and not (parts.query or parts.fragment)
        )
        # httpx would send a user and a password instead of the API key.
        usable = usable and parts.port != 0 and "@" not in parts.netloc
    except ValueError:
        usable = False
    if not usable:
        # It isn't repeated, because it may contain a password.
        raise DaaiConfigError(
            "base_url must look like https://console.example.com/api, without user or query"
        )
    return url
