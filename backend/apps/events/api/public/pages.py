"""The data of the public pages."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from apps.common.api.problem_schema import ProblemDocument
from apps.common.api.server_timing import ServerTiming
from apps.common.shelf import Kept
from apps.events.api.public.asked_slots import answer_slots
from apps.events.api.public.schemas import EventTypePageOut, OrganizerPageOut, SlotsQuery
from apps.events.presenting import event_type_data, organizer_data, to_json
from apps.events.questions.form_data import question_data
from apps.events.selectors.public_pages import ask_organizer_page

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
    asked, slots = answer_slots(
        query, organizer_slug=organizer_slug, event_type_slug=event_type_slug, timing=timing
    )
    event_type = asked.value.event_type
    document = {
        "organizer": organizer_data(event_type.organizer),
        "event_type": event_type_data(event_type),
        "questions": [question_data(question) for question in asked.value.questions],
        "slots": slots,
    }
    return _json(document, asked=asked, timing=timing)
