"""Confirm a request; without time of its own that is what takes the time, and it may lose."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from apps.availability.public import Reason
from apps.common.domain_events import publish
from apps.events.actors import Actor
from apps.events.errors import TAKEN, refusal
from apps.events.events import BookingConfirmed, RepickAsked
from apps.events.models import AuditAction, Booking, BookingStatus
from apps.events.notices import notice_of
from apps.events.selectors.offers import Offer
from apps.events.selectors.slots import explain_start, find_alternatives
from apps.events.services.bookings.audit import record
from apps.events.services.bookings.locking import TimeTaken, in_transaction
from apps.events.services.bookings.move_offer import read_offer_of
from apps.events.services.bookings.occupancy import span_of, take
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
    try:
        return in_transaction(lambda: _confirm(booking, actor=actor, now=now))
    except _TimeLost as lost:
        reasons = lost.reasons
    except TimeTaken:
        reasons = ()
    in_transaction(lambda: _ask_for_another(booking, actor=actor, now=now))
    offer = read_offer_of(booking)
    nearest = find_alternatives(
        offer, near=booking.start_time, now=now, duration=booking.minutes, moving=booking.pk
    )
    raise refusal(reasons, nearest)


def _confirm(seen: Booking, *, actor: Actor, now: datetime) -> Booking:
    request = lock_booking(seen)
    refuse_answered(request, now=now)
    if not request.occupancies.exists():
        _take_time(request, now=now)
    request.move_to(BookingStatus.CONFIRMED)
    request.request_expires_at = request.repick_asked_at = None
    request.save(update_fields=["status", "request_expires_at", "repick_asked_at", "updated_at"])
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
