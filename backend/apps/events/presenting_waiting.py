"""Who waits, as plain data: for the public API, its pages and stored answers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from apps.common.time import format_instant
from apps.events.links import waitlist_url
from apps.events.models import WAITING, Booking, WaitingStatus, WaitlistEntry
from apps.events.presenting import booking_data
from apps.events.presenting_sooner import offer_data


def told_status(entry: WaitlistEntry, now: datetime) -> str:
    """The state as its owner may see it: what is over is not told as open until it is swept."""
    if entry.status == WaitingStatus.NOTIFIED and not entry.has_open_offer(now):
        return str(WaitingStatus.ACTIVE)
    if entry.status == WaitingStatus.ACTIVE and now >= entry.expires_at:
        return str(WaitingStatus.EXPIRED)
    return str(entry.status)


def joined_data(entry: WaitlistEntry, position: int | None) -> dict[str, Any]:
    """The answer to who has just joined: with the key to it."""
    return {
        "token": str(entry.token),
        "position": position,
        "status": entry.status,
        "waitlist_url": waitlist_url(entry),
        "expires_at": format_instant(entry.expires_at),
    }


def entry_data(
    entry: WaitlistEntry,
    *,
    position: int | None,
    now: datetime,
    free: Sequence[datetime] = (),
    booking: Booking | None = None,
) -> dict[str, Any]:
    """Somebody on a waitlist as they see it themselves; `free` are starts that they may take now."""
    event_type, end = entry.event_type, entry.desired_end_time
    offer = offer_data(entry, now)
    return {
        "token": str(entry.token),
        "status": told_status(entry, now),
        "position": position,
        "event_type": {
            "id": str(event_type.pk),
            "name": event_type.name,
            "slug": event_type.event_type_slug,
            "duration": event_type.duration,
        },
        "organizer": {
            "name": entry.organizer.name,
            "slug": entry.organizer.slug,
            "timezone": entry.organizer.timezone,
        },
        "desired_start_time": format_instant(entry.desired_start_time),
        "desired_end_time": format_instant(end) if end else None,
        "invitee_name": entry.invitee_name,
        "invitee_email": entry.invitee_email,
        "invitee_phone": entry.invitee_phone,
        "invitee_timezone": entry.invitee_timezone,
        "notify_when_available": entry.notify_when_available,
        "expires_at": format_instant(entry.expires_at),
        "offers_made": entry.offers_made,
        "offer": offer,
        "free": [format_instant(start) for start in free],
        "booking": booking_data(booking) if booking is not None else None,
        "can_claim": offer is not None or bool(free),
        "can_leave": entry.status in WAITING,
    }


def left_of(ends_at: datetime, now: datetime) -> timedelta:
    """The time left, in whole minutes, a started one counted."""
    minutes = -(-(ends_at - now) // timedelta(minutes=1))
    return timedelta(minutes=max(0, minutes))
