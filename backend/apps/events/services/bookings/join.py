"""Seat people in a group session that has taken their seats already."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings

from apps.common.addresses import read_address
from apps.common.domain_events import publish
from apps.events.actors import Actor
from apps.events.events import AttendeesJoined
from apps.events.models import Attendee, AuditAction, Booking
from apps.events.notices import attendee_notices, session_notice
from apps.events.services.bookings.audit import record, seated_values
from apps.events.services.bookings.request import BookingRequest
from apps.events.services.bookings.seats import list_seated
from apps.events.services.questions.answers import Answers


def explained(choice: Mapping[str, Any] | None) -> dict[str, Any]:
    """The audit row's metadata for a choice of hosts, where there was one."""
    return {"host_choice": dict(choice)} if choice else {}


def seat_people(
    session: Booking,
    request: BookingRequest,
    answers: Answers,
    *,
    actor: Actor,
    now: datetime,
    explanation: Mapping[str, Any] | None,
) -> Booking:
    """Write who joins, with audit row and mails; the session as the invitee may see it.

    `explanation` is that of the hosts' choice when the session was made for them, else None.
    """
    holder, *guests = joined = _attendees(session, request, answers, actor=actor, now=now)
    Attendee.objects.bulk_create(joined)
    is_new = explanation is not None
    record(
        session,
        AuditAction.CREATED if is_new else AuditAction.ATTENDEE_JOINED,
        actor=actor,
        now=now,
        old={} if is_new else {"attendee_count": session.attendee_count - request.seats},
        new={
            "start_time": session.start_time.isoformat(),
            "status": session.status,
            "attendee_count": session.attendee_count,
            **seated_values(joined),
        },
        metadata={"attendees": [str(one.pk) for one in joined], **explained(explanation)},
        is_first=is_new,
    )
    seated = joined if is_new else list_seated(session)
    publish(
        AttendeesJoined(
            now,
            session_notice(session, "joined", attendees=seated, who=holder, now=now),
            attendee_notices(joined, "created", now=now),
        )
    )
    return holder.seen_booking(seats=1 + len(guests))


def _attendees(
    session: Booking, request: BookingRequest, answers: Answers, *, actor: Actor, now: datetime
) -> list[Attendee]:
    expires = session.end_time + timedelta(days=settings.ACCESS_TOKEN_DAYS_AFTER_END)
    shared = {
        "booking": session,
        "timezone": request.invitee_timezone,
        "locale": request.locale,
        "access_token_expires_at": expires,
        "joined_at": now,
        "created_from": actor.ip_address,
    }
    holder = Attendee(
        name=request.invitee_name,
        email=read_address(request.invitee_email),
        phone=request.invitee_phone,
        notes=request.notes,
        custom_answers=dict(answers.invitee),
        **shared,
    )
    guests = [
        Attendee(
            name=guest.name,
            email=read_address(guest.email),
            phone=guest.phone,
            custom_answers=dict(answered),
            brought_by=holder,
            **shared,
        )
        for guest, answered in zip(request.guests, answers.guests, strict=True)
    ]
    return [holder, *guests]
