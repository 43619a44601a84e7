"""What the hammer strikes: a few people, event types of every kind, and few starts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth import get_user_model

from apps.availability.public import ensure_default_schedule
from apps.events.models import EventType, EventTypeHost

STARTS = 16
"""The half hours of one working day: so few that everybody meets everybody."""


@dataclass(frozen=True, slots=True)
class Stage:
    """Addresses of event types, and the starts at which they are booked."""

    organizer: str
    event_types: tuple[str, ...]
    starts: tuple[datetime, ...]


TYPES: dict[str, dict[str, Any]] = {
    "intro": {"duration": 30, "buffer_time_before": 5, "buffer_time_after": 10},
    "workshop": {"duration": 60, "kind": "group", "max_attendees": 3, "enable_waitlist": True},
    "team": {"duration": 30, "kind": "round_robin", "enable_waitlist": True},
    "both": {"duration": 30, "kind": "collective"},
    "asked": {"duration": 30, "requires_confirmation": True, "pending_holds_slot": False},
    "kept": {"duration": 30, "requires_confirmation": True, "max_bookings_per_day": 4},
}


def set_up() -> None:
    """Write people and event types into the empty database."""
    people = [
        get_user_model().objects.create(
            email=f"{slug}@hammer.invalid", slug=slug, name=slug.title(), timezone="UTC"
        )
        for slug in ("ana", "ben", "eva")
    ]
    for user in people:
        ensure_default_schedule(user.pk)
    for slug, fields in TYPES.items():
        event_type = EventType.objects.create(
            organizer=people[0],
            name=slug.title(),
            event_type_slug=slug,
            min_scheduling_notice=0,
            slot_interval_minutes=30,
            slot_alignment="clock",
            **fields,
        )
        if slug in ("team", "both"):
            hosts = people if slug == "team" else people[:2]
            EventTypeHost.objects.bulk_create(
                EventTypeHost(event_type=event_type, user=user, position=position)
                for position, user in enumerate(hosts)
            )


def stage_after(now: datetime) -> Stage:
    """The stage that `set_up` has written, on the first working day that begins after `now`."""
    first = (now + timedelta(days=1)).replace(hour=9, minute=0, second=0, microsecond=0)
    while first.weekday() > 4:
        first += timedelta(days=1)
    starts = tuple(first + timedelta(minutes=30 * number) for number in range(STARTS))
    return Stage("ana", tuple(TYPES), starts)
