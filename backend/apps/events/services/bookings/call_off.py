"""End a booking before its time: its state, its hosts' time, its history."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from apps.events.actors import Actor
from apps.events.models import Attendee, AuditAction, Booking
from apps.events.services.bookings.audit import record
from apps.events.services.bookings.occupancy import release, span_of
from apps.events.services.holds.rehome import rehome_holds
from apps.events.services.waiting.closing import close_sooner


def call_off(
    current: Booking,
    cancelled_by: str,
    reason: str,
    *,
    actor: Actor,
    now: datetime,
    left_last: Sequence[Attendee] = (),
) -> None:
    """Cancel the locked row and free its hosts. Tells nobody, and serves nobody who waits.

    `left_last` are those without whom a session has nobody left; the history names them by id.
    """
    former = current.status
    current.cancel(cancelled_by, reason, now=now)
    current.save()
    release(current)
    hosts = [host.pk for host in current.hosts]
    rehome_holds(current, host_ids=hosts, span=span_of(current), now=now)
    close_sooner(current, now=now)
    record(
        current,
        AuditAction.CANCELLED,
        actor=actor,
        now=now,
        old={"status": former},
        new={"status": current.status, "cancellation_reason": current.cancellation_reason},
        metadata={"attendees": [str(one.pk) for one in left_last]} if left_last else {},
    )
