"""The periods of budgets."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

_HOUR = timedelta(hours=1)


def zone_of(name: str) -> tzinfo:
    """Raises ZoneInfoNotFoundError or ValueError for an unknown one."""
    # Known without the system's time zones, too.
    return timezone.utc if name == "UTC" else ZoneInfo(name)


def period_at(period: str, zone: tzinfo, at: datetime) -> tuple[datetime, datetime]:
    """The hour, day, week (from Monday) or month of a time zone's calendar that a time is in.

    Follows daylight saving time: a day can have 23 or 25 hours.
    """
    local = at.astimezone(zone)
    if period == "hour":
        # Keeps the offset of the time itself: an hour that occurs twice is two.
        start = at - timedelta(minutes=local.minute, seconds=local.second, microseconds=local.microsecond)
        return start, start + _HOUR
    first = local.replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=None, fold=0)
    if period == "day":
        following = first + timedelta(days=1)
    elif period == "week":
        first -= timedelta(days=first.weekday())
        following = first + timedelta(days=7)
    else:
        first = first.replace(day=1)
        following = (first + timedelta(days=32)).replace(day=1)
    # Fold 0: a local time that occurs twice is the first one.
    return _instant(first, zone), _instant(following, zone)


def _instant(local: datetime, zone: tzinfo) -> datetime:
    return local.replace(tzinfo=zone).astimezone(timezone.utc)
