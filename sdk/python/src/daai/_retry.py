"""When to try again, and after how long. Pure: the clock and the dice are handed in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timezone
from email.utils import parsedate_to_datetime

from ._exceptions import (
    DaaiApiError,
    DaaiConnectionError,
    DaaiError,
    DaaiForeignAnswerError,
    DaaiMalformedAnswerError,
)

TRIES = 3
BASE_SECONDS = 0.5
CAP_SECONDS = 8.0
LONGEST_RETRY_AFTER_SECONDS = 60.0


def is_transient(error: DaaiError) -> bool:
    """Connection errors, 408, 429, 5xx and what others answer may pass; all else is final."""
    if isinstance(error, DaaiMalformedAnswerError):
        return False
    if isinstance(error, DaaiApiError):
        is_foreign = isinstance(error, DaaiForeignAnswerError)
        return is_foreign or error.status_code in (408, 429) or error.status_code >= 500
    return isinstance(error, DaaiConnectionError)


def retry_delay(error: DaaiError, attempt: int, random: Callable[[], float]) -> float | None:
    """Seconds to wait after the failed try number `attempt` (from 1), or None to give up.

    A Retry-After is kept to exactly; one beyond 60 seconds is the caller's to wait for.
    """
    if attempt >= TRIES or not is_transient(error):
        return None
    asked = error.retry_after if isinstance(error, DaaiApiError) else None
    if asked is not None:
        return asked if asked <= LONGEST_RETRY_AFTER_SECONDS else None
    return full_jitter(attempt, random)


def full_jitter(attempt: int, random: Callable[[], float], cap_seconds: float = CAP_SECONDS) -> float:
    """Anything from nothing to a limit that doubles with every attempt, up to `cap_seconds`."""
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
