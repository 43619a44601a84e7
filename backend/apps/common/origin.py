"""Refuses browser calls from foreign sites on endpoints that need no sign-in.

Such endpoints carry no CSRF token (their pages are cached), so the browser's own word counts:
`Origin` and `Sec-Fetch-Site` (Fetch standard). Clients that are no browsers send neither.
"""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest

from apps.common.errors import DomainError


class ForeignOrigin(DomainError):
    """A browser sent this from another site."""

    code = "csrf_failed"


def refuse_foreign_origin(request: HttpRequest) -> None:
    """Raise `ForeignOrigin` when a browser says that another site made the call."""
    origin = request.headers.get("Origin")
    if origin is not None:
        own = f"{request.scheme}://{request.get_host()}"
        if origin != own and origin not in settings.CSRF_TRUSTED_ORIGINS:
            raise ForeignOrigin("Only pages of this site may do this.")
    elif request.headers.get("Sec-Fetch-Site", "none") not in {"same-origin", "none"}:
        raise ForeignOrigin("Only pages of this site may do this.")
