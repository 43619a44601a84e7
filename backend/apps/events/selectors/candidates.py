"""Who could serve a booking in the place of one of its hosts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from apps.availability.public import Reason
from apps.events.models import Booking, EventType, EventTypeHost
from apps.events.selectors.offers import load_offer_served_by
from apps.events.selectors.slots import explain_start

# What another host is asked for: open hours and free time. Notice, grid and limits were looked at
# when the time was booked, and it stays.
_COUNTS = frozenset({"outside_hours", "booked", "buffer", "calendar_busy", "held"})


@dataclass(frozen=True, slots=True)
class HostCandidate:
    """A host of the event type who does not serve the booking; why not, where they are not free."""

    user: Any
    reasons: tuple[Reason, ...]

    @property
    def is_free(self) -> bool:
        """Whether they could take it over now."""
        return not self.reasons


def list_candidates(
    booking: Booking, *, now: datetime, only: Sequence[UUID] | None = None
) -> list[HostCandidate]:
    """Hosts of the booking's event type beside those who serve it, in the organizer's order.

    A constant number of queries for any number of them. `only` narrows it to these users.
    """
    serving = {host.pk for host in booking.hosts}
    users = [
        user
        for user in _hosts_of(booking)
        if user.pk not in serving and (only is None or user.pk in only)
    ]
    if not users:
        return []
    event_type = EventType.objects.select_related("organizer", "schedule").get(
        pk=booking.event_type_id
    )
    offer = load_offer_served_by(event_type, [user.pk for user in users])
    against: dict[str, list[Reason]] = {}
    for reason in explain_start(
        offer, start=booking.start_time, now=now, duration=booking.minutes, moving=booking.pk
    ):
        if reason.code in _COUNTS:
            against.setdefault(reason.host, []).append(reason)
    return [HostCandidate(user, tuple(against.get(str(user.pk), ()))) for user in users]


def _hosts_of(booking: Booking) -> list[Any]:
    """Active accounts that serve the event type; the organizer where nobody was chosen."""
    rows = EventTypeHost.objects.select_related("user").filter(event_type=booking.event_type_id)
    users = [row.user for row in rows.order_by("position", "id")] or [booking.organizer]
    return [user for user in users if user.is_active]
