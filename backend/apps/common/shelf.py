"""Copies that a process keeps, each with the state of the database that it stands for.

The caller asks the database for the present state (a version number that triggers raise) and gets
the copy only when it was made under the same one. So a copy is exact, in every process, and nothing
has to be told to anybody. See `docs/decisions/0007`.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, NamedTuple, TypeVar

from prometheus_client import Counter

Value = TypeVar("Value")

LIFETIME = 15 * 60.0
"""Seconds after which a copy is made anew although nothing seems to have changed: whoever writes
with the triggers switched off (restoring a dump, say) is seen then at the latest."""

_asked = Counter(
    "halfpast_shelf_requests", "What was asked of copies kept in the process", ["shelf", "result"]
)


class Kept(NamedTuple, Generic[Value]):
    """What was asked for, and whether it was at hand."""

    value: Value
    was_kept: bool

    @property
    def x_cache(self) -> str:
        """As the header X-Cache says it."""
        return "hit" if self.was_kept else "miss"


class Shelf(Generic[Value]):
    """The copies used last, at most `size` of them. What it hands out is shared: never change it."""

    def __init__(
        self,
        name: str,
        *,
        size: int,
        lifetime: float = LIFETIME,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._size = size
        self._lifetime = lifetime
        self._clock = clock
        self._lock = Lock()
        self._copies: OrderedDict[Hashable, tuple[float, Value]] = OrderedDict()
        self._hits = _asked.labels(name, "hit")
        self._misses = _asked.labels(name, "miss")

    def find(self, key: Hashable) -> Value | None:
        """The copy, of whatever state; None when there is none or it is too old."""
        with self._lock:
            found = self._copies.get(key)
            if found is None:
                return None
            kept_at, value = found
            if self._clock() - kept_at >= self._lifetime:
                del self._copies[key]
                return None
            self._copies.move_to_end(key)
            return value

    def keep(self, key: Hashable, value: Value) -> None:
        """Put the copy on the shelf; the one that was not used for the longest time may go."""
        with self._lock:
            self._copies[key] = (self._clock(), value)
            self._copies.move_to_end(key)
            if len(self._copies) > self._size:
                self._copies.popitem(last=False)

    def hit(self, value: Value) -> Kept[Value]:
        """The copy was of the present state: count that."""
        self._hits.inc()
        return Kept(value, True)

    def miss(self, value: Value) -> Kept[Value]:
        """It had to be made: count that."""
        self._misses.inc()
        return Kept(value, False)
