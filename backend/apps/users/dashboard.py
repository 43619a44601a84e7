"""The dashboard's shell: who is signed in and where the script is; the rest is the browser's."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_safe


def _user(request: HttpRequest) -> dict[str, Any] | None:
    user = request.user
    if not user.is_authenticated:
        return None
    return {
        "id": str(user.pk),
        "email": user.email,
        "name": user.name,
        "slug": user.slug,
        "timezone": user.timezone,
        "locale": user.locale,
        "week_start": user.week_start,
        "avatar": user.avatar,
        "accent_color": user.accent_color,
    }


@require_safe
@ensure_csrf_cookie
def dashboard(request: HttpRequest) -> HttpResponse:
    """Any page of the dashboard."""
    init = {"user": _user(request), "base_url": settings.BASE_URL}
    response = render(request, "dashboard/shell.html", {"init": init})
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex"
    return response
