"""Round robin: which of the marked starts a rotating host can serve, and who is free for each."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from itertools import compress, repeat
from operator import or_

from apps.availability.engine.board import Marks
from apps.availability.engine.diary import Diary
from apps.availability.engine.free_marks import FreeMarks
from apps.availability.engine.types import Host

CROWD = 40_000
"""From so many taken spans on (some 200 hosts), numpy is worth its import."""


def free_hosts(
    hosts: Sequence[Host], free: FreeMarks, marks: Marks, rotating: Sequence[Diary]
) -> tuple[list[int], list[tuple[str, ...]]]:
    """The marked starts that a rotating host can serve; for each, all hosts who are free.

    `marks` are the starts that all required hosts can serve. Hosts come in the query's order; equal
    sets of them share one tuple.
    """
    if sum(len(d.host.busy) + len(d.host.bookings) for d in rotating) >= CROWD:
        from apps.availability.engine import crowd

        return crowd.free_hosts(hosts, free, marks, rotating)
    return free_hosts_one_by_one(hosts, free, marks, rotating)


def free_hosts_one_by_one(
    hosts: Sequence[Host], free: FreeMarks, marks: Marks, rotating: Sequence[Diary]
) -> tuple[list[int], list[tuple[str, ...]]]:
    """The same for few hosts."""
    board = free.board
    rows = {diary.host.id: marks & free.of(diary) for diary in rotating}
    served = reduce(or_, rows.values(), 0)
    ids = [host.id for host in hosts]
    table = b"".join([board.as_bytes(rows.get(id, marks)) for id in ids])
    count = len(board)
    columns = [
        table[position::count] for position in compress(range(count), board.as_bytes(served))
    ]
    distinct = dict.fromkeys(columns)
    hosts_of = dict(zip(distinct, map(tuple, map(compress, repeat(ids), distinct)), strict=True))
    return board.marked(served), list(map(hosts_of.__getitem__, columns))
