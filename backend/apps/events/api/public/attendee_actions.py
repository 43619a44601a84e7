"""What an invitee's page does with people: bring somebody, take them off again, edit one's data."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from apps.events.api.public.schemas import AddAttendeeIn, RemoveAttendeeIn, UpdateIn
from apps.events.budgets import budget_of_booking, path_of, spend_attempt
from apps.events.models import Booking
from apps.events.services.attendees import (
    Newcomer,
    bring_attendee,
    remove_brought,
    update_attendee,
)
from apps.events.services.bookings import update_booking

SHAPES = (AddAttendeeIn, RemoveAttendeeIn, UpdateIn)


def carry_out(
    request: HttpRequest,
    payload: AddAttendeeIn | RemoveAttendeeIn | UpdateIn,
    booking: Booking,
    **common: Any,
) -> Booking:
    """The booking afterwards, as its holder sees it."""
    if isinstance(payload, AddAttendeeIn):
        newcomer = Newcomer(
            name=payload.name,
            email=payload.email,
            phone=payload.phone,
            answers=payload.custom_answers,
        )
        return bring(request, newcomer, booking, **common)
    if isinstance(payload, RemoveAttendeeIn):
        return remove_brought(booking=booking, attendee_id=payload.attendee_id, **common)
    changes = payload.model_dump(exclude={"action"}, exclude_none=True)
    if booking.attendee is not None:
        return update_attendee(booking=booking, changes=changes, **common)
    return update_booking(booking=booking, changes=changes, **common)


def bring(request: HttpRequest, newcomer: Newcomer, booking: Booking, **common: Any) -> Booking:
    """Bring somebody: a mail to who may not have asked for it, from the budgets of bookings."""
    spend_attempt(request)
    with budget_of_booking(
        request, emails=(newcomer.email,), event_type=path_of(booking.event_type)
    ):
        return bring_attendee(booking=booking, newcomer=newcomer, **common)
