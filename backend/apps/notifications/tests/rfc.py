"""What RFC 5545, 5546 and 6047 ask of a calendar message, checked on the bytes themselves.

No library at hand checks line ends, folding or the iTIP methods; vobject checks the structure.
"""

from __future__ import annotations

import re

import vobject
from icalendar import Calendar, Event

# RFC 5545, 3.1: no control characters but HTAB inside a content line.
_CONTROL = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def check_calendar(raw: bytes, *, method: str) -> Event:
    """Assert that `raw` is one sound iTIP message of that method; return its event."""
    _check_lines(raw)
    lines = unfold(raw)
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[-1] == "END:VCALENDAR"
    for name, count in [("BEGIN:VCALENDAR", 1), ("BEGIN:VEVENT", 1), ("VERSION:2.0", 1)]:
        assert lines.count(name) == count, name
    vobject.readOne(raw.decode()).validate(raiseException=True)
    calendar = Calendar.from_ical(raw)
    assert calendar.errors == []
    assert calendar["PRODID"]
    assert calendar["CALSCALE"] == "GREGORIAN"
    assert calendar["METHOD"] == method
    [event] = calendar.walk("VEVENT")
    assert event.errors == []
    _check_identity(event, lines)
    _check_times(calendar, event, lines)
    _check_method(event, method)
    return event


def unfold(raw: bytes) -> list[str]:
    """The logical lines (RFC 5545, 3.1)."""
    return raw.replace(b"\r\n ", b"").decode().rstrip("\r\n").split("\r\n")


def attendees(event: Event) -> list[str]:
    """The addresses of the attendees, `mailto:` included."""
    value = event.get("ATTENDEE", [])
    return [str(one) for one in (value if isinstance(value, list) else [value])]


def _check_lines(raw: bytes) -> None:
    assert raw.endswith(b"END:VCALENDAR\r\n")
    assert b"\n" not in raw.replace(b"\r\n", b"")
    assert b"\r" not in raw.replace(b"\r\n", b"")
    assert not _CONTROL.search(raw)
    for line in raw.split(b"\r\n"):
        assert len(line) <= 75, line
        line.decode()  # a fold inside a character leaves a line that is no UTF-8


def _check_identity(event: Event, lines: list[str]) -> None:
    for name in ("UID", "SEQUENCE", "DTSTAMP", "LAST-MODIFIED", "DTSTART", "DTEND", "STATUS",
                 "SUMMARY", "ORGANIZER", "TRANSP"):  # fmt: skip
        count = sum(re.match(rf"{name}[;:]", line) is not None for line in _event_lines(lines))
        assert count == 1, name
    assert event["UID"]
    assert int(event["SEQUENCE"]) >= 0
    assert re.fullmatch(rb"\d{8}T\d{6}Z", event["DTSTAMP"].to_ical())
    assert str(event["ORGANIZER"]).startswith("mailto:")


def _event_lines(lines: list[str]) -> list[str]:
    inside = lines[lines.index("BEGIN:VEVENT") + 1 : lines.index("END:VEVENT")]
    if "BEGIN:VALARM" in inside:
        del inside[inside.index("BEGIN:VALARM") : inside.index("END:VALARM") + 1]
    return inside


def _check_times(calendar: Calendar, event: Event, lines: list[str]) -> None:
    assert event.start < event.end
    assert event.start.tzinfo is not None
    zones = {str(zone["TZID"]) for zone in calendar.walk("VTIMEZONE")}
    for name in ("DTSTART", "DTEND"):
        zone = event[name].params.get("TZID")
        if zone is None:
            assert event[name].to_ical().endswith(b"Z")
        else:
            assert {str(zone)} == zones
            assert not event[name].to_ical().endswith(b"Z")


def _check_method(event: Event, method: str) -> None:
    if method == "PUBLISH":
        assert "ATTENDEE" not in event
        return
    assert attendees(event)
    assert len(set(attendees(event))) == len(attendees(event))
    if method == "CANCEL":
        assert event["STATUS"] == "CANCELLED"
        assert not event.walk("VALARM")
    else:
        assert method == "REQUEST"
        assert event["STATUS"] == "CONFIRMED"
