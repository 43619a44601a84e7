"""The invitee's own link: view, cancel, move, replace the link, download."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Body, Header, Router

from apps.common.api.problem_schema import ProblemDocument
from apps.common.errors import DomainError
from apps.common.idempotency import OnceOnly, Replay, StoredAnswer
from apps.common.origin import refuse_foreign_origin
from apps.common.time import utc_now
from apps.events.api.public import attendee_actions, sooner_actions
from apps.events.api.public.schemas import (
    CancelIn,
    EraseIn,
    ManageIn,
    ManageOut,
    RescheduleIn,
)
from apps.events.api.public.stored_data import StoredDataOut
from apps.events.budgets import spend_attempt
from apps.events.clients import holder_of
from apps.events.models import Booking
from apps.events.models.booking import CancelledBy
from apps.events.notices import calendar_notice
from apps.events.presenting import manage_data, to_json
from apps.events.selectors.bookings import get_booking_by_token
from apps.events.selectors.series.bookings import list_series
from apps.events.series_notices import present_series_notice
from apps.events.services.bookings import regenerate_access_token
from apps.events.services.privacy import download_stored_data, erase_personal_data
from apps.events.services.series.scope import cancel_in_scope, reschedule_in_scope
from apps.notifications.public import calendar_file, series_calendar_file

router = Router()

REFUSALS = {404: ProblemDocument, 410: ProblemDocument}
CHANGE_REFUSALS = {
    400: ProblemDocument,
    403: ProblemDocument,
    409: ProblemDocument,
    413: ProblemDocument,
    422: ProblemDocument,
}


def _private(
    body: bytes, content_type: str = "application/json", *, status: int = 200
) -> HttpResponse:
    response = HttpResponse(body, content_type=content_type, status=status)
    response["Cache-Control"] = "no-store"
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex"
    return response


@router.get(
    "booking/{access_token}/manage/",
    response={200: ManageOut, **REFUSALS},
    operation_id="booking_management",
    summary="A booking by its link",
)
def show(request: HttpRequest, access_token: str) -> HttpResponse:
    """What the invitee's page shows, and what may be done now."""
    now = utc_now()
    return _private(to_json(manage_data(get_booking_by_token(access_token, now=now), now=now)))


@router.post(
    "booking/{access_token}/manage/",
    response={200: ManageOut, 204: None, **REFUSALS, **CHANGE_REFUSALS},
    operation_id="booking_management_action",
    summary="Cancel, move, change your data or whom you bring, replace the link, erase your data",
)
def act(
    request: HttpRequest,
    access_token: str,
    # Said to be the body: Ninja does not see it through the union's discriminator.
    payload: Body[ManageIn],
    idempotency_key: str | None = Header(None, alias="Idempotency-Key"),
) -> HttpResponse:
    """Carry out one action; the answer is the booking afterwards, or nothing once it is erased."""
    refuse_foreign_origin(request)
    now = utc_now()
    once = OnceOnly.for_call(
        scope="booking_management",
        key=idempotency_key,
        payload={"token": access_token, **payload.model_dump(mode="json")},
    )

    def answer(changed: Booking) -> StoredAnswer:
        return StoredAnswer(200, manage_data(changed, now=now))

    try:
        once.look_back()
        booking = get_booking_by_token(access_token, now=now)
        actor = holder_of(request, booking)
        try:
            if isinstance(payload, EraseIn):
                erase_personal_data(booking=booking, actor=actor, now=now, once=once)
                return _private(b"", status=204)
            changed = _carry_out(
                request, payload, booking, actor=actor, now=now, once=once, answer=answer
            )
        except DomainError:
            # It may be this very call, made twice at once, that changed the booking.
            once.look_back()
            raise
    except Replay as replay:
        body = to_json(replay.answer.body) if replay.answer.body else b""
        response = _private(body, status=replay.answer.status)
        response["Idempotent-Replayed"] = "true"
        return response
    return _private(to_json(manage_data(changed, now=now)))


def _carry_out(request: HttpRequest, payload: ManageIn, booking: Booking, **common: Any) -> Booking:
    if isinstance(payload, sooner_actions.SHAPES):
        return sooner_actions.carry_out(payload, booking, **common)
    if isinstance(payload, attendee_actions.SHAPES):
        return attendee_actions.carry_out(request, payload, booking, **common)
    if isinstance(payload, CancelIn):
        return cancel_in_scope(
            booking=booking,
            scope=payload.scope,
            cancelled_by=CancelledBy.INVITEE,
            reason=payload.reason,
            **common,
        )
    if isinstance(payload, RescheduleIn):
        return reschedule_in_scope(
            booking=booking,
            scope=payload.scope,
            start=payload.start_time,
            invitee_timezone=payload.timezone,
            **common,
        )
    return regenerate_access_token(booking=booking, **common)


@router.get(
    "booking/{access_token}/calendar.ics",
    response={200: None, **REFUSALS},
    operation_id="download_booking_calendar",
    summary="A booking as an iCalendar file",
)
def download(request: HttpRequest, access_token: str) -> HttpResponse:
    """METHOD:PUBLISH, with the UID of the invitation; a cancelled booking says so.

    Of a series it is the whole of it.
    """
    now = utc_now()
    booking = get_booking_by_token(access_token, now=now)
    response = _private(_calendar_of(booking, now=now), "text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="booking.ics"'
    return response


def _calendar_of(booking: Booking, *, now: datetime) -> bytes:
    if booking.recurrence is not None:
        bookings = list_series(booking.recurrence)
        return series_calendar_file(present_series_notice(booking.recurrence, bookings, now=now))
    return calendar_file(calendar_notice(booking, now=now))


@router.get(
    "booking/{access_token}/data.json",
    response={200: StoredDataOut, **REFUSALS},
    operation_id="download_stored_data",
    summary="All that is stored of you",
)
def download_data(request: HttpRequest, access_token: str) -> HttpResponse:
    """A file with the booking, your answers, mails, and what happened; nothing of others."""
    spend_attempt(request)
    now = utc_now()
    booking = get_booking_by_token(access_token, now=now)
    actor = holder_of(request, booking)
    response = _private(to_json(download_stored_data(booking=booking, actor=actor, now=now)))
    response["Content-Disposition"] = 'attachment; filename="booking-data.json"'
    return response
