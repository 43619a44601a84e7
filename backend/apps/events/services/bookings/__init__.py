"""Writes on bookings: one module per intention."""

from apps.events.services.bookings.cancel import cancel_booking
from apps.events.services.bookings.create import create_booking
from apps.events.services.bookings.finish import (
    complete_booking,
    complete_past_bookings,
    mark_no_show,
)
from apps.events.services.bookings.link import regenerate_access_token
from apps.events.services.bookings.request import BookingRequest, Guest
from apps.events.services.bookings.reschedule import reschedule_booking
from apps.events.services.bookings.update import update_booking

__all__ = [
    "BookingRequest",
    "Guest",
    "cancel_booking",
    "complete_booking",
    "complete_past_bookings",
    "create_booking",
    "mark_no_show",
    "regenerate_access_token",
    "reschedule_booking",
    "update_booking",
]
