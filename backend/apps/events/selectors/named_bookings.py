"""Which bookings are in the way of a start, by name: what reasons tell of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from apps.availability.public import (
    Booking,
    EventTypeRules,
    PackedBusy,
    SlotQuery,
    floor_seconds,
    to_datetime,
)
from apps.events.models import Occupancy
from apps.events.selectors.occupied import LONGEST_OCCUPANCY
from apps.events.selectors.offers import Offer


class _Near(NamedTuple):
    """The whole seconds `[start, end)` in which taken time can touch one start."""

    start: int
    end: int

    @classmethod
    def around(cls, start: datetime, rules: EventTypeRules) -> _Near:
        second = floor_seconds(start)
        needed = (rules.duration + rules.buffer_after) * 60
        return cls(second - rules.buffer_before * 60, second + needed)

    def is_met_by(self, start: int, end: int) -> bool:
        return start < self.end and self.start < end


def with_names(
    query: SlotQuery, offer: Offer, *, start: datetime, moving: UUID | None
) -> SlotQuery:
    """The query with the bookings that may touch a start by their ids, event types and own times.

    Only these can be a reason. What lies further away stays anonymous: it may be months of
    bookings of a thousand hosts, of which only the time matters. `moving` is left out. One query.
    """
    near = _Near.around(start, query.event_type)
    named = _list_named(offer, near, moving)
    hosts = []
    for host in query.hosts:
        far = [busy for busy in host.busy if not near.is_met_by(busy.start, busy.end)]
        sessions = [one for one in host.bookings if not near.is_met_by(*_occupied_by(one))]
        busy = PackedBusy([one.start for one in far], [one.end for one in far])
        hosts.append(replace(host, busy=busy, bookings=(*sessions, *named[host.id])))
    return replace(query, hosts=tuple(hosts))


def _occupied_by(booking: Booking) -> tuple[int, int]:
    return booking.start - booking.buffer_before * 60, booking.end + booking.buffer_after * 60


def _list_named(offer: Offer, near: _Near, moving: UUID | None) -> dict[str, list[Booking]]:
    """By host; one query, for the columns that the engine reads."""
    start, end = to_datetime(near.start), to_datetime(near.end)
    rows = Occupancy.objects.filter(
        host_id__in=offer.host_ids,
        starts_at__lt=end,
        starts_at__gte=start - LONGEST_OCCUPANCY,
        ends_at__gt=start,
    )
    if moving is not None:
        rows = rows.exclude(booking_id=moving)
    by_host: dict[str, list[Booking]] = {str(host_id): [] for host_id in offer.host_ids}
    for host_id, id, event_type, first, last, before, after, seats, taken in rows.values_list(
        "host_id",
        "booking_id",
        "booking__event_type_id",
        "booking__start_time",
        "booking__end_time",
        "booking__buffer_before",
        "booking__buffer_after",
        "booking__capacity",
        "booking__attendee_count",
    ):
        by_host[str(host_id)].append(
            Booking.between(
                id=str(id),
                event_type=str(event_type),
                start=first,
                end=last,
                buffer_before=before,
                buffer_after=after,
                attendees=offer.capacity - (seats - taken),
            )
        )
    return by_host
