"""Series on the public pages: the dates before they are booked, and all of them afterwards."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest, QueryDict

from apps.common.errors import DomainError
from apps.common.time import format_instant, parse_instant
from apps.events.models import Booking, BookingStatus, EventType
from apps.events.pages.wording import Wording
from apps.events.selectors.offers import get_offer
from apps.events.selectors.series.judging import Judged
from apps.events.selectors.series.preview import preview_series
from apps.events.selectors.series.rules import repeats
from apps.events.services.series.row import Scope

SCOPES: dict[Scope, str] = {
    "this": "scope_this",
    "following": "scope_following",
    "all": "scope_all",
}
_MOST = 366
_WHY = {
    "outside_hours": "why_closed",
    "off_grid": "why_closed",
    "too_soon": "why_too_soon",
    "too_far": "why_too_far",
    "limit_reached": "why_limit",
}
_TAKEN = "why_taken"
_ENDED = frozenset({BookingStatus.CANCELLED, BookingStatus.REJECTED, BookingStatus.EXPIRED})


@dataclass(frozen=True, slots=True)
class ListedOccurrence:
    """A date of a series in a form: its instant, in words, and why it cannot be had."""

    instant: str
    shown: str
    why: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class OwnOccurrence:
    """A booked date of a series on the page of one of them."""

    shown: str
    state: str
    path: str
    is_off: bool
    is_this: bool


def read_occurrences(data: QueryDict) -> tuple[datetime, ...] | None:
    """The dates that are ticked; None in a form that does not ask. What is no instant is none."""
    if "series" not in data:
        return None
    found = []
    for text in data.getlist("occurrences")[:_MOST]:
        try:
            found.append(parse_instant(text))
        except ValueError:
            continue
    return tuple(found)


def read_scope(data: QueryDict) -> Scope:
    """How much of a series a change is for: this one alone unless more is asked for."""
    asked = data.get("scope", "")
    return next((scope for scope in SCOPES if scope == asked), "this")


def occurrences_context(
    request: HttpRequest,
    event_type: EventType,
    *,
    start: datetime,
    duration: int,
    zone: str,
    now: datetime,
    wording: Wording,
) -> dict[str, Any]:
    """What the details page tells of a series; nothing for an event type that does not repeat.

    What was ticked stays so, as far as it is free; at first everything is that is free.
    """
    if not repeats(event_type):
        return {}
    offer = get_offer(
        organizer_slug=event_type.organizer.slug, event_type_slug=event_type.event_type_slug
    )
    preview = preview_series(offer, start=start, now=now, duration=duration)
    ticked = read_occurrences(request.POST) if request.method == "POST" else None
    return {
        "series_dates": wording.plural("series_dates", len(preview.occurrences)),
        "series_help": wording.script_text("series_help"),
        "occurrences": [
            _listed(one, zone=zone, ticked=ticked, wording=wording) for one in preview.occurrences
        ],
    }


def _listed(
    one: Judged, *, zone: str, ticked: Collection[datetime] | None, wording: Wording
) -> ListedOccurrence:
    why = ""
    if not one.is_offered:
        why = wording.script_text(_WHY.get(next(iter(one.codes), ""), _TAKEN))
    return ListedOccurrence(
        format_instant(one.start),
        wording.span(one.start, one.end, zone),
        why,
        is_chosen=one.is_offered and (ticked is None or one.start in ticked),
    )


def series_context(booking: Booking, *, wording: Wording) -> dict[str, Any]:
    """All dates of the series that a booking is of, for its page; nothing where it stands alone."""
    if booking.recurrence is None:
        return {}
    zone, name = booking.invitee_timezone, booking.organizer.name
    return {
        "series_dates": wording.plural("series_dates", len(booking.occurrences)),
        "own_occurrences": [
            OwnOccurrence(
                shown=wording.span(one.start_time, one.end_time, zone),
                state=wording.text(f"status_{one.status}", name=name),
                path=f"/booking/{one.access_token}/manage",
                is_off=one.status in _ENDED,
                is_this=one.pk == booking.pk,
            )
            for one in booking.occurrences
        ],
    }


def scope_context(booking: Booking, *, chosen: Scope, wording: Wording) -> dict[str, Any]:
    """The choice of how much a change is for; nothing to choose where it stands alone."""
    if booking.recurrence is None or len(booking.occurrences) < 2:
        return {}
    return {
        "scope": chosen,
        "scopes": [(scope, wording.text(key), scope == chosen) for scope, key in SCOPES.items()],
    }


def scope_choices(booking: Booking, wording: Wording) -> list[dict[str, str]]:
    """The same choice for the page's script."""
    scopes = scope_context(booking, chosen="this", wording=wording).get("scopes", ())
    return [{"value": value, "label": label} for value, label, _ in scopes]


def series_problem(error: DomainError, *, zone: str, wording: Wording) -> str:
    """Which of the new dates cannot be had, in a sentence."""
    starts = [parse_instant(one["start"]) for one in error.extra["occurrences"]]
    shown = wording.text("separator").join(wording.moment(start, zone) for start in starts[:5])
    return wording.text("series_gone", dates=shown)
