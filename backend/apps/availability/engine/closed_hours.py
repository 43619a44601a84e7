"""What closes a host's hours at an instant: the part of `explain` that reads schedules."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from apps.availability.engine.recurrence import dates_of_rule
from apps.availability.engine.types import Host, Reason, Schedule
from apps.availability.engine.windows import plan_dates, plan_week, zone_on
from apps.availability.engine.zones import (
    midnight_reading,
    offset_at,
    offset_segments,
    ordinal_of_reading,
)


def explain_closed_hours(host: Host, instant: int) -> list[Reason]:
    """The reasons why none of the host's schedules is open at `instant`.

    Of several schedules, one that something special closes tells more than one without hours then.
    """
    if not host.schedules:
        return [_reason(host, "hosts", host.id, "the host has no schedule", "add one")]
    found = [_explain_schedule(host, schedule, instant) for schedule in host.schedules]
    return next((each for each in found if each[0].cause_kind != "schedule"), found[0])


def _explain_schedule(host: Host, schedule: Schedule, instant: int) -> list[Reason]:
    """All that takes the instant from the hours of its date; else that these do not cover it."""
    zone, ordinal, second = _read_clock(schedule, instant)
    plan = plan_dates(schedule, ordinal, ordinal).get(ordinal)
    windows = (plan or plan_week(schedule.weekly)[(ordinal - 1) % 7]).windows
    day = date.fromordinal(ordinal)
    clock = f"{day} {second // 3600:02}:{second // 60 % 60:02} {zone}"
    reasons: list[Reason] = []
    if any(start <= second < end for start, end in windows):
        reasons += _absences(host, schedule, instant, ordinal)
        reasons += _closed_rules(host, schedule, ordinal, second // 60, clock)
    if reasons:
        return reasons
    if any(override.date.toordinal() == ordinal for override in schedule.overrides):
        detail = f"{clock} is outside the hours set for that date"
        return [_reason(host, "override", day.isoformat(), detail, "change the hours of that date")]
    detail = f"{clock} is outside the weekly hours"
    return [_reason(host, "schedule", schedule.id, detail, "open these hours")]


def _absences(host: Host, schedule: Schedule, instant: int, ordinal: int) -> Iterator[Reason]:
    for away in schedule.out_of_office:
        if away.start <= instant < away.end:
            yield _reason(
                host, "out_of_office", away.id, "out of office then", "shorten the absence"
            )
    day = date.fromordinal(ordinal)
    for off in schedule.days_off:
        if off.first <= day <= off.last:
            cause = off.id or off.first.isoformat()
            if off.kind == "holiday":
                detail, cure = f"{day} is a public holiday", "keep that holiday open"
            else:
                detail, cure = f"out of office on {day}", "shorten the absence"
            yield _reason(host, off.kind, cause, detail, cure)


def _closed_rules(
    host: Host, schedule: Schedule, ordinal: int, minute: int, clock: str
) -> Iterator[Reason]:
    if any(override.date.toordinal() == ordinal for override in schedule.overrides):
        return  # they replace the rules of that date
    year = date.fromordinal(ordinal).year
    for rule in schedule.rules:
        if (
            rule.kind == "closed"
            and rule.window.start <= minute < rule.window.end
            and ordinal in dates_of_rule(rule.rrule, rule.dtstart, schedule.timezone, year, year)
        ):
            cause, cure = rule.id or rule.rrule, "except that date from the rule"
            yield _reason(host, "rule", cause, f"{clock} is blocked by a rule", cure)


def _reason(host: Host, kind: str, cause: str, detail: str, cure: str) -> Reason:
    return Reason("outside_hours", kind, cause, detail, cure, host.id)


def _read_clock(schedule: Schedule, instant: int) -> tuple[str, int, int]:
    """Zone, date (ordinal) and second of the day that the schedule's clock shows."""
    zone = schedule.timezone
    for _ in range(2):  # a traveller's zone depends on the date, and the date on the zone
        segments = offset_segments(zone, instant, instant)
        reading = instant + offset_at(segments, instant)
        ordinal = ordinal_of_reading(reading)
        zone = zone_on(schedule, ordinal)
    return zone, ordinal, reading - midnight_reading(ordinal)
