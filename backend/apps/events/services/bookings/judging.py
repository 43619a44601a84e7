"""Whether what somebody asks for is offered, before and under the locks."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from apps.common.errors import ValidationFailed
from apps.events.models import EventType
from apps.events.selectors.offers import Offer
from apps.events.selectors.slots import Verdict, chosen_duration, judge_start
from apps.events.services.bookings.request import BookingRequest


class NotOffered(Exception):
    """The engine refused; alternatives are looked for after the locks are gone."""

    def __init__(self, offer: Offer, verdict: Verdict) -> None:
        super().__init__("not offered")
        self.offer = offer
        self.verdict = verdict


def judge_request(
    offer: Offer, request: BookingRequest, *, now: datetime, own_hold: UUID | None = None
) -> Verdict:
    """The engine's word on `request.start`; `own_hold` is the requester's, and does not count.

    Raises `NotOffered`, and `ValidationFailed` for a duration or a number of seats that the event
    type does not have.
    """
    minutes = chosen_duration(offer.event_type, request.duration)
    refuse_too_many(offer.event_type, request)
    verdict = judge_start(
        offer,
        start=request.start,
        now=now,
        duration=minutes,
        own_hold=own_hold,
        seats=request.seats,
    )
    if not verdict.is_offered:
        raise NotOffered(offer, verdict)
    return verdict


def refuse_too_many(event_type: EventType, request: BookingRequest) -> None:
    """Raises `ValidationFailed` for more people than the event type ever takes."""
    most = event_type.max_attendees
    if request.seats > most:
        cure = f"Book {most} seats at most." if most > 1 else "This is for one person alone."
        raise ValidationFailed.of("/attendees", "too_many", cure)
