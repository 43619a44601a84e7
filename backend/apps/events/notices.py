"""What messages about a booking say: a snapshot taken in the transaction of the change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from apps.events.actors import Actor
from apps.events.links import booking_page_url, dashboard_url, manage_url
from apps.events.locations import shown_location
from apps.events.models import Attendee, Booking, BookingStatus, EventType
from apps.events.questions.showing import SIGNS
from apps.events.recurrences import recurrence_wall_of
from apps.events.selectors.questions import list_shown_answers
from apps.notifications.public import BookingNotice, NoticeKind, Party


def party_of(user: Any) -> Party:
    """A user as messages know them."""
    return Party(user.name, user.email, user.timezone, user.locale)


def notice_of(
    booking: Booking,
    kind: NoticeKind,
    *,
    now: datetime,
    previous_start: datetime | None = None,
    actor: Actor | None = None,
) -> BookingNotice:
    """The snapshot of a booking whose event type, organizer and host are loaded.

    `actor` is whoever made the change, where messages should name them.
    """
    host, *co_hosts = (party_of(user) for user in booking.hosts)
    return BookingNotice(
        kind=kind,
        booking_id=str(booking.pk),
        uid=booking.ical_uid,
        sequence=booking.ical_sequence,
        event_type_name=booking.event_type.name,
        event_type_description=booking.event_type.description,
        starts_at=booking.start_time,
        ends_at=booking.end_time,
        previous_starts_at=previous_start,
        location_type=booking.location_type,
        location=shown_location(booking),
        meeting_link=booking.meeting_link,
        organizer=party_of(booking.organizer),
        host=host,
        invitee=Party(
            booking.invitee_name, booking.invitee_email, booking.invitee_timezone, booking.locale
        ),
        manage_url=manage_url(booking),
        dashboard_url=dashboard_url(booking),
        cancelled_by=booking.cancelled_by,
        cancellation_reason=booking.cancellation_reason,
        notes=booking.notes,
        answers=_answers(booking.event_type, booking.custom_answers),
        occurred_at=now,
        co_hosts=tuple(co_hosts),
        actor_name=actor.name if actor else "",
        actor_email=actor.email if actor else "",
        attendee_id=str(booking.attendee.pk) if booking.attendee else "",
        answer_by=booking.request_expires_at,
        book_url=booking_page_url(booking.organizer.slug, booking.event_type.event_type_slug),
        **_recurrence(booking),
    )


def _answers(event_type: EventType, answers: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """What was asked and answered. Who reads it is not known yet, hence signs for yes and no."""
    shown = list_shown_answers(event_type, answers, words=SIGNS)
    return tuple((answer.text, answer.shown) for answer in shown)


def _recurrence(booking: Booking) -> dict[str, Any]:
    """Which occurrence of which series it is; nothing for a booking that does not repeat."""
    series = booking.recurrence
    if series is None:
        return {}
    return {
        "series_id": str(series.pk),
        "recurrence_wall": recurrence_wall_of(series, booking),
        "recurrence_timezone": series.timezone,
    }


def present_notice(booking: Booking, *, now: datetime) -> BookingNotice:
    """What the invitee is told again of a booking that is ahead: booked, or only asked for."""
    is_request = booking.status == BookingStatus.PENDING
    return notice_of(booking, "requested" if is_request else "created", now=now)


def calendar_notice(booking: Booking, *, now: datetime) -> BookingNotice:
    """What a calendar is told of a booking in any state: agreed, asked for, or struck out."""
    if booking.status in {BookingStatus.REJECTED, BookingStatus.EXPIRED, BookingStatus.CANCELLED}:
        return notice_of(booking, "cancelled", now=now)
    return present_notice(booking, now=now)


def session_notice(
    session: Booking,
    kind: NoticeKind,
    *,
    attendees: Sequence[Attendee],
    now: datetime,
    who: Attendee | None = None,
    previous_start: datetime | None = None,
    actor: Actor | None = None,
) -> BookingNotice:
    """What our side is told of a session: all its `attendees`, and `who` joined or left it."""
    notice = notice_of(session, kind, now=now, previous_start=previous_start, actor=actor)
    return replace(
        notice,
        attendees=tuple(_seated(attendee) for attendee in attendees),
        capacity=session.capacity,
        invitee=_seated(who) if who else notice.invitee,
        notes=who.notes if who else "",
        answers=_answers(session.event_type, who.custom_answers) if who else (),
        attendee_id=str(who.pk) if who else "",
    )


def attendee_notices(
    attendees: Iterable[Attendee],
    kind: NoticeKind,
    *,
    now: datetime,
    previous_start: datetime | None = None,
    actor: Actor | None = None,
) -> tuple[BookingNotice, ...]:
    """What each attendee is told: of the session, and of nobody else in it."""
    return tuple(
        notice_of(
            attendee.seen_booking(seats=1),
            kind,
            now=now,
            previous_start=previous_start,
            actor=actor,
        )
        for attendee in attendees
    )


def _seated(attendee: Attendee) -> Party:
    return Party(attendee.name, attendee.email, attendee.timezone, attendee.locale)
