"""Which starts are offered: those that time allows and a new booking or a session has room for."""

from __future__ import annotations

from apps.availability.engine.bounds import start_bounds
from apps.availability.engine.listing import list_slots
from apps.availability.engine.rolling import within_available_days
from apps.availability.engine.types import Slot, SlotQuery


def compute_slots(query: SlotQuery) -> list[Slot]:
    """The starts of `[window_start, window_end)` that can be booked at `now`, in order."""
    return list_slots(query, within_available_days(query, start_bounds(query)))
