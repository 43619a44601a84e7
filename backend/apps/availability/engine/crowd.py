"""Round robin of many hosts: what `rotation.py` does, for all of them at once with numpy.

Imported only when a query has so much taken time that numpy pays for its import (a quarter of
a second on a busy machine and 25 MB, once per process).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from apps.availability.engine.board import Marks
from apps.availability.engine.diary import Diary, taken_times
from apps.availability.engine.free_marks import FreeMarks
from apps.availability.engine.packed import PackedBusy
from apps.availability.engine.types import Host

_Numbers = NDArray[np.int64]
_Table = NDArray[np.bool_]
"""A row per host, a column per start."""

_Taken = tuple[int, PackedBusy]
"""The cell of the table at which the host's row begins, and time of theirs that is taken."""

SPANS_AT_ONCE = 32_000
LONGEST_INDEX = 4_000_000


def free_hosts(
    hosts: Sequence[Host], free: FreeMarks, marks: Marks, rotating: Sequence[Diary]
) -> tuple[list[int], list[tuple[str, ...]]]:
    """The marked starts that a rotating host can serve; for each, all hosts who are free.

    `marks` are the starts that all required hosts can serve.
    """
    table = _free_rows(free, marks, rotating)
    served = table.any(axis=0)
    columns = np.ascontiguousarray(table.T)[served]
    if len(rotating) < len(hosts):  # required hosts are free at every marked start
        turns = {diary.host.id for diary in rotating}
        everyone = np.ones((len(columns), len(hosts)), np.bool_)
        everyone[:, [host.id in turns for host in hosts]] = columns
        columns = everyone
    starts = np.array(free.board.starts)[served].tolist()
    return starts, _hosts_of(columns, [host.id for host in hosts])


def _hosts_of(columns: _Table, ids: list[str]) -> list[tuple[str, ...]]:
    """For each start (here a row) the hosts who are free; the next start shares equal ones."""
    names = np.array(ids, dtype=object)
    differs = [True, *(columns[1:] != columns[:-1]).any(axis=1).tolist()]
    hosts: list[tuple[str, ...]] = []
    for column, is_new in zip(columns, differs, strict=False):
        hosts.append(tuple(names.compress(column).tolist()) if is_new else hosts[-1])
    return hosts


def _free_rows(free: FreeMarks, marks: Marks, diaries: Sequence[Diary]) -> _Table:
    """Which of the marked starts each host can serve."""
    board = free.board
    count = len(board)
    alike = {
        diary.schedules: diary for diary in diaries
    }  # one for all who are open at the same time
    number = {schedules: index for index, schedules in enumerate(alike)}
    opened = [board.as_bytes(marks & free.opened(diary)) for diary in alike.values()]
    rows = np.frombuffer(b"".join(opened), np.bool_).reshape(-1, count)
    table = rows[[number[diary.schedules] for diary in diaries]]
    taken = [
        (row * count, times)
        for row, diary in enumerate(diaries)
        for times in taken_times(diary.host)
        if times.starts
    ]
    index = _StartIndex(np.array(board.starts, np.int64))
    spans = sum(len(times.starts) for _, times in taken)
    at_once = SPANS_AT_ONCE * len(taken) // max(spans, 1) + 1
    for first in range(0, len(taken), at_once):
        part = taken[first : first + at_once]
        table.reshape(-1)[_met(index, part, free.before, free.after)] = False
    return table


def _met(index: _StartIndex, taken: list[_Taken], before: int, after: int) -> _Numbers:
    """The cells at whose starts taken time is met: `start - after < s < end + before`."""
    starts = np.frombuffer(b"".join([times.starts for _, times in taken]), np.int64)
    ends = np.frombuffer(b"".join([times.ends for _, times in taken]), np.int64)
    first = index.count_before(starts - (after - 1))
    last = index.count_before(ends + before)
    some = np.flatnonzero(first < last)
    first, last = first[some], last[some]
    owner = np.repeat(np.arange(len(taken)), [len(times.starts) for _, times in taken])[some]
    # Spans of one `PackedBusy` are apart and ascending: what two of them forbid counts once.
    np.maximum(first[1:], last[:-1] * (owner[1:] == owner[:-1]), out=first[1:])
    runs = last - first
    origins = np.array([cell for cell, _ in taken])[owner] + first
    # Each run of cells, from its first one on, side by side.
    ends_of_runs = runs.cumsum()
    return np.repeat(origins + runs - ends_of_runs, runs) + np.arange(runs.sum())


class _StartIndex:
    """How many starts lie before an instant, from a table with an entry per quantum of the grid."""

    def __init__(self, starts: _Numbers) -> None:
        self.count = len(starts)
        self._starts = starts
        self._table: _Numbers | None = None
        if self.count:
            self._origin = int(starts[0])
            self._quantum = max(int(np.gcd.reduce(np.diff(starts))), 1)
            quanta = (starts - self._origin) // self._quantum
            if quanta[-1] < LONGEST_INDEX:
                self._table = np.concatenate([[0], np.bincount(quanta).cumsum()])

    def count_before(self, moments: _Numbers) -> _Numbers:
        """The number of starts before each of the moments."""
        if self._table is None:
            return np.searchsorted(self._starts, moments)
        quanta = (moments + (self._quantum - 1 - self._origin)) // self._quantum
        return self._table.take(quanta, mode="clip")
