"""What the forms of the public pages send, read without trusting any of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID, uuid4

from django.http import HttpRequest, QueryDict

from apps.common.errors import InvalidTimezone
from apps.common.time import get_zone, parse_instant
from apps.events.pages.wording import Wording

# The limits of the public API's fields.
NOTES_LENGTH = 5000
REASON_LENGTH = 2000


def _suggestion(data: QueryDict, name: str, length: int) -> str:
    return data.get(name, "").replace("\x00", "").strip()[:length]


def _typed(data: QueryDict, name: str) -> str:
    """As typed: browsers count a line break as one character, but send it as two."""
    return data.get(name, "").replace("\r\n", "\n").strip()


def text_fault(text: str, *, limit: int, wording: Wording) -> str:
    """What is wrong with a text of at most `limit` characters; empty when nothing is."""
    if len(text) > limit:
        return wording.text("error_too_long", count=limit)
    return wording.text("error_unreadable") if "\x00" in text else ""


def read_reason(data: QueryDict) -> str:
    """Why a booking is cancelled, as typed."""
    return _typed(data, "reason")


def read_zone(request: HttpRequest, *, fallback: str) -> str:
    """The zone asked for by `timezone`; `fallback` when there is none of that name."""
    data = request.POST if request.method == "POST" else request.GET
    name = data.get("timezone", "")
    try:
        get_zone(name)
    except InvalidTimezone:
        return fallback
    return name


def read_start(data: QueryDict) -> datetime | None:
    """The chosen start; None when it is missing or no instant."""
    try:
        return parse_instant(data.get("start", ""))
    except ValueError:
        return None


def read_date(data: QueryDict, name: str) -> date | None:
    """A date such as 2027-03-11; None when it is missing or none."""
    try:
        day = date.fromisoformat(data.get(name, ""))
    except ValueError:
        return None
    return day if 1971 <= day.year <= 9900 else None


def read_duration(data: QueryDict) -> int | None:
    """The minutes asked for; None when not asked, 0 (which no event type offers) when unreadable."""
    asked = data.get("duration", "").strip()
    if not asked:
        return None
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 5 else 0


@dataclass(frozen=True, slots=True)
class DetailsForm:
    """Who books. `key` repeats with a second click, so that it books once."""

    name: str
    email: str
    phone: str
    notes: str
    key: str
    email_code: str = ""
    website: str = ""
    """The field that people do not see."""


def prefilled(data: QueryDict) -> DetailsForm:
    """The form as a link may fill it in: `?name=&email=`, or `?first_name=&last_name=`."""
    name, email = _suggestion(data, "name", 200), _suggestion(data, "email", 254)
    if not name:
        parts = (_suggestion(data, part, 100) for part in ("first_name", "last_name"))
        name = " ".join(filter(None, parts))
    return DetailsForm(name, email, "", "", str(uuid4()))


def read_details(data: QueryDict) -> DetailsForm:
    """The form as sent. A missing or odd key gets a new one."""
    try:
        key = str(UUID(data.get("key", "")))
    except ValueError:
        key = str(uuid4())
    return DetailsForm(
        name=_typed(data, "name"),
        email=_typed(data, "email"),
        phone=_typed(data, "phone"),
        notes=_typed(data, "notes"),
        key=key,
        email_code=_suggestion(data, "email_code", 20),
        website=_suggestion(data, "website", 500),
    )


def with_new_key(form: DetailsForm) -> DetailsForm:
    """The same answers as another booking."""
    return replace(form, key=str(uuid4()))
