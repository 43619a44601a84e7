"""An organizer's page: who they are and what can be booked."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from apps.events.pages.data import facts_of, host_of
from apps.events.pages.http import page_response, public_page, wording_of
from apps.events.selectors.public_pages import get_organizer_page


@public_page
@require_safe
def show(request: HttpRequest, organizer_slug: str) -> HttpResponse:
    """The list of an organizer's public event types."""
    organizer, event_types = get_organizer_page(organizer_slug=organizer_slug)
    wording = wording_of(request, fallback=organizer.locale)
    context = {
        "title": wording.text("organizer_title", name=organizer.name),
        "description": wording.text("organizer_description", name=organizer.name),
        "canonical": f"{settings.BASE_URL}/{organizer.slug}",
        "host": host_of(organizer),
        "bio": organizer.bio,
        "types": [
            {
                "name": event_type.name,
                "path": f"/{organizer.slug}/{event_type.event_type_slug}",
                "duration": event_type.duration,
                "facts": facts_of(event_type, wording),
            }
            for event_type in event_types
        ],
    }
    return page_response(
        request,
        "events/organizer.html",
        context,
        wording=wording,
        accent=organizer.accent_color,
        dials=tuple(event_type.duration for event_type in event_types),
    )
