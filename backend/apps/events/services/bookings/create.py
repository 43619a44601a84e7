"""Book a time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from uuid import UUID

from apps.availability.public import Reason
from apps.common.idempotency import OnceOnly, StoredAnswer
from apps.events.actors import Actor
from apps.events.errors import refusal
from apps.events.models import Booking
from apps.events.selectors.offers import Offer, get_offer
from apps.events.selectors.slots import Verdict, chosen_duration, find_alternatives
from apps.events.services.admission import check as admission
from apps.events.services.bookings.join import explained, seat_people
from apps.events.services.bookings.judging import NotOffered, judge_request
from apps.events.services.bookings.locking import in_transaction, lock_hosts
from apps.events.services.bookings.new_booking import (
    HostsTaken,
    announce,
    make_booking,
    read_hosts,
    write_booking,
)
from apps.events.services.bookings.request import BookingRequest
from apps.events.services.bookings.seats import take_seats
from apps.events.services.bookings.serving import find_serving, people_to_lock
from apps.events.services.bookings.validation import (
    require_phone,
    validate_guests,
    validate_invitee,
)
from apps.events.services.questions import answers as questions
from apps.events.services.requests import first_state as requests
from apps.events.services.series import book as series
from apps.users.public import find_organizer_version

_READ_AGAIN = 2
"""So often a changed offer is read again without the locks; then under them, so that it ends."""


@dataclass(frozen=True, slots=True)
class _Attempt:
    """What one transaction starts from: the offer, whose rows it locks, who turned out taken."""

    offer: Offer
    locked: frozenset[UUID]
    taken: frozenset[UUID] = frozenset()
    changes: int = 0
    """How often somebody changed the offer between check and lock."""


class _NotLocked(Exception):
    """The hosts to book are not among those whose rows are locked; the offer as it is now."""

    def __init__(self, offer: Offer) -> None:
        super().__init__("not locked")
        self.offer = offer


class _OfferChanged(Exception):
    """The offer was changed between check and lock."""


def create_booking(
    *,
    request: BookingRequest,
    actor: Actor,
    now: datetime,
    once: OnceOnly,
    answer: Callable[[Booking], StoredAnswer],
) -> StoredAnswer:
    """Book `request.start` if it is offered at `now`; `answer` says what the caller is told.

    Where a session is at that start, it is joined; the answer is then about the joiner's seats.
    Checks without a lock first, then locks organizer and hosts, rechecks and writes booking,
    occupancies, audit row, effects and stored answer in one transaction. In a round robin the
    next free host serves when one was taken meanwhile.

    Raises `NotFound`, `ValidationFailed`, `InvalidTimezone`, `SlotTaken` and the other refusals
    of `apps.events.errors`, `Replay` when the call was done before.
    """
    once.look_back()
    validate_invitee(request)
    validate_guests(request.guests)
    offer = _find_offer(request)
    require_phone(offer.event_type, request.invitee_phone)
    admission.check(offer, request, actor=actor, now=now)
    answers = questions.answers_of(offer, request)
    if request.occurrences is not None:
        return series.book_series(
            offer=offer,
            request=request,
            answers=answers,
            actor=actor,
            now=now,
            once=once,
            answer=answer,
        )

    def write(attempt: _Attempt) -> StoredAnswer:
        once.enter()
        current = _lock(attempt, request)
        admission.check_locked(current, request, now=now)
        booking = _book(current, request, answers, attempt=attempt, actor=actor, now=now)
        told = answer(booking)
        once.leave(told, now=now)
        return told

    try:
        attempt = _attempt(offer, request, now=now)
        # It ends: each time a host less is left, or somebody else has booked, or changed the offer.
        while True:
            try:
                return in_transaction(partial(write, attempt))
            except HostsTaken as taken:
                attempt = replace(attempt, taken=attempt.taken.union(taken.host_ids))
            except _NotLocked as missed:
                attempt = _attempt(missed.offer, request, now=now, after=attempt)
            except _OfferChanged:
                again = replace(attempt, changes=attempt.changes + 1)
                attempt = _attempt(_find_offer(request), request, now=now, after=again)
    except NotOffered as refused:
        offer, reasons = refused.offer, refused.verdict.reasons
    # It may be this very call, made twice at once, that has the time.
    once.look_back()
    nearest = find_alternatives(
        offer,
        near=request.start,
        now=now,
        duration=chosen_duration(offer.event_type, request.duration),
        seats=request.seats,
    )
    raise refusal(reasons, nearest)


def _find_offer(request: BookingRequest) -> Offer:
    return get_offer(organizer_slug=request.organizer_slug, event_type_slug=request.event_type_slug)


def _attempt(
    offer: Offer, request: BookingRequest, *, now: datetime, after: _Attempt | None = None
) -> _Attempt:
    """Judge without a lock, and say whom to lock; `after` is the attempt that failed before."""
    verdict = judge_request(offer, request, now=now)
    taken, changes = (after.taken, after.changes) if after else (frozenset[UUID](), 0)
    locked = people_to_lock(offer, verdict.hosts, start=request.start, but=taken)
    return _Attempt(offer, frozenset(locked), taken, changes)


def _lock(attempt: _Attempt, request: BookingRequest) -> Offer:
    """Lock the people; the offer as it stands under the lock.

    Raises `_OfferChanged` when it must be read again: the hours of many hosts take a while, and
    nobody should wait for them.
    """
    offer = attempt.offer
    versions = lock_hosts(offer.event_type.organizer_id, attempt.locked)
    if attempt.locked.issuperset(offer.host_ids):
        stands = offer.stands_under(versions)
    else:
        stands = find_organizer_version(request.organizer_slug, others=offer.others) == offer.state
    if stands:
        return offer
    if attempt.changes < _READ_AGAIN:
        raise _OfferChanged
    return _find_offer(request)


def _book(
    offer: Offer,
    request: BookingRequest,
    answers: questions.Answers,
    *,
    attempt: _Attempt,
    actor: Actor,
    now: datetime,
) -> Booking:
    """Write the booking, or join the session, with all that follows; as its invitee may see it."""
    verdict = judge_request(offer, request, now=now)
    if verdict.session is not None:
        session = _join(offer, verdict.session, request, now=now)
        return seat_people(session, request, answers, actor=actor, now=now, explanation=None)
    serving = find_serving(offer, verdict.hosts, start=request.start, but=attempt.taken)
    if serving is None:
        raise NotOffered(offer, verdict)
    if not attempt.locked.issuperset(serving.hosts):
        raise _NotLocked(offer)
    state = requests.first_state(offer.event_type, request.start, now)
    booking = make_booking(
        offer,
        request,
        hosts=read_hosts(offer.event_type, serving.hosts),
        state=state,
        answers=answers,
        actor=actor,
        now=now,
    )
    write_booking(booking, serving.hosts, takes_time=state.takes_time)
    why = serving.explanation
    if booking.is_session:
        return seat_people(booking, request, answers, actor=actor, now=now, explanation=why)
    announce(booking, actor=actor, now=now, metadata=explained(why))
    return booking


def _join(offer: Offer, session_id: UUID, request: BookingRequest, *, now: datetime) -> Booking:
    """Take the seats of a session. The people are locked, so the seats are there as judged."""
    session = Booking.objects.select_related("host").get(pk=session_id)
    if not take_seats(session, request.seats, now=now):
        gone = Reason("full", "seats", str(session_id), "These seats are taken.", "")
        raise NotOffered(offer, Verdict((), (gone,)))
    session.attendee_count += request.seats
    session.event_type, session.organizer = offer.event_type, offer.event_type.organizer
    return session
