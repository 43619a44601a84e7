"""One host's time as instants: when they are open, what is taken, where their grid stands."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from apps.availability.engine.grid import pack_windows
from apps.availability.engine.intervals import Span, unite
from apps.availability.engine.packed import PackedBusy, pack
from apps.availability.engine.types import Host, Schedule, SlotQuery
from apps.availability.engine.windows import GridWindow, OpenTime, expand_schedule


class Diary(NamedTuple):
    """What of a host's time matters for the starts of `[low, high)`."""

    host: Host
    open: list[Span]
    windows: list[GridWindow]
    schedules: tuple[int, ...]
    """Identities of the schedules: equal for hosts who are open at the same time."""


class DiaryReader:
    """Reads the diaries of one query; schedules shared by several hosts are expanded once."""

    def __init__(self, query: SlotQuery, low: int, high: int) -> None:
        self._rules = query.event_type
        self._packs = query.event_type.alignment == "packed"
        self._low = low
        self._high = high + self._rules.duration * 60
        self._open_times: dict[tuple[int, ...], OpenTime] = {}
        """By the schedules' identities; the query keeps them alive."""

    def read(self, host: Host) -> Diary:
        """The diary of one of the query's hosts."""
        schedules = tuple([id(schedule) for schedule in host.schedules])
        open_time = self._open_times.get(schedules)
        if open_time is None:
            open_time = self._open_times[schedules] = self._expand(host.schedules)
        open_spans, windows = open_time
        if self._packs:
            taken = unite(
                span
                for times in taken_times(host)
                for span in zip(times.starts, times.ends, strict=True)
            )
            windows = pack_windows(windows, taken, self._rules.buffer_before * 60)
        return Diary(host, open_spans, windows, schedules)

    def _expand(self, schedules: tuple[Schedule, ...]) -> OpenTime:
        by_clock = self._rules.alignment == "clock"
        parts = [
            expand_schedule(schedule, self._low, self._high, by_clock=by_clock)
            for schedule in schedules
        ]
        if len(parts) == 1:
            return parts[0]
        return OpenTime(
            unite(span for part in parts for span in part.open),
            [window for part in parts for window in part.windows],
        )


def taken_times(host: Host) -> Iterator[PackedBusy]:
    """Busy calendar events, foreign holds and occupancies of bookings; they may overlap."""
    for times in (host.busy, host.holds):
        if isinstance(times, PackedBusy):
            yield times
        elif times:
            yield pack((start, end) for start, end, _ in times)
    if host.bookings:
        yield pack(
            (start - before * 60, end + after * 60)
            for _, _, start, end, before, after, _ in host.bookings
        )


def fitting_starts(open_spans: list[Span], duration: int) -> list[Span]:
    """The starts `s` for which `[s, s + duration)` lies in open time; seconds."""
    return [(start, end - duration + 1) for start, end in open_spans if end - start >= duration]
