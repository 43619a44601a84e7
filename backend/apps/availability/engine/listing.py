"""Which starts are offered: open hours - taken time - notice - limits, on the grid, for the hosts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from itertools import compress, repeat

from apps.availability.engine.board import Board, both
from apps.availability.engine.diary import Diary, DiaryReader, fitting_starts, taken_spans
from apps.availability.engine.grid import step_seconds
from apps.availability.engine.hosts import read_roster
from apps.availability.engine.intervals import Span, subtract, unite
from apps.availability.engine.limits import limited_spans
from apps.availability.engine.sessions import has_sessions, session_slots
from apps.availability.engine.types import EventTypeRules, Slot, SlotQuery


def list_slots(query: SlotQuery, bounds: list[Span]) -> list[Slot]:
    """The starts within `bounds` at which a booking can be made or a session joined, in order."""
    if not bounds:
        return []
    sessions = session_slots(query, bounds)
    fresh = _fresh_slots(query, bounds)
    if not sessions:
        return fresh
    merged = {slot.start_seconds: slot for slot in fresh} | sessions
    return [merged[start] for start in sorted(merged)]


def _fresh_slots(query: SlotQuery, bounds: list[Span]) -> list[Slot]:
    """Starts at which a new booking can be made."""
    rules = query.event_type
    if has_sessions(rules) and rules.attendee_count > rules.capacity:
        return []
    low, high = bounds[0][0], bounds[-1][1]
    allowed = subtract(bounds, unite(limited_spans(query, low, high)))
    roster = read_roster(query)
    reader = DiaryReader(query, low, high)
    required = [reader.read(host) for host in roster.required]
    rotating = [reader.read(host) for host in roster.rotating]

    grids = {id(diary.windows): diary.windows for diary in (*required, *rotating)}
    windows = (window for grid in grids.values() for window in grid)
    board = Board(windows, step_seconds(rules.step, rules.duration), low, high)
    free = FreeMarks(board, rules)
    marks = board.mark(allowed)
    for diary in required:
        marks = both(marks, free.of(diary))
    if roster.needs_rotating:
        rows = {id(diary.host): free.of(diary) for diary in rotating}
        return _slots(rules, *_served(query, board, marks, rows))
    hosts = tuple(host.id for host in roster.required)
    return _slots(rules, board.marked(marks), repeat(hosts)) if hosts else []


class FreeMarks:
    """Which starts of a board hosts are open and free for."""

    def __init__(self, board: Board, rules: EventTypeRules) -> None:
        self._board = board
        self._duration = rules.duration * 60
        self._before = rules.buffer_before * 60
        self._after = (rules.duration + rules.buffer_after) * 60
        self._open: dict[tuple[int, ...], bytearray] = {}

    def of(self, diary: Diary) -> bytearray:
        """Marks for the starts at which the host is open and nothing of theirs is touched."""
        opened = self._open.get(diary.schedules)
        if opened is None:
            fitting = fitting_starts(diary.open, self._duration)
            opened = self._open[diary.schedules] = self._board.mark(fitting)
        marks = opened[:]
        for spans in taken_spans(diary.host):
            self._board.clear(marks, spans, self._before, self._after)
        return marks


def _served(
    query: SlotQuery, board: Board, marks: bytearray, rows: dict[int, bytearray]
) -> tuple[list[int], list[tuple[str, ...]]]:
    """The marked starts that a rotating host can serve; for each, all hosts who are free.

    `rows` are the marks of the rotating hosts by the host's identity.
    """
    everyone = board.mark_all()
    count = len(marks)
    table = b"".join(rows.get(id(host), everyone) for host in query.hosts)
    ids = [host.id for host in query.hosts]
    required_count = len(ids) - len(rows)
    known: dict[bytes, tuple[str, ...]] = {}
    starts: list[int] = []
    hosts: list[tuple[str, ...]] = []
    for position in compress(range(count), marks):
        column = table[position::count]
        free = known.get(column)
        if free is None:
            free = known[column] = tuple(compress(ids, column))
        if len(free) > required_count:
            starts.append(board.starts[position])
            hosts.append(free)
    return starts, hosts


def _slots(
    rules: EventTypeRules, starts: list[int], hosts: Iterable[tuple[str, ...]]
) -> list[Slot]:
    ends: Iterator[int] = map((rules.duration * 60).__add__, starts)
    seats = rules.capacity if has_sessions(rules) else None
    make = partial(tuple.__new__, Slot)  # Slot(...) without its Python frame
    return list(map(make, zip(starts, ends, hosts, repeat(seats))))
