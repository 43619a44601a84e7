"""Which bookings and holds are in the way of a start, by name: what reasons tell of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Q, Sum

from apps.availability.public import (
    Booking,
    Busy,
    EventTypeRules,
    PackedBusy,
    SlotQuery,
    floor_seconds,
    to_datetime,
)
from apps.events.models import Hold, Occupancy
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
    query: SlotQuery,
    offer: Offer,
    *,
    start: datetime,
    now: datetime,
    moving: UUID | None,
    own_hold: UUID | None = None,
) -> SlotQuery:
    """The query with what may touch a start by name: bookings with their own times, and holds.

    Only these can be a reason. What lies further away stays anonymous: it may be months of
    bookings of a thousand hosts, of which only the time matters. `moving` and `own_hold` are left
    out. Two queries at most.
    """
    near = _Near.around(start, query.event_type)
    taken = _list_taken(offer, near, now=now, moving=moving, own_hold=own_hold)
    hosts = []
    for host in query.hosts:
        bookings, holds = taken[host.id]
        far = [busy for busy in host.busy if not near.is_met_by(busy.start, busy.end)]
        sessions = [one for one in host.bookings if not near.is_met_by(*_occupied_by(one))]
        busy = PackedBusy([one.start for one in far], [one.end for one in far])
        hosts.append(replace(host, busy=busy, bookings=(*sessions, *bookings), holds=tuple(holds)))
    return replace(query, hosts=tuple(hosts))


def _occupied_by(booking: Booking) -> tuple[int, int]:
    return booking.start - booking.buffer_before * 60, booking.end + booking.buffer_after * 60


_Taken = tuple[list[Booking], list[Busy]]

_OF_BOOKING = (
    "id",
    "event_type_id",
    "start_time",
    "end_time",
    "buffer_before",
    "buffer_after",
    "capacity",
    "attendee_count",
    "held_seats",
)


def _list_taken(
    offer: Offer,
    near: _Near,
    *,
    now: datetime,
    moving: UUID | None,
    own_hold: UUID | None,
) -> dict[str, _Taken]:
    """By host: bookings, and what visitors hold. Only the columns that the engine reads."""
    start, end = to_datetime(near.start), to_datetime(near.end)
    rows = Occupancy.objects.filter(
        Q(held_until=None) | Q(held_until__gt=now),
        host_id__in=offer.host_ids,
        starts_at__lt=end,
        starts_at__gte=start - LONGEST_OCCUPANCY,
        ends_at__gt=start,
    )
    if moving is not None:
        rows = rows.exclude(booking_id=moving)
    if own_hold is not None:
        rows = rows.exclude(hold_id=own_hold, hold__session=None)
    session = "hold__session__"
    found = rows.values_list(
        "host_id",
        "hold_id",
        "starts_at",
        "ends_at",
        *(f"booking__{name}" for name in _OF_BOOKING),
        *(f"{session}{name}" for name in _OF_BOOKING),
    )
    by_host: dict[str, _Taken] = {str(host_id): ([], []) for host_id in offer.host_ids}
    width = len(_OF_BOOKING)
    listed = list(found)
    lapsed = _count_not_held([row[4:] for row in listed], now=now, own_hold=own_hold)
    for host_id, hold_id, starts_at, ends_at, *columns in listed:
        bookings, holds = by_host[str(host_id)]
        of_booking, of_session = columns[:width], columns[width:]
        is_ours = offer.capacity > 1 and of_session[1] == offer.event_type.pk
        if hold_id is not None and not is_ours:
            holds.append(Busy.between(starts_at, ends_at, str(hold_id)))
            continue
        id, event_type, first, last, before, after, seats, taken, held = (
            of_booking if hold_id is None else of_session
        )
        left = seats - taken - held + lapsed.get(id, 0)
        bookings.append(
            Booking.between(
                id=str(id),
                event_type=str(event_type),
                start=first,
                end=last,
                buffer_before=before,
                buffer_after=after,
                attendees=offer.capacity - left,
            )
        )
    return by_host


def _count_not_held(
    columns: Iterable[Sequence[Any]], *, now: datetime, own_hold: UUID | None
) -> dict[UUID, int]:
    """By session: seats that are counted as held, but whose hold has lapsed or is the asker's."""
    width = len(_OF_BOOKING)
    ids = {
        part[0]
        for both in columns
        for part in (both[:width], both[width:])
        if part[0] is not None and part[-1]
    }
    if not ids:
        return {}
    rows = (
        Hold.objects.filter(Q(expires_at__lte=now) | Q(pk=own_hold), session_id__in=ids)
        .order_by()
        .values_list("session_id")
        .annotate(Sum("seats"))
    )
    return dict(rows)
