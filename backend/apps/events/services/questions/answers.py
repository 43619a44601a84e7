"""What a request answers to the event type's questions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from apps.events.selectors.offers import Offer
from apps.events.services.bookings.request import BookingRequest


@dataclass(frozen=True, slots=True)
class Answers:
    """By question id, as they are stored; one mapping per guest, in their order."""

    invitee: Mapping[str, Any] = field(default_factory=dict)
    guests: tuple[Mapping[str, Any], ...] = ()


def answers_of(offer: Offer, request: BookingRequest) -> Answers:
    """The valid answers to the questions that are shown. Raises `ValidationFailed`."""
    return Answers(guests=tuple({} for _ in request.guests))
