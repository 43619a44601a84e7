"""Seats of a group session: taking them, giving them back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db.models import F, Q

from apps.common.errors import InvalidState, NotFound
from apps.events.models import Attendee, AttendeeStatus, Booking


def take_seats(session: Booking, count: int, *, now: datetime, until_end: bool = False) -> bool:
    """Take seats of a session if so many are left, in one conditional statement.

    Until it starts; with `until_end` as long as it lasts.
    """
    ahead = Q(end_time__gt=now) if until_end else Q(start_time__gte=now)
    taken = Booking.objects.filter(
        ahead,
        pk=session.pk,
        status__in=Booking.UNTIL_START,
        attendee_count__lte=F("capacity") - F("held_seats") - count,
    ).update(attendee_count=F("attendee_count") + count, updated_at=now)
    return taken == 1


def list_seated(session: Booking) -> list[Attendee]:
    """Who is in, in the order of joining; each knows the session."""
    seated = list(session.attendees.exclude(status=AttendeeStatus.CANCELLED))
    for attendee in seated:
        attendee.booking = session
    return seated


def get_holder(session: Booking, seen: Booking) -> Attendee:
    """Whose link showed `seen`. Raises `NotFound` when that was replaced meanwhile, `InvalidState`
    when they moved to another session.
    """
    holder = Attendee.objects.filter(pk=seen.attendee.pk).first()
    if holder is None or holder.access_token != seen.access_token:
        raise NotFound("There is no booking at this address.")
    if holder.booking_id != session.pk:
        raise InvalidState("This booking has just moved to another time; look at it again.")
    holder.booking = session
    return holder


def get_party(holder: Attendee, seated: Sequence[Attendee]) -> list[Attendee]:
    """Who leaves and moves by the holder's link: the holder, and whom they brought.

    Raises `InvalidState` when the seat was given back.
    """
    if not holder.is_in:
        raise InvalidState("This booking is cancelled already.")
    return [holder, *(one for one in seated if one.brought_by_id == holder.pk)]
