"""How many upcoming bookings one person may have of an event type.

A person is an e-mail address as `address_key` reads it, so that another spelling of it is no way
around. Bookings and requests that are ahead count, and seats of sessions, whoever booked them.
Waiting for a time does not: it takes nobody's.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime

from django.db.models import Q

from apps.common.addresses import address_key
from apps.common.errors import FieldError, ValidationFailed
from apps.events.models import Attendee, AttendeeStatus, Booking, EventType


def refuse_too_many_upcoming(
    event_type: EventType, emails: Sequence[tuple[str, str]], *, now: datetime, starts: int = 1
) -> None:
    """`emails` are (JSON pointer, address) of those who get a seat at each of so many `starts`.

    Raises `ValidationFailed` naming everybody who would have too many. No query without a limit.
    Call it under the organizer's lock as well: others book at the same time.
    """
    most = event_type.max_upcoming_per_invitee
    if most is None:
        return
    wanted = Counter(address_key(email) for _, email in emails)
    full = {
        key
        for key, seats in wanted.items()
        if count_upcoming(event_type, key, now=now) + seats * starts > most
    }
    cure = (
        f"This address can have {most} upcoming at most. Cancel one or wait until it is over, "
        "then book again."
    )
    errors = [
        FieldError(pointer, "too_many_upcoming", cure)
        for pointer, email in emails
        if address_key(email) in full
    ]
    if errors:
        raise ValidationFailed(cure, errors=errors)


def count_upcoming(event_type: EventType, key: str, *, now: datetime) -> int:
    """Bookings and seats that are ahead of the mailbox with this `address_key`."""
    return sum(address_key(found) == key for found in _find_alike(event_type, key, now))


def _find_alike(event_type: EventType, key: str, now: datetime) -> Iterator[str]:
    bookings = Booking.objects.filter(
        may_be_alike("invitee_email", key),
        event_type=event_type,
        status__in=Booking.UNTIL_START,
        start_time__gt=now,
    )
    yield from bookings.values_list("invitee_email", flat=True)
    if event_type.is_group_event():
        seats = Attendee.objects.filter(
            may_be_alike("email", key),
            booking__event_type=event_type,
            booking__status__in=Booking.UNTIL_START,
            booking__start_time__gt=now,
        ).exclude(status=AttendeeStatus.CANCELLED)
        yield from seats.values_list("email", flat=True)


def may_be_alike(field: str, key: str) -> Q:
    """Rows whose address may have this `address_key`: what begins and ends alike in any case."""
    local, _, domain = key.rpartition("@")
    ends = ("@gmail.com", "@googlemail.com") if domain == "gmail.com" else (f"@{domain}",)
    same_end = Q()
    for end in ends:
        same_end |= Q(**{f"{field}__iendswith": end})
    return Q(**{f"{field}__istartswith": local[:1]}) & same_end
