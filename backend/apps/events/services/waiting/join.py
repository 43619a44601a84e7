"""Join the waitlist of a time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from apps.common.addresses import address_key, read_address
from apps.common.domain_events import publish
from apps.common.errors import InvalidState, ValidationFailed
from apps.common.idempotency import OnceOnly, StoredAnswer
from apps.events.actors import Actor
from apps.events.errors import TooSoon
from apps.events.events import WaitlistJoined
from apps.events.models import WAITING, WaitlistEntry
from apps.events.selectors.offers import Offer, get_offer
from apps.events.selectors.waitlist import end_of_line
from apps.events.services.admission import check as admission
from apps.events.services.admission.email_codes import use_email_code
from apps.events.services.admission.upcoming import may_be_alike
from apps.events.services.bookings.locking import in_transaction, lock_hosts
from apps.events.services.bookings.validation import require_phone, validate_invitee
from apps.events.services.questions.answers import Answers, answers_of
from apps.events.services.waiting.notices import notice_of_entry
from apps.events.services.waiting.request import WaitlistRequest
from apps.events.services.waiting.wanted import last_moment, refuse_unwaitable

_MOST_PER_ADDRESS = 20
"""Lines of one organizer in which one address may stand at a time."""


def join_waitlist(
    *,
    request: WaitlistRequest,
    actor: Actor,
    now: datetime,
    once: OnceOnly,
    answer: Callable[[WaitlistEntry], StoredAnswer],
) -> StoredAnswer:
    """Put somebody at the end of the line for a time that is taken; they get their link by mail.

    Checked without a lock first, then again with organizer and hosts locked, so that nobody queues
    for a time that was freed meanwhile.

    Raises `NotFound`, `ValidationFailed`, `InvalidTimezone`; `InvalidState` where there is no
    waitlist, the time is free right now, or this address waits for it already; the refusals of
    `apps.events.errors` for a time that never can be booked; `Replay`.
    """
    once.look_back()
    validate_invitee(request)
    wanted = request.as_booking()
    offer = _find_offer(request)
    require_phone(offer.event_type, request.invitee_phone)
    admission.check(offer, wanted, actor=actor, now=now)
    answers = answers_of(offer, wanted)
    _refuse(offer, request, now=now)

    def write() -> StoredAnswer:
        once.enter()
        versions = lock_hosts(offer.event_type.organizer_id, offer.host_ids)
        current = offer if offer.stands_under(versions) else _find_offer(request)
        expires_at = _refuse(current, request, now=now)
        use_email_code(current.event_type, request.invitee_email, request.email_code, now=now)
        entry = _new_entry(current, request, answers, actor=actor, now=now)
        entry.expires_at = expires_at
        _refuse_twice(entry)
        entry.save(force_insert=True)
        publish(WaitlistJoined(now, notice_of_entry(entry, "joined")))
        told = answer(entry)
        once.leave(told, now=now)
        return told

    return in_transaction(write)


def _find_offer(request: WaitlistRequest) -> Offer:
    return get_offer(organizer_slug=request.organizer_slug, event_type_slug=request.event_type_slug)


def _refuse(offer: Offer, request: WaitlistRequest, *, now: datetime) -> datetime:
    """Raise what stands against it; else until when they wait."""
    start, end = request.desired_start, request.desired_end
    refuse_unwaitable(offer, start=start, end=end, now=now)
    last = last_moment(offer, start=start, end=end)
    if last <= now:
        raise TooSoon("That time is past or too soon. Choose a later one.")
    if request.expires_at is None:
        return last
    if request.expires_at <= now:
        raise ValidationFailed.of("/expires_at", "past", "Choose a time that is still to come.")
    return min(request.expires_at, last)


def _refuse_twice(entry: WaitlistEntry) -> None:
    """One place per mailbox and line. Never with the token of who waits already."""
    key = address_key(entry.invitee_email)
    rows = WaitlistEntry.objects.filter(
        may_be_alike("invitee_email", key),
        organizer_id=entry.organizer_id,
        status__in=WAITING,
    ).values_list("invitee_email", "event_type_id", "desired_start_time", "desired_end_time")
    lines = [line for email, *line in rows if address_key(email) == key]
    if [entry.event_type_id, entry.desired_start_time, entry.desired_end_time] in lines:
        raise InvalidState(
            "This address is on this waitlist already. The link is in the mail that told so."
        )
    if len(lines) >= _MOST_PER_ADDRESS:
        raise InvalidState(
            f"This address waits for {_MOST_PER_ADDRESS} times already. Leave one of them first."
        )


def _new_entry(
    offer: Offer, request: WaitlistRequest, answers: Answers, *, actor: Actor, now: datetime
) -> WaitlistEntry:
    event_type = offer.event_type
    return WaitlistEntry(
        event_type=event_type,
        organizer=event_type.organizer,
        desired_start_time=request.desired_start,
        desired_end_time=request.desired_end,
        invitee_name=request.invitee_name,
        invitee_email=read_address(request.invitee_email),
        invitee_phone=request.invitee_phone,
        invitee_timezone=request.invitee_timezone,
        locale=request.locale,
        custom_answers=dict(answers.invitee),
        notify_when_available=request.notify_when_available,
        queued_at=end_of_line(event_type.pk, now=now),
        created_from=actor.ip_address,
        created_at=now,
    )
