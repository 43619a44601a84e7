"""A series of bookings as one iCalendar object: one UID, whatever becomes of it.

The whole is a VEVENT with the RRULE (RDATEs where no rule yields it), an EXDATE for each date that
is not booked or off, and a VEVENT with RECURRENCE-ID for each occurrence that is not where the rule
has it. What is cancelled of a series that goes on is told by the RECURRENCE-IDs alone, a series of
which nothing is left by its UID alone (RFC 5546, 3.2.5). Every component of a file has the same
SEQUENCE.

Times stand in the zone of the rule: in any other the occurrences would not keep their wall time.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Event
from icalendar.prop import vRecur

from apps.common.time import get_zone
from apps.notifications.icalendar.vtimezone import vtimezone
from apps.notifications.icalendar.writer import (
    Method,
    add_recurrence_id,
    booking_event,
    in_zone,
    is_utc,
    new_calendar,
)
from apps.notifications.notices import Audience
from apps.notifications.series_notices import SeriesNotice, SeriesOccurrence


def write_series(series: SeriesNotice, *, method: Method, audience: Audience) -> bytes:
    """The series as seen by `audience`: the whole of it, or what is cancelled."""
    calendar = new_calendar(method)
    zone = get_zone(series.timezone)
    if not is_utc(zone):
        shown = series.occurrences
        first = min([_master_start(series), *(one.starts_at for one in shown)])
        last = max([first, *(one.ends_at for one in shown)])
        calendar.add_component(vtimezone(zone, starts_at=first, ends_at=last))
    for event in _events(series, method=method, audience=audience):
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _events(series: SeriesNotice, *, method: Method, audience: Audience) -> Iterator[Event]:
    if not series.booking.is_off:
        yield _master(series, method=method, audience=audience)
        for one in series.live:
            if _is_moved(series, one):
                yield _instance(series, one, method=method, audience=audience)
    elif series.live:
        for one in series.changed:
            yield _instance(series, one, method=method, audience=audience)
    else:
        yield _master(series, method=method, audience=audience)


def _master(series: SeriesNotice, *, method: Method, audience: Audience) -> Event:
    zone = get_zone(series.timezone)
    start = _master_start(series)
    lasts = _lasts(series)
    # Its page is that of the next occurrence that stands, which shows all of them.
    shown = next(iter(series.live), series.occurrences[0])
    notice = replace(
        series.booking,
        starts_at=start,
        ends_at=start + lasts,
        manage_url=shown.manage_url,
        dashboard_url=shown.dashboard_url,
    )
    event = booking_event(notice, method=method, audience=audience, zone=zone)
    del event["DTSTART"], event["DTEND"]
    wall = datetime.fromisoformat(series.wall_start)
    event.add("DTSTART", in_zone(wall, zone))
    ends = (start + lasts).astimezone(zone)
    if ends.replace(tzinfo=None) - wall == lasts and not ends.fold:
        event.add("DTEND", ends.astimezone(UTC) if is_utc(zone) else ends)
    else:  # it ends on the other side of a clock change: only its length is the same each time
        event.add("DURATION", lasts)
    _add_dates(event, series, zone)
    return event


def _add_dates(event: Event, series: SeriesNotice, zone: ZoneInfo) -> None:
    live = [one.wall for one in series.live] or [one.wall for one in series.occurrences]
    first = series.wall_start
    if series.rule:
        event.add("RRULE", vRecur.from_ical(series.rule))
        left_out = {*series.skipped, *(one.wall for one in series.occurrences)} - set(live)
    else:
        added = sorted(wall for wall in live if wall != first)
        if added:
            event.add("RDATE", [in_zone(datetime.fromisoformat(wall), zone) for wall in added])
        left_out = set() if first in live else {first}
    if left_out:
        walls = sorted(left_out)
        event.add("EXDATE", [in_zone(datetime.fromisoformat(wall), zone) for wall in walls])


def _instance(
    series: SeriesNotice, one: SeriesOccurrence, *, method: Method, audience: Audience
) -> Event:
    notice = replace(
        series.booking,
        starts_at=one.starts_at,
        ends_at=one.ends_at,
        manage_url=one.manage_url,
        dashboard_url=one.dashboard_url,
        recurrence_wall=one.wall,
        recurrence_timezone=series.timezone,
    )
    zone = get_zone(series.timezone)
    event = booking_event(notice, method=method, audience=audience, zone=zone)
    add_recurrence_id(event, notice)
    return event


def _is_moved(series: SeriesNotice, one: SeriesOccurrence) -> bool:
    wall = datetime.fromisoformat(one.wall)
    nominal = wall.replace(tzinfo=get_zone(series.timezone)).astimezone(UTC)
    return one.starts_at != nominal or one.ends_at - one.starts_at != _lasts(series)


def _master_start(series: SeriesNotice) -> datetime:
    wall = datetime.fromisoformat(series.wall_start)
    return wall.replace(tzinfo=get_zone(series.timezone)).astimezone(UTC)


def _lasts(series: SeriesNotice) -> timedelta:
    first = series.occurrences[0]
    return first.ends_at - first.starts_at
