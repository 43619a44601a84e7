"""Where starts may stand: every step from an anchor, for each window of each date."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable

from apps.availability.engine.intervals import Span
from apps.availability.engine.windows import GridWindow


def step_seconds(step: int | None, duration: int) -> int:
    """The grid step of an event type, from minutes; 0 and None mean the duration."""
    return (step or duration) * 60


def pack_windows(windows: list[GridWindow], taken: list[Span], buffer: int) -> list[GridWindow]:
    """The windows cut where the grid starts anew: at the end of taken time, plus the buffer.

    `taken` is sorted and joined, `buffer` in seconds.
    """
    restarts = [end + buffer for _, end in taken]
    packed: list[GridWindow] = []
    for start, end, anchor in windows:
        for restart in restarts[bisect_right(restarts, start) : bisect_left(restarts, end)]:
            packed.append((start, restart, anchor))
            start = anchor = restart
        packed.append((start, end, anchor))
    return packed


def is_on_grid(windows: Iterable[GridWindow], start: int, step: int) -> bool:
    """Whether a start stands on the grid of one of the windows."""
    return any(
        first <= start < end and (start - anchor) % step == 0 for first, end, anchor in windows
    )
