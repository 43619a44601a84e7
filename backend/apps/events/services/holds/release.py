"""Give back what a hold took; in the caller's transaction, with organizer and hosts locked."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import F

from apps.events.models import Booking, BookingStatus, Hold, HoldPurpose, Occupancy
from apps.events.selectors.occupied import LONGEST_OCCUPANCY
from apps.events.services.bookings.occupancy import hold_span
from apps.events.services.holds.find import OwnHold
from apps.events.services.waiting import freed


def release_hold(hold: Hold) -> None:
    """Delete the hold, with its time or its seats; and its session when nobody else is in or holds.

    Whoever waits for the time is not told of it: call `time_freed` afterwards.
    """
    _release([hold])


def release_expired(
    *, host_ids: Collection[UUID], start: datetime, end: datetime, now: datetime
) -> None:
    """Delete what lapsed holds have left in `[start, end)` of the hosts' time, buffers included.

    Whoever inserts an occupancy calls it first: the database's guard knows no clock. One query
    where there is nothing.
    """
    lapsed = _find_lapsed(host_ids, start, end, now)
    if not lapsed:
        return
    holds = list(Hold.objects.filter(pk__in=lapsed))
    sessions = {hold.session_id for hold in holds if hold.session_id is not None}
    # An empty session's time lapses with the last of its holds.
    _release([hold for hold in holds if hold.session_id is None])
    _release(Hold.objects.filter(session_id__in=sessions))


# By hand: every booking asks it, and mostly for nothing. No occupancy is longer than the bound.
_LAPSED_SQL = """
SELECT DISTINCT hold_id FROM events_occupancy
WHERE host_id IN ({hosts}) AND starts_at < %s AND starts_at >= %s AND ends_at > %s
  AND held_until <= %s
"""


def _find_lapsed(
    host_ids: Collection[UUID], start: datetime, end: datetime, now: datetime
) -> list[UUID]:
    field = Occupancy._meta.get_field("host")
    hosts = [field.get_db_prep_value(host_id, connection) for host_id in host_ids]
    adapt = connection.ops.adapt_datetimefield_value
    span = map(adapt, (end, start - LONGEST_OCCUPANCY, start, now))
    with connection.cursor() as cursor:
        cursor.execute(_LAPSED_SQL.format(hosts=", ".join(["%s"] * len(hosts))), [*hosts, *span])
        return [row[0] for row in cursor.fetchall()]


def release_lapsed_seats(session: Booking, *, now: datetime) -> None:
    """Give back the seats of a session whose holds have lapsed; no query when none are held.

    Whoever takes seats calls it first.
    """
    if session.held_seats:
        lapsed = list(Hold.objects.filter(session=session, expires_at__lte=now))
        _release(lapsed)
        session.held_seats -= sum(hold.seats for hold in lapsed)


def settle_session(session: Booking, hold: Hold | None) -> None:
    """Make an empty session a booking's like any other, and give its seats to the hold's owner.

    Whoever is about to take seats calls it; `hold` is theirs, if they have one.
    """
    if session.attendee_count == 0:
        held = Occupancy.objects.filter(hold__session=session)
        held.update(booking=session, hold=None, held_until=None)
    if hold is not None:
        _give_seats_back(session.pk, [hold], is_kept=True)
        session.held_seats -= hold.seats


def serve_after(own: OwnHold, *, now: datetime) -> None:
    """Offer the time of a hold that was released to whoever waits for it."""
    start, end = hold_span(own.hold)
    freed.time_freed(
        organizer_id=own.hold.event_type.organizer_id,
        host_ids=own.host_ids,
        start=start,
        end=end,
        now=now,
    )


def drop(holds: Sequence[Hold]) -> None:
    """Delete the rows of holds that take no time any more."""
    rows = Hold.objects.filter(pk__in=[hold.pk for hold in holds])
    if all(hold.purpose == HoldPurpose.FORM for hold in holds):
        # Nothing else points to these, so nothing needs to be looked up.
        rows._raw_delete(rows.db)
    else:
        rows.delete()


def _release(holds: Collection[Hold]) -> None:
    by_session: dict[UUID | None, list[Hold]] = {}
    for hold in holds:
        by_session.setdefault(hold.session_id, []).append(hold)
    for session_id, together in by_session.items():
        if session_id is not None:
            _give_seats_back(session_id, together)
        else:
            Occupancy.objects.filter(hold__in=together).delete()
            drop(together)


def _give_seats_back(session_id: UUID, holds: Sequence[Hold], *, is_kept: bool = False) -> None:
    """`is_kept`: the session stays though nobody is in, because somebody is about to be."""
    session = Booking.objects.filter(pk=session_id)
    session.update(held_seats=F("held_seats") - sum(hold.seats for hold in holds))
    ended = [hold.pk for hold in holds]
    others = Hold.objects.filter(session_id=session_id).exclude(pk__in=ended)
    last = None if is_kept else others.order_by("-expires_at").first()
    taken = Occupancy.objects.filter(hold__session_id=session_id)
    if last is not None:
        # As long as nobody is in, the session's time is held by whoever holds it longest.
        taken.update(hold=last, held_until=last.expires_at)
    elif not is_kept:
        taken.delete()
    drop(holds)
    if last is None and not is_kept:
        empty = session.filter(attendee_count=0, status=BookingStatus.CONFIRMED)
        empty.filter(audit_log__isnull=True).delete()
