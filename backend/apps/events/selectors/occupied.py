"""What takes hosts' time, read as fast as the database gives it.

The one query of the hot path is written by hand: building and compiling it through the ORM costs
three times as much as carrying it out, and more than computing a month of slots from it.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import repeat
from typing import Any
from uuid import UUID

from django.db import connection
from orjson import loads as json_loads

from apps.availability.public import Booking, Busy, PackedBusy
from apps.events.models import Occupancy
from apps.events.models.booking import LIVE

# No occupancy lasts longer (migration 0002), so none that starts earlier can reach the span.
LONGEST_OCCUPANCY = timedelta(days=2)

# Fractions of a second widen the span to whole ones, as the engine does.
_SECONDS = {
    "postgresql": (
        "FLOOR(EXTRACT(EPOCH FROM {starts}))::bigint",
        "CEIL(EXTRACT(EPOCH FROM {ends}))::bigint",
    ),
    "sqlite": (
        "CAST(strftime('%%s', {starts}) AS INTEGER)",
        "CAST(strftime('%%s', {ends}) AS INTEGER) + (instr({ends}, '.') > 0)",
    ),
}
_ONE_HOST_SQL = """
SELECT {seconds} FROM events_occupancy
WHERE host_id = %s AND starts_at < %s AND starts_at >= %s AND ends_at > %s AND {counts} {but}
ORDER BY starts_at
"""
# One parameter for any number of hosts, and a small number instead of an id. Each host's rows are
# looked up on their own (OFFSET 0 keeps it so): joined freely, ten hosts among a million bookings
# were read by a scan of the whole table.
_HOSTS = {
    "postgresql": """
  unnest(%s::uuid[]) WITH ORDINALITY AS asked(host_id, place)
  CROSS JOIN LATERAL (
    SELECT * FROM events_occupancy AS taken WHERE {of_host} ORDER BY taken.starts_at OFFSET 0
  ) AS taken
""",
    "sqlite": """
  (SELECT value AS host_id, key + 1 AS place FROM json_each(%s)) AS asked
  CROSS JOIN events_occupancy AS taken ON {of_host}
""",
}
_OF_HOST = """
  taken.host_id = asked.host_id AND taken.starts_at < %s AND taken.starts_at >= %s
  AND taken.ends_at > %s AND {counts} {but}
"""
# A hold means nothing any more when it has lapsed, whether somebody has deleted it or not.
_COUNTS = "(held_until IS NULL OR held_until > %s)"
_NOT_OWN = "(held_until IS NULL OR (held_until > %s AND hold_id <> %s))"
_NOT_OWN_TIME = """
(held_until IS NULL OR (held_until > %s AND (hold_id <> %s
  OR EXISTS (SELECT 1 FROM events_hold WHERE id = hold_id AND session_id IS NOT NULL))))
"""
# A row per host with its spans as two lists: two thousand rows cost more to fetch than to find.
# Lists come as JSON, the one shape that both databases aggregate.
_LIST, _TUPLE = (
    {"postgresql": "json_agg", "sqlite": "json_group_array"},
    {"postgresql": "json_build_array", "sqlite": "json_array"},
)
_SQL = """
SELECT place, CAST({list}(starts) {unnamed} AS text), CAST({list}(ends) {unnamed} AS text), {named}
FROM (SELECT asked.place, {seconds} {session} FROM {hosts} {joined}) AS spans GROUP BY place
"""
# A session that nobody is in yet, but somebody holds seats of, takes time by that hold.
# The bounds of its start follow from the occupancy's; they lead to the index.
_JOINED = """
LEFT JOIN events_hold AS held ON held.id = taken.hold_id
LEFT JOIN events_booking AS session ON session.id = COALESCE(taken.booking_id, held.session_id)
  AND session.event_type_id = %s AND session.start_time < %s AND session.start_time >= %s
"""
# A session keeps the seats it was created with, whatever its event type has by now.
_SESSION = """,
  session.id, {seconds}, session.buffer_before, session.buffer_after,
  session.capacity - session.attendee_count - CASE session.held_seats WHEN 0 THEN 0 ELSE (
    SELECT COALESCE(SUM(seats), 0) FROM events_hold AS kept
    WHERE kept.session_id = session.id AND kept.expires_at > %s {but_own}
  ) END AS seats_left
"""
_SESSIONS = """
CAST({list}({tuple}(id, own_start, own_end, buffer_before, buffer_after, seats_left))
  FILTER (WHERE id IS NOT NULL) AS text)
"""
_COUNTED_SQL = """
UNION ALL
SELECT {place}, CAST({list}(starts) AS text), CAST({list}(ends) AS text), CAST({list}(id) AS text)
FROM (
  SELECT id, {seconds} FROM events_booking
  WHERE {owner} = %s AND start_time < %s AND start_time >= %s AND status IN ({states})
    AND (attendee_count > 0 OR EXISTS (
      SELECT 1 FROM events_hold AS kept
      WHERE kept.session_id = events_booking.id AND kept.expires_at > %s {but_own}
    )) {but}
  UNION ALL
  SELECT id, {seconds} FROM events_hold AS kept
  WHERE {holds_of} AND start_time < %s AND start_time >= %s AND session_id IS NULL
    AND purpose <> 'form' AND expires_at > %s {but_own}
) AS counted_{owner}
"""
# What is offered to who waits counts like a booking: it was promised to them within the limit.
_HOLDS_OF = {
    "event_type_id": "event_type_id = %s",
    "organizer_id": "event_type_id IN (SELECT id FROM events_eventtype WHERE organizer_id = %s)",
}
_OF_EVENT_TYPE, _OF_ORGANIZER = -1, -2
_OWNERS = {_OF_EVENT_TYPE: "event_type_id", _OF_ORGANIZER: "organizer_id"}


@dataclass(frozen=True, slots=True)
class Occupied:
    """Taken spans by host, buffers included; sessions to join; and the bookings that limits count.

    Taken spans are of bookings and of holds, and anonymous: which booking it is, and whether only its buffer is met, is asked for
    only when a start is refused (`apps.events.selectors.slots.explain_start`). Sessions are the
    live bookings of a group event type, those included that are only held so far; their time is
    among the sessions only.
    """

    by_host: Sequence[Sequence[Busy]]
    """In the order of the hosts asked for, as the sessions."""
    sessions: Sequence[Sequence[Booking]]
    of_event_type: tuple[Booking, ...] = ()
    of_organizer: tuple[Booking, ...] = ()


def get_occupied(
    host_ids: Sequence[UUID],
    *,
    start: datetime,
    end: datetime,
    now: datetime,
    moving: UUID | None = None,
    own_hold: UUID | None = None,
    sessions_of: UUID | None = None,
    seats: int = 1,
    event_type: UUID | None = None,
    organizer: UUID | None = None,
) -> Occupied:
    """What meets `[start, end)` of the hosts' time, in one query for any number of hosts.

    Holds that have lapsed by `now` do not count. `moving` is a booking to leave out, `own_hold` a
    hold (its id): its time, or its seats of a session. `sessions_of` is a group event type of so
    many `seats`: its bookings come by name, with attendees that leave the seats that are left. Live bookings of
    `event_type` and of `organizer` that start in the span are counted where these are given.
    """
    read = _Read(start, end, now, moving, own_hold)
    if len(host_ids) == 1 and not (sessions_of or event_type or organizer):
        # As mostly. Few rows are had cheaper than lists.
        rows = _fetch(*read.one_host(host_ids[0]))
        return Occupied([PackedBusy(*zip(*rows, strict=True))] if rows else [()], [()])
    sql, values = read.hosts(host_ids, sessions_of=sessions_of)
    for place, owner in ((_OF_EVENT_TYPE, event_type), (_OF_ORGANIZER, organizer)):
        if owner is not None:
            counted_sql, counted_values = read.counted(place, owner)
            sql, values = sql + counted_sql, [*values, *counted_values]
    joined = str(sessions_of)
    by_host: list[Sequence[Busy]] = [()] * len(host_ids)
    sessions: list[Sequence[Booking]] = [()] * len(host_ids)
    counted: dict[int, tuple[Booking, ...]] = {}
    for place, *lists in _fetch(sql, values):
        starts, ends, named = (json_loads(text) if text else () for text in lists)
        if place < 0:
            ids = map(_text, named)
            counted[place] = tuple(map(Booking, ids, repeat(str(event_type)), starts, ends))
            continue
        by_host[place - 1] = PackedBusy(starts, ends)
        sessions[place - 1] = [
            Booking(_text(id), joined, first, last, before, after, seats - left)
            for id, first, last, before, after, left in named
        ]
    return Occupied(
        by_host, sessions, counted.get(_OF_EVENT_TYPE, ()), counted.get(_OF_ORGANIZER, ())
    )


class _Read:
    """The parts of the query and their values, for one span and the database in use."""

    def __init__(
        self,
        start: datetime,
        end: datetime,
        now: datetime,
        moving: UUID | None,
        own_hold: UUID | None,
    ) -> None:
        adapt = connection.ops.adapt_datetimefield_value
        self._start = adapt(start)
        self._end = adapt(end)
        self._earliest = adapt(start - LONGEST_OCCUPANCY)
        self._latest = adapt(end + LONGEST_OCCUPANCY)
        self._now = adapt(now)
        self._left_out = [] if moving is None else [_prepared(moving)]
        self._own = [] if own_hold is None else [_prepared(own_hold)]

    def one_host(self, host_id: UUID) -> tuple[str, list[Any]]:
        sql = _ONE_HOST_SQL.format(
            seconds=_seconds("starts_at", "ends_at"),
            counts=_NOT_OWN if self._own else _COUNTS,
            but=self._but("booking_id"),
        )
        return sql, [_prepared(host_id), *self._span(), *self._left_out]

    def hosts(self, host_ids: Sequence[UUID], *, sessions_of: UUID | None) -> tuple[str, list[Any]]:
        vendor = connection.vendor
        names = {"list": _LIST[vendor], "tuple": _TUPLE[vendor]}
        own = _seconds("session.start_time", "session.end_time", "own_start", "own_end")
        not_own = _NOT_OWN_TIME if sessions_of else _NOT_OWN
        of_host = _OF_HOST.format(
            counts=not_own if self._own else _COUNTS, but=self._but("taken.booking_id")
        )
        sql = _SQL.format(
            **names,
            seconds=_seconds("taken.starts_at", "taken.ends_at"),
            hosts=_HOSTS[vendor].format(of_host=of_host),
            unnamed="FILTER (WHERE id IS NULL)" if sessions_of else "",
            named=_SESSIONS.format(**names) if sessions_of else "NULL",
            session=_SESSION.format(seconds=own, but_own=self._but_own()) if sessions_of else "",
            joined=_JOINED if sessions_of else "",
        )
        values = [_prepared_list(host_ids), *self._span(), *self._left_out]
        if sessions_of:
            values = [self._now, *self._own, *values]
            values += [_prepared(sessions_of), self._latest, self._earliest]
        return sql, values

    def counted(self, place: int, owner: UUID) -> tuple[str, list[Any]]:
        sql = _COUNTED_SQL.format(
            seconds=_seconds("start_time", "end_time"),
            list=_LIST[connection.vendor],
            place=place,
            owner=_OWNERS[place],
            holds_of=_HOLDS_OF[_OWNERS[place]],
            states=", ".join(["%s"] * len(LIVE)),
            but_own=self._but_own(),
            but=self._but("id"),
        )
        states = map(str, LIVE)
        bounds = [_prepared(owner), self._end, self._start]
        kept = [self._now, *self._own]
        return sql, [*bounds, *states, *kept, *self._left_out, *bounds, *kept]

    def _span(self) -> list[Any]:
        return [self._end, self._earliest, self._start, self._now, *self._own]

    def _but_own(self) -> str:
        return "AND kept.id <> %s" if self._own else ""

    def _but(self, column: str) -> str:
        # A hold's time has no booking, and is not that of the one that moves.
        return f"AND ({column} IS NULL OR {column} <> %s)" if self._left_out else ""


def _fetch(sql: str, values: list[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows


def _seconds(starts: str, ends: str, *names: str) -> str:
    """Two expressions in seconds since the epoch, called `starts` and `ends` or as in `names`."""
    expressions = (text.format(starts=starts, ends=ends) for text in _SECONDS[connection.vendor])
    named = zip(expressions, names or ("starts", "ends"), strict=True)
    return ", ".join(f"{expression} AS {name}" for expression, name in named)


def _prepared(id: UUID) -> Any:
    return Occupancy._meta.get_field("host").get_db_prep_value(id, connection)


def _prepared_list(ids: Sequence[UUID]) -> Any:
    prepared = [_prepared(id) for id in ids]
    return prepared if connection.vendor == "postgresql" else json.dumps(prepared)


def _text(id: str) -> str:
    """SQLite keeps ids without hyphens; with them they are the engine's."""
    return id if "-" in id else str(UUID(id))
