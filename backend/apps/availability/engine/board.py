"""All starts that stand on a grid, and sets of them as the bits of integers.

A rule does not test starts: it knows the span of starts it forbids and sets their bits in one
stroke. Starts come in stretches (the hours of a day, mostly); taken time that lies between two
stretches is never looked at, and inside one the bits of a span come from two divisions.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, compress
from operator import attrgetter

from apps.availability.engine.intervals import Span
from apps.availability.engine.packed import PackedBusy
from apps.availability.engine.windows import GridWindow

Marks = int
"""A set of starts: a bit for each start of the board, the highest for the first start."""

_LONGEST_STRETCH = 60
"""Python computes with integers of so many bits in two steps."""
_ONES = tuple((1 << count) - 1 for count in range(_LONGEST_STRETCH + 1))
_BITS = bytes(digit & 1 for digit in range(256))
"""Turns the digits `0` and `1` into the bytes 0 and 1."""


Stretch = tuple[Sequence[int], int]
"""A few starts that follow each other, and the seconds from each to the next: 0 where they differ."""

Reach = tuple[int, int, int, int, Sequence[int]]
"""A stretch as seen from taken time: `(low, high, beyond, step, starts)`.

Time that ends by `low` or starts from `high` on does not touch it. `beyond` is where the time that
the last start needs begins, a step later.
"""


class Board:
    """The starts of `[low, high)` on the grid of any window, sorted, each once."""

    def __init__(self, windows: Iterable[GridWindow], step: int, low: int, high: int) -> None:
        self.starts: list[int] = []
        self.stretches: list[Stretch] = []
        for starts, regular in _sequences(_runs(windows, step, low, high), step):
            self.starts += starts
            for first in range(0, len(starts), _LONGEST_STRETCH):
                part = starts[first : first + _LONGEST_STRETCH]
                self.stretches.append((part, step if regular else 0))

    def __len__(self) -> int:
        return len(self.starts)

    def within(self, spans: Iterable[Span]) -> Marks:
        """The starts inside the spans."""
        marks = 0
        count = len(self.starts)
        for low, high in spans:
            first = bisect_left(self.starts, low)
            last = bisect_left(self.starts, high, first)
            marks |= (1 << count - first) - (1 << count - last)
        return marks

    def reach(self, before: int, after: int) -> list[Reach]:
        """What taken time is compared with when starts `s` need `[s - before, s + after)`."""
        return [
            (starts[0] - before, starts[-1] + after, starts[-1] - before + step, step, starts)
            for starts, step in self.stretches
        ]

    def forbidden(self, taken: PackedBusy, reach: list[Reach], before: int, after: int) -> Marks:
        """The starts `s` for which `[s - before, s + after)` meets taken time; `reach` is of those.

        It meets `[start, end)` when `start - after < s < end + before`. Seconds.
        """
        starts, ends, ones = taken.starts, taken.ends, _ONES
        marks = since = 0
        for low, high, beyond, step, stretch in reach:
            count = len(stretch)
            since = bisect_right(ends, low, since)
            until = bisect_left(starts, high, since)
            bits = 0
            for index in range(since, until):
                # How many starts of the stretch lie behind the forbidden span's start, and its end.
                if step:
                    behind_start = -((starts[index] - high) // step)
                    behind_end = (beyond - ends[index]) // step
                else:
                    behind_start = count - bisect_right(stretch, starts[index] - after)
                    behind_end = count - bisect_left(stretch, ends[index] + before)
                bits |= (
                    ones[behind_start if behind_start < count else count]
                    ^ ones[behind_end if behind_end > 0 else 0]
                )
            marks = marks << count | bits
        return marks

    def marked(self, marks: Marks) -> list[int]:
        """The starts of the set, in order."""
        return list(compress(self.starts, self.as_bytes(marks)))

    def as_bytes(self, marks: Marks) -> bytes:
        """A byte for each start, in order: 1 where it is in the set, else 0."""
        return f"{marks:0{len(self.starts)}b}".encode().translate(_BITS)


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


def _sequences(runs: list[range], step: int) -> Iterator[tuple[Sequence[int], bool]]:
    """Runs that overlap or follow on, joined: their starts, and whether these are `step` apart."""
    runs.sort(key=attrgetter("start"))
    position = 0
    while position < len(runs):
        run = runs[position]
        position += 1
        stop = run[-1] + step
        joined = [run]
        while position < len(runs) and runs[position].start <= stop:
            joined.append(runs[position])
            stop = max(stop, runs[position][-1] + step)
            position += 1
        if len(joined) == 1 or len({other.start % step for other in joined}) == 1:
            yield range(run.start, stop, step), True
        else:
            yield sorted(set(chain.from_iterable(joined))), False
