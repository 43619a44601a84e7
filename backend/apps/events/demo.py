"""The demo organizer, made through the services, so that it cannot drift from the rules."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

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
from apps.events.services.waiting.join import join_waitlist
from apps.events.services.waiting.request import WaitlistRequest
from apps.users.public import register_user

EMAIL = "ana@halfpast.example"
PASSWORD = "quarter-to-nine"  # noqa: S105 (shown on the console on purpose)
SLUG = "ana"
# Takes turns with her; nobody signs in as him.
COLLEAGUE_EMAIL = "bruno@halfpast.example"

# The first question of the design review; the second one names it.
_STAGE = uuid4()
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
        "requires_confirmation": True,
        "custom_questions": [
            {
                "id": _STAGE,
                "question_text": "What shall we look at?",
                "question_type": "radio",
                "options": ["A first idea", "Finished screens", "Something live"],
                "is_required": True,
            },
            {
                "question_text": "Where can I see it?",
                "question_type": "url",
                "help_text": "A link that opens without a password.",
                "conditions": {
                    "any": [
                        {"question": str(_STAGE), "op": "equals", "value": "Finished screens"},
                        {"question": str(_STAGE), "op": "equals", "value": "Something live"},
                    ]
                },
            },
        ],
    },
    {
        "name": "Studio visit",
        "event_type_slug": "studio",
        "description": "Coffee, samples and a look around.",
        "duration": 60,
        "color": "amber",
        "location_type": "in_person",
        "location_details": "Rua do Século 4, Lisbon",
        "enable_waitlist": True,
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
        "name": "Weekly coaching",
        "event_type_slug": "coaching",
        "description": "Four weeks in a row, always at the same time.",
        "duration": 45,
        "color": "slate",
        "location_type": "video_call",
        "recurrence_type": "weekly",
        "max_occurrences": 4,
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
    # First, while every week of the series is free.
    ("Lea Braun", "Europe/Berlin", "coaching", 33),
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
    ("Hana Sato", "Asia/Tokyo", "portfolio", 30),
    ("Kofi Mensah", "Africa/Accra", "portfolio", 30),
    ("Emil Vogt", "Europe/Vienna", "consultation", 12),
)


# Waits for the time of whoever booked this event type first.
_WAITING = ("Paul Girard", "Europe/Paris", "studio")
# None of them uses a link.
_ANSWER = StoredAnswer(201, {})


def has_demo() -> bool:
    """Whether the demo organizer is there; her password is public."""
    return get_user_model().objects.filter(email=EMAIL).exists()


@transaction.atomic
def make_demo(*, now: datetime) -> bool:
    """Make the demo organizer, a colleague, event types, bookings and who waits; False when she exists already.

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
        _wait(*_WAITING, now=now)
    return True


def _book(name: str, timezone: str, slug: str, position: int, *, now: datetime) -> None:
    offer = get_offer(organizer_slug=SLUG, event_type_slug=slug)
    slots = list_offered_slots(offer, start=now, end=now + timedelta(days=14), now=now)
    create_booking(
        request=BookingRequest(
            organizer_slug=SLUG,
            event_type_slug=slug,
            start=slots[position % len(slots)].start,
            invitee_name=name,
            invitee_email=_email_of(name),
            invitee_phone="+351 210 000 000",  # some of her types are calls
            invitee_timezone=timezone,
            answers={question.id: question.options[-1] for question in offer.questions[:1]},
        ),
        actor=Actor(ActorType.INVITEE, name, _email_of(name)),
        now=now,
        once=OnceOnly.for_call(scope="demo", key=None, payload={}),
        answer=lambda _: _ANSWER,
    )


def _wait(name: str, timezone: str, slug: str, *, now: datetime) -> None:
    taken = Booking.objects.filter(event_type__event_type_slug=slug).earliest("start_time")
    join_waitlist(
        request=WaitlistRequest(
            organizer_slug=SLUG,
            event_type_slug=slug,
            desired_start=taken.start_time,
            invitee_name=name,
            invitee_email=_email_of(name),
            invitee_timezone=timezone,
        ),
        actor=Actor(ActorType.INVITEE, name, _email_of(name)),
        now=now,
        once=OnceOnly.for_call(scope="demo", key=None, payload={}),
        answer=lambda _: _ANSWER,
    )


def _email_of(name: str) -> str:
    return f"{name.split(' ')[0].lower()}@invitee.example"
