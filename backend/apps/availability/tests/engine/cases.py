"""Small queries to vary: one host in UTC, open 09:00 to 12:00 every day, 30 minutes, 2 March 2026.

2 March 2026 is a Monday.
"""

from datetime import UTC, datetime

from apps.availability.engine import compute_slots, explain, parse_query

EVERY_DAY = [{"weekday": weekday, "start": "09:00", "end": "12:00"} for weekday in range(1, 8)]


def every_day(start, end):
    return [{"weekday": weekday, "start": start, "end": end} for weekday in range(1, 8)]


def schedule(**changes):
    return {"timezone": "UTC", "weekly": EVERY_DAY, **changes}


def host(name="h0", *, schedules=None, **changes):
    return {"id": name, "schedules": schedules or [schedule()], **changes}


def booking(start, end, **changes):
    """A booking of another event type on 2 March, unless told otherwise; times as `10:00`."""
    return {
        "id": "b1",
        "event_type": "other",
        "start": at(start),
        "end": at(end),
        **changes,
    }


def query(*, hosts=None, window=("2026-03-02", "2026-03-03"), now="2026-01-01T00:00:00Z", **rules):
    """`rules` change the event type."""
    return {
        "now": now,
        "window": {"start": at(window[0]), "end": at(window[1])},
        "timezone": "UTC",
        "event_type": {"id": "e1", "duration": 30, **rules},
        "hosts": hosts or [host()],
    }


def at(text):
    """`10:00` on 2 March, a date's midnight, or an instant, as an instant of the query."""
    if "T" in text:
        return text
    return f"{text}T00:00:00Z" if "-" in text else f"2026-03-02T{text}:00Z"


def slots(document):
    return compute_slots(parse_query(document))


def starts(document):
    """The listed starts as `MM-DD HH:MM` in UTC."""
    return [f"{slot.start:%m-%d %H:%M}" for slot in slots(document)]


def times(document):
    """The listed starts as `HH:MM` in UTC."""
    return [f"{slot.start:%H:%M}" for slot in slots(document)]


def codes(document, start):
    """The reason codes against a start."""
    return [reason.code for reason in reasons(document, start)]


def reasons(document, start):
    return explain(parse_query(document), moment(start))


def moment(text):
    return datetime.fromisoformat(at(text).replace("Z", "+00:00")).astimezone(UTC)
