"""What the templates and the page's script are told, as plain data."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import orjson
from django.conf import settings

from apps.availability.public import Slot
from apps.common.time import format_instant, get_zone
from apps.events.links import booking_page_url
from apps.events.models import EventType
from apps.events.models.event_type import LocationType
from apps.events.pages.catalogue import script_messages
from apps.events.pages.wording import Wording
from apps.events.presenting import event_type_data, organizer_data, slots_data
from apps.events.questions.form_data import question_data
from apps.events.selectors.questions import list_questions
from apps.events.services.bookings.validation import asks_phone

# Slots of this many days travel with the page, so that its first use needs no call.
DAYS_IN_PAGE = 60
_LISTED_DAYS = 3
_LISTED_TIMES = 12


@dataclass(frozen=True, slots=True)
class Host:
    """The organizer on a page."""

    name: str
    slug: str
    byline: str
    initials: str
    avatar: str


def host_of(user: Any) -> Host:
    """How a page introduces an organizer: the first line of the bio is the byline."""
    words = user.name.split()
    initials = "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()
    lines = user.bio.strip().splitlines()
    return Host(user.name, user.slug, lines[0][:120] if lines else "", initials, user.avatar)


@dataclass(frozen=True, slots=True)
class Facts:
    """What a visitor wants to know of an event type, in words."""

    duration: str
    place: str
    place_note: str
    place_icon: str
    confirmation: str


_ICONS = {
    LocationType.VIDEO_CALL: "video",
    LocationType.PHONE_CALL: "phone",
    LocationType.IN_PERSON: "pin",
    LocationType.CUSTOM: "pin",
}


def facts_of(
    event_type: EventType, wording: Wording, *, durations: Sequence[int] | None = None
) -> Facts:
    """Duration (minutes; those on offer unless `durations` says otherwise) and place."""
    kind = LocationType(event_type.location_type)
    note = ""
    if kind == LocationType.VIDEO_CALL:
        place = event_type.location_details or wording.text("video_call")
        note = wording.text("link_by_mail")
    elif kind == LocationType.PHONE_CALL:
        place = event_type.location_details or wording.text("phone_call")
    else:
        place = event_type.location_details
    offered = sorted(durations or event_type.allowed_durations())
    minutes = " / ".join(str(minutes) for minutes in offered)
    duration = wording.text("minutes", count=wording.digits(minutes))
    return Facts(duration, place, note, _ICONS[kind], _confirmation_of(event_type, wording))


def _confirmation_of(event_type: EventType, wording: Wording) -> str:
    """Whether a time is agreed as soon as it is booked."""
    if not event_type.requires_confirmation:
        return wording.text("confirmed_at_once")
    is_always = event_type.confirmation_within_minutes is None
    key = "confirmed_by" if is_always else "confirmed_by_when_near"
    return wording.text(key, name=event_type.organizer.name)


def last_bookable_date(event_type: EventType, *, now: datetime) -> date | None:
    """The last date, anywhere on earth, on which a start may be offered; None without a limit."""
    day = timedelta(days=1)
    dates = (event_type.date_range_end, event_type.last_rolling_date(now))
    limits = [last + day for last in dates if last]
    if event_type.max_scheduling_horizon:
        end = now + timedelta(minutes=event_type.max_scheduling_horizon)
        limits.append(end.date() + day)
    return min(limits, default=None)


def script_data(
    *,
    event_type: EventType,
    slots: Sequence[Slot],
    first: date,
    last: date,
    now: datetime,
    wording: Wording,
    prefill: dict[str, Any],
    reschedule: dict[str, Any] | None = None,
    duration: int | None = None,
) -> dict[str, Any]:
    """What the booking page's script starts from. `first` and `last` are dates of the host."""
    organizer = event_type.organizer
    facts = facts_of(event_type, wording)
    limit = last_bookable_date(event_type, now=now)
    minutes = duration or event_type.duration
    return {
        "page": "booking",
        "locale": wording.tag,
        "dir": wording.direction,
        "messages": script_messages(wording.language),
        "base_url": settings.BASE_URL,
        "organizer": organizer_data(organizer),
        "event_type": {
            **event_type_data(event_type),
            "durations": [minutes] if duration else sorted(event_type.allowed_durations()),
            "location_label": facts.place,
            "max_attendees": event_type.max_attendees,
            "requires_confirmation": event_type.requires_confirmation,
            "confirmation_within_minutes": event_type.confirmation_within_minutes,
            "asks_phone": asks_phone(event_type),
            "questions": [question_data(question) for question in list_questions(event_type)],
        },
        "slots": {
            **slots_data(slots, timezone=organizer.timezone, duration=minutes, now=now),
            "start_date": first,
            "end_date": last,
        },
        "now": now,
        "last_date": limit,
        "prefill": prefill,
        "reschedule": reschedule,
    }


def to_script_json(data: Any) -> str:
    """JSON that is safe inside a `<script>` element: no "<" can end it early."""
    text = orjson.dumps(data, option=orjson.OPT_UTC_Z).decode()
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def structured_data(event_type: EventType, *, description: str) -> str:
    """schema.org: a service of a person that can be reserved at this page."""
    organizer = event_type.organizer
    url = booking_page_url(organizer.slug, event_type.event_type_slug)
    data = {
        "@context": "https://schema.org",
        "@type": "Service",
        "name": event_type.name,
        "description": description,
        "url": url,
        "provider": {
            "@type": "Person",
            "name": organizer.name,
            "url": f"{settings.BASE_URL}/{organizer.slug}",
        },
        "potentialAction": {
            "@type": "ReserveAction",
            "target": {"@type": "EntryPoint", "urlTemplate": url},
        },
    }
    return json.dumps(data, ensure_ascii=False).replace("<", "\\u003c")


@dataclass(frozen=True, slots=True)
class ListedTime:
    """One start in a list: its instant for the link, its wall time for the eye."""

    instant: str
    shown: str
    seats: str = ""
    """How many are left where several people share it, else empty."""
    is_full: bool = False
    """Whether there is only the waitlist to join."""


@dataclass(frozen=True, slots=True)
class ListedDay:
    """One day of a list of times."""

    name: str
    times: tuple[ListedTime, ...]


def list_days(slots: Sequence[Slot], *, zone: str, wording: Wording) -> list[ListedDay]:
    """Slots by the days they fall on in `zone`, for pages that work without a script."""
    by_day: dict[date, list[ListedTime]] = {}
    where = get_zone(zone)
    for slot in slots:
        day = slot.start.astimezone(where).date()
        left = slot.seats_left
        seats = "" if left is None else wording.plural("seats_left", left)
        is_full = left == 0
        if is_full:
            seats = wording.text("wait_for_seat")
        shown = wording.time(slot.start, zone)
        time = ListedTime(format_instant(slot.start), shown, seats, is_full)
        by_day.setdefault(day, []).append(time)
    return [ListedDay(wording.day(day), tuple(times)) for day, times in by_day.items()]


def first_days(slots: Sequence[Slot], *, zone: str, wording: Wording) -> list[ListedDay]:
    """The next few days of a list, short enough to stand in the page itself."""
    days = list_days(slots[: _LISTED_DAYS * _LISTED_TIMES], zone=zone, wording=wording)
    return [ListedDay(day.name, day.times[:_LISTED_TIMES]) for day in days[:_LISTED_DAYS]]
