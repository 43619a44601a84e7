"""Waiting for a time without signing in: join, and by one's link claim, decline and leave."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Body, Header, Router

from apps.common.api.problem_schema import ProblemDocument
from apps.common.errors import DomainError
from apps.common.idempotency import OnceOnly, Replay, StoredAnswer
from apps.common.origin import refuse_foreign_origin
from apps.common.time import utc_now
from apps.events.api.public.once import REFUSALS as CALL_REFUSALS
from apps.events.api.public.waitlist_schemas import (
    ClaimIn,
    DeclineIn,
    JoinWaitlistIn,
    LeaveIn,
    WaitlistIn,
    WaitlistJoinedOut,
    WaitlistOut,
)
from apps.events.budgets import budget_of_booking, spend_attempt
from apps.events.clients import invitee
from apps.events.models import Booking, WaitlistEntry
from apps.events.presenting import to_json
from apps.events.presenting_waiting import entry_data, joined_data
from apps.events.selectors.waitlist import get_entry_by_token, place_of
from apps.events.selectors.waitlist_page import look_at_entry
from apps.events.services.waiting.claim import claim_offer
from apps.events.services.waiting.join import join_waitlist
from apps.events.services.waiting.pass_on import decline_offer, leave_waitlist
from apps.events.services.waiting.request import WaitlistRequest

router = Router()

REFUSALS = {404: ProblemDocument, 410: ProblemDocument}
CHANGE_REFUSALS = {
    400: ProblemDocument,
    403: ProblemDocument,
    409: ProblemDocument,
    413: ProblemDocument,
    422: ProblemDocument,
}


def _private(body: Any, *, status: int = 200, replayed: bool = False) -> HttpResponse:
    response = HttpResponse(to_json(body), content_type="application/json", status=status)
    response["Cache-Control"] = "no-store"
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex"
    if replayed:
        response["Idempotent-Replayed"] = "true"
    return response


@router.post(
    "waitlist/join/",
    response={201: WaitlistJoinedOut, **CALL_REFUSALS},
    operation_id="join_waitlist",
    summary="Wait for a time that is taken",
)
def join(
    request: HttpRequest,
    payload: JoinWaitlistIn,
    idempotency_key: str | None = Header(None, alias="Idempotency-Key"),
) -> HttpResponse:
    """Join the line for a start, or for any start in a span. 409 tells why there is none."""
    refuse_foreign_origin(request)
    once = OnceOnly.for_call(
        scope="join_waitlist", key=idempotency_key, payload=payload.model_dump(mode="json")
    )
    wanted = WaitlistRequest(
        organizer_slug=payload.organizer_slug,
        event_type_slug=payload.event_type_slug,
        desired_start=payload.desired_start_time,
        desired_end=payload.desired_end_time,
        invitee_name=payload.invitee_name,
        invitee_email=payload.invitee_email,
        invitee_phone=payload.invitee_phone,
        invitee_timezone=payload.invitee_timezone,
        locale=payload.locale,
        notify_when_available=payload.notify_when_available,
        expires_at=payload.expires_at,
        answers=payload.custom_answers,
        email_code=payload.email_code,
        honeypot=payload.website,
    )
    try:
        # Replays count towards no limit.
        once.look_back()
        spend_attempt(request)
        with budget_of_booking(
            request,
            emails=(wanted.invitee_email,),
            event_type=f"{wanted.organizer_slug}/{wanted.event_type_slug}",
        ):
            stored = join_waitlist(
                request=wanted,
                actor=invitee(request, name=wanted.invitee_name, email=wanted.invitee_email),
                now=utc_now(),
                once=once,
                answer=lambda entry: StoredAnswer(201, joined_data(entry, place_of(entry))),
            )
    except Replay as replay:
        return _private(replay.answer.body, status=replay.answer.status, replayed=True)
    return _private(stored.body, status=stored.status)


@router.get(
    "waitlist/{uuid:token}/",
    response={200: WaitlistOut, **REFUSALS},
    operation_id="show_waitlist_entry",
    summary="A place in line by its link",
)
def show(request: HttpRequest, token: UUID) -> HttpResponse:
    """Position, offer and what may be done now."""
    now = utc_now()
    entry = get_entry_by_token(token, now=now)
    return _private(_seen(entry, now=now))


@router.post(
    "waitlist/{uuid:token}/",
    response={200: WaitlistOut, **REFUSALS, **CHANGE_REFUSALS},
    operation_id="waitlist_action",
    summary="Claim, decline, leave",
)
def act(
    request: HttpRequest,
    token: UUID,
    # Said to be the body: Ninja does not see it through the union's discriminator.
    payload: Body[WaitlistIn],
    idempotency_key: str | None = Header(None, alias="Idempotency-Key"),
) -> HttpResponse:
    """Carry out one action; the answer is the place in line afterwards, a claim's with the booking."""
    refuse_foreign_origin(request)
    now = utc_now()
    once = OnceOnly.for_call(
        scope="waitlist_action",
        key=idempotency_key,
        payload={"token": str(token), **payload.model_dump(mode="json")},
    )
    try:
        once.look_back()
        entry = get_entry_by_token(token, now=now)
        try:
            body = _carry_out(request, payload, entry, once=once, now=now)
        except DomainError:
            # It may be this very call, made twice at once, that changed it.
            once.look_back()
            raise
    except Replay as replay:
        return _private(replay.answer.body, replayed=True)
    return _private(body)


def _carry_out(
    request: HttpRequest,
    payload: ClaimIn | DeclineIn | LeaveIn,
    entry: WaitlistEntry,
    *,
    once: OnceOnly,
    now: datetime,
) -> Any:
    def told(changed: WaitlistEntry, booking: Booking | None = None) -> StoredAnswer:
        data = entry_data(changed, position=place_of(changed), now=now, booking=booking)
        return StoredAnswer(200, data)

    if isinstance(payload, ClaimIn):
        stored = claim_offer(
            entry=entry,
            start=payload.start_time,
            actor=invitee(request, name=entry.invitee_name, email=entry.invitee_email),
            now=now,
            once=once,
            answer=lambda booking, changed: told(changed, booking),
        )
        return stored.body
    change = decline_offer if isinstance(payload, DeclineIn) else leave_waitlist
    changed = change(entry=entry, now=now, once=once, answer=told)
    return told(changed).body


def _seen(entry: WaitlistEntry, *, now: datetime) -> dict[str, Any]:
    look = look_at_entry(entry, now=now)
    return entry_data(entry, position=look.position, now=now, free=look.free, booking=look.booking)
