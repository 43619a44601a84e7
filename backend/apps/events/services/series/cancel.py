"""Cancel several occurrences of a series at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from apps.common.domain_events import publish
from apps.common.idempotency import NO_KEY, OnceOnly, StoredAnswer
from apps.events.actors import Actor
from apps.events.events import SeriesCancelled
from apps.events.models import AuditAction, Booking
from apps.events.models.audit import ActorType
from apps.events.models.changes import find_hindrance
from apps.events.series_notices import series_notice
from apps.events.services.bookings.audit import Change, record_all
from apps.events.services.bookings.locking import in_transaction
from apps.events.services.series.row import (
    Scope,
    find_addressed,
    list_in_scope,
    lock_series,
    next_sequence,
    require_series,
)
from apps.events.services.series.rows import close_wishes, free_times, release_all, save_all

_CHANGED = ("status", "cancelled_at", "cancelled_by", "cancellation_reason", "ical_sequence")


def cancel_series(
    *,
    booking: Booking,
    scope: Scope,
    cancelled_by: str,
    reason: str,
    actor: Actor,
    now: datetime,
    once: OnceOnly = NO_KEY,
    answer: Callable[[Booking], StoredAnswer] | None = None,
) -> Booking:
    """Cancel `booking` and those that follow it, or all of its series; it as it is afterwards.

    What has started or is over stays as it is, and for an invitee what may not be cancelled any
    more; the hosts of all others are free again. One mail tells each side.

    Raises `ValidationFailed` at /scope for a booking that does not repeat, `InvalidState` when
    there is nothing left to cancel.
    """
    require_series(booking)
    by_invitee = actor.type == ActorType.INVITEE

    def write() -> Booking:
        once.enter()
        bookings = lock_series(booking, by_link=by_invitee)
        current = find_addressed(bookings, booking)
        meant = list_in_scope(bookings, current, scope)
        gone = [
            one
            for one in meant
            if find_hindrance(one, now, by_invitee=by_invitee, is_move=False) is None
        ]
        if not gone:
            current.refuse_change(now, by_invitee=by_invitee, is_move=False)
        _call_off(bookings, gone, cancelled_by, reason.strip(), actor=actor, now=now)
        once.leave_with(current, answer, now=now)
        return current

    return in_transaction(write)


def _call_off(
    bookings: list[Booking],
    gone: list[Booking],
    cancelled_by: str,
    reason: str,
    *,
    actor: Actor,
    now: datetime,
) -> None:
    sequence = next_sequence(bookings)
    changes = []
    for booking in gone:
        former = booking.status
        booking.cancel(cancelled_by, reason, now=now)
        booking.ical_sequence = sequence
        new = {"status": booking.status, "cancellation_reason": booking.cancellation_reason}
        changes.append(Change(booking, old={"status": former}, new=new))
    save_all(gone, _CHANGED, now=now)
    release_all(gone)
    record_all(changes, AuditAction.CANCELLED, actor=actor, now=now)
    close_wishes(gone, now=now)
    series = require_series(gone[0])
    told = series_notice(series, "cancelled", bookings=bookings, changed=gone, now=now, actor=actor)
    publish(SeriesCancelled(now, told))
    free_times(gone, [(booking.start_time, booking.end_time) for booking in gone], now=now)
