"""JSON as in the contract of `compute_slots` -> `SlotQuery`. Every error names the field."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any, TypeVar, cast, get_args

from apps.availability.engine.packed import PackedBusy
from apps.availability.engine.recurrence import check_rule
from apps.availability.engine.rolling import MAX_CELLS
from apps.availability.engine.types import (
    Alignment,
    Booking,
    Busy,
    DateRange,
    DayOff,
    EventTypeRules,
    Host,
    Kind,
    Limit,
    Override,
    Period,
    RollingDays,
    RollingKind,
    Rule,
    Schedule,
    SlotQuery,
    Travel,
    WallWindow,
    WeeklyWindow,
)
from apps.availability.engine.zones import load_zone

MAX_WINDOW_DAYS = 366
MAX_STARTS = 200_000
"""Steps of the grid in the window: keeps any query well below a second and 200 MB."""
MAX_RULES = 100
MAX_ROLLING_DAYS = 365
_MAX_MINUTES = 527_040
"""366 days: no duration, buffer or notice is longer."""
_MAX_COUNT = 1_000_000_000
_YEARS = range(1970, 2100)
_INSTANT = re.compile(
    r"(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})(?:\.(\d{1,6})\d*)?(Z|[+-]\d{2}:\d{2})", re.ASCII
)
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_WALL_TIME = re.compile(r"(\d{2}):(\d{2})(?::00)?", re.ASCII)
_Item = TypeVar("_Item")


class QueryError(ValueError):
    """Something in the data is not what it should be. `path` says where, `problem` what."""

    def __init__(self, path: str, problem: str) -> None:
        super().__init__(f"{path or 'query'}: {problem}")
        self.path = path
        self.problem = problem


def parse_query(document: object) -> SlotQuery:
    """The query that a decoded JSON document describes. Raises QueryError."""
    fields = _Fields(document, "")
    window = fields.nested("window")
    window_start, window_end = window.instant("start"), window.instant("end")
    if window_end < window_start:
        raise QueryError("window.end", "is before window.start")
    if (window_end - window_start).days > MAX_WINDOW_DAYS:
        raise QueryError("window", f"is longer than {MAX_WINDOW_DAYS} days")
    schedules: dict[Schedule, Schedule] = {}
    hosts = fields.items("hosts", lambda item: _parse_host(item, schedules))
    _check_hosts(hosts)
    zone = next((host.schedules[0].timezone for host in hosts if host.schedules), None)
    asked_zone = fields.zone("timezone", default=zone or "UTC")
    rules = _parse_event_type(fields.nested("event_type"), zone or asked_zone)
    steps = (window_end - window_start) / timedelta(minutes=rules.step or rules.duration)
    if steps > MAX_STARTS:
        raise QueryError("window", f"has more than {MAX_STARTS} steps of the slot interval")
    if steps * len(hosts) > MAX_CELLS:
        raise QueryError("window", f"has more than {MAX_CELLS} steps times hosts")
    return SlotQuery(
        now=fields.instant("now"),
        window_start=window_start,
        window_end=window_end,
        event_type=rules,
        hosts=hosts,
        organizer_limits=fields.optional_items("organizer_limits", _parse_limit),
        organizer_bookings=fields.optional_items("organizer_bookings", _parse_booking),
    )


def parse_schedule(document: object, path: str = "") -> Schedule:
    """The schedule that a JSON document describes, shaped as in the API. Raises QueryError."""
    return _parse_schedule(_Fields(document, path))


def parse_instant(value: object, path: str) -> datetime:
    """The aware UTC datetime of an RFC 3339 instant. Raises QueryError."""
    match = _INSTANT.fullmatch(value.upper()) if isinstance(value, str) else None
    if match is None:
        raise QueryError(path, f"{_show(value)} is not an instant like 2026-03-02T14:30:00Z")
    seconds, fraction, zone = match.groups()
    try:
        moment = datetime.fromisoformat(f"{seconds}.{fraction}{zone}" if fraction else match[0])
        if moment.tzinfo is not UTC:
            moment = moment.astimezone(UTC)
    except (ValueError, OverflowError):
        raise QueryError(path, f"{_show(value)} is not an instant that exists") from None
    if moment.year not in _YEARS:
        raise QueryError(path, f"{_show(value)} is not in the years {_YEARS[0]} to {_YEARS[-1]}")
    return moment


class _Fields:
    """A JSON object whose fields are asked for by name and type."""

    def __init__(self, document: object, path: str) -> None:
        if not isinstance(document, Mapping):
            raise QueryError(path, f"{_show(document)} is not an object")
        self._document = document
        self.path = path

    def at(self, name: str) -> str:
        return f"{self.path}.{name}" if self.path else name

    def has(self, name: str) -> bool:
        return self._document.get(name) is not None

    def get(self, name: str) -> object:
        if name not in self._document:
            raise QueryError(self.at(name), "is missing")
        return self._document[name]

    def nested(self, name: str) -> _Fields:
        return _Fields(self.get(name), self.at(name))

    def items(self, name: str, read: Callable[[_Element], _Item]) -> tuple[_Item, ...]:
        """A required list; `read` gets each element with its path."""
        return _read_list(self.get(name), self.at(name), read)

    def optional_items(self, name: str, read: Callable[[_Element], _Item]) -> tuple[_Item, ...]:
        return self.items(name, read) if self.has(name) else ()

    def text(self, name: str, default: str | None = None) -> str:
        if default is not None and not self.has(name):
            return default
        return _text(self.get(name), self.at(name))

    def whole(self, name: str, *, low: int, high: int, default: int | None = None) -> int:
        if default is not None and not self.has(name):
            return default
        return _whole(self.get(name), self.at(name), low, high)

    def flag(self, name: str, *, default: bool) -> bool:
        if not self.has(name):
            return default
        value = self.get(name)
        if not isinstance(value, bool):
            raise QueryError(self.at(name), f"{_show(value)} is not true or false")
        return value

    def choice(self, name: str, allowed: tuple[str, ...], default: str | None = None) -> str:
        if default is not None and not self.has(name):
            return default
        value = self.get(name)
        if not isinstance(value, str) or value not in allowed:
            raise QueryError(self.at(name), f"{_show(value)} is not one of {', '.join(allowed)}")
        return value

    def instant(self, name: str) -> datetime:
        return parse_instant(self.get(name), self.at(name))

    def day(self, name: str) -> date:
        return _day(self.get(name), self.at(name))

    def zone(self, name: str, default: str | None = None) -> str:
        value = self.text(name, default)
        try:
            load_zone(value)
        except ValueError as error:
            raise QueryError(self.at(name), str(error)) from None
        return value

    def wall_window(self) -> WallWindow:
        return _wall_window(
            (self.get("start"), self.at("start")), (self.get("end"), self.at("end")), self.path
        )


_Element = tuple[object, str]
"""A list's element and its path."""


def _parse_event_type(fields: _Fields, zone: str) -> EventTypeRules:
    minutes: dict[str, int] = {"low": 0, "high": _MAX_MINUTES}
    return EventTypeRules(
        id=fields.text("id", ""),
        duration=fields.whole("duration", low=1, high=_MAX_MINUTES),
        timezone=zone,
        step=fields.whole("slot_interval", **minutes, default=0) or None,
        alignment=cast(
            Alignment, fields.choice("slot_alignment", get_args(Alignment), default="opening")
        ),
        buffer_before=fields.whole("buffer_before", **minutes, default=0),
        buffer_after=fields.whole("buffer_after", **minutes, default=0),
        min_notice=fields.whole("min_notice", low=0, high=_MAX_MINUTES * 10, default=0),
        max_horizon=(
            fields.whole("max_horizon", low=0, high=_MAX_MINUTES * 100)
            if fields.has("max_horizon")
            else None
        ),
        date_range=(
            _parse_date_range(fields.nested("date_range")) if fields.has("date_range") else None
        ),
        rolling_days=_parse_rolling_days(fields),
        limits=fields.optional_items("limits", _parse_limit),
        kind=cast(Kind, fields.choice("kind", get_args(Kind), default="one_on_one")),
        capacity=fields.whole("capacity", low=1, high=_MAX_COUNT, default=1),
        attendee_count=fields.whole("attendee_count", low=1, high=_MAX_COUNT, default=1),
        include_full=fields.flag("include_full", default=False),
    )


def _parse_rolling_days(fields: _Fields) -> RollingDays | None:
    if not fields.has("rolling_days"):
        return None
    return RollingDays(
        days=fields.whole("rolling_days", low=1, high=MAX_ROLLING_DAYS),
        kind=cast(
            RollingKind, fields.choice("rolling_days_kind", get_args(RollingKind), "calendar")
        ),
    )


def _parse_date_range(fields: _Fields) -> DateRange:
    start = fields.day("start") if fields.has("start") else None
    end = fields.day("end") if fields.has("end") else None
    if start and end and end < start:
        raise QueryError(fields.at("end"), "is before start")
    return DateRange(start, end)


def _parse_limit(element: _Element) -> Limit:
    fields = _Fields(*element)
    prefix = "total_minutes_per_"
    periods = get_args(Period)
    per = fields.choice("per", (*periods, *(prefix + period for period in periods)))
    return Limit(
        per=cast(Period, per.removeprefix(prefix)),
        max=fields.whole("max", low=0, high=_MAX_COUNT),
        minutes=per.startswith(prefix),
        id=fields.text("id", ""),
    )


def _parse_host(element: _Element, known: dict[Schedule, Schedule]) -> Host:
    fields = _Fields(*element)

    def share(item: _Element) -> Schedule:
        schedule = _parse_schedule(_Fields(*item))
        return known.setdefault(schedule, schedule)

    return Host(
        id=fields.text("id"),
        schedules=fields.items("schedules", share),
        bookings=fields.optional_items("bookings", _parse_booking),
        busy=_pack_named(fields.optional_items("busy", _parse_busy)),
        holds=fields.optional_items("holds", _parse_busy),
        required=fields.flag("required", default=True),
        weight=fields.whole("weight", low=0, high=_MAX_COUNT, default=1),
        priority=fields.whole("priority", low=-_MAX_COUNT, high=_MAX_COUNT, default=0),
    )


def _check_hosts(hosts: tuple[Host, ...]) -> None:
    if not hosts:
        raise QueryError("hosts", "at least one host is needed")
    seen: set[str] = set()
    for index, host in enumerate(hosts):
        if host.id in seen:
            raise QueryError(f"hosts[{index}].id", f"{_show(host.id)} is given twice")
        seen.add(host.id)


def _parse_schedule(fields: _Fields) -> Schedule:
    zone = fields.zone("timezone")
    rules = fields.optional_items("rules", lambda item: _parse_rule(item, zone))
    if len(rules) > MAX_RULES:
        raise QueryError(fields.at("rules"), f"more than {MAX_RULES} rules")
    return Schedule(
        timezone=zone,
        weekly=fields.optional_items("weekly", _parse_weekly),
        overrides=fields.optional_items("overrides", _parse_override),
        rules=rules,
        travel=fields.optional_items("travel", _parse_travel),
        out_of_office=fields.optional_items("out_of_office", _parse_absence),
        days_off=fields.optional_items("days_off", _parse_day_off),
        id=fields.text("id", ""),
    )


def _parse_weekly(element: _Element) -> WeeklyWindow:
    fields = _Fields(*element)
    return WeeklyWindow(fields.whole("weekday", low=1, high=7), fields.wall_window())


def _parse_override(element: _Element) -> Override:
    fields = _Fields(*element)
    return Override(fields.day("date"), fields.items("windows", _parse_window_pair))


def _parse_window_pair(element: _Element) -> WallWindow:
    first, second = _pair(*element)
    return _wall_window(first, second, element[1])


def _parse_rule(element: _Element, zone: str) -> Rule:
    fields = _Fields(*element)
    text = fields.text("rrule")
    try:
        check_rule(text, zone)
    except ValueError as error:
        raise QueryError(fields.at("rrule"), str(error)) from None
    return Rule(
        rrule=text,
        dtstart=fields.day("dtstart"),
        window=fields.wall_window(),
        kind="closed" if fields.choice("kind", ("open", "closed"), "open") == "closed" else "open",
        id=fields.text("id", ""),
    )


def _parse_travel(element: _Element) -> Travel:
    fields = _Fields(*element)
    first, last = fields.day("from"), fields.day("to")
    if last < first:
        raise QueryError(fields.at("to"), "is before from")
    return Travel(first, last, fields.zone("timezone"))


def _parse_absence(element: _Element) -> Busy:
    fields = _Fields(*element)
    return _busy(
        (fields.get("start"), fields.at("start")),
        (fields.get("end"), fields.at("end")),
        fields.text("id", ""),
    )


def _parse_day_off(element: _Element) -> DayOff:
    fields = _Fields(*element)
    first, last = fields.day("first"), fields.day("last")
    if last < first:
        raise QueryError(fields.at("last"), "is before first")
    holiday = fields.choice("kind", ("out_of_office", "holiday"), "out_of_office") == "holiday"
    return DayOff(first, last, "holiday" if holiday else "out_of_office", fields.text("id", ""))


def _parse_busy(element: _Element) -> Busy:
    """`[start, end]`, or an object with `start`, `end` and perhaps `id`."""
    if isinstance(element[0], Mapping):
        return _parse_absence(element)
    first, second = _pair(*element)
    return _busy(first, second, element[1])


def _pack_named(busy: tuple[Busy, ...]) -> PackedBusy:
    starts, ends, ids = zip(*busy, strict=True) if busy else ((), (), ())
    return PackedBusy(starts, ends, ids)


def _parse_booking(element: _Element) -> Booking:
    fields = _Fields(*element)
    start, end = fields.instant("start"), fields.instant("end")
    if end <= start:
        raise QueryError(fields.at("end"), "is not after start")
    return Booking.between(
        id=fields.text("id"),
        event_type=fields.text("event_type", ""),
        start=start,
        end=end,
        buffer_before=fields.whole("buffer_before", low=0, high=_MAX_MINUTES, default=0),
        buffer_after=fields.whole("buffer_after", low=0, high=_MAX_MINUTES, default=0),
        attendees=fields.whole("attendees", low=0, high=_MAX_COUNT, default=1),
    )


def _busy(start: _Element, end: _Element, id: str) -> Busy:
    first, last = parse_instant(*start), parse_instant(*end)
    if last < first:
        raise QueryError(end[1], "is before its start")
    return Busy.between(first, last, id)


def _wall_window(start: _Element, end: _Element, path: str) -> WallWindow:
    window = WallWindow(_wall_time(*start), _wall_time(*end))
    if window.start >= window.end:
        raise QueryError(path, f"ends at {end[0]}, not after its start {start[0]}")
    return window


def _wall_time(value: object, path: str) -> int:
    match = _WALL_TIME.fullmatch(value) if isinstance(value, str) else None
    minute = int(match[1]) * 60 + int(match[2]) if match and int(match[2]) < 60 else 1441
    if minute > 1440:
        raise QueryError(path, f"{_show(value)} is not a time from 00:00 to 24:00")
    return minute


def _pair(value: object, path: str) -> tuple[_Element, _Element]:
    if not isinstance(value, list) or len(value) != 2:
        raise QueryError(path, f"{_show(value)} is not a pair [start, end]")
    return (value[0], f"{path}[0]"), (value[1], f"{path}[1]")


def _read_list(value: object, path: str, read: Callable[[_Element], _Item]) -> tuple[_Item, ...]:
    if not isinstance(value, list):
        raise QueryError(path, f"{_show(value)} is not a list")
    return tuple(read((item, f"{path}[{index}]")) for index, item in enumerate(value))


def _text(value: object, path: str) -> str:
    if not isinstance(value, str):
        raise QueryError(path, f"{_show(value)} is not a text")
    return value


def _whole(value: object, path: str, low: int, high: int) -> int:
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        value = int(value)
    if not isinstance(value, int) or isinstance(value, bool):
        raise QueryError(path, f"{_show(value)} is not a whole number")
    if not low <= value <= high:
        raise QueryError(path, f"{_show(value)} is not from {low} to {high}")
    return value


def _day(value: object, path: str) -> date:
    try:
        if isinstance(value, str) and _DATE.fullmatch(value):
            day = date.fromisoformat(value)
            if day.year in _YEARS:
                return day
    except ValueError:
        pass
    raise QueryError(
        path, f"{_show(value)} is not a date like 2026-03-02, {_YEARS[0]} to {_YEARS[-1]}"
    )


def _show(value: Any) -> str:
    """A short picture of a wrong value for the message."""
    if isinstance(value, Mapping):
        return "an object"
    if isinstance(value, list):
        return "a list"
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) >= 10**18:
        return "a huge number"
    text = ascii(value)
    return text if len(text) <= 60 else text[:57] + "..."
