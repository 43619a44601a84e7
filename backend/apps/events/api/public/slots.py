"""GET slots: the hot path. It answers ready bytes, no schema in between."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from apps.common.api.problem_schema import ProblemDocument
from apps.common.api.server_timing import ServerTiming
from apps.common.time import utc_now
from apps.events.api.public.schemas import SlotsOut, SlotsQuery
from apps.events.presenting import slots_data, to_json
from apps.events.selectors.offers import ask_offer
from apps.events.selectors.slots import (
    chosen_duration,
    list_offered_slots,
)
from apps.events.slot_windows import window_of

router = Router()

REFUSALS = {400: ProblemDocument, 404: ProblemDocument, 422: ProblemDocument}


@router.get(
    "slots/{organizer_slug}/{event_type_slug}/",
    response={200: SlotsOut, **REFUSALS},
    operation_id="get_available_slots_api",
    summary="Free slots of an event type",
)
def get_available_slots_api(
    request: HttpRequest, organizer_slug: str, event_type_slug: str, query: Query[SlotsQuery]
) -> HttpResponse:
    """Starts that can be booked between two local dates, both included."""
    timing = ServerTiming()
    now = utc_now()
    start, end = window_of(query.start_date, query.end_date, timezone=query.timezone, now=now)
    asked = ask_offer(organizer_slug=organizer_slug, event_type_slug=event_type_slug)
    timing.lap("offer")
    offer = asked.value
    duration = chosen_duration(offer.event_type, query.duration)
    slots = list_offered_slots(
        offer,
        start=start,
        end=end,
        now=now,
        duration=duration,
        seats=query.attendee_count,
        include_full=query.include_full,
    )
    body = slots_data(slots, timezone=query.timezone, duration=duration, now=now)
    response = HttpResponse(to_json(body), content_type="application/json")
    response["Cache-Control"] = "no-store"
    timing.lap("slots")
    # Slots are always computed; what is kept is the offer that they are computed from.
    response["X-Cache"] = asked.x_cache
    response["Server-Timing"] = str(timing)
    return response
