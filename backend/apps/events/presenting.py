"""Bookings and event types as plain data, for the public API, its pages and stored answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import orjson

from apps.availability.public import Slot
from apps.common.time import format_instant, format_seconds
from apps.events.links import booking_page_url, calendar_url, manage_url
from apps.events.locations import location_label, shown_location
from apps.events.models import Booking, BookingStatus, EventType
from apps.events.models.changes import find_hindrance, last_change
from apps.events.notices import notice_of
from apps.events.presenting_series import occurrences_data, series_data
from apps.events.presenting_sooner import sooner_data
from apps.events.selectors.attendees import get_fellows
from apps.events.selectors.questions import list_shown_answers
from apps.events.selectors.series.rules import repeats
from apps.notifications.public import add_to_calendar_links


def organizer_data(user: Any) -> dict[str, Any]:
    """An organizer as everybody may see them."""
    return {
        "name": user.name,
        "slug": user.slug,
        "bio": user.bio,
        "contact": user.contact,
        "timezone": user.timezone,
        "avatar_url": user.avatar,
        "accent_color": user.accent_color,
    }


def event_type_data(event_type: EventType) -> dict[str, Any]:
    """An event type as everybody may see it."""
    return {
        "id": str(event_type.id),
        "name": event_type.name,
        "slug": event_type.event_type_slug,
        "description": event_type.description,
        "color": event_type.color,
        "duration": event_type.duration,
        "durations": list(event_type.allowed_durations()),
        "kind": event_type.kind,
        "max_attendees": event_type.max_attendees,
        "has_waitlist": event_type.enable_waitlist,
        "repeats": repeats(event_type),
        "location_type": event_type.location_type,
        "location_label": location_label(event_type),
        "url": booking_page_url(event_type.organizer.slug, event_type.event_type_slug),
    }


def answers_data(event_type: EventType, answers: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Answers of one person, with what was asked."""
    return [answer._asdict() for answer in list_shown_answers(event_type, answers)]


def slots_data(
    slots: Sequence[Slot], *, timezone: str, duration: int, now: datetime
) -> dict[str, Any]:
    """The answer of the slots call; it is the hot path, hence texts made from whole seconds."""
    return {
        "timezone": timezone,
        "duration": duration,
        "slots": [
            {"start": format_seconds(start), "end": format_seconds(end)}
            if seats_left is None
            else {
                "start": format_seconds(start),
                "end": format_seconds(end),
                "seats_left": seats_left,
            }
            for start, end, _, seats_left in slots
        ],
        "calendars": [],
        "generated_at": format_instant(now.replace(microsecond=0)),
    }


def to_json(data: Any) -> bytes:
    """JSON bytes; instants in UTC end with "Z"."""
    return orjson.dumps(data, option=orjson.OPT_UTC_Z)


def booking_data(booking: Booking) -> dict[str, Any]:
    """A booking as its invitee sees it; the related rows must be loaded."""
    event_type = booking.event_type
    is_request = booking.status == BookingStatus.PENDING
    links = add_to_calendar_links(notice_of(booking, "created", now=booking.created_at))
    return {
        "id": str(booking.id),
        "status": booking.status,
        "event_type": {
            "id": str(event_type.id),
            "name": event_type.name,
            "slug": event_type.event_type_slug,
            "duration": int((booking.end_time - booking.start_time).total_seconds()) // 60,
        },
        "organizer": {
            "name": booking.organizer.name,
            "slug": booking.organizer.slug,
            "timezone": booking.organizer.timezone,
        },
        "hosts": [{"name": user.name} for user in booking.hosts],
        "start_time": format_instant(booking.start_time),
        "end_time": format_instant(booking.end_time),
        "invitee_name": booking.invitee_name,
        "invitee_email": booking.invitee_email,
        "invitee_timezone": booking.invitee_timezone,
        "access_token": str(booking.access_token),
        "manage_url": manage_url(booking),
        "calendar_url": calendar_url(booking),
        # What nobody has confirmed is not put into calendars; and these links add one date alone.
        "calendar_links": {} if is_request or booking.recurrence_id else links,
        "meeting_link": booking.meeting_link,
        "location": shown_location(booking),
        "attendee_count": booking.attendee_count,
        "request_expires_at": format_instant(booking.request_expires_at)
        if is_request and booking.request_expires_at
        else None,
        "recurrence_id": str(booking.recurrence_id) if booking.recurrence_id else None,
        "series": series_data(booking),
        "redirect_url": event_type.redirect_url_after_booking,
    }


def booked_data(booking: Booking) -> dict[str, Any]:
    """What was booked just now; of a series the first one, with all of them beside it."""
    return {**booking_data(booking), "bookings": occurrences_data(booking)}


def manage_data(booking: Booking, *, now: datetime) -> dict[str, Any]:
    """The same on the invitee's own page, with what they may do at `now`."""
    expires = booking.access_token_expires_at
    return {
        **booking_data(booking),
        "invitee_phone": booking.invitee_phone,
        "notes": booking.notes,
        "can_cancel": booking.can_be_cancelled(now, by_invitee=True),
        "can_reschedule": booking.can_be_rescheduled(now, by_invitee=True),
        **change_data(booking, now=now),
        "cancelled_by": booking.cancelled_by,
        "cancellation_reason": booking.cancellation_reason,
        "access_token_expires_at": format_instant(expires) if expires else None,
        "custom_answers": booking.custom_answers,
        "answers": answers_data(booking.event_type, booking.custom_answers),
        "occurrences": occurrences_data(booking, now=now),
        "can_edit": booking.is_live and now < booking.end_time,
        **_party_data(booking, now=now),
        **sooner_data(booking, now=now),
    }


def change_data(booking: Booking, *, now: datetime) -> dict[str, Any]:
    """Why its invitee may not cancel or move it, and until when and how often they may."""
    cancelling = find_hindrance(booking, now, by_invitee=True, is_move=False)
    moving = find_hindrance(booking, now, by_invitee=True, is_move=True)
    most = booking.event_type.max_reschedules
    found = cancelling or moving
    return {
        "cannot_cancel": cancelling.value if cancelling else "",
        "cannot_reschedule": moving.value if moving else "",
        "cannot_change_reason": str(found.label) if found else "",
        "change_until": format_instant(last_change(booking)),
        "moves_left": None if most is None else max(0, most - booking.reschedule_count),
        "repick_asked": booking.repick_asked_at is not None,
    }


def _party_data(booking: Booking, *, now: datetime) -> dict[str, Any]:
    """The seats of an attendee's link; `others` are names alone, where the event type shows them."""
    fellows = get_fellows(booking)
    own = booking.attendee
    may_bring = bool(fellows.party) and own.brought_by_id is None
    return {
        "attendees": [
            {
                "id": str(one.pk),
                "name": one.name,
                "email": one.email,
                "status": one.status,
                "is_you": one.pk == own.pk,
            }
            for one in fellows.party
        ],
        "others": list(fellows.others),
        "can_add_attendee": may_bring and booking.can_be_cancelled(now, by_invitee=True),
    }
