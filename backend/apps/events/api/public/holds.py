"""POST slots/hold, DELETE slots/hold/<token>: keep a slot while the form is filled in."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from ninja import Header, Router

from apps.common.api.problem_schema import ProblemDocument
from apps.common.idempotency import OnceOnly, Replay, StoredAnswer
from apps.common.origin import refuse_foreign_origin
from apps.common.rate_limits import client_key, spend
from apps.common.time import format_instant, utc_now
from apps.events.api.public.hold_schemas import HoldIn, HoldOut
from apps.events.api.public.once import REFUSALS, answer_once
from apps.events.models import Hold
from apps.events.services.holds import FormHoldRequest, end_hold, hold_for_form

router = Router()


def _held(hold: Hold) -> StoredAnswer:
    body = {"hold_token": str(hold.token), "expires_at": format_instant(hold.expires_at)}
    return StoredAnswer(201, body)


@router.post(
    "slots/hold/",
    response={201: HoldOut, **REFUSALS},
    operation_id="hold_slot",
    summary="Hold a slot while a form is filled in",
)
def hold(
    request: HttpRequest,
    payload: HoldIn,
    idempotency_key: str | None = Header(None, alias="Idempotency-Key"),
) -> HttpResponse:
    """Hold a slot. 409 tells why it is not free, with the nearest alternatives.

    Booking works without a hold; with one, nobody else is offered the slot meanwhile. A client
    holds three slots at most; `hold_token` replaces its earlier hold.
    """
    refuse_foreign_origin(request)
    once = OnceOnly.for_call(
        scope="hold_slot", key=idempotency_key, payload=payload.model_dump(mode="json")
    )
    wanted = FormHoldRequest(
        organizer_slug=payload.organizer_slug,
        event_type_slug=payload.event_type_slug,
        start=payload.start_time,
        client=client_key(request),
        duration=payload.duration,
        seats=payload.attendee_count,
        hold_token=payload.hold_token,
    )
    try:
        once.look_back()
        spend(request, group="holds", rate=settings.RATE_LIMIT_HOLDS)
        held = hold_for_form(request=wanted, now=utc_now(), once=once, answer=_held)
    except Replay as replay:
        return answer_once(replay.answer, replayed=True)
    return answer_once(_held(held))


@router.delete(
    "slots/hold/{uuid:token}/",
    # What is no UUID may be an event type of an organizer called "hold": 405 from its slots.
    response={
        204: None,
        403: ProblemDocument,
        404: ProblemDocument,
        405: ProblemDocument,
        429: ProblemDocument,
    },
    operation_id="release_hold",
    summary="Give up a hold",
)
def release(request: HttpRequest, token: UUID) -> HttpResponse:
    """Let others have the slot at once. 204 also when the hold is over already."""
    refuse_foreign_origin(request)
    spend(request, group="holds", rate=settings.RATE_LIMIT_HOLDS)
    end_hold(token=token, now=utc_now())
    response = HttpResponse(status=204)
    response["Cache-Control"] = "no-store"
    return response
