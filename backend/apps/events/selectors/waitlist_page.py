"""What the page of somebody on a waitlist shows beside their entry."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from apps.availability.public import compute_slots
from apps.events.models import Attendee, Booking, WaitingStatus, WaitlistEntry
from apps.events.selectors.offers import load_offer
from apps.events.selectors.slots import load_query
from apps.events.selectors.waitlist import place_of

_LISTED = 50


@dataclass(frozen=True, slots=True)
class EntryLook:
    """Where they stand, the starts that anybody could book now, and the booking they made."""

    position: int | None
    free: tuple[datetime, ...] = ()
    booking: Booking | None = None


def look_at_entry(entry: WaitlistEntry, *, now: datetime) -> EntryLook:
    """As of `now`. Free starts are looked for only where nothing is offered."""
    if entry.status == WaitingStatus.CONVERTED:
        return EntryLook(None, booking=find_own_booking(entry))
    is_open = entry.status == WaitingStatus.ACTIVE and now < entry.expires_at
    return EntryLook(place_of(entry), list_free(entry, now=now) if is_open else ())


def list_free(entry: WaitlistEntry, *, now: datetime) -> tuple[datetime, ...]:
    """The first starts that they wait for and that everybody can book at `now`."""
    event_type = entry.event_type
    if not event_type.is_active or event_type.is_archived:
        return ()
    first = entry.desired_start_time
    start, end = max(first, now), entry.desired_end_time or first + timedelta(seconds=1)
    if start >= end:
        return ()
    offer = load_offer(event_type)
    query = load_query(offer, start=start, end=end, now=now, duration=event_type.duration)
    return tuple(slot.start for slot in compute_slots(query)[:_LISTED])


def find_own_booking(entry: WaitlistEntry) -> Booking | None:
    """What they booked from the waitlist, as they may see it: of a session their own seat."""
    booking = entry.converted_booking
    if booking is None or not booking.is_session:
        return booking
    seats = Attendee.objects.select_related("booking").filter(
        booking=booking, email=entry.invitee_email
    )
    seat = seats.order_by("-joined_at").first()
    return None if seat is None else seat.seen_booking(seats=1)
