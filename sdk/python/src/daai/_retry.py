"""When to retry, and after how long. Pure: the clock and the random source are arguments."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timezone
from email.utils import parsedate_to_datetime

from ._exceptions import (
    DaaiApiError,
    DaaiConnectionError,
    DaaiError,
    DaaiForeignResponseError,
    DaaiMalformedResponseError,
)

TRIES = 3
BASE_SECONDS = 0.5
CAP_SECONDS = 8.0
MAX_RETRY_AFTER_SECONDS = 60.0


def is_transient(error: DaaiError) -> bool:
    """Whether a retry can help: connection errors, 408, 429, 5xx, and responses that aren't the console's."""
    if isinstance(error, DaaiMalformedResponseError):
        return False
    if isinstance(error, DaaiApiError):
        is_foreign = isinstance(error, DaaiForeignResponseError)
        return is_foreign or error.status_code in (408, 429) or error.status_code >= 500
    return isinstance(error, DaaiConnectionError)


def retry_delay(error: DaaiError, attempt: int, random: Callable[[], float]) -> float | None:
    """Seconds to wait after failed attempt number `attempt` (from 1), or None to stop retrying.

    A Retry-After is honored exactly; above 60 seconds, waiting is left to the caller.
    """
    if attempt >= TRIES or not is_transient(error):
        return None
    asked = error.retry_after if isinstance(error, DaaiApiError) else None
    if asked is not None:
        return asked if asked <= MAX_RETRY_AFTER_SECONDS else None
    return full_jitter(attempt, random)


def full_jitter(attempt: int, random: Callable[[], float], cap_seconds: float = CAP_SECONDS) -> float:
    """A random delay up to a limit that doubles with every attempt, up to `cap_seconds`."""
    return random() * min(cap_seconds, BASE_SECONDS * 2.0 ** min(attempt - 1, 30))


def parse_retry_after(value: str | None, now: datetime) -> float | None:
    """Seconds from a Retry-After header, a number or an HTTP-date (RFC 9110 section 10.2.3)."""
    if value is None:
        return None
    value = value.strip()
    if value.isascii() and value.isdigit():
        return float(value[:10])
    try:
        date = parsedate_to_datetime(value)
    except (TypeError, ValueError, IndexError, OverflowError):
        return None
    # "-0000" is read as a date without a zone; it means UTC.
    date = date if date.tzinfo else date.replace(tzinfo=timezone.utc)
    return max(0.0, (date - now).total_seconds())
