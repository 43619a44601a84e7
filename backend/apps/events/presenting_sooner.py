"""Offers and wishes for earlier times as plain data, for the public API, pages and stored answers."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from apps.common.time import format_instant
from apps.events.models import WAITING, Booking, SoonerRequest, WaitlistEntry
from apps.events.selectors.sooner import can_ask_sooner, find_request


def offer_data(waiting: WaitlistEntry | SoonerRequest, now: datetime) -> dict[str, Any] | None:
    """The open offer, if there is one at `now`."""
    hold, ends_at = waiting.offer, waiting.offer_ends_at
    if hold is None or ends_at is None or not waiting.has_open_offer(now):
        return None
    return {
        "start": format_instant(hold.start_time),
        "end": format_instant(hold.end_time),
        "expires_at": format_instant(ends_at),
    }


def sooner_data(booking: Booking, *, now: datetime) -> dict[str, Any]:
    """What a booking's own page tells of earlier times. No query where none can be asked for."""
    can_ask = can_ask_sooner(booking, now)
    request = find_request(booking) if can_ask else None
    return {"can_ask_sooner": can_ask, "sooner": _request_data(request, now)}


def _request_data(request: SoonerRequest | None, now: datetime) -> dict[str, Any] | None:
    if request is None or request.status not in WAITING:
        return None
    earliest = request.earliest_date
    return {
        "weekdays": request.weekdays,
        "from": clock(request.minutes_from),
        "until": clock(request.minutes_until),
        "earliest_date": earliest.isoformat() if earliest else None,
        "timezone": request.timezone,
        "offer": offer_data(request, now),
    }


def clock(minutes: int) -> str:
    """Minutes of the day as "09:30"; the end of the day is "24:00"."""
    hours, rest = divmod(minutes, 60)
    return f"{hours:02}:{rest:02}"
