"""One booking as an iCalendar object.

To the invitee: REQUEST when booked or moved, CANCEL when cancelled. To our own side, and as a
download: PUBLISH, because clients ignore requests that come from oneself (semantics, 8).
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import parseaddr
from typing import Literal
from zoneinfo import ZoneInfo

from django.conf import settings
from icalendar import Alarm, Calendar, Event, vCalAddress, vText, vUri

from apps.common.addresses import UnusableAddress, read_address
from apps.common.time import get_zone
from apps.notifications.icalendar.vtimezone import vtimezone
from apps.notifications.notices import Audience, BookingNotice, Party
from apps.notifications.people import name_others
from apps.notifications.texts import texts_for
from apps.notifications.wording import one_line, plain_text, safe_name, web_link

Method = Literal["REQUEST", "CANCEL", "PUBLISH"]

PRODUCT = "-//Halfpast//Halfpast//EN"
_REMIND_BEFORE = timedelta(minutes=15)
_UTC_NAMES = {"UTC", "Etc/UTC", "Etc/UCT", "UCT", "Zulu", "Etc/Zulu", "Universal", "Etc/Universal"}


def method_for(notice: BookingNotice, audience: Audience) -> Method:
    """The iTIP method of the copy that `audience` gets by mail."""
    if audience != "invitee":
        return "PUBLISH"
    return "CANCEL" if notice.is_off else "REQUEST"


def write_booking(notice: BookingNotice, *, method: Method, audience: Audience) -> bytes:
    """The booking as seen by `audience`, in UTF-8 with CRLF, folded at 75 octets.

    Times stand in the reader's zone with its VTIMEZONE, or in UTC where that cannot be; those of
    an occurrence in the zone of its series, whose RECURRENCE-ID says which one it is.
    """
    calendar = new_calendar(method)
    named = get_zone(notice.recurrence_timezone) if notice.recurrence_wall else None
    zone = _zone(notice, named or get_zone(notice.recipient(audience).timezone))
    shown = zone or (None if named is None or is_utc(named) else named)
    if shown is not None:
        calendar.add_component(vtimezone(shown, starts_at=notice.starts_at, ends_at=notice.ends_at))
    event = booking_event(notice, method=method, audience=audience, zone=zone)
    if named is not None:
        add_recurrence_id(event, notice)
    calendar.add_component(event)
    return calendar.to_ical()


def new_calendar(method: Method) -> Calendar:
    """An iCalendar object of ours without components."""
    calendar = Calendar()
    calendar.add("PRODID", PRODUCT)
    calendar.add("VERSION", "2.0")
    calendar.add("CALSCALE", "GREGORIAN")
    calendar.add("METHOD", method)
    return calendar


def is_utc(zone: ZoneInfo) -> bool:
    """Whether times of the zone are told in UTC, without a VTIMEZONE."""
    return zone.key in _UTC_NAMES


def in_zone(wall: datetime, zone: ZoneInfo) -> datetime:
    """A wall time (naive) for a property: with the zone's TZID, or in UTC."""
    return wall.replace(tzinfo=UTC if is_utc(zone) else zone, fold=0)


def add_recurrence_id(event: Event, notice: BookingNotice) -> None:
    """Say which occurrence of its series the event is."""
    wall = datetime.fromisoformat(notice.recurrence_wall)
    event.add("RECURRENCE-ID", in_zone(wall, get_zone(notice.recurrence_timezone)))


def booking_event(
    notice: BookingNotice, *, method: Method, audience: Audience, zone: ZoneInfo | None
) -> Event:
    """The VEVENT of a booking, its times in `zone`; None, and what it cannot tell: in UTC."""
    return _event(notice, method=method, audience=audience, zone=zone and _zone(notice, zone))


def _event(
    notice: BookingNotice, *, method: Method, audience: Audience, zone: ZoneInfo | None
) -> Event:
    is_cancelled = notice.is_off
    is_request = notice.kind == "requested"
    texts = texts_for(notice.recipient(audience).locale)
    other = name_others(notice, audience, texts)
    event = Event()
    event.add("UID", notice.uid)
    event.add("SEQUENCE", notice.sequence)
    event.add("DTSTAMP", notice.occurred_at.astimezone(UTC))
    event.add("LAST-MODIFIED", notice.occurred_at.astimezone(UTC))
    event.add("DTSTART", _wall(notice.starts_at, zone))
    event.add("DTEND", _wall(notice.ends_at, zone))
    summary = texts.say("summary", event_type=one_line(notice.event_type_name), other=other)
    event.add("SUMMARY", summary)
    event.add("DESCRIPTION", _description(notice, audience))
    sure = "TENTATIVE" if is_request else "CONFIRMED"
    event.add("STATUS", "CANCELLED" if is_cancelled else sure)
    event.add("TRANSP", "TRANSPARENT" if is_cancelled else "OPAQUE")
    busy = "TENTATIVE" if is_request else "BUSY"
    event.add("X-MICROSOFT-CDO-BUSYSTATUS", "FREE" if is_cancelled else busy)
    link = web_link(notice.meeting_link)
    place = link or one_line(notice.location)
    if place:
        event.add("LOCATION", place)
    if link and not is_cancelled:
        event.add("CONFERENCE", vUri(link), parameters={"VALUE": "URI", "FEATURE": "VIDEO"})
    page = web_link(notice.manage_url if audience == "invitee" else notice.dashboard_url)
    if page:
        event.add("URL", vUri(page))
    _add_people(event, notice, method)
    if not is_cancelled:
        event.add_component(_reminder(summary))
    return event


def _zone(notice: BookingNotice, zone: ZoneInfo) -> ZoneInfo | None:
    """The zone; None when the event is better told in UTC.

    A wall time that the clock shows twice means its first instant (RFC 5545, 3.3.5), so an event
    that touches the second one cannot be told in that zone.
    """
    is_second = any(instant.astimezone(zone).fold for instant in (notice.starts_at, notice.ends_at))
    return None if is_utc(zone) or is_second else zone


def _wall(instant: datetime, zone: ZoneInfo | None) -> datetime:
    return instant.astimezone(zone or UTC)


def _add_people(event: Event, notice: BookingNotice, method: Method) -> None:
    """ORGANIZER always; attendees where the method knows them (RFC 5546, 3.2.1: not PUBLISH)."""
    organizer = _address(notice.organizer)
    if method != "PUBLISH":
        sender = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
        if sender and sender.casefold() != notice.organizer.email.casefold():
            organizer.params["SENT-BY"] = vText(f"mailto:{sender}")
    event["ORGANIZER"] = organizer
    if method == "PUBLISH":
        return
    invitee = _address(notice.invitee)
    invitee.params["CUTYPE"] = vText("INDIVIDUAL")
    invitee.params["ROLE"] = vText("REQ-PARTICIPANT")
    invitee.params["PARTSTAT"] = vText("NEEDS-ACTION")
    if method == "REQUEST":
        invitee.params["RSVP"] = vText("TRUE")
    event.add("ATTENDEE", invitee, encode=False)
    for other in notice.other_hosts:
        host = _address(other)
        host.params["ROLE"] = vText("REQ-PARTICIPANT")
        host.params["PARTSTAT"] = vText("ACCEPTED")
        event.add("ATTENDEE", host, encode=False)


def _address(party: Party) -> vCalAddress:
    try:
        mailbox = read_address(party.email)
    except UnusableAddress:
        mailbox = one_line(party.email)  # one side's bad address keeps nothing from the other
    address = vCalAddress(f"mailto:{mailbox}")
    # A parameter cannot hold quotes; readers take a backslash in it for an escape, though it is none.
    name = safe_name(party.name).replace('"', "'").replace("\\", "")
    if name:
        address.params["CN"] = vText(name)
    return address


def _description(notice: BookingNotice, audience: Audience) -> str:
    texts = texts_for(notice.recipient(audience).locale)
    parts: list[str] = []
    link = web_link(notice.meeting_link)
    if audience == "invitee":
        parts.append(plain_text(notice.event_type_description))
        if link:
            parts.append(f"{texts.say('join')}: {link}")
        if page := web_link(notice.manage_url):
            parts.append(f"{texts.say('change_or_cancel')}: {page}")
    else:
        people = notice.attendees or (notice.invitee,)
        parts.append("\n".join(f"{one.shown_name} <{one_line(one.email)}>" for one in people))
        if link:
            parts.append(f"{texts.say('join')}: {link}")
        parts += [
            f"{one_line(question)}: {plain_text(answer)}" for question, answer in notice.answers
        ]
        if notice.notes:
            parts.append(f"{texts.say('notes')}: {plain_text(notice.notes)}")
        if page := web_link(notice.dashboard_url):
            parts.append(f"{texts.say('open_booking')}: {page}")
    return "\n\n".join(part for part in parts if part)


def _reminder(summary: str) -> Alarm:
    alarm = Alarm()
    alarm.add("ACTION", "DISPLAY")
    alarm.add("TRIGGER", -_REMIND_BEFORE)
    alarm.add("DESCRIPTION", summary)
    return alarm
