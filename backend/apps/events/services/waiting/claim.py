"""Book from the waitlist: what is offered, or what is free."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from apps.common.domain_events import publish
from apps.common.errors import DomainError, InvalidState, NotFound
from apps.common.idempotency import NO_KEY, OnceOnly, StoredAnswer
from apps.events.actors import Actor
from apps.events.errors import HoldExpired, OfferExpired
from apps.events.events import WaitlistClaimed
from apps.events.models import WAITING, AuditAction, Booking, WaitingStatus, WaitlistEntry
from apps.events.selectors.series.rules import repeats
from apps.events.services.bookings.audit import record
from apps.events.services.bookings.create import create_booking
from apps.events.services.bookings.request import BookingRequest
from apps.events.services.waiting.notices import notice_of_entry
from apps.events.services.waiting.pass_on import told_state
from apps.events.services.waiting.serve import span_of

_GONE = "This offer has ended, and the time went on to the next in line."


def claim_offer(
    *,
    entry: WaitlistEntry,
    actor: Actor,
    now: datetime,
    answer: Callable[[Booking, WaitlistEntry], StoredAnswer],
    start: datetime | None = None,
    once: OnceOnly = NO_KEY,
) -> StoredAnswer:
    """Book what is offered; without an offer `start`, or the start waited for, if it is free.

    The offer's hold becomes the booking in place, confirmed: whoever was offered a time was given
    it. Without an offer it is a booking like any other, of a time that everybody may book.
    Raises `OfferExpired` when the offer is over, `InvalidState` when they wait no more, and as
    `create_booking`.
    """
    if entry.status == WaitingStatus.NOTIFIED:
        if not entry.has_open_offer(now):
            raise OfferExpired(_GONE)
        return _claim(entry, actor=actor, now=now, answer=answer, start=start, once=once)
    if entry.status != WaitingStatus.ACTIVE or now >= entry.expires_at:
        raise InvalidState(told_state(entry))
    try:
        return _claim(entry, actor=actor, now=now, answer=answer, start=start, once=once)
    except DomainError:
        # The time may be held for them since: then it is theirs.
        again = WaitlistEntry.objects.select_related("event_type", "organizer", "offer").get(
            pk=entry.pk
        )
        offer = again.offer
        if offer is None or not again.has_open_offer(now):
            raise
        if start not in (None, offer.start_time):
            raise
        return _claim(again, actor=actor, now=now, answer=answer, start=start, once=once)


def _claim(
    entry: WaitlistEntry,
    *,
    actor: Actor,
    now: datetime,
    answer: Callable[[Booking, WaitlistEntry], StoredAnswer],
    start: datetime | None,
    once: OnceOnly,
) -> StoredAnswer:
    def convert(booking: Booking) -> StoredAnswer:
        """In the booking's own transaction, under its locks."""
        current = _as_locked(entry, now=now)
        current.status = WaitingStatus.CONVERTED
        current.converted_booking_id = booking.pk
        current.converted_at = now
        current.offer = None
        current.save(
            update_fields=["status", "converted_booking", "converted_at", "offer", "updated_at"]
        )
        record(
            booking,
            AuditAction.WAITLIST_CONVERTED,
            actor=actor,
            now=now,
            metadata={
                "waitlist_entry": str(current.pk),
                "was_offered": entry.offer is not None,
                **({"attendees": [str(booking.attendee.pk)]} if booking.attendee else {}),
            },
        )
        publish(WaitlistClaimed(now, notice_of_entry(current, "left")))
        return answer(booking, current)

    try:
        return create_booking(
            request=_request(entry, start), actor=actor, now=now, once=once, answer=convert
        )
    except HoldExpired as gone:
        raise OfferExpired(_GONE) from gone
    except NotFound as paused:
        # The link is good; it is the event type that takes no bookings any more.
        raise InvalidState("The organizer takes no bookings for this at the moment.") from paused


def _as_locked(entry: WaitlistEntry, *, now: datetime) -> WaitlistEntry:
    """The entry as it is under the locks; refused when somebody changed it since it was judged."""
    related = ("event_type", "organizer", "offer")
    current = WaitlistEntry.objects.select_related(*related).get(pk=entry.pk)
    has_another_offer = current.offer_id not in (None, entry.offer_id)
    if current.status != entry.status or has_another_offer:
        if entry.status == WaitingStatus.NOTIFIED and current.status in WAITING:
            raise OfferExpired(_GONE)
        raise InvalidState(told_state(current))
    return current


def _request(entry: WaitlistEntry, start: datetime | None) -> BookingRequest:
    event_type, offer = entry.event_type, entry.offer
    if offer is not None and start not in (None, offer.start_time):
        raise InvalidState("Another time is offered to you. Take that one, or decline it first.")
    chosen = offer.start_time if offer is not None else start or entry.desired_start_time
    first, last = span_of(entry)
    if not first <= chosen < last:
        raise InvalidState("This is not a time that you wait for. Book it on the booking page.")
    return BookingRequest(
        organizer_slug=event_type.organizer.slug,
        event_type_slug=event_type.event_type_slug,
        start=chosen,
        invitee_name=entry.invitee_name,
        invitee_email=entry.invitee_email,
        invitee_phone=entry.invitee_phone,
        invitee_timezone=entry.invitee_timezone,
        locale=entry.locale,
        # What was waited for and offered is this start, not a whole series from it.
        occurrences=(chosen,) if repeats(event_type) else None,
        answers=entry.custom_answers,
        was_admitted=True,
        hold_token=offer.token if offer is not None else None,
    )
