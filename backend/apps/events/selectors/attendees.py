"""Who is in a session, as far as one of its attendees may know."""

from __future__ import annotations

from dataclasses import dataclass

from apps.events.models import Attendee, AttendeeStatus, Booking


@dataclass(frozen=True, slots=True)
class Fellows:
    """The seats that an attendee's link stands for, their own first, and the names of others.

    `others` is empty unless the event type shows attendees to each other: never their addresses.
    """

    party: tuple[Attendee, ...] = ()
    others: tuple[str, ...] = ()


def get_fellows(seen: Booking) -> Fellows:
    """Of the session as one attendee sees it; nobody for other bookings and for who has left."""
    holder = seen.attendee
    if holder is None or not holder.is_in:
        return Fellows()
    seated = Attendee.objects.filter(booking_id=seen.pk).exclude(status=AttendeeStatus.CANCELLED)
    if not seen.event_type.shows_attendees:
        return Fellows((holder, *seated.filter(brought_by=holder)))
    party, others = [holder], []
    for attendee in seated:
        if attendee.brought_by_id == holder.pk:
            party.append(attendee)
        elif attendee.pk != holder.pk:
            others.append(attendee.name)
    return Fellows(tuple(party), tuple(name for name in others if name))
