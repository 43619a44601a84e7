"""Why a start is not offered: every rule it breaks, in the order of the rules."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from apps.availability.engine.bounds import (
    BOOKABLE,
    earliest_start,
    latest_start,
    spans_of_dates,
    today,
)
from apps.availability.engine.closed_hours import explain_closed_hours
from apps.availability.engine.diary import Diary, DiaryReader
from apps.availability.engine.grid import is_on_grid, step_seconds
from apps.availability.engine.hosts import read_roster
from apps.availability.engine.limits import need_of, period_of, used_limits
from apps.availability.engine.rolling import dates_with_slots, search_end
from apps.availability.engine.sessions import has_sessions, is_listed, list_sessions, seats_left
from apps.availability.engine.types import (
    Booking,
    Host,
    Limit,
    Reason,
    ReasonCode,
    RollingDays,
    SlotQuery,
    ceil_seconds,
    floor_seconds,
    to_datetime,
)
from apps.availability.engine.windows import GridWindow
from apps.availability.engine.zones import local_ordinal, offset_segments

_ROLLING_UNITS = {
    "calendar": "days",
    "business": "working days",
    "available": "days with slots",
}
_RANK: dict[ReasonCode, int] = {
    "outside_hours": 0,
    "booked": 1,
    "buffer": 1,
    "calendar_busy": 2,
    "held": 2,
    "too_soon": 3,
    "too_far": 4,
    "limit_reached": 5,
    "full": 6,
    "off_grid": 7,
}


def explain(query: SlotQuery, at: datetime) -> list[Reason]:
    """All reasons against a start at `at`, the first failing rule first; empty if it is offered.

    The window of the query does not matter here: any instant can be asked about. Inside the window
    exactly the starts without a reason are those that `compute_slots` lists.
    """
    start = floor_seconds(at)
    if not BOOKABLE[0] <= start < BOOKABLE[1]:
        return [_outside_all_years(query, start)]
    whole = ceil_seconds(at) == start
    sessions = [session for session, _ in list_sessions(query) if whole and session.start == start]
    rules = query.event_type
    if any(is_listed(seats_left(session, rules), rules) for session in sessions):
        return list(_against_time(query, start))
    fresh = [
        *_against_hosts(query, start),
        *_against_time(query, start),
        *_against_limits(query, start),
        *_against_seats(query),
        *_against_grid(query, start, whole=whole),
    ]
    if fresh and sessions:
        fresh = [*_against_time(query, start), _full_session(query, sessions)]
    return sorted(fresh, key=lambda reason: _RANK[reason.code])


def _outside_all_years(query: SlotQuery, start: int) -> Reason:
    code: ReasonCode = "too_soon" if start < earliest_start(query) else "too_far"
    detail = "only the years 1970 to 2099 can be booked"
    return Reason(code, "notice" if code == "too_soon" else "horizon", "", detail, "")


def _against_hosts(query: SlotQuery, start: int) -> Iterator[Reason]:
    reader = DiaryReader(query, start, start + 1)
    roster = read_roster(query)
    for host in roster.required:
        yield from _against_host(query, reader.read(host), start)
    if roster.needs_rotating:
        refusals = [
            list(_against_host(query, reader.read(host), start)) for host in roster.rotating
        ]
        if all(refusals):
            for refusal in refusals:
                yield from refusal
    if not (roster.rotating if roster.needs_rotating else roster.required):
        yield Reason(
            "outside_hours",
            "hosts",
            query.event_type.id,
            "no host is there to take the booking",
            "add a rotating host" if roster.needs_rotating else "add a host",
        )


def _against_host(query: SlotQuery, diary: Diary, start: int) -> Iterator[Reason]:
    end = start + query.event_type.duration * 60
    covering = next(((low, high) for low, high in diary.open if low <= start < high), None)
    if covering is None or covering[1] < end:
        closed_at = start if covering is None else covering[1]
        yield from explain_closed_hours(diary.host, closed_at)
    yield from _against_bookings(query, diary.host, start, end)
    rules = query.event_type
    low, high = start - rules.buffer_before * 60, end + rules.buffer_after * 60
    for busy in diary.host.busy:
        if busy.start < busy.end and busy.start < high and low < busy.end:
            yield Reason(
                "calendar_busy",
                "calendar",
                busy.id,
                f"the calendar is busy {_span(busy.start, busy.end)}",
                "move the calendar event or mark it as free",
                diary.host.id,
            )
    for hold in diary.host.holds:
        if hold.start < hold.end and hold.start < high and low < hold.end:
            yield Reason(
                "held",
                "hold",
                hold.id,
                f"another visitor holds {_span(hold.start, hold.end)}",
                "wait until the hold is used or lapses",
                diary.host.id,
            )


def _against_bookings(query: SlotQuery, host: Host, start: int, end: int) -> Iterator[Reason]:
    rules = query.event_type
    low, high = start - rules.buffer_before * 60, end + rules.buffer_after * 60
    for booking in host.bookings:
        first = booking.start - booking.buffer_before * 60
        last = booking.end + booking.buffer_after * 60
        if first >= last or first >= high or last <= low:
            continue
        if booking.start < end and start < booking.end and booking.start < booking.end:
            yield Reason(
                "booked",
                "booking",
                booking.id,
                f"booked {_span(booking.start, booking.end)}",
                "move or cancel the booking",
                host.id,
            )
        else:
            yield Reason(
                "buffer",
                "booking",
                booking.id,
                f"the buffers around the booking {_span(booking.start, booking.end)} touch",
                _smaller_buffer(query, booking, start, end),
                host.id,
            )


def _smaller_buffer(query: SlotQuery, booking: Booking, start: int, end: int) -> str:
    """Which buffer of the event type would have to be how small; the booking's own are agreed."""
    if booking.end <= start:
        name, room = "buffer_before", start - booking.end - booking.buffer_after * 60
    else:
        name, room = "buffer_after", booking.start - end - booking.buffer_before * 60
    if room < 0:
        return "move the booking, or shorten its own buffers"
    return f"lower {name} to {room // 60} minutes"


def _against_time(query: SlotQuery, start: int) -> Iterator[Reason]:
    rules = query.event_type
    earliest = earliest_start(query)
    if start < earliest:
        room = (start - ceil_seconds(query.now)) // 60
        yield Reason(
            "too_soon",
            "notice",
            rules.id,
            f"{rules.min_notice} minutes' notice: the first start is {_at(earliest)}",
            f"lower min_notice to {room} minutes" if room >= 0 else "",
        )
    latest = latest_start(query)
    if latest is not None and start > latest:
        needed = -((floor_seconds(query.now) - start) // 60)
        yield Reason(
            "too_far",
            "horizon",
            rules.id,
            f"the last start inside the horizon is {_at(latest)}",
            f"raise max_horizon to {needed} minutes",
        )
    if rules.date_range and not spans_of_dates(rules, rules.date_range, start, start + 1):
        dates = rules.date_range
        yield Reason(
            "too_far",
            "date_range",
            rules.id,
            f"bookable on the dates from {dates.start or 'now'} to {dates.end or 'any'} only",
            "widen the date range",
        )
    yield from _against_rolling_days(query, start)


def _against_rolling_days(query: SlotQuery, start: int) -> Iterator[Reason]:
    rules = query.event_type
    rolling = rules.rolling_days
    if rolling is None:
        return
    date_of_start = local_ordinal(offset_segments(rules.timezone, start, start), start)
    needed = _rolling_days_to(query, rolling, date_of_start, start)
    beyond_search = rolling.kind == "available" and start >= search_end(query)
    if needed > rolling.days or beyond_search:
        yield Reason(
            "too_far",
            "rolling_days",
            rules.id,
            f"bookable {rolling.days} {_ROLLING_UNITS[rolling.kind]} ahead",
            "" if beyond_search else f"raise rolling_days to {needed}",
        )


def _rolling_days_to(query: SlotQuery, rolling: RollingDays, day: int, start: int) -> int:
    """The smallest `rolling_days` with which a date (an ordinal) can be booked."""
    if rolling.kind == "available":
        return sum(found < day for found in dates_with_slots(query, start)) + 1
    first = today(query) + 1
    if rolling.kind == "calendar":
        return day - first + 1
    return sum((between - 1) % 7 < 5 for between in range(first, day)) + 1


def _against_limits(query: SlotQuery, start: int) -> Iterator[Reason]:
    segments = offset_segments(query.event_type.timezone, start, start)
    ordinal = local_ordinal(segments, start)
    for limit, used in used_limits(query, start, start + 1):
        need = need_of(limit, query)
        amount = used.get(period_of(ordinal, limit.per)[0], 0)
        if amount + need > limit.max:
            unit = "minutes" if limit.minutes else "bookings"
            yield Reason(
                "limit_reached",
                "limit",
                limit.id or _limit_name(limit),
                f"{amount} of {limit.max} {unit} per {limit.per} are taken, this takes {need}",
                f"raise the limit to {amount + need}",
            )


def _against_seats(query: SlotQuery) -> Iterator[Reason]:
    rules = query.event_type
    if has_sessions(rules) and rules.attendee_count > rules.capacity:
        yield Reason(
            "full",
            "seats",
            rules.id,
            f"{rules.attendee_count} seats asked for, a session has {rules.capacity}",
            f"raise the capacity to {rules.attendee_count}",
        )


def _full_session(query: SlotQuery, sessions: list[Booking]) -> Reason:
    rules = query.event_type
    roomiest = max(sessions, key=lambda session: seats_left(session, rules))
    return Reason(
        "full",
        "booking",
        roomiest.id,
        f"{seats_left(roomiest, rules)} of {rules.capacity} seats are left, "
        f"{rules.attendee_count} asked for",
        f"raise the capacity to {roomiest.attendees + rules.attendee_count}",
    )


def _against_grid(query: SlotQuery, start: int, *, whole: bool) -> Iterator[Reason]:
    rules = query.event_type
    step = step_seconds(rules.step, rules.duration)
    reader = DiaryReader(query, start, start + 1)
    windows = [window for host in query.hosts for window in reader.read(host).windows]
    if not whole or not is_on_grid(windows, start, step):
        yield Reason(
            "off_grid",
            "grid",
            rules.id,
            f"starts are {step // 60} minutes apart ({rules.alignment})",
            _nearest_on_grid(windows, start, step),
        )


def _nearest_on_grid(windows: list[GridWindow], start: int, step: int) -> str:
    """The grid's starts on both sides, in the windows that are open then."""
    near: set[int] = set()
    for first, end, anchor in windows:
        if first <= start < end:
            before = start - (start - anchor) % step
            near |= {moment for moment in (before, before + step) if first <= moment < end}
    return f"choose {' or '.join(_at(moment) for moment in sorted(near))}" if near else ""


def _limit_name(limit: Limit) -> str:
    return f"total_minutes_per_{limit.per}" if limit.minutes else limit.per


def _at(seconds: int) -> str:
    return f"{to_datetime(seconds):%Y-%m-%dT%H:%M:%SZ}"


def _span(start: int, end: int) -> str:
    return f"{_at(start)} to {_at(end)}"
