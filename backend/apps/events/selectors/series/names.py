"""What takes hosts' time around the starts of a series, by name: what reasons tell of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from apps.availability.public import (
    Booking,
    Busy,
    EventTypeRules,
    PackedBusy,
    SlotQuery,
    ceil_seconds,
    floor_seconds,
    to_datetime,
)
from apps.events.models import Occupancy
from apps.events.selectors.occupied import LONGEST_OCCUPANCY
from apps.events.selectors.offers import Offer

_AT_ONCE = 40
"""So many stretches of time are looked up by one query, each by the index of hosts and times."""
_NAMED_HOSTS = 20
"""Of a bigger team the others' time stays anonymous: their bookings are told as a busy calendar."""


@dataclass(slots=True)
class _Taken:
    """One host's time near one start."""

    bookings: list[Booking] = field(default_factory=list)
    holds: list[Busy] = field(default_factory=list)


def with_names(
    offer: Offer,
    questions: Mapping[datetime, SlotQuery],
    *,
    now: datetime,
    moving: Iterable[UUID] = (),
    own_hold: UUID | None = None,
) -> dict[datetime, SlotQuery]:
    """The engine's questions about single starts, with the bookings and holds that may touch them.

    `moving` are bookings and `own_hold` a hold that are left out. A query for every 40 questions.
    """
    but = set(moving)
    rows = [
        row
        for starts in _in_parts(sorted(questions))
        for row in _list_rows(offer, [_near(start, questions[start]) for start in starts], now=now)
        if row[1] not in but and (own_hold is None or row[2] != own_hold)
    ]
    return {start: _named(question, rows, start) for start, question in questions.items()}


def _in_parts(starts: Sequence[datetime]) -> Iterator[Sequence[datetime]]:
    for first in range(0, len(starts), _AT_ONCE):
        yield starts[first : first + _AT_ONCE]


def _near(start: datetime, question: SlotQuery) -> tuple[int, int]:
    """The whole seconds in which taken time can touch a start."""
    rules: EventTypeRules = question.event_type
    second = floor_seconds(start)
    return (
        second - rules.buffer_before * 60,
        second + (rules.duration + rules.buffer_after) * 60,
    )


def _list_rows(
    offer: Offer, nears: Sequence[tuple[int, int]], *, now: datetime
) -> list[tuple[object, ...]]:
    meets = Q()
    for start, end in nears:
        low, high = to_datetime(start), to_datetime(end)
        meets |= Q(
            host_id__in=offer.host_ids[:_NAMED_HOSTS],
            starts_at__lt=high,
            starts_at__gte=low - LONGEST_OCCUPANCY,
            ends_at__gt=low,
        )
    rows = Occupancy.objects.filter(meets).exclude(held_until__lte=now)
    return list(
        rows.values_list(
            "host_id",
            "booking_id",
            "hold_id",
            "starts_at",
            "ends_at",
            "booking__event_type_id",
            "booking__start_time",
            "booking__end_time",
            "booking__buffer_before",
            "booking__buffer_after",
        )
    )


def _named(question: SlotQuery, rows: Iterable[tuple[object, ...]], start: datetime) -> SlotQuery:
    low, high = _near(start, question)
    taken = {host.id: _Taken() for host in question.hosts[:_NAMED_HOSTS]}
    for host_id, booking_id, hold_id, first, last, *booked in rows:
        span = floor_seconds(first), ceil_seconds(last)  # type: ignore[arg-type]
        if not (span[0] < high and low < span[1]):
            continue
        found = taken[str(host_id)]
        if booking_id is None:
            found.holds.append(Busy(*span, str(hold_id)))
        else:
            event_type, begins, ends, before, after = booked
            found.bookings.append(
                Booking.between(
                    id=str(booking_id),
                    event_type=str(event_type),
                    start=begins,  # type: ignore[arg-type]
                    end=ends,  # type: ignore[arg-type]
                    buffer_before=before,  # type: ignore[arg-type]
                    buffer_after=after,  # type: ignore[arg-type]
                )
            )
    hosts = list(question.hosts[_NAMED_HOSTS:])
    for number, host in enumerate(question.hosts[:_NAMED_HOSTS]):
        far = [busy for busy in host.busy if not (busy.start < high and low < busy.end)]
        named = replace(
            host,
            busy=PackedBusy([one.start for one in far], [one.end for one in far]),
            bookings=(*host.bookings, *taken[host.id].bookings),
            holds=taken[host.id].holds,
        )
        hosts.insert(number, named)
    return replace(question, hosts=tuple(hosts))
