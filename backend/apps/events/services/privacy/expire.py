"""Personal data goes by itself, so long after a booking's end as its event type says.

Answers go earlier where their question says so.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar
from uuid import UUID

from django.core.cache import cache
from django.db.models import Exists, OuterRef, Q, QuerySet

from apps.common.outbox.operations import replace_payloads
from apps.events.actors import SYSTEM
from apps.events.models import (
    WAITING,
    Attendee,
    AuditAction,
    Booking,
    BookingAuditLog,
    BookingStatus,
    CustomQuestion,
    EventType,
    WaitlistEntry,
)
from apps.events.services.bookings.audit import record
from apps.events.services.bookings.locking import in_transaction
from apps.events.services.bookings.row import lock_booking
from apps.events.services.privacy.about import erase_rows
from apps.events.services.privacy.erase import erase_one_booking, erase_waitlist_entry
from apps.events.services.privacy.family import list_former_times
from apps.events.services.privacy.traces import (
    erase_stored_answers,
    find_mails,
    forget_past_mails,
    without_answers,
)

Row = TypeVar("Row", Booking, WaitlistEntry)

_PORTION = 200
_MOST_AT_ONCE = 500
_BETWEEN_ROUNDS = timedelta(hours=1)


@dataclass(slots=True)
class Expired:
    """How many bookings, waits and single answers were erased, or would be."""

    bookings: int = 0
    waitlist: int = 0
    answers: int = 0


def expire_now_and_then(*, now: datetime) -> int:
    """The chore: what is due, at most so much of it, and no more than once an hour."""
    seconds = int(_BETWEEN_ROUNDS.total_seconds())
    if not cache.add("expire-personal-data", 1, timeout=seconds):
        return 0
    done = expire_personal_data(now=now, most=_MOST_AT_ONCE)
    return done.bookings + done.waitlist + done.answers


def expire_personal_data(
    *, now: datetime, dry_run: bool = False, most: int | None = None
) -> Expired:
    """Erase what is kept no longer, the oldest first; each booking in its own transaction.

    With `dry_run` only count. Two at once do no harm. `most` bookings, waits and answers each.
    """
    done = Expired()
    for booking in _portions(_due_bookings(now), most):
        done.bookings += dry_run or erase_one_booking(booking=booking, actor=SYSTEM, now=now)
    for entry in _portions(_due_entries(now), most):
        if not dry_run:
            erase_waitlist_entry(entry=entry, now=now)
        done.waitlist += 1
    for question in CustomQuestion.objects.filter(retention_days__isnull=False).order_by("id"):
        for booking in _portions(_with_answer(question, now), most):
            done.answers += dry_run or _forget_answer(booking, question, now=now)
        for entry in _portions(_waits_with_answer(question, now), most):
            if not dry_run:
                entry.custom_answers = _without(entry.custom_answers, str(question.pk))
                entry.save(update_fields=["custom_answers"])
            done.answers += 1
    return done


def _portions(rows: QuerySet[Row], most: int | None) -> Iterator[Row]:
    """The rows by id; read in portions, for they are changed on the way."""
    last, count = None, 0
    while True:
        portion = rows.order_by("pk") if last is None else rows.filter(pk__gt=last).order_by("pk")
        found = list(portion[:_PORTION])
        for row in found:
            if most is not None and count >= most:
                return
            last, count = row.pk, count + 1
            yield row
        if len(found) < _PORTION:
            return


def _due_bookings(now: datetime) -> QuerySet[Booking]:
    due = Q(pk__in=[])
    for id, days in _kept("retention_days"):
        due |= Q(event_type_id=id, end_time__lte=now - timedelta(days=days))
    # Former times go with the booking that moved.
    rows = Booking.objects.filter(due, erased_at__isnull=True)
    rows = rows.exclude(status=BookingStatus.RESCHEDULED)
    return rows.select_related("event_type", "organizer", "host")


def _due_entries(now: datetime) -> QuerySet[WaitlistEntry]:
    """Waits that are over and led to no booking; the others go with it."""
    due = Q(pk__in=[])
    for id, days in _kept("retention_days"):
        due |= Q(event_type_id=id, expires_at__lte=now - timedelta(days=days))
    rows = WaitlistEntry.objects.filter(due, erased_at=None, converted_booking=None)
    return rows.exclude(status__in=WAITING)


def _kept(name: str) -> list[tuple[UUID, int]]:
    rows = EventType.objects.filter(**{f"{name}__isnull": False})
    return list(rows.values_list("pk", name))


def _with_answer(question: CustomQuestion, now: datetime) -> QuerySet[Booking]:
    key = str(question.pk)
    seated = Attendee.objects.filter(booking=OuterRef("pk"), custom_answers__has_key=key)
    ended = now - timedelta(days=question.retention_days or 0)
    rows = Booking.objects.filter(
        Q(custom_answers__has_key=key) | Exists(seated),
        event_type_id=question.event_type_id,
        end_time__lte=ended,
        erased_at__isnull=True,
    )
    rows = rows.exclude(status=BookingStatus.RESCHEDULED)
    return rows.select_related("event_type", "organizer", "host")


def _waits_with_answer(question: CustomQuestion, now: datetime) -> QuerySet[WaitlistEntry]:
    ended = now - timedelta(days=question.retention_days or 0)
    rows = WaitlistEntry.objects.filter(
        event_type_id=question.event_type_id,
        expires_at__lte=ended,
        custom_answers__has_key=str(question.pk),
    )
    return rows.exclude(status__in=WAITING)


def _forget_answer(booking: Booking, question: CustomQuestion, *, now: datetime) -> bool:
    """Take one answer out of a booking, its former times, its attendees, its history and mails."""
    key = str(question.pk)

    def write() -> bool:
        current = lock_booking(booking)
        holders: list[Booking | Attendee] = [current, *list_former_times(current)]
        holders += current.attendees.all()
        named = [one for one in holders if key in one.custom_answers]
        if not named:
            return False
        for one in named:
            one.custom_answers = _without(one.custom_answers, key)
            one.save(update_fields=["custom_answers"])
        histories = [one.pk for one in holders if isinstance(one, Booking)]
        rows = BookingAuditLog.objects.filter(booking_id__in=histories).order_by("id")
        erase_rows([row for row in rows if _tells(row, key)], now=now)
        _forget_in_mails(current)
        erase_stored_answers([str(current.pk)], now=now)
        asked = {"questions": [key]}
        record(current, AuditAction.ERASED, actor=SYSTEM, now=now, metadata=asked)
        return True

    return in_transaction(write)


def _without(answers: dict[str, Any], key: str) -> dict[str, Any]:
    return {name: answer for name, answer in answers.items() if name != key}


def _tells(row: BookingAuditLog, key: str) -> bool:
    values = (row.old_values, row.new_values)
    return any(key in (one.get("custom_answers") or {}) for one in values)


def _forget_in_mails(booking: Booking) -> None:
    """Mails that have left are forgotten whole; those that wait say no answers any more."""
    series = [booking.recurrence_id] if booking.recurrence_id else []
    seats = booking.attendees.values_list("pk", flat=True)
    ids = [booking.pk, *seats, *series]
    forget_past_mails(ids)
    rows = find_mails(ids)
    replace_payloads({row.pk: without_answers(row.payload) for row in rows if not row.is_over})
