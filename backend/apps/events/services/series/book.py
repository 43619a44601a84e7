"""Book several occurrences of a series, all or none."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from apps.common.errors import ValidationFailed
from apps.common.idempotency import OnceOnly, StoredAnswer
from apps.events.actors import Actor
from apps.events.models import Booking
from apps.events.selectors.offers import Offer
from apps.events.services.bookings.request import BookingRequest
from apps.events.services.questions.answers import Answers


def book_series(
    *,
    offer: Offer,
    request: BookingRequest,
    answers: Answers,
    actor: Actor,
    now: datetime,
    once: OnceOnly,
    answer: Callable[[Booking], StoredAnswer],
) -> StoredAnswer:
    """Book `request.occurrences`. Raises as `create_booking`."""
    raise ValidationFailed.of("/occurrences", "not_offered", "This is not offered; leave it out.")
