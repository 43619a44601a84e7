"""Windows of a schedule (a date and two wall times) as spans of instants."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from apps.availability.engine.intervals import Span, subtract, unite
from apps.availability.engine.recurrence import dates_of_rule
from apps.availability.engine.types import Schedule, WallWindow, WeeklyWindow
from apps.availability.engine.zones import (
    DAY,
    Segment,
    instants_reading,
    midnight_reading,
    offset_segments,
    ordinal_of_reading,
)

_REACH = 16 * 3600
"""No zone is or was further than this from UTC, either way."""
_CALM = 27 * 3600
"""Two offsets differ by less than this."""


GridWindow = tuple[int, int, int]
"""`(start, end, anchor)`: starts in `[start, end)` stand on the anchor plus whole steps."""


class OpenTime(NamedTuple):
    """A schedule as instants."""

    open: list[Span]
    windows: list[GridWindow]


class DayPlan(NamedTuple):
    """One date by the clock, in seconds since midnight."""

    windows: tuple[Span, ...]
    """As given: each has a grid of its own."""
    open: tuple[Span, ...]
    """The windows joined, less what closed rules block; nothing on a day off."""


def expand_schedule(schedule: Schedule, low: int, high: int, *, by_clock: bool) -> OpenTime:
    """When a schedule is open, complete for the instants `[low, high)`.

    `by_clock` anchors the grid at midnight by the clock instead of at each window's opening.
    """
    open_spans: list[Span] = []
    windows: list[GridWindow] = []
    first = ordinal_of_reading(low - _REACH)
    last = ordinal_of_reading(high + _REACH)
    plans = plan_dates(schedule, first, last)
    week = plan_week(schedule.weekly)
    for zone, run_first, run_last in zone_runs(schedule, first, last):
        segments = offset_segments(
            zone, midnight_reading(run_first) - 3 * DAY, midnight_reading(run_last) + 3 * DAY
        )
        position = 0
        calm_from, calm_until, offset = _calm(segments[0])
        for ordinal in range(run_first, run_last + 1):
            plan = plans.get(ordinal) or week[(ordinal - 1) % 7]
            if not plan.windows:
                continue
            midnight = midnight_reading(ordinal)
            while midnight > calm_until and position + 1 < len(segments):
                position += 1
                calm_from, calm_until, offset = _calm(segments[position])
            if calm_from <= midnight <= calm_until:
                base = midnight - offset
                for start, end in plan.windows:
                    opening = base + start
                    windows.append((opening, base + end, base if by_clock else opening))
                open_spans += [(base + start, base + end) for start, end in plan.open]
            else:
                windows += _changing_windows(plan, midnight, segments, by_clock=by_clock)
                open_spans += _changing_open_spans(plan, midnight, segments)
    open_spans = unite(open_spans)
    if schedule.out_of_office:
        away = unite((start, end) for start, end, _ in schedule.out_of_office)
        open_spans = subtract(open_spans, away)
    return OpenTime(open_spans, windows)


@lru_cache(maxsize=1024)
def plan_week(weekly: tuple[WeeklyWindow, ...]) -> tuple[DayPlan, ...]:
    """The plans of a Monday to a Sunday without rules and overrides. Memoised."""
    return tuple(plan_day(_windows_on(weekly, number), []) for number in range(1, 8))


def plan_dates(schedule: Schedule, first: int, last: int) -> dict[int, DayPlan]:
    """The plans of the dates that a rule, an override or a day off changes, by ordinal."""
    opened: dict[int, list[WallWindow]] = defaultdict(list)
    closed: dict[int, list[WallWindow]] = defaultdict(list)
    years = date.fromordinal(first).year, date.fromordinal(last).year
    for rule in schedule.rules:
        ordinals = dates_of_rule(rule.rrule, rule.dtstart, schedule.timezone, *years)
        for ordinal in ordinals[bisect_left(ordinals, first) : bisect_right(ordinals, last)]:
            (closed if rule.kind == "closed" else opened)[ordinal].append(rule.window)
    plans = {}
    for ordinal in opened.keys() | closed.keys():
        usual = _windows_on(schedule.weekly, (ordinal - 1) % 7 + 1)
        plans[ordinal] = plan_day(usual + opened[ordinal], closed[ordinal])
    overridden: dict[int, list[WallWindow]] = {}
    for override in schedule.overrides:
        overridden.setdefault(override.date.toordinal(), []).extend(override.windows)
    for ordinal, replacement in overridden.items():
        plans[ordinal] = plan_day(replacement, [])
    week = plan_week(schedule.weekly)
    for off in schedule.days_off:  # starts go, the grid stays
        for ordinal in range(
            max(first, off.first.toordinal()), min(last, off.last.toordinal()) + 1
        ):
            plan = plans.get(ordinal) or week[(ordinal - 1) % 7]
            plans[ordinal] = plan._replace(open=())
    return plans


def plan_day(windows: list[WallWindow], closed: list[WallWindow]) -> DayPlan:
    """A date's windows and what is open of them."""
    spans = tuple((start * 60, end * 60) for start, end in windows)
    blocked = unite((start * 60, end * 60) for start, end in closed)
    return DayPlan(spans, tuple(subtract(unite(spans), blocked)))


def zone_runs(schedule: Schedule, first: int, last: int) -> Iterator[tuple[str, int, int]]:
    """Runs of dates, by ordinal and both included, with the zone their wall times are read in."""
    start = first
    while start <= last:
        zone = schedule.timezone
        end = last
        for travel in schedule.travel:
            if travel.first.toordinal() <= start <= travel.last.toordinal():
                zone = travel.timezone
                end = min(end, travel.last.toordinal())
                break
            if start < travel.first.toordinal() <= travel.last.toordinal():
                end = min(end, travel.first.toordinal() - 1)
        yield zone, start, end
        start = end + 1


def zone_on(schedule: Schedule, ordinal: int) -> str:
    """The zone in which a date's wall times are read; the first of overlapping travels counts."""
    return next(zone_runs(schedule, ordinal, ordinal))[0]


def _windows_on(weekly: tuple[WeeklyWindow, ...], weekday: int) -> list[WallWindow]:
    return [entry.window for entry in weekly if entry.weekday == weekday]


def _calm(segment: Segment) -> tuple[int, int, int]:
    """Between which midnights a date lies wholly in one segment and in no other; its offset."""
    start, end, offset = segment
    return start + offset + _CALM, end + offset - DAY - _CALM, offset


def _changing_windows(
    plan: DayPlan, midnight: int, segments: tuple[Segment, ...], *, by_clock: bool
) -> Iterator[GridWindow]:
    """The windows of a date near a change of the clock."""
    for start, end in plan.windows:
        pieces = list(instants_reading(segments, midnight + start, midnight + end))
        if by_clock:
            for first, last, offset in pieces:
                yield first, last, midnight - offset
        elif pieces:
            yield pieces[0][0], pieces[-1][1], pieces[0][0]


def _changing_open_spans(
    plan: DayPlan, midnight: int, segments: tuple[Segment, ...]
) -> Iterator[Span]:
    for start, end in plan.open:
        for first, last, _ in instants_reading(segments, midnight + start, midnight + end):
            yield first, last
