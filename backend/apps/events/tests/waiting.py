"""Helpers of the waitlist's tests: join, claim and look as people do."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from apps.common.idempotency import StoredAnswer
from apps.events.actors import Actor
from apps.events.models import Booking, EventType, WaitlistEntry
from apps.events.models.audit import ActorType
from apps.events.selectors.waitlist import place_of
from apps.events.services.bookings import cancel_booking
from apps.events.services.waiting.claim import claim_offer
from apps.events.services.waiting.join import join_waitlist
from apps.events.services.waiting.request import WaitlistRequest
from tests.cast import JONAS, NOW, no_key

DAY = timedelta(days=1)


def wait_for(
    event_type: EventType,
    start: datetime,
    name: str = "Wanda",
    *,
    now: datetime = NOW,
    **fields: Any,
) -> WaitlistEntry:
    """Join the waitlist as `name`; the entry as stored."""
    email = f"{name.lower()}@example.net"
    request = WaitlistRequest(
        **{
            "organizer_slug": event_type.organizer.slug,
            "event_type_slug": event_type.event_type_slug,
            "desired_start": start,
            "invitee_name": name,
            "invitee_email": email,
            "invitee_timezone": "Europe/Berlin",
            **fields,
        }
    )
    stored = join_waitlist(
        request=request,
        actor=Actor(ActorType.INVITEE, name, email, "192.0.2.7"),
        now=now,
        once=no_key(),
        answer=lambda entry: StoredAnswer(201, {"id": str(entry.pk)}),
    )
    return WaitlistEntry.objects.get(pk=UUID(stored.body["id"]))


def again(entry: WaitlistEntry) -> WaitlistEntry:
    """The entry as it is now, with all that services need."""
    related = ("event_type", "event_type__schedule", "organizer", "offer", "converted_booking")
    return WaitlistEntry.objects.select_related(*related).get(pk=entry.pk)


def claim(entry: WaitlistEntry, *, now: datetime = NOW, start: datetime | None = None) -> Booking:
    """Claim as the one who waits; the booking as stored."""
    stored = claim_offer(
        entry=again(entry),
        start=start,
        actor=Actor(ActorType.INVITEE, entry.invitee_name, entry.invitee_email, "192.0.2.7"),
        now=now,
        answer=lambda booking, changed: StoredAnswer(200, {"id": str(booking.pk)}),
    )
    return Booking.objects.get(pk=UUID(stored.body["id"]))


def cancel(booking: Booking, *, now: datetime = NOW) -> Booking:
    """Cancel as Jonas."""
    return cancel_booking(booking=booking, cancelled_by="invitee", reason="", actor=JONAS, now=now)


def state_of(entry: WaitlistEntry) -> tuple[str, int | None]:
    """State and place in line."""
    current = again(entry)
    return str(current.status), place_of(current)
