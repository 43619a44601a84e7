"""POST bookings/email-code/: ask for the code that proves an e-mail address."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from ninja import Header, Router
from pydantic import Field

from apps.common.api.problem_schema import ProblemDocument
from apps.common.api.schema import Schema
from apps.common.api.types import Instant
from apps.common.idempotency import OnceOnly, Replay, StoredAnswer
from apps.common.origin import refuse_foreign_origin
from apps.common.time import format_instant, utc_now
from apps.events.budgets import budget_of_code
from apps.events.models import EmailCode
from apps.events.presenting import to_json
from apps.events.selectors.offers import get_offer
from apps.events.services.admission.email_codes import send_email_code

router = Router()


class EmailCodeIn(Schema):
    """Which address is to be proved, and for what."""

    organizer_slug: str = Field(max_length=60)
    event_type_slug: str = Field(max_length=80)
    email: str = Field(max_length=254)
    locale: str = Field("en", max_length=20, pattern=r"^[A-Za-z0-9-]+$")
    website: str = Field("", max_length=500, description="Leave it empty: only robots fill it in.")


class EmailCodeOut(Schema):
    """Until when the code that was mailed is good."""

    expires_at: Instant


def _sent(row: EmailCode) -> StoredAnswer:
    return StoredAnswer(202, {"expires_at": format_instant(row.expires_at)})


@router.post(
    "bookings/email-code/",
    response={
        202: EmailCodeOut,
        400: ProblemDocument,
        403: ProblemDocument,
        404: ProblemDocument,
        409: ProblemDocument,
        413: ProblemDocument,
        422: ProblemDocument,
        429: ProblemDocument,
    },
    operation_id="send_email_code",
    summary="Ask for the code that proves an e-mail address",
)
def send(
    request: HttpRequest,
    payload: EmailCodeIn,
    idempotency_key: str | None = Header(None, alias="Idempotency-Key"),
) -> HttpResponse:
    """Mail a code of six digits to the address; the one before it is dead."""
    refuse_foreign_origin(request)
    once = OnceOnly.for_call(
        scope="send_email_code", key=idempotency_key, payload=payload.model_dump(mode="json")
    )
    try:
        once.look_back()
        offer = get_offer(
            organizer_slug=payload.organizer_slug, event_type_slug=payload.event_type_slug
        )
        with budget_of_code(request, email=payload.email):
            row = send_email_code(
                event_type=offer.event_type,
                email=payload.email,
                honeypot=payload.website,
                locale=payload.locale,
                now=utc_now(),
                once=once,
                answer=_sent,
            )
    except Replay as replay:
        response = _answer(replay.answer)
        response["Idempotent-Replayed"] = "true"
        return response
    return _answer(_sent(row))


def _answer(stored: StoredAnswer) -> HttpResponse:
    response = HttpResponse(
        to_json(stored.body), content_type="application/json", status=stored.status
    )
    response["Cache-Control"] = "no-store"
    return response
