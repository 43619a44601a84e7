"""The shared cast: Ana hosts, Jonas books, Charlie is a stranger with an account of his own."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from django.contrib.auth import get_user_model

from apps.availability.models import Schedule
from apps.common.idempotency import OnceOnly, StoredAnswer
from apps.events.actors import Actor
from apps.events.models import Booking, EventType
from apps.events.models.audit import ActorType
from apps.events.services.bookings import BookingRequest, create_booking

# A Monday; Lisbon is on UTC then, Berlin an hour ahead.
NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
WORKDAYS = [{"weekday": day, "start": "09:00", "end": "17:00"} for day in range(1, 6)]
ALWAYS = [{"weekday": day, "start": "00:00", "end": "24:00"} for day in range(1, 8)]

JONAS = Actor(ActorType.INVITEE, "Jonas Keller", "jonas@keller.example")


def make_host(slug: str = "ana", name: str = "Ana Duarte", **fields: Any) -> Any:
    """A user who can be booked, with a default schedule (`weekly` in her zone)."""
    weekly = fields.pop("weekly", WORKDAYS)
    timezone = fields.setdefault("timezone", "Europe/Lisbon")
    user = get_user_model().objects.create_user(
        email=f"{slug}@example.com",
        password="correct horse battery",
        name=name,
        slug=slug,
        **fields,
    )
    Schedule.objects.create(
        user=user, name="Working hours", timezone=timezone, is_default=True, weekly=weekly
    )
    return user


def make_event_type(host: Any, **fields: Any) -> EventType:
    """An active event type: 30 minutes, no notice, bookable for 60 days, unless told otherwise."""
    defaults: dict[str, Any] = {
        "name": "Intro call",
        "event_type_slug": "intro",
        "duration": 30,
        "min_scheduling_notice": 0,
    }
    return EventType.objects.create(organizer=host, **{**defaults, **fields})


def add_hosts(event_type: EventType, *hosts: Any, **fields: Any) -> EventType:
    """Let these users serve the event type, in this order; `fields` of `EventTypeHost`."""
    first = event_type.hosts.count()
    for position, user in enumerate(hosts, first):
        event_type.hosts.create(user=user, position=position, **fields)
    return event_type


def ask(event_type: EventType, start: datetime, **fields: Any) -> BookingRequest:
    """Jonas's request for a start."""
    defaults: dict[str, Any] = {
        "organizer_slug": event_type.organizer.slug,
        "event_type_slug": event_type.event_type_slug,
        "start": start,
        "invitee_name": "Jonas Keller",
        "invitee_email": "jonas@keller.example",
        "invitee_timezone": "Europe/Berlin",
    }
    return BookingRequest(**{**defaults, **fields})


def no_key() -> OnceOnly:
    """A call without an Idempotency-Key."""
    return OnceOnly.for_call(scope="create_booking", key=None, payload={})


def _id_only(booking: Booking) -> StoredAnswer:
    return StoredAnswer(201, {"id": str(booking.pk)})


def book(
    event_type: EventType,
    start: datetime,
    *,
    now: datetime = NOW,
    once: OnceOnly | None = None,
    **fields: Any,
) -> Booking:
    """Book through the service, as Jonas; the booking as stored."""
    stored = create_booking(
        request=ask(event_type, start, **fields),
        actor=JONAS,
        now=now,
        once=once or no_key(),
        answer=_id_only,
    )
    return Booking.objects.get(pk=UUID(stored.body["id"]))


def join(
    event_type: EventType, start: datetime, name: str, *, now: datetime = NOW, **fields: Any
) -> Booking:
    """Take a seat of a group session (`guests=` for more); it, as `name` may see it."""
    seen: list[Booking] = []

    def keep(booking: Booking) -> StoredAnswer:
        seen.append(booking)
        return _id_only(booking)

    create_booking(
        request=ask(
            event_type,
            start,
            **{"invitee_name": name, "invitee_email": f"{name.lower()}@example.net", **fields},
        ),
        actor=Actor(ActorType.INVITEE, name, f"{name.lower()}@example.net"),
        now=now,
        once=no_key(),
        answer=keep,
    )
    return seen[-1]


def booking_json(event_type: EventType, start: str, **fields: Any) -> Mapping[str, Any]:
    """The body of POST bookings/create/."""
    return {
        "organizer_slug": event_type.organizer.slug,
        "event_type_slug": event_type.event_type_slug,
        "start_time": start,
        "invitee_name": "Jonas Keller",
        "invitee_email": "jonas@keller.example",
        "invitee_timezone": "Europe/Berlin",
        **fields,
    }


def at(hour: int, minute: int = 0, *, days: int = 0) -> datetime:
    """A UTC instant on `NOW`'s day, or some days later."""
    return NOW.replace(hour=hour, minute=minute) + timedelta(days=days)
