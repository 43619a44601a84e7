"""Give back what a hold took; in the caller's transaction, with organizer and hosts locked."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import F

from apps.events.models import Booking, BookingStatus, Hold, HoldPurpose, Occupancy
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
    left = (
        Occupancy.objects.filter(
            host_id__in=list(host_ids),
            held_until__lte=now,
            starts_at__lt=end,
            ends_at__gt=start,
        )
        .order_by()
        .values_list("hold_id", "hold__session_id")
    )
    rows = set(left)
    if not rows:
        return
    sessions = {session for _, session in rows if session is not None}
    # An empty session's time lapses with the last of its holds.
    _release(Hold.objects.filter(pk__in=[hold for hold, session in rows if session is None]))
    _release(Hold.objects.filter(session_id__in=sessions))


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
