"""What closes a host's hours at an instant: the part of `explain` that reads schedules."""

from __future__ import annotations

from datetime import date

from apps.availability.engine.recurrence import dates_of_rule
from apps.availability.engine.types import Host, Reason, Schedule
from apps.availability.engine.windows import zone_on
from apps.availability.engine.zones import (
    midnight_reading,
    offset_at,
    offset_segments,
    ordinal_of_reading,
)


def explain_closed_hours(host: Host, instant: int) -> Reason:
    """The reason why none of the host's schedules is open at `instant`.

    Of several schedules, one that something special closes tells more than one without hours then.
    """
    if not host.schedules:
        return Reason(
            "outside_hours", "hosts", host.id, "the host has no schedule", "add one", host.id
        )
    found = [_explain_schedule(host, schedule, instant) for schedule in host.schedules]
    return next((reason for reason in found if reason.cause_kind != "schedule"), found[0])


def _explain_schedule(host: Host, schedule: Schedule, instant: int) -> Reason:
    for away in schedule.out_of_office:
        if away.start <= instant < away.end:
            return Reason(
                "outside_hours",
                "out_of_office",
                away.id,
                "out of office then",
                "shorten the absence",
                host.id,
            )
    zone, ordinal, minute = _read_clock(schedule, instant)
    day = date.fromordinal(ordinal)
    clock = f"{day} {minute // 60:02}:{minute % 60:02} {zone}"
    for off in schedule.days_off:
        if off.first <= day <= off.last:
            holiday = off.kind == "holiday"
            return Reason(
                "outside_hours",
                off.kind,
                off.id or off.first.isoformat(),
                f"{day} is a public holiday" if holiday else f"out of office on {day}",
                "keep that holiday open" if holiday else "shorten the absence",
                host.id,
            )
    for override in schedule.overrides:
        if override.date == day:
            return Reason(
                "outside_hours",
                "override",
                day.isoformat(),
                f"{clock} is outside the hours set for that date",
                "change the hours of that date",
                host.id,
            )
    for rule in schedule.rules:
        if (
            rule.kind == "closed"
            and rule.window.start <= minute < rule.window.end
            and ordinal in dates_of_rule(rule.rrule, rule.dtstart, schedule.timezone, day.year)
        ):
            return Reason(
                "outside_hours",
                "rule",
                rule.id or rule.rrule,
                f"{clock} is blocked by a rule",
                "except that date from the rule",
                host.id,
            )
    return Reason(
        "outside_hours",
        "schedule",
        schedule.id,
        f"{clock} is outside the weekly hours",
        "open these hours",
        host.id,
    )


def _read_clock(schedule: Schedule, instant: int) -> tuple[str, int, int]:
    """Zone, date (ordinal) and minute of the day that the schedule's clock shows."""
    zone = schedule.timezone
    for _ in range(
        2
    ):  # the date decides about the zone of a traveller, and the zone about the date
        segments = offset_segments(zone, instant, instant)
        reading = instant + offset_at(segments, instant)
        ordinal = ordinal_of_reading(reading)
        zone = zone_on(schedule, ordinal)
    return zone, ordinal, (reading - midnight_reading(ordinal)) // 60
