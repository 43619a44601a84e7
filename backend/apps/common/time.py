"""Instants and zones. Only the outermost caller (view, task, command) asks for `utc_now`."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from functools import lru_cache
from importlib import metadata
from zoneinfo import ZoneInfo, available_timezones

from apps.common.errors import FieldError, InvalidTimezone

# RFC 3339, 5.6; seconds may be left out, as browsers' inputs do.
_RFC3339 = re.compile(
    r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d(:\d\d(\.\d{1,6})?)?([Zz]|[+-]\d\d:\d\d)", re.ASCII
)
_EPOCH_DAY = date(1970, 1, 1).toordinal()


def utc_now() -> datetime:
    """The current instant, in UTC. Passed down as `now`, never asked for again."""
    return datetime.now(UTC)


@lru_cache(maxsize=1)
def _zone_names() -> frozenset[str]:
    return frozenset(available_timezones()) - {"localtime", "Factory"}


@lru_cache(maxsize=1024)
def _zone(name: str) -> ZoneInfo | None:
    return ZoneInfo(name) if name in _zone_names() else None


def get_zone(name: str, *, pointer: str = "/timezone") -> ZoneInfo:
    """The IANA zone of that name; aliases count. Raises `InvalidTimezone` naming the field."""
    zone = _zone(name) if isinstance(name, str) and len(name) < 64 else None
    if zone is None:
        detail = "Use a name of the IANA time zone database, such as Europe/Berlin."
        raise InvalidTimezone(detail, errors=[FieldError(pointer, "invalid_timezone", detail)])
    return zone


@lru_cache(maxsize=1)
def tz_database_version() -> str:
    """The tz database release in use, such as "2026.6"; stored with each booking."""
    return metadata.version("tzdata")


def format_instant(instant: datetime) -> str:
    """RFC 3339 in UTC with "Z"; fractions only when there are any."""
    return instant.astimezone(UTC).isoformat().replace("+00:00", "Z")


_MINUTES = tuple(f"T{hour:02}:{minute:02}:" for hour in range(24) for minute in range(60))


@lru_cache(maxsize=4096)
def _day_text(day: int) -> str:
    return date.fromordinal(day + _EPOCH_DAY).isoformat()


@lru_cache(maxsize=65_536)
def format_seconds(seconds: int) -> str:
    """Whole seconds since the epoch as `format_instant` writes them, several times as fast."""
    day, of_day = divmod(seconds, 86_400)
    minute, second = divmod(of_day, 60)
    return f"{_day_text(day)}{_MINUTES[minute]}{second:02}Z"


def parse_instant(text: str) -> datetime:
    """An RFC 3339 instant. Raises ValueError without an offset or outside years 1970-9998."""
    if not isinstance(text, str) or not _RFC3339.fullmatch(text):
        raise ValueError("an instant is text such as 2026-03-02T14:30:00Z")
    instant = datetime.fromisoformat(text)
    if instant.tzinfo is None:
        raise ValueError("an instant needs an offset, such as 2026-03-02T14:30:00Z")
    if not 1970 <= instant.year <= 9998:
        raise ValueError("the year must lie between 1970 and 9998")
    return instant.astimezone(UTC)
