"""Starts to book or join: open hours - taken time - limits, on the grid, for the hosts."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import repeat

from apps.availability.engine.board import Board
from apps.availability.engine.diary import DiaryReader
from apps.availability.engine.free_marks import FreeMarks
from apps.availability.engine.grid import step_seconds
from apps.availability.engine.hosts import read_roster
from apps.availability.engine.intervals import Span, subtract, unite
from apps.availability.engine.limits import limited_spans
from apps.availability.engine.rotation import free_hosts
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
    if not (roster.rotating if roster.needs_rotating else roster.required):
        return []
    reader = DiaryReader(query, low, high)
    required = [reader.read(host) for host in roster.required]
    rotating = [reader.read(host) for host in roster.rotating]

    grids = {id(diary.windows): diary.windows for diary in (*required, *rotating)}
    windows = (window for grid in grids.values() for window in grid)
    board = Board(windows, step_seconds(rules.step, rules.duration), low, high)
    marks = board.within(allowed)
    free = FreeMarks(board, rules)
    for diary in required:
        if marks:
            marks &= free.of(diary)
    if not marks:
        return []
    if roster.needs_rotating:
        return _slots(rules, *free_hosts(query.hosts, free, marks, rotating))
    return _slots(rules, board.marked(marks), repeat(tuple(host.id for host in query.hosts)))


def _slots(
    rules: EventTypeRules, starts: list[int], hosts: Iterable[tuple[str, ...]]
) -> list[Slot]:
    length = rules.duration * 60
    ends = [start + length for start in starts]
    seats = rules.capacity if has_sessions(rules) else None
    # Slot(...) without its Python frame
    return list(map(tuple.__new__, repeat(Slot), zip(starts, ends, hosts, repeat(seats))))
