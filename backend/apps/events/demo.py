"""The demo organizer, made through the services, so that it cannot drift from the rules."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction

from apps.common.idempotency import OnceOnly, StoredAnswer
from apps.events.actors import Actor
from apps.events.models import Booking
from apps.events.models.audit import ActorType
from apps.events.selectors.offers import get_offer
from apps.events.selectors.slots import list_offered_slots
from apps.events.services.bookings import BookingRequest, create_booking
from apps.events.services.event_types import create_event_type
from apps.users.public import register_user

EMAIL = "ana@halfpast.example"
PASSWORD = "quarter-to-nine"  # noqa: S105 (shown on the console on purpose)
SLUG = "ana"
# Takes turns with her; nobody signs in as him.
COLLEAGUE_EMAIL = "bruno@halfpast.example"

_EVENT_TYPES: Sequence[dict[str, Any]] = (
    {
        "name": "Intro call",
        "event_type_slug": "intro",
        "description": "Half an hour to talk through your project. Bring whatever you have, even "
        "a napkin sketch.",
        "duration": 30,
        "color": "teal",
        "location_type": "video_call",
    },
    {
        "name": "Design review",
        "event_type_slug": "review",
        "description": "We look at your screens together and leave with a list of what to change.",
        "duration": 45,
        "color": "violet",
        "location_type": "video_call",
        "buffer_time_before": 10,
        "buffer_time_after": 5,
        "max_bookings_per_day": 3,
    },
    {
        "name": "Studio visit",
        "event_type_slug": "studio",
        "description": "Coffee, samples and a look around.",
        "duration": 60,
        "color": "amber",
        "location_type": "in_person",
        "location_details": "Rua do Século 4, Lisbon",
    },
    {
        "name": "Support call",
        "event_type_slug": "support",
        "description": "A short call when something is stuck.",
        "duration": 20,
        "color": "green",
        "location_type": "phone_call",
    },
    {
        "name": "Portfolio evening",
        "event_type_slug": "portfolio",
        "description": "A small round: everybody brings one piece of work, and we talk about each.",
        "duration": 60,
        "color": "rose",
        "location_type": "in_person",
        "location_details": "Studio, Rua do Século 4, Lisbon",
        "max_attendees": 8,
    },
    {
        "name": "Portrait sitting",
        "event_type_slug": "portrait",
        "duration": 120,
        "color": "coral",
        "location_type": "in_person",
        "location_details": "Studio, Rua do Século 4, Lisbon",
        "is_active": False,
    },
)
# Served by Ana and her colleague in turn.
_TEAM_EVENT_TYPE: dict[str, Any] = {
    "name": "Consultation",
    "event_type_slug": "consultation",
    "description": "Half an hour with whoever of our studio is free first.",
    "duration": 30,
    "color": "blue",
    "location_type": "video_call",
    "kind": "round_robin",
}
# Invitee, zone, event type, position of the slot in the list of the next fortnight.
_BOOKINGS = (
    ("Jonas Keller", "Europe/Berlin", "intro", 1),
    ("Sara Lind", "Europe/Stockholm", "review", 4),
    ("Dev Patel", "Asia/Kolkata", "intro", 9),
    ("Maya Okafor", "Africa/Lagos", "studio", 8),
    ("Iris Novák", "Europe/Prague", "support", 40),
    ("Luca Moretti", "Europe/Rome", "intro", 26),
    ("Noa Adler", "Asia/Jerusalem", "consultation", 12),
    # The same hour: they share a session.
    ("Ines Prado", "Europe/Lisbon", "portfolio", 30),
    ("Tom Baker", "Europe/London", "portfolio", 30),
    ("Emil Vogt", "Europe/Vienna", "consultation", 12),
)


def _id_only(booking: Booking) -> StoredAnswer:
    return StoredAnswer(201, {"id": str(booking.pk)})


def has_demo() -> bool:
    """Whether the demo organizer is there; her password is public."""
    return get_user_model().objects.filter(email=EMAIL).exists()


@transaction.atomic
def make_demo(*, now: datetime) -> bool:
    """Make the demo organizer, a colleague, event types and bookings; False when she exists already.

    No bookings, hence no mails, when a real mail server is set.
    """
    if has_demo():
        return False
    ana = register_user(
        email=EMAIL,
        password=PASSWORD,
        name="Ana Duarte",
        slug=SLUG,
        timezone="Europe/Lisbon",
        locale="en",
        bio="Product designer, Lisbon",
        is_email_verified=True,
    )
    bruno = register_user(
        email=COLLEAGUE_EMAIL,
        password=secrets.token_urlsafe(24),
        name="Bruno Alves",
        timezone="Europe/Lisbon",
        locale="en",
        bio="Illustrator, Lisbon",
        is_email_verified=True,
    )
    team = {**_TEAM_EVENT_TYPE, "hosts": [{"user": ana.pk}, {"user": bruno.pk}]}
    for fields in (*_EVENT_TYPES, team):
        create_event_type(organizer_id=ana.pk, fields=fields)  # type: ignore[arg-type]
    if not settings.EMAIL_HOST:
        for name, timezone, slug, position in _BOOKINGS:
            _book(name, timezone, slug, position, now=now)
    return True


def _book(name: str, timezone: str, slug: str, position: int, *, now: datetime) -> None:
    offer = get_offer(organizer_slug=SLUG, event_type_slug=slug)
    slots = list_offered_slots(offer, start=now, end=now + timedelta(days=14), now=now)
    email = f"{name.split(' ')[0].lower()}@invitee.example"
    create_booking(
        request=BookingRequest(
            organizer_slug=SLUG,
            event_type_slug=slug,
            start=slots[position % len(slots)].start,
            invitee_name=name,
            invitee_email=email,
            invitee_phone="+351 210 000 000",  # some of her types are calls
            invitee_timezone=timezone,
        ),
        actor=Actor(ActorType.INVITEE, name, email),
        now=now,
        once=OnceOnly.for_call(scope="demo", key=None, payload={}),
        answer=_id_only,
    )
