"""Move several occurrences of a series at once, by the same difference of wall time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from apps.availability.public import instant_of
from apps.common.domain_events import publish
from apps.common.errors import ValidationFailed
from apps.common.idempotency import NO_KEY, OnceOnly, StoredAnswer
from apps.common.time import get_zone
from apps.events.actors import Actor
from apps.events.events import SeriesRequested, SeriesRescheduled
from apps.events.models import AuditAction, Booking, BookingSeries, BookingStatus
from apps.events.models.audit import ActorType
from apps.events.models.booking import LIVE
from apps.events.models.changes import find_hindrance
from apps.events.notices import notice_of
from apps.events.selectors.offers import Offer, load_offer_served_by
from apps.events.selectors.series.bookings import list_series
from apps.events.selectors.series.judging import Judged, judge_starts
from apps.events.series_notices import series_notice
from apps.events.services.bookings.audit import Change, record_all
from apps.events.services.bookings.locking import TimeTaken, in_transaction
from apps.events.services.bookings.moving import change_time, enter_state, history_of
from apps.events.services.bookings.occupancy import span_of
from apps.events.services.holds.release import release_expired
from apps.events.services.requests.first_state import CONFIRMED_AT_ONCE, FirstState, first_state
from apps.events.services.series.refusing import SeriesNotOffered, series_refusal
from apps.events.services.series.row import (
    Scope,
    find_addressed,
    list_in_scope,
    lock_series,
    next_sequence,
    require_series,
)
from apps.events.services.series.rows import (
    close_wishes,
    free_times,
    release_all,
    save_all,
    take_all,
)

_CHANGED = (
    "start_time",
    "end_time",
    "access_token_expires_at",
    "buffer_before",
    "buffer_after",
    "host_timezone",
    "wall_time",
    "tz_version",
    "invitee_timezone",
    "status",
    "request_expires_at",
    "repick_asked_at",
    "is_recurring_exception",
    "rescheduled_from",
    "rescheduled_at",
    "reschedule_count",
    "ical_sequence",
)


@dataclass(frozen=True, slots=True)
class _Plan:
    """The bookings that move, in order, and to which starts; the offer of each one's own hosts."""

    moving: list[Booking]
    starts: dict[UUID, datetime]
    offers: dict[UUID, Offer]


def reschedule_series(
    *,
    booking: Booking,
    start: datetime,
    scope: Scope,
    actor: Actor,
    now: datetime,
    invitee_timezone: str | None = None,
    once: OnceOnly = NO_KEY,
    answer: Callable[[Booking], StoredAnswer] | None = None,
) -> Booking:
    """Move `booking` to `start`, and those that follow it, or all, by as much on the clock.

    All move or none: their own old times count as free. Nothing is added to the series, and each
    keeps id, link and hosts. What has started stays where it is, and for an invitee what may not
    be moved any more. By its invitee it becomes a request again where that is needed.

    Raises `ValidationFailed` at /scope for a booking that does not repeat and at /start_time when
    nothing would change, `InvalidState`, and the refusals of `apps.events.errors`, which list the
    new starts that are not free in `occurrences`.
    """
    series = require_series(booking)
    if invitee_timezone is not None:
        get_zone(invitee_timezone, pointer="/timezone")
    by_invitee = actor.type == ActorType.INVITEE
    booking.refuse_change(now, by_invitee=by_invitee, is_move=True)
    if start == booking.start_time:
        raise ValidationFailed.of(
            "/start_time", "unchanged", "The booking is at that time already; choose another one."
        )

    def plan(bookings: list[Booking]) -> _Plan:
        current = find_addressed(bookings, booking)
        current.refuse_change(now, by_invitee=by_invitee, is_move=True)
        meant = list_in_scope(bookings, current, scope)
        moving = [
            one
            for one in meant
            if find_hindrance(one, now, by_invitee=by_invitee, is_move=True) is None
        ]
        return _judge(series, moving, current, start=start, now=now)

    def write() -> Booking:
        once.enter()
        bookings = lock_series(booking, by_link=by_invitee)
        planned = plan(bookings)
        current = find_addressed(bookings, booking)
        state = CONFIRMED_AT_ONCE
        if by_invitee:
            first = min(planned.starts.values())
            state = first_state(current.event_type, first, now)
        for one in planned.moving:
            one.reschedule_count += int(by_invitee and one.repick_asked_at is None)
            one.invitee_timezone = invitee_timezone or one.invitee_timezone
        _write(series, bookings, planned, state, actor=actor, now=now)
        once.leave_with(current, answer, now=now)
        return current

    try:
        plan(list_series(series))
        return in_transaction(write)
    except SeriesNotOffered as refused:
        taken = refused
    except TimeTaken:
        judged = [Judged(start, start, ())]
        offer = _read_offer(booking, tuple(user.pk for user in booking.hosts))
        taken = SeriesNotOffered(offer, judged)
    raise series_refusal(taken, now=now, duration=booking.minutes)


def _judge(
    series: BookingSeries,
    moving: list[Booking],
    current: Booking,
    *,
    start: datetime,
    now: datetime,
) -> _Plan:
    """Where each goes. Raises `SeriesNotOffered` unless all new times are offered."""
    starts = _shifted(series, moving, current, start=start)
    offers: dict[UUID, Offer] = {}
    judged: list[Judged] = []
    for together in _by_hosts(moving):
        offer = _read_offer(together[0], tuple(user.pk for user in together[0].hosts))
        offers |= dict.fromkeys((one.pk for one in together), offer)
        judged += judge_starts(
            offer,
            sorted(starts[one.pk] for one in together),
            now=now,
            duration=current.minutes,
            moving=moving,
            booked=[one.start for one in judged],
        )
    if not all(one.is_offered for one in judged):
        raise SeriesNotOffered(offers[current.pk], sorted(judged, key=lambda one: one.start))
    return _Plan(moving, starts, offers)


def _shifted(
    series: BookingSeries, moving: Sequence[Booking], current: Booking, *, start: datetime
) -> dict[UUID, datetime]:
    """Each one's new start: as much earlier or later by the clock of the series as `current`'s."""
    zone = get_zone(series.timezone)

    def reading(instant: datetime) -> datetime:
        return instant.astimezone(zone).replace(tzinfo=None, fold=0)

    shift = reading(start) - reading(current.start_time)
    moved = {one.pk: instant_of(reading(one.start_time) + shift, zone) for one in moving}
    return {**moved, current.pk: start}


def _by_hosts(moving: Sequence[Booking]) -> list[list[Booking]]:
    """Those with the same hosts together: mostly all."""
    groups: dict[tuple[UUID, ...], list[Booking]] = {}
    for booking in moving:
        groups.setdefault(tuple(user.pk for user in booking.hosts), []).append(booking)
    return list(groups.values())


def _read_offer(booking: Booking, host_ids: tuple[UUID, ...]) -> Offer:
    return load_offer_served_by(booking.event_type, host_ids)


def _write(
    series: BookingSeries,
    bookings: list[Booking],
    plan: _Plan,
    state: FirstState,
    *,
    actor: Actor,
    now: datetime,
) -> None:
    sequence = next_sequence(bookings)
    former = {one.pk: (one.start_time, one.end_time, one.status) for one in plan.moving}
    histories = []
    for one in plan.moving:
        if one.status != BookingStatus.PENDING:
            one.rescheduled_from = history_of(one, now=now)
            histories.append(one.rescheduled_from)
        change_time(one, plan.offers[one.pk], start=plan.starts[one.pk], now=now)
        enter_state(one, state)
    Booking.objects.bulk_create(histories)
    # Whatever is told of one of them from now on is newer than what is told of all today.
    live = [one for one in bookings if one.status in LIVE]
    for one in live:
        one.ical_sequence = sequence
    save_all(plan.moving, _CHANGED, now=now)
    staying = {one.pk for one in live} - former.keys()
    Booking.objects.filter(pk__in=staying).update(ical_sequence=sequence)
    release_all(plan.moving)
    if state.takes_time:
        _release_lapsed(plan.moving, now=now)
        take_all(plan.moving)
    close_wishes(plan.moving, now=now)
    _record(plan.moving, former, actor=actor, now=now)
    _tell(series, bookings, plan.moving, state, former, actor=actor, now=now)
    free_times(plan.moving, [(start, end) for start, end, _ in former.values()], now=now)


def _release_lapsed(moving: Sequence[Booking], *, now: datetime) -> None:
    """What lapsed holds have left of the hosts' time, from the first new time to the last."""
    spans = [span_of(one) for one in moving]
    release_expired(
        host_ids={user.pk for one in moving for user in one.hosts},
        start=min(start for start, _ in spans),
        end=max(end for _, end in spans),
        now=now,
    )


def _record(
    moved: Sequence[Booking],
    former: dict[UUID, tuple[datetime, datetime, str]],
    *,
    actor: Actor,
    now: datetime,
) -> None:
    changes = []
    for one in moved:
        start, _, status = former[one.pk]
        old = {"start_time": start.isoformat()}
        new = {"start_time": one.start_time.isoformat()}
        if status != one.status:
            old["status"], new["status"] = status, one.status
        changes.append(Change(one, old=old, new=new))
    record_all(changes, AuditAction.RESCHEDULED, actor=actor, now=now)


def _tell(
    series: BookingSeries,
    bookings: list[Booking],
    moved: list[Booking],
    state: FirstState,
    former: dict[UUID, tuple[datetime, datetime, str]],
    *,
    actor: Actor,
    now: datetime,
) -> None:
    is_request = state.status == BookingStatus.PENDING
    told = series_notice(
        series,
        "requested" if is_request else "rescheduled",
        bookings=bookings,
        changed=moved,
        now=now,
        previous_starts={pk: start for pk, (start, _, _) in former.items()},
        actor=actor,
        withdraws=any(status == BookingStatus.CONFIRMED for _, _, status in former.values()),
    )
    if is_request:
        each = tuple(notice_of(one, "requested", now=now) for one in moved)
        publish(SeriesRequested(now, told, each))
    else:
        publish(SeriesRescheduled(now, told))
