"""Taken time as two arrays of instants: what the engine computes with."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice, repeat
from operator import le, lt
from typing import overload

from apps.availability.engine.intervals import Span, unite
from apps.availability.engine.types import Busy


class PackedBusy(Sequence[Busy]):
    """Spans of busy time, packed: eight bytes an instant, and ready to compute with.

    `PackedBusy(starts, ends, ids)` takes whole seconds since the epoch (see `floor_seconds` and
    `ceil_seconds`) and, where they are known, the ids that `explain` shall name. It reads like the
    tuple of `Busy` it stands for, in the order given. Spans that come sorted and apart (`ORDER BY`
    the start, of time that a constraint keeps from overlapping) are taken over as they are; others
    are sorted and joined once, here.
    """

    __slots__ = ("_ends", "_ids", "_starts", "ends", "starts")

    starts: array[int]
    """Starts of the joined spans, ascending. No span is empty, none overlaps the next."""
    ends: array[int]
    """Their ends, ascending too."""

    def __init__(self, starts: Iterable[int], ends: Iterable[int], ids: Sequence[str] = ()) -> None:
        self._starts = self.starts = array("q", starts)
        self._ends = self.ends = array("q", ends)
        self._ids = ids
        if len(self.starts) != len(self.ends):
            raise ValueError("as many starts as ends are needed")
        if not (
            all(map(lt, self.starts, self.ends))
            and all(map(le, self.ends, islice(self.starts, 1, None)))
        ):
            joined = unite(zip(self.starts, self.ends, strict=True))
            self.starts = array("q", [start for start, _ in joined])
            self.ends = array("q", [end for _, end in joined])

    def __len__(self) -> int:
        return len(self._starts)

    def __iter__(self) -> Iterator[Busy]:
        return map(Busy, self._starts, self._ends, chain(self._ids, repeat("")))

    @overload
    def __getitem__(self, index: int) -> Busy: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Busy, ...]: ...
    def __getitem__(self, index: int | slice) -> Busy | tuple[Busy, ...]:
        return tuple(self)[index]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"PackedBusy({tuple(self)!r})"


def pack(spans: Iterable[Span]) -> PackedBusy:
    """Spans in any order, packed."""
    columns = list(zip(*spans, strict=True)) or [(), ()]
    return PackedBusy(*columns)
