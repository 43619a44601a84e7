"""What stands against cancelling or moving a booking (semantics, 4)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import models

if TYPE_CHECKING:
    from apps.events.models.booking import Booking


class Hindrance(models.TextChoices):
    """Why a booking stays as it is; the label says it to whoever asked for the change."""

    OVER = "over", "This booking is over; it cannot be changed any more."
    STARTED = "started", "This booking has already started; it cannot be changed any more."
    CUTOFF = "cutoff", "It is too late to change this booking here. Write to the organizer."
    MOVES = "moves", "This booking was moved as often as it may be. Write to the organizer."


def find_hindrance(
    booking: Booking, now: datetime, *, by_invitee: bool, is_move: bool
) -> Hindrance | None:
    """The first thing that stands against the change; None when nothing does.

    Cut-off and number of moves are the organizer's rules for invitees. They bind what was agreed:
    a request may be withdrawn or made for another time until it is answered, and whoever was
    asked for another time may always choose one.
    """
    if booking.status not in booking.UNTIL_START:
        return Hindrance.OVER
    if now >= booking.start_time:
        return Hindrance.STARTED
    if not by_invitee:
        return None
    if booking.status == "confirmed" and now > last_change(booking):
        return Hindrance.CUTOFF
    most = booking.event_type.max_reschedules
    is_repick = booking.repick_asked_at is not None
    if is_move and not is_repick and most is not None and booking.reschedule_count >= most:
        return Hindrance.MOVES
    return None


def last_change(booking: Booking) -> datetime:
    """The last instant at which its invitee may change it."""
    return booking.start_time - timedelta(minutes=booking.event_type.change_cutoff_minutes)
