"""How bookings of an event type repeat (semantics, 4).

Everything is read in the zone of the event type's rules: its schedule's, else the organizer's. So
are `recurrence_end_date` and an UNTIL, and in it occurrences keep their wall time.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from apps.availability.public import Occurrence, SeriesRule, expand_series
from apps.common.errors import ValidationFailed
from apps.events.models import EventType, RecurrenceType
from apps.events.selectors.offers import Offer
from apps.events.selectors.slots import rules_of

_FREQUENCIES = {
    RecurrenceType.DAILY: "FREQ=DAILY",
    RecurrenceType.WEEKLY: "FREQ=WEEKLY",
    RecurrenceType.MONTHLY: "FREQ=MONTHLY",
}


def repeats(event_type: EventType) -> bool:
    """Whether a booking of it is a series. Seats of a group are booked one start at a time."""
    has_rule = (
        bool(event_type.recurrence_rule.strip()) or event_type.recurrence_type in _FREQUENCIES
    )
    return has_rule and not event_type.is_group_event()


def series_rule_of(offer: Offer) -> SeriesRule:
    """Its rule: `recurrence_rule` wins over `recurrence_type`. Raises `ValidationFailed`."""
    event_type = offer.event_type
    if not repeats(event_type):
        raise ValidationFailed.of(
            "/event_type_slug", "does_not_repeat", "Bookings of this event type do not repeat."
        )
    kind = RecurrenceType(event_type.recurrence_type)
    return SeriesRule(
        rrule=event_type.recurrence_rule.strip() or _FREQUENCIES[kind],
        timezone=rules_of(offer, duration=event_type.duration).timezone,
        max_occurrences=event_type.max_occurrences,
        last_date=event_type.recurrence_end_date,
    )


def list_occurrences(offer: Offer, *, start: datetime, now: datetime) -> list[Occurrence]:
    """The occurrences of a series that begins at `start`; the horizon ends it, too."""
    horizon = offer.event_type.max_scheduling_horizon
    latest = now.replace(microsecond=0) + timedelta(minutes=horizon) if horizon else None
    return expand_series(series_rule_of(offer), start=start, latest=latest)
