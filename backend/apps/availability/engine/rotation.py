"""Round robin: which of the marked starts a rotating host can serve, and who is free for each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import reduce
from itertools import compress, repeat
from operator import or_

from apps.availability.engine.board import Board, Marks
from apps.availability.engine.types import Host


def free_hosts(
    hosts: Sequence[Host], board: Board, marks: Marks, rows: Mapping[str, Marks]
) -> tuple[list[int], list[tuple[str, ...]]]:
    """The starts that a rotating host can serve; for each, all hosts who are free.

    `marks` are the starts that required hosts can serve, `rows` those of them that each rotating
    host can serve too, by the host's id. Equal sets of hosts share one tuple.
    """
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
