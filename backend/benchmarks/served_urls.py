"""The product's addresses, and beside them what a slots call is compared with."""

from django.http import HttpRequest, HttpResponse
from django.urls import path
from ninja import NinjaAPI, Query

from apps.common.time import utc_now
from apps.events.api.public.schemas import SlotsQuery
from apps.events.api.public.slots import get_available_slots_api
from apps.events.slot_windows import window_of
from apps.users.public import find_organizer_version
from config.urls import *  # noqa: F403
from config.urls import urlpatterns as product

yardstick = NinjaAPI(urls_namespace="yardstick", docs_url=None, openapi_url=None)
_kept: dict[tuple[object, ...], bytes] = {}


@yardstick.get("constant")
def constant(request: HttpRequest) -> dict[str, str]:
    """The cheapest answer that Ninja gives."""
    return {"status": "ok"}


@yardstick.post("constant")
def constant_post(request: HttpRequest) -> dict[str, str]:
    """The cheapest answer that Ninja gives to a POST; its body is not read."""
    return {"status": "ok"}


@yardstick.get("kept-slots/{organizer_slug}/{event_type_slug}/")
def kept_slots(
    request: HttpRequest, organizer_slug: str, event_type_slug: str, query: Query[SlotsQuery]
) -> HttpResponse:
    """The least that a hit would cost if slots were kept: the question read, one version asked."""
    now = utc_now()
    window = window_of(query.start_date, query.end_date, timezone=query.timezone, now=now)
    state = find_organizer_version(organizer_slug)
    key = (organizer_slug, event_type_slug, state, window, query.attendee_count, query.duration)
    body = _kept.get(key)
    if body is None:
        answer = get_available_slots_api(request, organizer_slug, event_type_slug, query)
        body = _kept[key] = answer.content
    response = HttpResponse(body, content_type="application/json")
    response["Cache-Control"] = "no-store"
    return response


urlpatterns = [path("yardstick/", yardstick.urls), *product]
