"""What takes hosts' time, read as fast as the database gives it.

The one query of the hot path is written by hand: building and compiling it through the ORM costs
three times as much as carrying it out, and more than computing a month of slots from it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection

from apps.availability.public import Booking
from apps.events.models import Occupancy
from apps.events.models.booking import LIVE

# No occupancy lasts longer (migration 0002), so none that starts earlier can reach the span.
LONGEST_OCCUPANCY = timedelta(days=2)

# Fractions of a second widen the span to whole ones, as the engine does.
_SECONDS = {
    "postgresql": (
        "FLOOR(EXTRACT(EPOCH FROM starts_at))::bigint",
        "CEIL(EXTRACT(EPOCH FROM ends_at))::bigint",
    ),
    "sqlite": (
        "CAST(strftime('%%s', starts_at) AS INTEGER)",
        "CAST(strftime('%%s', ends_at) AS INTEGER) + (instr(ends_at, '.') > 0)",
    ),
}
_SQL = """
SELECT {seconds} {names} FROM events_occupancy
WHERE host_id IN ({hosts}) AND starts_at < %s AND starts_at >= %s AND ends_at > %s {but}
"""
_COUNTED_SQL = """
UNION ALL
SELECT {seconds}, NULL, id, {kind} FROM (
  SELECT id, start_time AS starts_at, end_time AS ends_at FROM events_booking
  WHERE {owner} = %s AND start_time < %s AND start_time >= %s AND status IN ({states}) {but}
) AS counted_{kind}
"""
_OF_EVENT_TYPE, _OF_ORGANIZER = 1, 2
_OWNERS = {_OF_EVENT_TYPE: "event_type_id", _OF_ORGANIZER: "organizer_id"}


@dataclass(frozen=True, slots=True)
class Occupied:
    """Taken spans by host, buffers included; and the bookings that limits count.

    Anonymous: which booking it is, and whether only its buffer is met, is asked for only when a
    start is refused (`apps.events.selectors.slots.explain_start`).
    """

    by_host: dict[UUID, tuple[Booking, ...]]
    of_event_type: tuple[Booking, ...]
    of_organizer: tuple[Booking, ...]


def get_occupied(
    host_ids: Sequence[UUID],
    *,
    start: datetime,
    end: datetime,
    moving: UUID | None = None,
    event_type: UUID | None = None,
    organizer: UUID | None = None,
) -> Occupied:
    """What meets `[start, end)` of the hosts' time, in one query.

    `moving` is a booking to leave out. Live bookings of `event_type` and of `organizer` that start
    in the span are counted where these are given.
    """
    vendor = connection.vendor
    adapt = connection.ops.adapt_datetimefield_value
    prepare = Occupancy._meta.get_field("host").get_db_prep_value
    hosts = [prepare(host_id, connection) for host_id in host_ids]
    left_out = [] if moving is None else [prepare(moving, connection)]
    seconds = ", ".join(_SECONDS[vendor])
    # One host and nothing to count, as mostly: hundreds of rows need no names.
    is_plain = len(hosts) == 1 and event_type is None and organizer is None
    sql = _SQL.format(
        seconds=seconds,
        names="" if is_plain else ", host_id, NULL, 0",
        hosts=", ".join(["%s"] * len(hosts)),
        but="AND booking_id <> %s" if left_out else "",
    )
    values = [*hosts, adapt(end), adapt(start - LONGEST_OCCUPANCY), adapt(start), *left_out]
    for kind, owner in ((_OF_EVENT_TYPE, event_type), (_OF_ORGANIZER, organizer)):
        if owner is None:
            continue
        sql += _COUNTED_SQL.format(
            kind=kind,
            owner=_OWNERS[kind],
            seconds=seconds,
            states=", ".join(["%s"] * len(LIVE)),
            but="AND id <> %s" if left_out else "",
        )
        values += [prepare(owner, connection), adapt(end), adapt(start), *map(str, LIVE), *left_out]
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        rows = cursor.fetchall()
    if is_plain:
        only = tuple([Booking("", "", starts, ends) for starts, ends in rows])
        return Occupied({host_ids[0]: only}, (), ())
    by_host: dict[object, list[Booking]] = {host: [] for host in hosts}
    counted: dict[int, list[Booking]] = {_OF_EVENT_TYPE: [], _OF_ORGANIZER: []}
    for starts, ends, host, id, kind in rows:
        if not kind:
            by_host[host].append(Booking("", "", starts, ends))
        else:
            name = str(id if isinstance(id, UUID) else UUID(id))
            counted[kind].append(Booking(name, str(event_type), starts, ends))
    return Occupied(
        {
            host_id: tuple(bookings)
            for host_id, bookings in zip(host_ids, by_host.values(), strict=True)
        },
        tuple(counted[_OF_EVENT_TYPE]),
        tuple(counted[_OF_ORGANIZER]),
    )
