"""How long a meeting takes, buffers included, and where its grid begins."""

from __future__ import annotations

from typing import Any

from apps.common.errors import FieldError
from apps.events.models import EventType, SlotAlignment
from apps.events.models.event_type import MAX_BUFFER, MAX_DURATION
from apps.events.services.event_types.rules.bounds import (
    MAX_DURATIONS,
    MAX_INTERVAL,
    Problems,
    choice_problems,
    is_whole,
    range_problems,
)


def duration_problems(event_type: EventType) -> Problems:
    """The default duration and the further choices."""
    yield from _minute_problems(event_type.duration, "/duration")
    durations = event_type.durations
    if not isinstance(durations, list) or len(durations) > MAX_DURATIONS:
        detail = f"Give a list of at most {MAX_DURATIONS} durations in minutes."
        yield FieldError("/durations", "invalid", detail)
        return
    for index, duration in enumerate(durations):
        yield from _minute_problems(duration, f"/durations/{index}")


def _minute_problems(duration: Any, pointer: str) -> Problems:
    yield from range_problems(duration, pointer, least=1, most=MAX_DURATION, unit="minutes")


def buffer_problems(event_type: EventType) -> Problems:
    """Each buffer alone is at most the duration."""
    for name in ("buffer_time_before", "buffer_time_after"):
        value = getattr(event_type, name)
        if not is_whole(value, 0, MAX_BUFFER):
            yield FieldError(f"/{name}", "out_of_range", f"Use 0 to {MAX_BUFFER} minutes.")
        elif value > event_type.duration:
            yield FieldError(
                f"/{name}",
                "longer_than_duration",
                f"A buffer is at most as long as the meeting ({event_type.duration} minutes). "
                "Shorten the buffer or lengthen the meeting.",
            )


def grid_problems(event_type: EventType) -> Problems:
    """Step and alignment."""
    yield from range_problems(
        event_type.slot_interval_minutes,
        "/slot_interval_minutes",
        least=0,
        most=MAX_INTERVAL,
        unit="minutes; 0 follows your profile",
    )
    allowed = tuple(SlotAlignment.values)
    yield from choice_problems(event_type.slot_alignment, "/slot_alignment", allowed)
