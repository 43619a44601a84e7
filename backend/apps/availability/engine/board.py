"""All starts that stand on a grid, and one mark per start that each rule may take away.

The work is a mark per start instead of a test per start: a rule knows the span of starts it forbids
and clears their marks in one stroke. Where a span begins and ends among the starts is read from a
table with one entry per quantum of the grid, which costs a third of a binary search.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from itertools import chain, compress, pairwise
from math import gcd

from apps.availability.engine.intervals import Span
from apps.availability.engine.windows import GridWindow

_QUANTA_PER_START = 20
_SMALL_TABLE = 5_000
"""Where starts are rarer than this among the quanta (packed to the second), a table does not pay."""


class Board:
    """The starts of `[low, high)` on the grid of any window, sorted, each once."""

    def __init__(self, windows: Iterable[GridWindow], step: int, low: int, high: int) -> None:
        runs = _runs(windows, step, low, high)
        starts = chain.from_iterable(runs)
        apart = all(run.stop <= following.start for run, following in pairwise(runs))
        self.starts: list[int] = list(starts) if apart else sorted(set(starts))

        firsts = [run.start for run in runs]
        self._origin = min(firsts, default=low)
        self._quantum = gcd(step, *{(first - self._origin) % step for first in firsts})
        self._quanta = -((self._origin - high) // self._quantum)
        self._counts: list[int] | None = None
        """By quantum since the origin: how many starts lie before it."""
        if self._quanta <= _SMALL_TABLE + _QUANTA_PER_START * len(self.starts):
            dense = apart and self._quantum == step
            self._counts = self._count(runs if dense else (range(s, s + 1) for s in self.starts))

    def _count(self, runs: Iterable[range]) -> list[int]:
        """The table, from runs of starts that follow each other at every quantum."""
        counts: list[int] = []
        before = 0
        for run in runs:
            position = (run.start - self._origin) // self._quantum
            counts += [before] * (position + 1 - len(counts))
            counts += range(before + 1, before + len(run) + 1)
            before += len(run)
        counts += [before] * (self._quanta + 1 - len(counts))
        return counts

    def mark_all(self) -> bytearray:
        """A mark for every start."""
        return bytearray(b"\1" * len(self.starts))

    def mark(self, spans: Iterable[Span]) -> bytearray:
        """Marks for the starts inside the spans."""
        marks = bytearray(len(self.starts))
        for low, high in spans:
            first = bisect_left(self.starts, low)
            last = bisect_left(self.starts, high, first)
            if first < last:
                marks[first:last] = b"\1" * (last - first)
        return marks

    def clear(
        self, marks: bytearray, taken: Iterable[tuple[int, int, str]], before: int, after: int
    ) -> None:
        """Takes the marks from starts `s` for which `[s - before, s + after)` meets taken time.

        It meets `[start, end)` when `start - after < s < end + before`. Seconds; `taken` are
        `(start, end, id)`, in any order. Empty spans meet nothing.
        """
        counts = self._counts
        blank = bytes(len(marks))
        if counts is None:
            for start, end, _ in taken:
                if start < end:
                    first = bisect_left(self.starts, start - after + 1)
                    last = bisect_left(self.starts, end + before)
                    if first < last:
                        marks[first:last] = blank[first:last]
            return
        quantum = self._quantum
        shift_start = self._origin - quantum + after
        shift_end = self._origin - quantum + 1 - before
        span = self._quanta * quantum
        highest = shift_end + span
        for start, end, _ in taken:
            if shift_start <= start < end <= highest:
                first = counts[(start - shift_start) // quantum]
                last = counts[(end - shift_end) // quantum]
                if first < last:
                    marks[first:last] = blank[first:last]
            elif start < end and end > shift_end and start < shift_start + span:
                first = counts[max((start - shift_start) // quantum, 0)]
                last = counts[min((end - shift_end) // quantum, self._quanta)]
                if first < last:
                    marks[first:last] = blank[first:last]

    def marked(self, marks: bytearray) -> list[int]:
        """The starts that still have their mark."""
        return list(compress(self.starts, marks))


def both(marks: bytearray, others: bytearray) -> bytearray:
    """The marks that are in both."""
    common = int.from_bytes(marks, "big") & int.from_bytes(others, "big")
    return bytearray(common.to_bytes(len(marks), "big"))


def _runs(windows: Iterable[GridWindow], step: int, low: int, high: int) -> list[range]:
    runs = []
    for start, end, anchor in windows:
        if start < low:
            start = low
        if end > high:
            end = high
        start += (anchor - start) % step
        if start < end:
            runs.append(range(start, end, step))
    return runs
