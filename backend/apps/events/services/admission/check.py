"""Whether somebody may book, beside whether the time is free."""

from __future__ import annotations

from datetime import datetime

from apps.events.actors import Actor
from apps.events.selectors.offers import Offer
from apps.events.services.admission.addresses import refuse_domains, refuse_honeypot
from apps.events.services.admission.email_codes import check_email_code, use_email_code
from apps.events.services.admission.upcoming import refuse_too_many_upcoming
from apps.events.services.bookings.request import BookingRequest


def check(offer: Offer, request: BookingRequest, *, actor: Actor, now: datetime) -> None:
    """Before any lock: honeypot, domains, number of upcoming bookings, e-mail code.

    Raises `ValidationFailed` naming the field. What a robot filled in is told of nothing else.
    """
    refuse_honeypot(request.honeypot)
    emails = _emails(request)
    refuse_domains(offer.event_type, emails)
    refuse_too_many_upcoming(offer.event_type, emails, now=now)
    if not request.was_admitted:
        check_email_code(offer.event_type, request.invitee_email, request.email_code, now=now)


def check_locked(offer: Offer, request: BookingRequest, *, now: datetime, starts: int = 1) -> None:
    """What must be looked at again under the locks, because others book at the same time.

    `starts` is how many occurrences of a series are booked. Raises as `check`.
    """
    refuse_too_many_upcoming(offer.event_type, _emails(request), now=now, starts=starts)
    if not request.was_admitted:
        use_email_code(offer.event_type, request.invitee_email, request.email_code, now=now)


def _emails(request: BookingRequest) -> list[tuple[str, str]]:
    guests = enumerate(request.guests)
    return [
        ("/invitee_email", request.invitee_email),
        *((f"/attendees/{number}/email", guest.email) for number, guest in guests),
    ]
