"""Where the meeting takes place, and where the invitee is sent afterwards."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from apps.common.errors import FieldError
from apps.events.models import EventType, LocationType
from apps.events.services.event_types.rules.bounds import (
    MAX_DETAILS,
    MAX_REDIRECT_URL,
    Problems,
    choice_problems,
    length_problems,
)

_NEEDS_DETAILS: dict[str, str] = {
    LocationType.IN_PERSON: "Tell where you meet, such as an address.",
    LocationType.CUSTOM: "Tell where or how you meet.",
}
# What a browser would not follow as it stands, or would follow elsewhere.
_UNSAFE_IN_URL = re.compile(r"[\x00-\x20\x7f\\<>\"`{}|^]")


def location_problems(event_type: EventType) -> Problems:
    """Some locations mean nothing without details."""
    allowed = tuple(LocationType.values)
    yield from choice_problems(event_type.location_type, "/location_type", allowed)
    yield from length_problems(event_type.location_details, "/location_details", MAX_DETAILS)
    cure = _NEEDS_DETAILS.get(event_type.location_type)
    if cure and not event_type.location_details:
        yield FieldError("/location_details", "required", cure)


def redirect_problems(event_type: EventType) -> Problems:
    """A whole web address, if any."""
    url = event_type.redirect_url_after_booking
    if not url:
        return
    if len(url) > MAX_REDIRECT_URL:
        detail = f"Use at most {MAX_REDIRECT_URL} characters."
        yield FieldError("/redirect_url_after_booking", "too_long", detail)
    elif not _is_web_address(url):
        yield FieldError(
            "/redirect_url_after_booking",
            "invalid_url",
            "Use a whole web address, such as https://example.com/thanks.",
        )


def _is_web_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        return False
    named = bool(parts.hostname) and not parts.username and not parts.password
    return parts.scheme in {"http", "https"} and named and not _UNSAFE_IN_URL.search(url)
