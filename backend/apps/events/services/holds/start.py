"""Keep a start for somebody."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import F
from django.db.models.functions import Greatest

from apps.availability.public import Reason
from apps.events.models import Booking, Hold, HoldPurpose, Occupancy
from apps.events.selectors.offers import Offer
from apps.events.selectors.slots import Verdict, judge_start
from apps.events.services.bookings import attempts
from apps.events.services.bookings.judging import NotOffered
from apps.events.services.bookings.new_booking import (
    host_guard,
    make_session,
    read_hosts,
    save_booking,
)
from apps.events.services.bookings.occupancy import hold_span, hold_time
from apps.events.services.bookings.serving import find_serving
from apps.events.services.holds.release import release_expired, release_hold, release_lapsed_seats


def hold_start(
    *,
    offer: Offer,
    start: datetime,
    duration: int,
    seats: int,
    purpose: HoldPurpose,
    expires_at: datetime,
    now: datetime,
    holder: str = "",
    replaces: Hold | None = None,
    attempt: attempts.Attempt | None = None,
    moving: UUID | None = None,
) -> Hold:
    """Hold `start` for `duration` minutes until `expires_at`, or `seats` where attendees share it.

    In the caller's transaction, with organizer and hosts locked (`attempt` says whom, where not all
    may be). The engine judges as it does for a booking. `replaces` is a hold that ends with this,
    `moving` a booking that would move there and counts towards no limit.
    On an empty start of a group event type the session is made at once, with nobody in.
    Raises `NotOffered`, and `HostsTaken` when the database's own guard refuses.
    """
    if replaces is not None:
        release_hold(replaces)
    verdict = judge_start(
        offer, start=start, now=now, duration=duration, seats=seats, moving=moving
    )
    if not verdict.is_offered:
        raise NotOffered(offer, verdict)
    hold = Hold(
        purpose=purpose,
        event_type=offer.event_type,
        start_time=start,
        end_time=start + timedelta(minutes=duration),
        seats=seats,
        holder=holder,
        expires_at=expires_at,
        created_at=now,
    )
    if verdict.session is not None:
        _hold_seats(hold, verdict.session, offer=offer, now=now)
        return hold
    taken = attempt.taken if attempt else frozenset[UUID]()
    serving = find_serving(offer, verdict.hosts, start=start, but=taken)
    if serving is None:
        raise NotOffered(offer, verdict)
    if attempt is not None:
        attempt.require_locked(offer, serving.hosts)
    _hold_time(hold, serving.hosts, offer=offer, duration=duration, now=now)
    return hold


def _hold_time(
    hold: Hold, host_ids: Sequence[UUID], *, offer: Offer, duration: int, now: datetime
) -> None:
    starts_at, ends_at = hold_span(hold)
    release_expired(host_ids=host_ids, start=starts_at, end=ends_at, now=now)
    if offer.capacity > 1:
        hosts = read_hosts(offer.event_type, host_ids)
        session = make_session(
            offer, hosts=hosts, start=hold.start_time, duration=duration, now=now
        )
        session.held_seats = hold.seats
        save_booking(session)
        hold.session = session
    hold.save(force_insert=True)
    with host_guard(host_ids):
        hold_time(hold, host_ids)


def _hold_seats(hold: Hold, session_id: UUID, *, offer: Offer, now: datetime) -> None:
    session = Booking.objects.get(pk=session_id)
    release_lapsed_seats(session, now=now)
    held = Booking.objects.filter(
        pk=session_id,
        status__in=Booking.UNTIL_START,
        attendee_count__lte=F("capacity") - F("held_seats") - hold.seats,
    ).update(held_seats=F("held_seats") + hold.seats)
    if not held:
        gone = Reason("full", "seats", str(session_id), "These seats are taken.", "")
        raise NotOffered(offer, Verdict((), (gone,)))
    hold.session_id = session_id
    hold.save(force_insert=True)
    # As long as nobody is in, the session's time lapses with the last of its holds.
    empty = Occupancy.objects.filter(hold__session_id=session_id)
    empty.update(held_until=Greatest("held_until", hold.expires_at))
