"""Group event types: sessions that already have a booking, and the seats left in them."""

from __future__ import annotations

from collections.abc import Iterator

from apps.availability.engine.intervals import Span
from apps.availability.engine.types import Booking, EventTypeRules, Slot, SlotQuery


def has_sessions(rules: EventTypeRules) -> bool:
    """Whether several invitees can share a start."""
    return rules.kind == "group" or rules.capacity > 1


def session_slots(query: SlotQuery, bounds: list[Span]) -> dict[int, Slot]:
    """The sessions to list within `bounds`, by start. Grid, hours and limits do not matter."""
    slots: dict[int, Slot] = {}
    for session, hosts in list_sessions(query):
        if any(low <= session.start < high for low, high in bounds):
            left = seats_left(session, query.event_type)
            if is_listed(left, query.event_type):
                known = slots.get(session.start)
                if known is None or (known.seats_left or 0) < left:
                    slots[session.start] = Slot(session.start, session.end, hosts, left)
    return slots


def list_sessions(query: SlotQuery) -> Iterator[tuple[Booking, tuple[str, ...]]]:
    """Live bookings of the event type, each once with the hosts who serve it."""
    if not has_sessions(query.event_type):
        return
    hosts: dict[str, list[str]] = {}
    bookings: dict[str, Booking] = {}
    for host in query.hosts:
        for booking in host.bookings:
            if booking.event_type == query.event_type.id:
                bookings[booking.id] = booking
                hosts.setdefault(booking.id, []).append(host.id)
    for key, booking in bookings.items():
        yield booking, tuple(hosts[key])


def seats_left(session: Booking, rules: EventTypeRules) -> int:
    """Seats nobody has taken; never negative, though the capacity may have been lowered."""
    return max(rules.capacity - session.attendees, 0)


def is_listed(left: int, rules: EventTypeRules) -> bool:
    """Whether a session has the seats asked for, or is full and full ones are asked for."""
    return left >= rules.attendee_count or (left == 0 and rules.include_full)
