"""Seat somebody in a session that exists: by its organizer, or by an attendee who brings them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings

from apps.common.addresses import read_address
from apps.common.domain_events import publish
from apps.common.errors import InvalidState, ValidationFailed
from apps.common.idempotency import NO_KEY, OnceOnly, StoredAnswer
from apps.common.time import get_zone
from apps.events.actors import Actor
from apps.events.errors import Full
from apps.events.events import AttendeesJoined
from apps.events.models import Attendee, AuditAction, Booking
from apps.events.notices import attendee_notices, session_notice
from apps.events.services.admission.addresses import refuse_domains
from apps.events.services.admission.upcoming import refuse_too_many_upcoming
from apps.events.services.attendees.joining import refuse_closed_seats
from apps.events.services.bookings.audit import record, seated_values
from apps.events.services.bookings.locking import in_transaction
from apps.events.services.bookings.row import lock_booking
from apps.events.services.bookings.seats import get_holder, get_party, list_seated, take_seats
from apps.events.services.bookings.validation import validate_person
from apps.events.services.holds.release import release_lapsed_seats
from apps.events.services.questions.answers import change_answers


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Who is to have a seat. Without `timezone` and `locale`: those of who adds them."""

    name: str
    email: str
    phone: str = ""
    timezone: str = ""
    locale: str = ""
    answers: Mapping[str, Any] = field(default_factory=dict)


def add_attendee(
    *, booking: Booking, newcomer: Newcomer, notify: bool, actor: Actor, now: datetime
) -> Attendee:
    """Seat somebody, as the organizer may until the session ends, whatever its hours and notice.

    They get the invitation and a link of their own, unless `notify` is off. An address that has a
    seat already is refused: the organizer sees who is in, so this is a slip.
    Raises `ValidationFailed`, `InvalidTimezone`, `InvalidState`, `Full`.
    """
    validate_person(newcomer.name, newcomer.email, newcomer.phone)
    if newcomer.timezone:
        get_zone(newcomer.timezone, pointer="/timezone")
    _refuse_one_on_one(booking)
    answers = change_answers(
        event_type=booking.event_type, stored={}, given=newcomer.answers, all_required=False
    )

    def write() -> Attendee:
        session = lock_booking(booking)
        _refuse_over(session, now=now)
        seated = list_seated(session)
        email = read_address(newcomer.email)
        if any(one.email.casefold() == email.casefold() for one in seated):
            raise ValidationFailed.of(
                "/email", "already_in", f"{email} has a seat in this session already."
            )
        filled = replace(
            newcomer,
            timezone=newcomer.timezone or session.host_timezone,
            locale=newcomer.locale or session.organizer.locale,
            answers=answers,
        )
        return _seat(
            session,
            filled,
            seated=seated,
            brought_by=None,
            notify=notify,
            until=session.end_time,
            actor=actor,
            now=now,
        )

    return in_transaction(write)


def bring_attendee(
    *,
    booking: Booking,
    newcomer: Newcomer,
    actor: Actor,
    now: datetime,
    once: OnceOnly = NO_KEY,
    answer: Callable[[Booking], StoredAnswer] | None = None,
) -> Booking:
    """Seat somebody beside the attendee whose link showed `booking`, as long as anybody may join.

    Who was brought by somebody else brings nobody: their seat goes with its booker's.
    Returns the session as the attendee sees it. Raises as `add_attendee`, the refusals of
    `apps.events.errors`, and `NotFound` when the link was replaced.
    """
    validate_person(newcomer.name, newcomer.email, newcomer.phone)
    _refuse_one_on_one(booking)
    emails = [("/email", newcomer.email)]
    refuse_domains(booking.event_type, emails)
    refuse_closed_seats(booking, now=now)
    answers = change_answers(
        event_type=booking.event_type, stored={}, given=newcomer.answers, all_required=True
    )

    def write() -> Booking:
        once.enter()
        session = lock_booking(booking)
        seated = list_seated(session)
        holder, *brought = get_party(get_holder(session, booking), seated)
        if holder.brought_by_id is not None:
            raise InvalidState("Your seat was booked by somebody else; they can add people.")
        filled = replace(newcomer, timezone=holder.timezone, locale=holder.locale, answers=answers)
        _refuse_over(session, now=now)
        refuse_too_many_upcoming(session.event_type, emails, now=now)
        _seat(
            session,
            filled,
            seated=seated,
            brought_by=holder,
            notify=True,
            until=session.start_time,
            actor=actor,
            now=now,
        )
        seen = holder.seen_booking(seats=len(brought) + 2)
        once.leave_with(seen, answer, now=now)
        return seen

    return in_transaction(write)


def _refuse_one_on_one(booking: Booking) -> None:
    if not (booking.is_session or booking.attendee):
        raise InvalidState("This is a booking of one person; nobody can be added to it.")


def _refuse_over(session: Booking, *, now: datetime) -> None:
    if session.status not in Booking.UNTIL_START or now >= session.end_time:
        raise InvalidState("This session is over or was called off; nobody can be added to it.")


def _seat(
    session: Booking,
    newcomer: Newcomer,
    *,
    seated: list[Attendee],
    brought_by: Attendee | None,
    notify: bool,
    until: datetime,
    actor: Actor,
    now: datetime,
) -> Attendee:
    if now >= until:
        raise InvalidState("This session has started; nobody can join it any more.")
    release_lapsed_seats(session, now=now)
    if not take_seats(session, 1, until_end=True, now=now):
        raise Full(
            "All seats of this session are taken or kept for somebody. Raise the number of seats, "
            "or choose another session."
            if brought_by is None
            else "All seats of this session are taken."
        )
    session.attendee_count += 1
    attendee = Attendee.objects.create(
        booking=session,
        brought_by=brought_by,
        name=newcomer.name,
        email=read_address(newcomer.email),
        phone=newcomer.phone,
        timezone=newcomer.timezone,
        locale=newcomer.locale,
        custom_answers=dict(newcomer.answers),
        access_token_expires_at=session.end_time
        + timedelta(days=settings.ACCESS_TOKEN_DAYS_AFTER_END),
        joined_at=now,
        # Of somebody whom the organizer adds, the address says nothing.
        created_from=actor.ip_address if brought_by else None,
    )
    record(
        session,
        AuditAction.ATTENDEE_ADDED,
        actor=actor,
        now=now,
        old={"attendee_count": session.attendee_count - 1},
        new={"attendee_count": session.attendee_count, **seated_values([attendee])},
        metadata={"attendees": [str(attendee.pk)]},
    )
    ours = session_notice(session, "joined", attendees=[*seated, attendee], who=attendee, now=now)
    copies = attendee_notices([attendee], "created", now=now) if notify else ()
    publish(AttendeesJoined(now, ours, copies))
    return attendee
