"""At which starts of a board hosts are open and free."""

from __future__ import annotations

from apps.availability.engine.board import Board, Marks
from apps.availability.engine.diary import Diary, fitting_starts, taken_times
from apps.availability.engine.types import EventTypeRules


class FreeMarks:
    """The starts of one board that suit hosts, for one event type's duration and buffers.

    A start `s` meets a host's taken time when `[s - before, s + after)` does; seconds.
    """

    def __init__(self, board: Board, rules: EventTypeRules) -> None:
        self.board = board
        self.before = rules.buffer_before * 60
        self.after = (rules.duration + rules.buffer_after) * 60
        self._reach = board.reach(self.before, self.after)
        self._duration = rules.duration * 60
        self._open: dict[tuple[int, ...], Marks] = {}

    def opened(self, diary: Diary) -> Marks:
        """The starts at which the host is open for the whole duration."""
        marks = self._open.get(diary.schedules)
        if marks is None:
            fitting = fitting_starts(diary.open, self._duration)
            marks = self._open[diary.schedules] = self.board.within(fitting)
        return marks

    def of(self, diary: Diary) -> Marks:
        """The starts at which the host is open and nothing of theirs is met."""
        marks = self.opened(diary)
        for times in taken_times(diary.host):
            marks &= ~self.board.forbidden(times, self._reach, self.before, self.after)
        return marks
