"""Confirm a request; without time of its own that is what takes the time, and it may lose."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import partial
from uuid import UUID

from apps.availability.public import Reason
from apps.common.domain_events import publish
from apps.events.actors import Actor
from apps.events.errors import TAKEN, refusal
from apps.events.events import BookingConfirmed, RepickAsked
from apps.events.models import AuditAction, Booking, BookingStatus, Kind
from apps.events.notices import notice_of
from apps.events.selectors.offers import Offer
from apps.events.selectors.slots import explain_start, find_alternatives
from apps.events.services.bookings.audit import record
from apps.events.services.bookings.join import explained
from apps.events.services.bookings.locking import TimeTaken, in_transaction
from apps.events.services.bookings.move_offer import read_offer_of
from apps.events.services.bookings.occupancy import span_of, take
from apps.events.services.bookings.reassign import HostChoice, find_next_host, hand_over
from apps.events.services.bookings.row import lock_booking
from apps.events.services.holds.release import release_expired
from apps.events.services.requests.answering import refuse_answered


class _TimeLost(Exception):
    """Somebody else has the time; alternatives are looked for after the locks are gone."""

    def __init__(self, reasons: Sequence[Reason] = ()) -> None:
        super().__init__("time lost")
        self.reasons = tuple(reasons)


def confirm_request(*, booking: Booking, actor: Actor, now: datetime) -> Booking:
    """Confirm a pending booking; the invitee gets the invitation.

    The organizer's word stands above hours, notice and limits, which were looked at when it was
    asked for; only time that somebody else has by now stops it. Then the request stays, its
    invitee is asked by mail for another time, once for each time that is lost.

    Raises `InvalidState` when it was answered or has expired, `SlotTaken` when the time is lost.
    """
    refuse_answered(booking, now=now)
    reasons: Sequence[Reason] = ()
    for instead in _ways(booking, now=now):
        try:
            return in_transaction(partial(_confirm, booking, instead, actor=actor, now=now))
        except _TimeLost as lost:
            reasons = lost.reasons
            turn = instead.user if instead else booking.host
            if any(reason.host != str(turn.pk) for reason in reasons):
                break  # somebody is missing whom nobody takes turns with
        except TimeTaken:
            reasons = ()
    in_transaction(lambda: _ask_for_another(booking, actor=actor, now=now))
    offer = read_offer_of(booking)
    nearest = find_alternatives(
        offer, near=booking.start_time, now=now, duration=booking.minutes, moving=booking.pk
    )
    raise refusal(reasons, nearest)


def _ways(booking: Booking, *, now: datetime) -> Iterator[HostChoice | None]:
    """As it was asked for, then, where hosts take turns, by one after the other who is free.

    What was lost while one of them was tried is looked at again: it ends, each is tried once.
    """
    yield None
    tried: set[UUID] = set()
    while booking.event_type.kind == Kind.ROUND_ROBIN:
        choice = find_next_host(booking, now=now, but=tried)
        if choice is None:
            return
        tried.add(choice.user.pk)
        yield choice


def _confirm(seen: Booking, instead: HostChoice | None, *, actor: Actor, now: datetime) -> Booking:
    request = lock_booking(seen, others=[instead.user.pk] if instead else [])
    refuse_answered(request, now=now)
    if not request.occupancies.exists():
        if instead is not None:
            _give_to(request, instead, actor=actor, now=now)
        _take_time(request, now=now)
    request.move_to(BookingStatus.CONFIRMED)
    request.request_expires_at = request.repick_asked_at = None
    request.save()
    record(
        request,
        AuditAction.CONFIRMED,
        actor=actor,
        now=now,
        old={"status": BookingStatus.PENDING},
        new={"status": request.status, "start_time": request.start_time.isoformat()},
    )
    publish(BookingConfirmed(now, notice_of(request, "confirmed", now=now, actor=actor)))
    return request


def _give_to(request: Booking, choice: HostChoice, *, actor: Actor, now: datetime) -> None:
    """Let the next in turn serve it: whose time was asked for has it no more."""
    old, new = request.host, choice.user
    hand_over(request, old, new)
    record(
        request,
        AuditAction.HOST_REASSIGNED,
        actor=actor,
        now=now,
        old={"host": str(old.pk)},
        new={"host": str(new.pk)},
        metadata=explained(choice.explanation),
    )


def _take_time(request: Booking, *, now: datetime) -> None:
    """Occupy its hosts, who are locked. Raises `_TimeLost`, or the guard's IntegrityError."""
    offer = read_offer_of(request)
    reasons = _reasons_against(offer, request, now=now)
    if reasons:
        raise _TimeLost(reasons)
    start, end = span_of(request)
    host_ids = [host.pk for host in request.hosts]
    release_expired(host_ids=host_ids, start=start, end=end, now=now)
    take(request, host_ids)


def _reasons_against(offer: Offer, request: Booking, *, now: datetime) -> list[Reason]:
    """Who or what has the time: of all that the engine says, what the organizer cannot overrule."""
    reasons = explain_start(
        offer, start=request.start_time, now=now, duration=request.minutes, moving=request.pk
    )
    return [reason for reason in reasons if reason.code in TAKEN]


def _ask_for_another(seen: Booking, *, actor: Actor, now: datetime) -> None:
    """Ask the invitee for another time; not again while they have not chosen one."""
    request = lock_booking(seen)
    refuse_answered(request, now=now)
    if request.repick_asked_at is not None:
        return
    request.repick_asked_at = now
    request.save(update_fields=["repick_asked_at", "updated_at"])
    record(
        request,
        AuditAction.REPICK_ASKED,
        actor=actor,
        now=now,
        new={"start_time": request.start_time.isoformat()},
    )
    publish(RepickAsked(now, notice_of(request, "repick", now=now, actor=actor)))
