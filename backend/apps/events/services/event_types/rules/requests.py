"""Whether bookings have to be confirmed, and until when."""

from __future__ import annotations

from apps.common.errors import FieldError
from apps.events.models import EventType, RecurrenceType
from apps.events.models.event_type import MAX_NOTICE, MAX_OFFER, MAX_REQUEST
from apps.events.services.event_types.rules.bounds import Problems, range_problems


def request_problems(event_type: EventType) -> Problems:
    """Bounds, and what does not go together with requests."""
    yield from range_problems(
        event_type.confirmation_within_minutes,
        "/confirmation_within_minutes",
        least=1,
        most=MAX_NOTICE,
        or_null=True,
    )
    yield from range_problems(
        event_type.request_expires_minutes,
        "/request_expires_minutes",
        least=15,
        most=MAX_REQUEST,
        unit="minutes",
    )
    if not event_type.requires_confirmation:
        return
    if event_type.is_group_event():
        yield FieldError(
            "/requires_confirmation",
            "not_with_groups",
            "Seats of a group are taken at once; switch confirmation off or set one seat.",
        )
    if event_type.recurrence_rule or event_type.recurrence_type != RecurrenceType.NONE:
        yield FieldError(
            "/requires_confirmation",
            "not_with_series",
            "A series is booked at once; switch confirmation or the recurrence off.",
        )


def waiting_problems(event_type: EventType) -> Problems:
    """How long an offer to somebody who waits stands."""
    yield from range_problems(
        event_type.waitlist_offer_minutes,
        "/waitlist_offer_minutes",
        least=5,
        most=MAX_OFFER,
        unit="minutes",
    )
