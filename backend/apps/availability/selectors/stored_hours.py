"""Hours as they are stored, turned into what the engine takes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from apps.availability import engine


def to_engine(
    id: str,
    timezone: str,
    weekly: Iterable[Mapping[str, Any]],
    overrides: Iterable[Mapping[str, Any]],
    rules: Iterable[Mapping[str, Any]],
) -> engine.Schedule:
    """Stored hours (checked when written) as the engine takes them."""
    return engine.Schedule(
        id=id,
        timezone=timezone,
        weekly=tuple(
            engine.WeeklyWindow(item["weekday"], _window(item["start"], item["end"]))
            for item in weekly
        ),
        overrides=tuple(
            engine.Override(
                date.fromisoformat(item["date"]),
                tuple(_window(start, end) for start, end in item["windows"]),
            )
            for item in overrides
        ),
        rules=tuple(
            engine.Rule(
                rrule=item["rrule"],
                dtstart=date.fromisoformat(item["dtstart"]),
                window=_window(item["start"], item["end"]),
                kind=item["kind"],
                id=item["id"],
            )
            for item in rules
        ),
    )


def _window(start: str, end: str) -> engine.WallWindow:
    return engine.WallWindow(_minutes(start), _minutes(end))


def _minutes(wall_time: str) -> int:
    """ "09:30" as minutes since midnight."""
    return int(wall_time[:2]) * 60 + int(wall_time[3:])
