"""Put a booking at another time: its row, its history, its occupancies."""

from __future__ import annotations

import copy
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

from apps.common.time import get_zone, tz_database_version
from apps.events.models import Booking, BookingStatus
from apps.events.selectors.offers import Offer
from apps.events.services.bookings.occupancy import move, release, span_of, take
from apps.events.services.holds.rehome import rehome_holds
from apps.events.services.holds.release import release_expired
from apps.events.services.requests.first_state import CONFIRMED_AT_ONCE, FirstState
from apps.events.services.waiting.closing import close_sooner
from apps.events.services.waiting.freed import time_freed


@dataclass(frozen=True, slots=True)
class Former:
    """What a booking was before it moved. `span` is the time it took, None if it took none."""

    start: datetime
    status: str
    span: tuple[datetime, datetime] | None


def put_at(
    current: Booking,
    offer: Offer,
    *,
    start: datetime,
    now: datetime,
    state: FirstState = CONFIRMED_AT_ONCE,
) -> Former:
    """Move a locked booking to `start`, as long as it is, and save it; what it was before.

    The live row keeps id, link and UID. What was agreed stays as a history row; a request was
    not, its former time is in the audit only. `state` is the one it has from now on, and `offer`
    the one the new time was judged by: its buffers and hours are what the new time is made of.
    """
    former = Former(current.start_time, current.status, _taken_span(current))
    if current.status != BookingStatus.PENDING:
        current.rescheduled_from = history_of(current, now=now)
        current.rescheduled_from.save(force_insert=True)
    change_time(current, offer, start=start, now=now)
    current.ical_sequence += 1
    enter_state(current, state)
    current.save()
    _occupy(current, former, takes_time=state.takes_time, now=now)
    if former.span is not None:
        hosts = [host.pk for host in current.hosts]
        rehome_holds(current, host_ids=hosts, span=former.span, now=now)
    close_sooner(current, now=now)
    return former


def change_time(current: Booking, offer: Offer, *, start: datetime, now: datetime) -> None:
    """Put it at `start` in memory, with the buffers and hours that the new time was judged by.

    An occurrence of a series is an exception as long as it is not where the rule has it.
    """
    current.set_time(start, timedelta(minutes=current.minutes))
    current.buffer_before = offer.event_type.buffer_time_before
    current.buffer_after = offer.event_type.buffer_time_after
    current.host_timezone = offer.timezone_of(current.host_id)
    wall = start.astimezone(get_zone(current.host_timezone)).replace(tzinfo=None)
    current.wall_time = wall.isoformat()
    current.tz_version = tz_database_version()
    current.rescheduled_at = now
    if current.recurrence_id is not None:
        current.is_recurring_exception = start != current.recurrence_start


def free_former_time(current: Booking, former: Former, *, now: datetime) -> None:
    """Serve who waits for the time that the move freed, in its transaction."""
    if former.span is None:
        return
    start, end = former.span
    time_freed(
        organizer_id=current.organizer_id,
        host_ids=[host.pk for host in current.hosts],
        start=start,
        end=end,
        now=now,
    )


def _taken_span(booking: Booking) -> tuple[datetime, datetime] | None:
    is_request = booking.status == BookingStatus.PENDING
    if is_request and not booking.occupancies.exists():
        return None
    return span_of(booking)


def enter_state(current: Booking, state: FirstState) -> None:
    """The state that a move leads to, in memory: a request again, or agreed."""
    if state.status == BookingStatus.PENDING:
        current.ask_again(state.request_expires_at)
    elif current.status == BookingStatus.PENDING:
        current.move_to(BookingStatus.CONFIRMED)
        current.request_expires_at = current.repick_asked_at = None


def _occupy(current: Booking, former: Former, *, takes_time: bool, now: datetime) -> None:
    if not takes_time:
        release(current)
        return
    host_ids = [host.pk for host in current.hosts]
    start, end = span_of(current)
    release_expired(host_ids=host_ids, start=start, end=end, now=now)
    if former.span is None:
        take(current, host_ids)
    else:
        move(current)


def history_of(booking: Booking, *, now: datetime) -> Booking:
    """The old time as a row of its own, not saved yet: no occupancy, no link."""
    row = copy.copy(booking)
    row.pk = uuid4()
    row._state = copy.copy(booking._state)
    # Its own: else what the live row is given next, this very row, would be this row's too.
    row._state.fields_cache = dict(booking._state.fields_cache)
    row._state.adding = True
    row.access_token = None
    row.access_token_expires_at = None
    row.move_to(BookingStatus.RESCHEDULED)
    row.rescheduled_at = now
    return row
