"""GET slots: the hot path. It answers ready bytes, no schema in between."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from apps.common.api.problem_schema import ProblemDocument
from apps.common.api.server_timing import ServerTiming
from apps.events.api.public.asked_slots import answer_slots
from apps.events.api.public.schemas import SlotsOut, SlotsQuery
from apps.events.presenting import to_json

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
    asked, document = answer_slots(
        query, organizer_slug=organizer_slug, event_type_slug=event_type_slug, timing=timing
    )
    response = HttpResponse(to_json(document), content_type="application/json")
    timing.lap("document")
    response["Cache-Control"] = "no-store"
    # Slots are always computed; what is kept is the offer that they are computed from.
    response["X-Cache"] = asked.x_cache
    response["Server-Timing"] = str(timing)
    return response
