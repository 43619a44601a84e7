"""What tests of group sessions do often."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from apps.common.models import OutboxRow
from apps.events.actors import Actor
from apps.events.models import Booking
from apps.events.models.audit import ActorType
from apps.events.selectors.bookings import get_booking_by_token
from apps.events.services.attendees import Newcomer, add_attendee, bring_attendee
from apps.events.services.bookings import cancel_booking, reschedule_booking
from tests.cast import NOW, make_event_type

ANA = Actor(ActorType.ORGANIZER, "Ana Duarte", "ana@example.com")
BOOKINGS = "/api/v1/events/bookings/"


def make_yoga(host: Any, **fields: Any) -> Any:
    """A group of five."""
    defaults = {"name": "Yoga", "event_type_slug": "yoga", "kind": "group", "max_attendees": 5}
    return make_event_type(host, **{**defaults, **fields})


def seen(seat: Any) -> Booking:
    """The session as the holder of a seat may see it now."""
    return get_booking_by_token(seat.access_token, now=NOW)


def holder(seat: Any) -> Actor:
    """Whoever came by the link of a seat."""
    return Actor(ActorType.ATTENDEE, seat.invitee_name, seat.invitee_email, "203.0.113.7")


def leave(seat: Booking, *, now: datetime = NOW, reason: str = "") -> Booking:
    """By the link of the seat."""
    return cancel_booking(
        booking=seat, cancelled_by="invitee", reason=reason, actor=holder(seat), now=now
    )


def move(booking: Booking, start: datetime, actor: Actor = ANA) -> Booking:
    """By the organizer, unless told otherwise."""
    return reschedule_booking(booking=booking, start=start, actor=actor, now=NOW)


def add(session: Booking, name: str, *, now: datetime = NOW, notify: bool = True, **fields: Any):
    """By the organizer."""
    newcomer = Newcomer(name, f"{name.lower()}@example.net", **fields)
    return add_attendee(booking=session, newcomer=newcomer, notify=notify, actor=ANA, now=now)


def bring(seat: Any, name: str, *, now: datetime = NOW) -> Booking:
    """By the link of the seat."""
    shown = seen(seat)
    newcomer = Newcomer(name, f"{name.lower()}@example.net")
    return bring_attendee(booking=shown, newcomer=newcomer, actor=holder(shown), now=now)


def the_session(**filters: Any) -> Booking:
    """The only one, former times left out."""
    return Booking.objects.exclude(status="rescheduled").get(**filters)


def told() -> list[tuple[str, str, str]]:
    """Kind, reader and whom it is about, of each mail that was asked for."""
    rows = OutboxRow.objects.filter(name="notifications.send_booking_mail").order_by("id")
    return [
        (
            row.payload["notice"]["kind"],
            row.payload["audience"],
            row.payload["notice"]["invitee"]["name"],
        )
        for row in rows
    ]
