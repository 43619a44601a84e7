"""The data of the public pages."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from apps.common.api.problem_schema import ProblemDocument
from apps.common.api.server_timing import ServerTiming
from apps.common.shelf import Kept
from apps.common.time import utc_now
from apps.events.api.public.schemas import EventTypePageOut, OrganizerPageOut, SlotsQuery
from apps.events.presenting import event_type_data, organizer_data, slots_data, to_json
from apps.events.selectors.offers import ask_offer
from apps.events.selectors.public_pages import ask_organizer_page
from apps.events.selectors.slots import (
    chosen_duration,
    list_offered_slots,
)
from apps.events.slot_windows import window_of

router = Router()


def _json(data: object, *, asked: Kept[Any], timing: ServerTiming) -> HttpResponse:
    response = HttpResponse(to_json(data), content_type="application/json")
    timing.lap("document")
    response["Cache-Control"] = "no-cache"
    response["X-Cache"] = asked.x_cache
    response["Server-Timing"] = str(timing)
    return response


@router.get(
    "public/{organizer_slug}/",
    response={200: OrganizerPageOut, 404: ProblemDocument},
    operation_id="public_organizer_page",
    summary="An organizer and what can be booked",
)
def public_organizer_page(request: HttpRequest, organizer_slug: str) -> HttpResponse:
    """Profile and listed event types; private ones are left out."""
    timing = ServerTiming()
    asked = ask_organizer_page(organizer_slug=organizer_slug)
    timing.lap("page")
    page = asked.value
    document = {
        "organizer": organizer_data(page.organizer),
        "event_types": [event_type_data(event_type) for event_type in page.event_types],
    }
    return _json(document, asked=asked, timing=timing)


@router.get(
    "public/{organizer_slug}/{event_type_slug}/",
    response={
        200: EventTypePageOut,
        400: ProblemDocument,
        404: ProblemDocument,
        422: ProblemDocument,
    },
    operation_id="public_event_type_page",
    summary="An event type with its next slots",
)
def public_event_type_page(
    request: HttpRequest, organizer_slug: str, event_type_slug: str, query: Query[SlotsQuery]
) -> HttpResponse:
    """Details and the slots of the window asked for, 31 days from today by default."""
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
    timing.lap("slots")
    document = {
        "organizer": organizer_data(offer.event_type.organizer),
        "event_type": event_type_data(offer.event_type),
        "slots": slots_data(slots, timezone=query.timezone, duration=duration, now=now),
    }
    return _json(document, asked=asked, timing=timing)
