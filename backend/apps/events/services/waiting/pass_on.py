"""Offers that are not taken go on to the next in line, in the same transaction."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from apps.common.domain_events import publish
from apps.common.errors import InvalidState
from apps.common.idempotency import NO_KEY, OnceOnly, StoredAnswer
from apps.events.events import WaitlistExpired, WaitlistLapsed, WaitlistLeft
from apps.events.models import WAITING, WaitingStatus, WaitlistEntry
from apps.events.selectors.waitlist import end_of_line, place_of
from apps.events.services.bookings.locking import in_transaction
from apps.events.services.holds import release_hold
from apps.events.services.waiting.freed import time_freed
from apps.events.services.waiting.notices import notice_of_entry
from apps.events.services.waiting.row import lock_entry

Answer = Callable[[WaitlistEntry], StoredAnswer]


def decline_offer(
    *,
    entry: WaitlistEntry,
    now: datetime,
    once: OnceOnly = NO_KEY,
    answer: Answer | None = None,
) -> WaitlistEntry:
    """Let the offer go to the next; who declines waits on, at the end of the line.

    Raises `InvalidState` when there is no offer to decline.
    """

    def write() -> WaitlistEntry:
        once.enter()
        current, people = lock_entry(entry)
        if current.status != WaitingStatus.NOTIFIED:
            raise InvalidState(f"There is no offer to decline. {told_state(current)}")
        _wait_on(current, people, now=now)
        once.leave_with(current, answer, now=now)
        return current

    return in_transaction(write)


def leave_waitlist(
    *,
    entry: WaitlistEntry,
    now: datetime,
    once: OnceOnly = NO_KEY,
    answer: Answer | None = None,
) -> WaitlistEntry:
    """Wait no more; an open offer goes to the next. Raises `InvalidState` when it is over already.

    The organizer takes somebody off in the same way.
    """

    def write() -> WaitlistEntry:
        once.enter()
        current, people = lock_entry(entry)
        if current.status not in WAITING:
            raise InvalidState(told_state(current))
        stop_waiting(current, WaitingStatus.CANCELLED, people, now=now)
        once.leave_with(current, answer, now=now)
        return current

    return in_transaction(write)


def lapse_offer(*, entry: WaitlistEntry, now: datetime) -> bool:
    """Pass on an offer that was not answered in time; whether there was one.

    Who let it lapse waits on, at the end of the line.
    """

    def write() -> bool:
        current, people = lock_entry(entry)
        if current.status != WaitingStatus.NOTIFIED or current.has_open_offer(now):
            return False
        if now >= current.expires_at:
            stop_waiting(current, WaitingStatus.EXPIRED, people, now=now)
            return True
        notice = notice_of_entry(current, "lapsed")
        _wait_on(current, people, now=now)
        told = replace(notice, position=place_of(current), offer_ends_at=None)
        publish(WaitlistLapsed(now, told))
        return True

    return in_transaction(write)


def expire_entry(*, entry: WaitlistEntry, now: datetime) -> bool:
    """End a wait whose time is over; whether it was."""

    def write() -> bool:
        current, people = lock_entry(entry)
        is_over = current.status in WAITING and now >= current.expires_at
        if not is_over or current.has_open_offer(now):
            return False
        stop_waiting(current, WaitingStatus.EXPIRED, people, now=now)
        return True

    return in_transaction(write)


def stop_waiting(
    entry: WaitlistEntry, status: WaitingStatus, people: Collection[UUID], *, now: datetime
) -> None:
    """End a wait under the locks, tell its owner, and serve the next with what they were offered."""
    entry.status = status
    _give_back(entry, people, now=now)
    if status == WaitingStatus.EXPIRED:
        publish(WaitlistExpired(now, notice_of_entry(entry, "expired")))
    else:
        publish(WaitlistLeft(now, notice_of_entry(entry, "left")))


def stop_quietly(
    entry: WaitlistEntry, status: WaitingStatus, people: Collection[UUID], *, now: datetime
) -> None:
    """As `stop_waiting`, and its owner is not told."""
    entry.status = status
    _give_back(entry, people, now=now)


def _wait_on(entry: WaitlistEntry, people: Collection[UUID], *, now: datetime) -> None:
    entry.status = WaitingStatus.ACTIVE
    entry.queued_at = end_of_line(entry.event_type_id, now=now)
    _give_back(entry, people, now=now)


def _give_back(entry: WaitlistEntry, people: Collection[UUID], *, now: datetime) -> None:
    """Save the entry without its offer, end the hold, and serve others with the time."""
    hold = entry.offer
    entry.offer = None
    entry.save(update_fields=["status", "offer", "queued_at", "updated_at"])
    start = entry.desired_start_time if hold is None else hold.start_time
    duration = timedelta(minutes=entry.event_type.duration)
    end = (entry.desired_end_time or start + duration) if hold is None else hold.end_time
    if hold is not None:
        release_hold(hold)
    time_freed(
        organizer_id=entry.organizer_id,
        host_ids=people,
        start=start,
        end=end,
        now=now,
        but=(entry.pk,),
    )


def told_state(entry: WaitlistEntry) -> str:
    """The state in a sentence, for refusals."""
    return _STATES[WaitingStatus(entry.status)]


_STATES = {
    WaitingStatus.ACTIVE: "You are in line; nothing is offered to you right now.",
    WaitingStatus.NOTIFIED: "A time is offered to you.",
    WaitingStatus.CONVERTED: "You have booked from this waitlist already.",
    WaitingStatus.EXPIRED: "The time you waited for is over.",
    WaitingStatus.CANCELLED: "You are not on this waitlist any more.",
}
