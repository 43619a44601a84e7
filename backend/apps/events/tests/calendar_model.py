"""A calendar that imports iCalendar files by RFC 5546, and tells what is in it then."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from dateutil.rrule import rrulestr
from icalendar import Calendar


@dataclass
class Entry:
    """One UID: a master with its dates, and what is known of single ones by RECURRENCE-ID."""

    sequence: int
    dates: dict[datetime, datetime]
    """By RECURRENCE-ID, where the rule has them in UTC: the start, in UTC."""
    sequences: dict[datetime, int] = field(default_factory=dict)


class CalendarModel:
    """What somebody has in their calendar who opens every file that they are sent."""

    def __init__(self) -> None:
        self._entries: dict[str, Entry] = {}

    @property
    def starts(self) -> list[datetime]:
        """When something is in the calendar, in UTC."""
        return sorted(start for one in self._entries.values() for start in one.dates.values())

    def receive(self, file: bytes) -> None:
        """Import a file. Whatever is not newer than what is known is an error of the sender's."""
        calendar = Calendar.from_ical(file)
        events = list(calendar.walk("VEVENT"))
        masters = [event for event in events if "RECURRENCE-ID" not in event]
        method = str(calendar["METHOD"])
        assert len({str(event["UID"]) for event in events}) == 1
        assert len(masters) <= 1
        uid = str(events[0]["UID"])
        if method == "CANCEL" and masters:
            assert [str(event["STATUS"]) for event in events] == ["CANCELLED"]
            assert int(events[0]["SEQUENCE"]) > self._highest(uid)
            del self._entries[uid]
            return
        if masters:
            self._replace(uid, masters[0])
        for event in events:
            if event not in masters:
                self._change(uid, event, is_whole=bool(masters), method=method)

    def _highest(self, uid: str) -> int:
        entry = self._entries[uid]
        return max([entry.sequence, *entry.sequences.values()])

    def _replace(self, uid: str, master: Any) -> None:
        sequence = int(master["SEQUENCE"])
        if uid in self._entries:
            assert sequence > self._highest(uid)
        start = master["DTSTART"].dt
        found = {start}
        if "RRULE" in master:
            rule = master["RRULE"].to_ical().decode()
            found = {
                wall.replace(tzinfo=start.tzinfo)
                for wall in rrulestr(rule, dtstart=start.replace(tzinfo=None))
            }
        found |= set(_dates(master, "RDATE"))
        found -= set(_dates(master, "EXDATE"))
        self._entries[uid] = Entry(sequence, {_utc(one): _utc(one) for one in found})

    def _change(self, uid: str, event: Any, *, is_whole: bool, method: str) -> None:
        entry = self._entries[uid]
        which = _utc(event["RECURRENCE-ID"].dt)
        sequence = int(event["SEQUENCE"])
        if is_whole:
            assert sequence == entry.sequence
        else:
            assert sequence > entry.sequences.get(which, entry.sequence)
        assert which in entry.dates, "no such occurrence"
        entry.sequences[which] = sequence
        if method == "CANCEL":
            assert str(event["STATUS"]) == "CANCELLED"
            del entry.dates[which]
        else:
            entry.dates[which] = _utc(event["DTSTART"].dt)


def _dates(event: Any, name: str) -> list[datetime]:
    lists = event.get(name, [])
    lists = lists if isinstance(lists, list) else [lists]
    return [one.dt for dates in lists for one in dates.dts]


def _utc(wall: datetime) -> datetime:
    return wall.astimezone(UTC)
