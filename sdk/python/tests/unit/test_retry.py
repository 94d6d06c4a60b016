from __future__ import annotations

from datetime import datetime, timedelta, timezone
from email.utils import format_datetime

from hypothesis import given
from hypothesis import strategies as st

from daai import DaaiApiError, DaaiConnectionError
from daai._retry import (
    CAP_SECONDS,
    MAX_RETRY_AFTER_SECONDS,
    TRIES,
    full_jitter,
    is_transient,
    parse_retry_after,
    retry_delay,
)

dice = st.floats(0, 1, exclude_max=True)
now = datetime(2026, 1, 1, tzinfo=timezone.utc)


@given(st.integers(1, 10_000), dice)
def test_jitter_stays_between_nothing_and_the_cap(attempt: int, thrown: float) -> None:
    delay = full_jitter(attempt, lambda: thrown)
    assert 0 <= delay <= CAP_SECONDS
    assert delay <= 0.5 * 2 ** min(attempt - 1, 60)


@given(st.integers(100, 599), st.none() | st.floats(0, 1e9), st.integers(1, 5), dice)
def test_a_delay_only_for_what_may_pass_and_never_too_long(
    status: int, asked: float | None, attempt: int, thrown: float
) -> None:
    error = DaaiApiError("x", status_code=status, retry_after=asked)
    delay = retry_delay(error, attempt, lambda: thrown)
    if delay is None:
        too_long = asked is not None and asked > MAX_RETRY_AFTER_SECONDS
        assert attempt >= TRIES or not is_transient(error) or too_long
    else:
        assert status in (408, 429) or status >= 500
        assert attempt < TRIES
        assert 0 <= delay <= MAX_RETRY_AFTER_SECONDS
        assert asked is None or delay == asked


@given(st.integers(1, 5), dice)
def test_connection_errors_have_three_tries(attempt: int, thrown: float) -> None:
    assert (retry_delay(DaaiConnectionError("x"), attempt, lambda: thrown) is None) == (attempt >= 3)


@given(st.integers(0, 999_999))
def test_retry_after_in_seconds_or_as_a_date(seconds: int) -> None:
    assert parse_retry_after(str(seconds), now) == seconds
    date = format_datetime(now + timedelta(seconds=seconds), usegmt=True)
    assert parse_retry_after(date, now) == seconds


def test_a_date_that_has_passed_is_now() -> None:
    assert parse_retry_after("Wed, 31 Dec 2025 23:00:00 GMT", now) == 0
    assert parse_retry_after("Thu, 01 Jan 2026 00:00:07 -0000", now) == 7


@given(st.none() | st.text())
def test_any_header_is_survived(value: str | None) -> None:
    seconds = parse_retry_after(value, now)
    assert seconds is None or seconds >= 0
