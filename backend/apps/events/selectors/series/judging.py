"""The engine's word on every start of a series, from one snapshot of the hosts' time.

Each is judged as if those before it were booked already, so that limits count them and they do not
overlap each other.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from apps.availability.public import (
    Booking,
    Busy,
    PackedBusy,
    Reason,
    SlotQuery,
    ceil_seconds,
    compute_slots,
    explain,
    floor_seconds,
    needed_span,
)
from apps.events.models import Booking as BookingRow
from apps.events.models import Occupancy
from apps.events.selectors.offers import Offer
from apps.events.selectors.series.names import with_names
from apps.events.selectors.slots import load_query

_SECOND = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Judged:
    """One start: the hosts who are free, in the offer's order, or the reasons against it."""

    start: datetime
    end: datetime
    hosts: tuple[UUID, ...]
    reasons: tuple[Reason, ...] = ()

    @property
    def is_offered(self) -> bool:
        """Whether it can be booked."""
        return bool(self.hosts)

    @property
    def codes(self) -> list[str]:
        """The reasons' codes, each once, the first reason first."""
        return list(dict.fromkeys(reason.code for reason in self.reasons))


def judge_starts(
    offer: Offer,
    starts: Sequence[datetime],
    *,
    now: datetime,
    duration: int,
    moving: Sequence[BookingRow] = (),
    booked: Sequence[datetime] = (),
    own_hold: UUID | None = None,
) -> list[Judged]:
    """Each of the `starts`, which are in order; `duration` in minutes.

    `moving` are bookings whose time counts as free, `booked` further starts that count as booked,
    `own_hold` is a hold that does not count. One query, one more where something is moved, and one
    for every 40 refused starts.
    """
    if not starts:
        return []
    query = load_query(
        offer,
        start=starts[0],
        end=starts[-1] + _SECOND,
        now=now,
        duration=duration,
        own_hold=own_hold,
    )
    snapshot = _Snapshot(_without(query, moving))
    for start in booked:
        snapshot.book(start)
    hosts: list[tuple[UUID, ...]] = []
    refused: dict[datetime, SlotQuery] = {}
    for start in starts:
        question = snapshot.question(start)
        free = _free_hosts(question, start)
        hosts.append(free)
        if free:
            snapshot.book(start)
        else:
            refused[start] = question
    named = with_names(
        offer, refused, now=now, moving=[one.pk for one in moving], own_hold=own_hold
    )
    lasts = timedelta(minutes=duration)
    return [
        Judged(at, at + lasts, free, () if free else tuple(explain(named[at], at)))
        for at, free in zip(starts, hosts, strict=True)
    ]


def _free_hosts(question: SlotQuery, start: datetime) -> tuple[UUID, ...]:
    # Slots start on whole seconds; the engine must not round a caller's fraction to one.
    slots = [] if start.microsecond else compute_slots(question)
    return next((tuple(map(UUID, slot.hosts)) for slot in slots if slot.start == start), ())


class _Snapshot:
    """What is known of the whole span, and which of its starts count as booked by now."""

    def __init__(self, query: SlotQuery) -> None:
        self._query = query
        self._counted = sorted(query.counted, key=_start)
        self._of_organizer = sorted(query.organizer_bookings, key=_start)
        self._booked: list[Booking] = []

    def question(self, start: datetime) -> SlotQuery:
        """The engine's question about one start, with no more than it needs to know."""
        query = self._query
        end = start + _SECOND
        span = needed_span(query.event_type, start, end, query.organizer_limits, now=query.now)
        low, high = floor_seconds(span[0]), ceil_seconds(span[1])
        ours = tuple(one for one in self._booked if _meets(one, low, high))
        hosts = tuple(
            replace(host, busy=_cut(host.busy, low, high), bookings=ours) for host in query.hosts
        )
        return replace(
            query,
            window_start=start,
            window_end=end,
            hosts=hosts,
            counted=tuple(_between(self._counted, low, high)),
            organizer_bookings=(*_between(self._of_organizer, low, high), *ours),
        )

    def book(self, start: datetime) -> None:
        """From now on it counts as booked, with every host: nobody can be at two meetings."""
        rules = self._query.event_type
        first = floor_seconds(start)
        self._booked.append(
            Booking(
                f"occurrence at {start.isoformat()}",
                rules.id,
                first,
                first + rules.duration * 60,
                rules.buffer_before,
                rules.buffer_after,
            )
        )


def _start(booking: Booking) -> int:
    return booking.start


def _between(bookings: list[Booking], low: int, high: int) -> list[Booking]:
    """Those that start in `[low, high)`; they are sorted."""
    first = bisect_left(bookings, low, key=_start)
    return bookings[first : bisect_left(bookings, high, key=_start)]


def _meets(booking: Booking, low: int, high: int) -> bool:
    first = booking.start - booking.buffer_before * 60
    return first < high and low < booking.end + booking.buffer_after * 60


def _cut(busy: Sequence[Busy], low: int, high: int) -> PackedBusy:
    """What meets `[low, high)`. Taken time comes packed, its joined spans in order and apart."""
    packed = busy if isinstance(busy, PackedBusy) else _packed(busy)
    first, last = bisect_right(packed.ends, low), bisect_left(packed.starts, high)
    return PackedBusy(packed.starts[first:last], packed.ends[first:last])


def _packed(busy: Iterable[Busy]) -> PackedBusy:
    spans = [(one.start, one.end) for one in busy]
    return PackedBusy([start for start, _ in spans], [end for _, end in spans])


def _without(query: SlotQuery, moving: Sequence[BookingRow]) -> SlotQuery:
    """The query without these bookings (one query more, unless there are none).

    Taken time is anonymous; theirs is known by its span, for no two spans of one host overlap.
    """
    if not moving:
        return query
    taken = Occupancy.objects.filter(booking__in=moving)
    spans = {
        (str(host_id), floor_seconds(first), ceil_seconds(last))
        for host_id, first, last in taken.values_list("host_id", "starts_at", "ends_at")
    }
    ids = {str(booking.pk) for booking in moving}
    hosts = tuple(
        replace(
            host,
            busy=_packed(one for one in host.busy if (host.id, one.start, one.end) not in spans),
        )
        for host in query.hosts
    )
    return replace(
        query,
        hosts=hosts,
        counted=tuple(one for one in query.counted if one.id not in ids),
        organizer_bookings=tuple(one for one in query.organizer_bookings if one.id not in ids),
    )
