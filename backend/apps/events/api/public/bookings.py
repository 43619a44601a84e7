"""POST bookings/create: book a time without signing in."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from django.http import HttpRequest, HttpResponse
from ninja import Header, Router

from apps.common.idempotency import OnceOnly, Replay, StoredAnswer
from apps.common.origin import refuse_foreign_origin
from apps.common.time import utc_now
from apps.events.api.public.once import REFUSALS, answer_once
from apps.events.api.public.schemas import BookedOut, CreateBookingIn
from apps.events.budgets import budget_of_booking, spend_attempt
from apps.events.clients import invitee
from apps.events.models import Booking
from apps.events.presenting import booked_data
from apps.events.services.bookings import BookingRequest, Guest, create_booking

router = Router()


def _created(booking: Booking) -> StoredAnswer:
    return StoredAnswer(201, booked_data(booking))


@router.post(
    "bookings/create/",
    response={201: BookedOut, **REFUSALS},
    operation_id="create_booking",
    summary="Book a slot",
)
def create(
    request: HttpRequest,
    payload: CreateBookingIn,
    idempotency_key: str | None = Header(None, alias="Idempotency-Key"),
) -> HttpResponse:
    """Book a slot. 409 tells why it is not free, with the nearest alternatives.

    Of an event type that repeats all `occurrences` are booked, or the chosen ones, or none: 409
    then lists those that are not free in `occurrences`.
    """
    refuse_foreign_origin(request)
    once = OnceOnly.for_call(
        scope="create_booking", key=idempotency_key, payload=payload.model_dump(mode="json")
    )
    wanted = BookingRequest(
        organizer_slug=payload.organizer_slug,
        event_type_slug=payload.event_type_slug,
        start=payload.start_time,
        invitee_name=payload.invitee_name,
        invitee_email=payload.invitee_email,
        invitee_phone=payload.invitee_phone,
        invitee_timezone=payload.invitee_timezone,
        duration=payload.duration,
        locale=payload.locale,
        notes=payload.notes,
        utm=payload.utm,
        guests=tuple(
            Guest(guest.name, guest.email, guest.phone, guest.custom_answers)
            for guest in payload.attendees
        ),
        answers=payload.custom_answers,
        hold_token=payload.hold_token,
        email_code=payload.email_code,
        occurrences=_occurrences(payload.occurrences),
        honeypot=payload.website,
    )
    try:
        # Replays count towards no limit.
        once.look_back()
        spend_attempt(request)
        with budget_of_booking(
            request,
            emails=(wanted.invitee_email, *(guest.email for guest in wanted.guests)),
            event_type=f"{wanted.organizer_slug}/{wanted.event_type_slug}",
        ):
            stored = create_booking(
                request=wanted,
                actor=invitee(request, name=payload.invitee_name, email=payload.invitee_email),
                now=utc_now(),
                once=once,
                answer=_created,
            )
    except Replay as replay:
        return answer_once(replay.answer, replayed=True)
    return answer_once(stored)


def _occurrences(
    asked: Literal["all"] | list[datetime] | None,
) -> Literal["all"] | tuple[datetime, ...] | None:
    return tuple(asked) if isinstance(asked, list) else asked
