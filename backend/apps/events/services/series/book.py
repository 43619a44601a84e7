"""Book several occurrences of a series, all or none."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID, uuid4

from django.conf import settings

from apps.availability.public import Occurrence, instant_of, rule_of_occurrences
from apps.common.domain_events import publish
from apps.common.errors import ValidationFailed
from apps.common.idempotency import OnceOnly, StoredAnswer
from apps.common.time import format_instant, get_zone
from apps.events.actors import Actor
from apps.events.events import SeriesBooked, SeriesRequested
from apps.events.models import AuditAction, Booking, BookingSeries, BookingStatus
from apps.events.notices import notice_of
from apps.events.selectors.offers import Offer
from apps.events.selectors.series.judging import Judged, judge_starts
from apps.events.selectors.series.rules import list_occurrences, repeats, series_rule_of
from apps.events.selectors.slots import Verdict, chosen_duration
from apps.events.series_notices import series_notice
from apps.events.services.admission import check as admission
from apps.events.services.bookings.attempts import Attempt, write_offered
from apps.events.services.bookings.audit import Change, booked_values, record_all
from apps.events.services.bookings.judging import refuse_too_many
from apps.events.services.bookings.new_booking import host_guard, make_booking, read_hosts
from apps.events.services.bookings.occupancy import span_of
from apps.events.services.bookings.request import BookingRequest
from apps.events.services.bookings.serving import Serving
from apps.events.services.holds.find import OwnHold, find_own_hold
from apps.events.services.holds.release import release_expired, release_hold, serve_after
from apps.events.services.questions.answers import Answers
from apps.events.services.requests.first_state import FirstState, first_state
from apps.events.services.series.choice import choose_occurrences
from apps.events.services.series.refusing import SeriesNotOffered, series_refusal
from apps.events.services.series.rows import insert_bookings
from apps.events.services.series.serving import find_series_serving


@dataclass(frozen=True, slots=True)
class _Plan:
    """All occurrences of the series; the places of those to book, and the engine's word on each."""

    occurrences: list[Occurrence]
    places: list[int]
    judged: list[Judged]

    @property
    def skipped(self) -> list[str]:
        """The walls that nobody books."""
        booked = set(self.places)
        walls = enumerate(occurrence.wall for occurrence in self.occurrences)
        return [wall.isoformat() for place, wall in walls if place not in booked]


def book_series(
    *,
    offer: Offer,
    request: BookingRequest,
    answers: Answers,
    actor: Actor,
    now: datetime,
    once: OnceOnly,
    answer: Callable[[Booking], StoredAnswer],
) -> StoredAnswer:
    """Book `request.occurrences` (None: all) of the series that begins at `request.start`.

    All are booked, by the same hosts where possible, or none. `answer` is given the first of them,
    which knows the others (`Booking.occurrences`). The invitee is expected to be admitted already.

    Raises as `create_booking`; `ValidationFailed` at /occurrences/<n> for a start that is not one
    of the series. When some are not free the refusal lists them in `occurrences`.
    """
    refuse_too_many(offer.event_type, request)
    duration = chosen_duration(offer.event_type, request.duration)

    def judge(current: Offer) -> Verdict:
        own = find_own_hold(request.hold_token, event_type_id=current.event_type.pk, now=now)
        plan = _plan(current, request, own, now=now)
        return Verdict(_free_for_all(current, plan.judged), ())

    def write(attempt: Attempt) -> StoredAnswer:
        once.enter()
        current = attempt.lock()
        own = find_own_hold(request.hold_token, event_type_id=current.event_type.pk, now=now)
        plan = _plan(current, request, own, now=now)
        admission.check_locked(current, request, now=now, starts=len(plan.places))
        among = attempt.locked - attempt.taken
        serving = find_series_serving(current, plan.judged, among=among)
        if serving is None:
            raise SeriesNotOffered(current, [_taken(one, among) for one in plan.judged])
        attempt.require_locked(current, {host for one in serving for host in one.hosts})
        if own is not None:
            release_hold(own.hold)
        bookings = _write(current, request, plan, serving, answers=answers, actor=actor, now=now)
        if own is not None and own.hold.start_time not in {one.start_time for one in bookings}:
            serve_after(own, now=now)
        told = answer(bookings[0])
        once.leave(told, now=now)
        return told

    held = find_own_hold(request.hold_token, event_type_id=offer.event_type.pk, now=now)
    try:
        return write_offered(
            request, offer, judge=judge, write=write, also=held.host_ids if held else ()
        )
    except SeriesNotOffered as refused:
        taken = refused
    # It may be this very call, made twice at once, that has the time.
    once.look_back()
    raise series_refusal(taken, now=now, duration=duration)


def _plan(offer: Offer, request: BookingRequest, own: OwnHold | None, *, now: datetime) -> _Plan:
    if not repeats(offer.event_type):
        raise ValidationFailed.of(
            "/occurrences",
            "does_not_repeat",
            "Bookings of this event type do not repeat; leave it out.",
        )
    occurrences = list_occurrences(offer, start=request.start, now=now)
    places = choose_occurrences(occurrences, request.occurrences)
    judged = judge_starts(
        offer,
        [occurrences[place].start for place in places],
        now=now,
        duration=chosen_duration(offer.event_type, request.duration),
        own_hold=own.hold.pk if own else None,
    )
    if not all(one.is_offered for one in judged):
        raise SeriesNotOffered(offer, judged)
    return _Plan(occurrences, places, judged)


def _free_for_all(offer: Offer, judged: Sequence[Judged]) -> tuple[UUID, ...]:
    """Who is free at every start; where nobody is, who is at any: one of these will be locked."""
    common = set(judged[0].hosts).intersection(*(one.hosts for one in judged))
    rotating = {host.id for host in offer.hosts if not host.required}
    if rotating and not common & rotating:
        common = set(chain.from_iterable(one.hosts for one in judged))
    return tuple(host_id for host_id in offer.host_ids if host_id in common)


def _taken(one: Judged, among: frozenset[UUID]) -> Judged:
    free = tuple(host_id for host_id in one.hosts if host_id in among)
    return Judged(one.start, one.end, free, one.reasons)


def _write(
    offer: Offer,
    request: BookingRequest,
    plan: _Plan,
    serving: Sequence[Serving],
    *,
    answers: Answers,
    actor: Actor,
    now: datetime,
) -> list[Booking]:
    """The rows of the series, with audit rows and effects. The hosts are locked."""
    series = _new_series(offer, plan, now=now)
    state = first_state(offer.event_type, plan.judged[0].start, now)
    host_ids = list(dict.fromkeys(chain.from_iterable(one.hosts for one in serving)))
    people = dict(zip(host_ids, read_hosts(offer.event_type, host_ids), strict=True))
    bookings = []
    for place, one in zip(plan.places, serving, strict=True):
        booking = make_booking(
            offer,
            request,
            hosts=[people[host_id] for host_id in one.hosts],
            state=state,
            answers=answers,
            actor=actor,
            now=now,
            start=plan.occurrences[place].start,
        )
        _join(booking, series, plan.occurrences[place], position=place + 1)
        bookings.append(booking)
    series.save(force_insert=True)
    start, end = span_of(bookings[0])[0], span_of(bookings[-1])[1]
    release_expired(host_ids=host_ids, start=start, end=end, now=now)
    with host_guard(host_ids):
        insert_bookings(bookings, takes_time=state.takes_time)
    for booking in bookings:
        booking.occurrences = bookings
    _announce(series, bookings, serving, state, actor=actor, now=now)
    return bookings


def _new_series(offer: Offer, plan: _Plan, *, now: datetime) -> BookingSeries:
    rule = series_rule_of(offer)
    series_id = uuid4()
    return BookingSeries(
        id=series_id,
        event_type=offer.event_type,
        organizer=offer.event_type.organizer,
        rule=rule_of_occurrences(rule, plan.occurrences),
        timezone=rule.timezone,
        wall_start=plan.occurrences[0].wall.isoformat(),
        skipped=plan.skipped,
        ical_uid=f"{series_id}@{urlsplit(settings.BASE_URL).hostname}",
        created_at=now,
    )


def _join(
    booking: Booking, series: BookingSeries, occurrence: Occurrence, *, position: int
) -> None:
    booking.recurrence = series
    booking.ical_uid = series.ical_uid
    booking.recurrence_sequence = position
    # Where the rule has it: another instant only for a start at the second of two equal readings.
    booking.recurrence_start = instant_of(occurrence.wall, get_zone(series.timezone))


def _announce(
    series: BookingSeries,
    bookings: Sequence[Booking],
    serving: Sequence[Serving],
    state: FirstState,
    *,
    actor: Actor,
    now: datetime,
) -> None:
    """One audit row for each, and one mail to each side."""
    is_request = state.status == BookingStatus.PENDING
    changes = [
        Change(booking, new=_new_values(booking), metadata=_metadata(series, one))
        for booking, one in zip(bookings, serving, strict=True)
    ]
    action = AuditAction.REQUESTED if is_request else AuditAction.CREATED
    record_all(changes, action, actor=actor, now=now, are_first=True)
    if is_request:
        told = series_notice(series, "requested", bookings=bookings, changed=bookings, now=now)
        each = tuple(notice_of(booking, "requested", now=now) for booking in bookings)
        publish(SeriesRequested(now, told, each))
    else:
        told = series_notice(series, "created", bookings=bookings, changed=bookings, now=now)
        publish(SeriesBooked(now, told))


def _new_values(booking: Booking) -> dict[str, Any]:
    values: dict[str, Any] = {
        **booked_values(booking),
        "recurrence_sequence": booking.recurrence_sequence,
    }
    if booking.request_expires_at is not None:
        values["request_expires_at"] = format_instant(booking.request_expires_at)
    return values


def _metadata(series: BookingSeries, serving: Serving) -> dict[str, Any]:
    chosen = {"host_choice": dict(serving.explanation)} if serving.explanation else {}
    return {"series": str(series.pk), **chosen}
