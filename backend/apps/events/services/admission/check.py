"""Whether somebody may book, beside whether the time is free."""

from __future__ import annotations

from datetime import datetime

from apps.events.actors import Actor
from apps.events.selectors.offers import Offer
from apps.events.services.bookings.request import BookingRequest


def check(offer: Offer, request: BookingRequest, *, actor: Actor, now: datetime) -> None:
    """Before any lock. Raises what the caller is told."""


def check_locked(offer: Offer, request: BookingRequest, *, now: datetime) -> None:
    """What must be looked at again under the locks, because others book at the same time."""
