"""What visitors see when there is no such page, or when something broke."""

from __future__ import annotations

import structlog
from django.http import HttpRequest, HttpResponse

from apps.events.pages.http import state_page

log = structlog.get_logger(__name__)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The page for addresses that lead nowhere; unknown organizers look just like it."""
    return state_page(request, "not_found", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """The page for our own faults; plain text when even that cannot be rendered."""
    try:
        return state_page(request, "error", status=500)
    except Exception:
        log.exception("error_page_crashed")
        return HttpResponse(
            "Something broke on our side. Try again in a minute.",
            status=500,
            content_type="text/plain; charset=utf-8",
        )
