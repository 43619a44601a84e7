"""Times as messages say them: in the reader's zone, the other side's beside them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from apps.common.time import get_zone
from apps.notifications.notices import Audience, BookingNotice
from apps.notifications.texts import Texts


@dataclass(frozen=True, slots=True)
class When:
    """The lines that tell when; `other` and `previous` are empty where there is nothing to say."""

    date: str
    span: str
    zone: str
    brief: str
    other: str
    previous: str


def tell_when(notice: BookingNotice, audience: Audience, texts: Texts) -> When:
    """The booking's time for one reader."""
    zone = get_zone(notice.recipient(audience).timezone)
    start = notice.starts_at.astimezone(zone)
    return When(
        date=texts.date(start),
        span=_span(notice, zone, texts),
        zone=zone_label(notice.starts_at, zone),
        brief=_brief(notice.starts_at, zone, texts),
        other=_other_side(notice, audience, zone, texts),
        previous=_previous(notice, zone, texts),
    )


def tell_instant(
    instant: datetime | None, notice: BookingNotice, audience: Audience, texts: Texts
) -> str:
    """Another instant than the booking's, in the reader's zone; empty for none."""
    if instant is None:
        return ""
    return _brief(instant, get_zone(notice.recipient(audience).timezone), texts)


def tell_span(notice: BookingNotice, audience: Audience, texts: Texts) -> str:
    """From when to when by the reader's clock, such as "14:30 – 15:00"."""
    return _span(notice, get_zone(notice.recipient(audience).timezone), texts)


def zone_label(instant: datetime, zone: ZoneInfo) -> str:
    """Name and offset at that instant, such as "Europe/Berlin (UTC+2)"."""
    offset = instant.astimezone(zone).utcoffset() or timedelta()
    minutes = round(offset.total_seconds() / 60)
    hours, rest = divmod(abs(minutes), 60)
    sign = "−" if minutes < 0 else "+"
    amount = "" if minutes == 0 else f"{sign}{hours}" + (f":{rest:02}" if rest else "")
    return f"{zone.key} (UTC{amount})"


def _span(notice: BookingNotice, zone: ZoneInfo, texts: Texts) -> str:
    start, end = notice.starts_at.astimezone(zone), notice.ends_at.astimezone(zone)
    shown_end = texts.time(end)
    if end.date() != start.date():
        shown_end = texts.say(
            "end_on_another_day", time=shown_end, date=texts.date(end, short=True)
        )
    return texts.say("span", start=texts.time(start), end=shown_end)


def _brief(instant: datetime, zone: ZoneInfo, texts: Texts) -> str:
    wall = instant.astimezone(zone)
    return texts.say(
        "when", date=texts.date(wall, short=True), time=texts.time(wall), zone=zone.key
    )


def _other_side(notice: BookingNotice, audience: Audience, zone: ZoneInfo, texts: Texts) -> str:
    """Empty when both clocks read the same then (aliases and neighbours count as the same)."""
    other = notice.counterpart(audience)
    if not other.shown_name:  # a group session: each attendee has a zone of their own
        return ""
    other_zone = get_zone(other.timezone)
    start = notice.starts_at.astimezone(zone)
    other_start = notice.starts_at.astimezone(other_zone)
    if other_start.utcoffset() == start.utcoffset():
        return ""
    values = {
        "other": other.shown_name,
        "span": _span(notice, other_zone, texts),
        "zone": zone_label(notice.starts_at, other_zone),
    }
    if other_start.date() == start.date():
        return texts.say("other_time", **values)
    return texts.say("other_time_on", date=texts.date(other_start, short=True), **values)


def _previous(notice: BookingNotice, zone: ZoneInfo, texts: Texts) -> str:
    if notice.kind not in {"rescheduled", "requested"} or notice.previous_starts_at is None:
        return ""
    return texts.say("previous_time", when=_brief(notice.previous_starts_at, zone, texts))
