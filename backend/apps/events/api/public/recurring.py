"""POST recurring/preview: every occurrence of a series before it is booked."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from ninja import Router
from pydantic import Field

from apps.common.api.problem_schema import ProblemDocument
from apps.common.api.schema import Schema
from apps.common.api.types import Instant
from apps.common.origin import refuse_foreign_origin
from apps.common.rate_limits import spend
from apps.common.time import get_zone, utc_now
from apps.events.presenting import to_json
from apps.events.presenting_series import preview_data
from apps.events.selectors.offers import get_offer
from apps.events.selectors.series.preview import preview_series
from apps.events.services.holds.find import find_own_hold

router = Router()

REFUSALS = {
    400: ProblemDocument,
    403: ProblemDocument,
    404: ProblemDocument,
    413: ProblemDocument,
    422: ProblemDocument,
    429: ProblemDocument,
}


class PreviewIn(Schema):
    """The start that somebody chose."""

    organizer_slug: str = Field(max_length=60)
    event_type_slug: str = Field(max_length=80)
    start_time: Instant
    timezone: str = Field("UTC", max_length=64)
    duration: int | None = Field(None, ge=1, le=1440)
    hold_token: UUID | None = Field(None, description="One's own hold, which does not count.")


class PreviewedOut(Schema):
    """An occurrence; `reason` says what is in its way."""

    start: Instant
    end: Instant
    available: bool
    reason: str | None = Field(None, description="A reason code, as slots have them")
    position: int


class PreviewOut(Schema):
    """All occurrences in order. They keep their wall time in `timezone`."""

    rule: str = Field(description="RFC 5545 RRULE; empty where no rule yields the dates")
    timezone: str
    duration: int
    occurrences: list[PreviewedOut]


@router.post(
    "recurring/preview/",
    response={200: PreviewOut, **REFUSALS},
    operation_id="preview_recurring_booking",
    summary="The occurrences of a series, free or not",
)
def preview(request: HttpRequest, payload: PreviewIn) -> HttpResponse:
    """Judge every occurrence as if those before it were booked already. Nothing is booked."""
    refuse_foreign_origin(request)
    # A year of dates costs as much as a booking does.
    spend(request, group="previews", rate=settings.RATE_LIMIT_BOOKING_ATTEMPTS)
    get_zone(payload.timezone)
    offer = get_offer(
        organizer_slug=payload.organizer_slug, event_type_slug=payload.event_type_slug
    )
    now = utc_now()
    own = find_own_hold(payload.hold_token, event_type_id=offer.event_type.pk, now=now)
    found = preview_series(
        offer,
        start=payload.start_time,
        now=now,
        duration=payload.duration,
        own_hold=own.hold.pk if own else None,
    )
    response = HttpResponse(to_json(preview_data(found)), content_type="application/json")
    response["Cache-Control"] = "no-store"
    return response
