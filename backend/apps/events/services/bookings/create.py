"""Book a time."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime
from uuid import UUID

from apps.availability.public import Reason
from apps.common.idempotency import OnceOnly, StoredAnswer
from apps.events.actors import Actor
from apps.events.errors import Full, HoldExpired, SlotTaken, refusal
from apps.events.models import Booking, HoldPurpose, Kind
from apps.events.selectors.offers import Offer
from apps.events.selectors.series.rules import repeats
from apps.events.selectors.slots import Verdict, chosen_duration, find_alternatives
from apps.events.services.admission import check as admission
from apps.events.services.bookings.attempts import Attempt, find_offer, write_offered
from apps.events.services.bookings.join import explained, seat_people
from apps.events.services.bookings.judging import NotOffered, judge_request
from apps.events.services.bookings.new_booking import (
    announce,
    make_booking,
    read_hosts,
    write_booking,
)
from apps.events.services.bookings.occupancy import span_of
from apps.events.services.bookings.request import BookingRequest
from apps.events.services.bookings.seats import take_seats
from apps.events.services.bookings.serving import Serving, find_serving
from apps.events.services.bookings.validation import (
    require_phone,
    validate_guests,
    validate_invitee,
)
from apps.events.services.holds.find import OwnHold, find_own_hold
from apps.events.services.holds.release import (
    drop,
    release_expired,
    release_hold,
    release_lapsed_seats,
    serve_after,
    settle_session,
)
from apps.events.services.questions import answers as questions
from apps.events.services.requests import first_state as requests
from apps.events.services.series import book as series


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
    next free host serves when one was taken meanwhile. The requester's hold becomes the booking.
    One that has lapsed does no harm: the time is booked if it is still free.

    Raises `NotFound`, `ValidationFailed`, `InvalidTimezone`, `SlotTaken` and the other refusals
    of `apps.events.errors`, `HoldExpired` when the time was taken after the hold had lapsed,
    `Replay` when the call was done before; a caller who spends budgets looks back first.
    """
    validate_invitee(request)
    validate_guests(request.guests)
    offer = find_offer(request)
    require_phone(offer.event_type, request.invitee_phone)
    admission.check(offer, request, actor=actor, now=now)
    answers = _answers_of(offer, request)
    if request.occurrences is not None or repeats(offer.event_type):
        return series.book_series(
            offer=offer,
            request=request,
            answers=answers,
            actor=actor,
            now=now,
            once=once,
            answer=answer,
        )

    own = find_own_hold(request.hold_token, event_type_id=offer.event_type.pk, now=now)

    def judge(current: Offer) -> Verdict:
        return judge_request(current, request, now=now, own_hold=own.hold.pk if own else None)

    def write(attempt: Attempt) -> StoredAnswer:
        once.enter()
        current = attempt.lock()
        admission.check_locked(current, request, now=now)
        booking = _book(current, request, answers, own, attempt=attempt, actor=actor, now=now)
        told = answer(booking)
        once.leave(told, now=now)
        return told

    try:
        return write_offered(
            request, offer, judge=judge, write=write, also=own.host_ids if own else ()
        )
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
    error = refusal(reasons, nearest)
    if request.hold_token is not None and own is None and isinstance(error, SlotTaken | Full):
        raise HoldExpired.instead_of(error)
    raise error


def _book(
    offer: Offer,
    request: BookingRequest,
    answers: questions.Answers,
    seen: OwnHold | None,
    *,
    attempt: Attempt,
    actor: Actor,
    now: datetime,
) -> Booking:
    """Write the booking, or join the session, with all that follows; as its invitee may see it.

    `seen` is the requester's hold as it was before the locks. Held seats are counted, so they are
    looked at again; held time is there or not when it is turned into the booking's.
    """
    own = seen
    if seen is not None and seen.hold.session_id is not None:
        own = find_own_hold(request.hold_token, event_type_id=offer.event_type.pk, now=now)
    verdict = judge_request(offer, request, now=now, own_hold=own.hold.pk if own else None)
    if verdict.session is not None:
        session, is_new = _join(offer, verdict.session, request, own, now=now)
        return seat_people(
            session, request, answers, actor=actor, now=now, explanation={} if is_new else None
        )
    serving = _find_serving(offer, request, verdict, own, attempt=attempt)
    state = _first_state(offer, request, own, now=now)
    booking = make_booking(
        offer,
        request,
        hosts=read_hosts(offer.event_type, serving.hosts),
        state=state,
        answers=answers,
        actor=actor,
        now=now,
    )
    turned = own if state.takes_time and _is_of(own, request, serving.hosts) else None
    unused = None if turned else own
    if unused is not None:
        release_hold(unused.hold)
    start, end = span_of(booking)
    if turned is None or turned.span != (start, end):
        release_expired(host_ids=serving.hosts, start=start, end=end, now=now)
    write_booking(
        booking,
        serving.hosts,
        takes_time=state.takes_time,
        hold=turned.hold if turned else None,
    )
    if turned is not None:
        drop([turned.hold])
    why = serving.explanation
    if booking.is_session:
        booking = seat_people(booking, request, answers, actor=actor, now=now, explanation=why)
    else:
        announce(booking, actor=actor, now=now, metadata=explained(why))
    if unused is not None:
        serve_after(unused, now=now)
    return booking


def _answers_of(offer: Offer, request: BookingRequest) -> questions.Answers:
    """Who waited answered when they joined: questions that came since keep nobody from claiming."""
    if request.was_admitted:
        return questions.Answers(request.answers)
    return questions.answers_of(offer, request)


def _first_state(
    offer: Offer, request: BookingRequest, own: OwnHold | None, *, now: datetime
) -> requests.FirstState:
    """A time that was offered to who waited for it was given to them: nobody confirms it again."""
    if own is not None and own.hold.purpose == HoldPurpose.WAITLIST:
        return requests.CONFIRMED_AT_ONCE
    return requests.first_state(offer.event_type, request.start, now)


def _is_of(own: OwnHold | None, request: BookingRequest, host_ids: Collection[UUID]) -> bool:
    """Whether the requester's hold takes the time that is booked, of these hosts."""
    return (
        own is not None
        and own.hold.session_id is None
        and own.hold.start_time == request.start
        and set(own.host_ids) == set(host_ids)
    )


def _find_serving(
    offer: Offer,
    request: BookingRequest,
    verdict: Verdict,
    own: OwnHold | None,
    *,
    attempt: Attempt,
) -> Serving:
    """Who serves: of those who take turns the one whose time is held, as long as they still can."""
    free = verdict.hosts
    if own is not None and offer.kind == Kind.ROUND_ROBIN:
        held = tuple(host_id for host_id in free if host_id in own.host_ids)
        serving = find_serving(offer, held, start=request.start, but=attempt.taken)
        if serving is not None and _is_of(own, request, serving.hosts):
            return serving
    serving = find_serving(offer, free, start=request.start, but=attempt.taken)
    if serving is None:
        raise NotOffered(offer, verdict)
    attempt.require_locked(offer, serving.hosts)
    return serving


def _join(
    offer: Offer, session_id: UUID, request: BookingRequest, own: OwnHold | None, *, now: datetime
) -> tuple[Booking, bool]:
    """Take the seats of a session, and say whether nobody was in before.

    The people are locked, so the seats are there as judged.
    """
    session = Booking.objects.select_related("host").get(pk=session_id)
    release_lapsed_seats(session, now=now)
    is_here = own is not None and own.hold.session_id == session_id
    settle_session(session, own.hold if own is not None and is_here else None)
    if not take_seats(session, request.seats, now=now):
        gone = Reason("full", "seats", str(session_id), "These seats are taken.", "")
        raise NotOffered(offer, Verdict((), (gone,)))
    is_new = session.attendee_count == 0
    session.attendee_count += request.seats
    session.event_type, session.organizer = offer.event_type, offer.event_type.organizer
    if own is not None and not is_here:
        release_hold(own.hold)
        serve_after(own, now=now)
    return session, is_new
