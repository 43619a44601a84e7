"""Personal data goes by itself, so long after a booking's end as its event type says.

Answers go earlier where their question says so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from itertools import chain, islice
from typing import Any, TypeVar
from uuid import UUID

import structlog
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

logger = structlog.get_logger(__name__)

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
    failed: int = 0
    """Of any kind, left for another run; the log says which and why."""


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
    """Erase what is kept no longer; each booking in its own transaction.

    With `dry_run` only count. Two at once do no harm. `most` bookings, waits and answers of a
    question each. What cannot be erased is logged, and keeps nothing else.
    """
    done = Expired()

    def erased(row: Row, erase: Callable[[Row], bool]) -> bool:
        try:
            return dry_run or erase(row)
        except Exception:
            logger.exception("personal_data_not_erased", kind=type(row).__name__, id=str(row.pk))
            done.failed += 1
            return False

    def erase_booking(booking: Booking) -> bool:
        return erase_one_booking(booking=booking, actor=SYSTEM, now=now)

    def erase_wait(entry: WaitlistEntry) -> bool:
        erase_waitlist_entry(entry=entry, now=now)
        return True

    kept = _kept()
    due_bookings = chain.from_iterable(_portions(_due_bookings(*one, now)) for one in kept)
    for booking in islice(due_bookings, most):
        done.bookings += erased(booking, erase_booking)
    due_entries = chain.from_iterable(_portions(_due_entries(*one, now)) for one in kept)
    for entry in islice(due_entries, most):
        done.waitlist += erased(entry, erase_wait)
    for question in CustomQuestion.objects.filter(retention_days__isnull=False).order_by("id"):
        forget = partial(_forget_answer, question=question, now=now)
        for booking in islice(_portions(_with_answer(question, now)), most):
            done.answers += erased(booking, forget)
        forget_of_wait = partial(_forget_answer_of_wait, question=question)
        for entry in islice(_portions(_waits_with_answer(question, now)), most):
            done.answers += erased(entry, forget_of_wait)
    return done


def _portions(rows: QuerySet[Row]) -> Iterator[Row]:
    """The rows by id; read in portions, for they are changed on the way."""
    last = None
    while True:
        portion = rows.order_by("pk") if last is None else rows.filter(pk__gt=last).order_by("pk")
        found = list(portion[:_PORTION])
        for row in found:
            last = row.pk
            yield row
        if len(found) < _PORTION:
            return


def _due_bookings(event_type_id: UUID, days: int, now: datetime) -> QuerySet[Booking]:
    """Of one event type; former times go with the booking that moved."""
    rows = Booking.objects.filter(
        event_type_id=event_type_id,
        end_time__lte=now - timedelta(days=days),
        erased_at__isnull=True,
    )
    rows = rows.exclude(status=BookingStatus.RESCHEDULED)
    return rows.select_related("event_type", "organizer", "host")


def _due_entries(event_type_id: UUID, days: int, now: datetime) -> QuerySet[WaitlistEntry]:
    """Waits of one event type that are over and led to no booking; the others go with it."""
    rows = WaitlistEntry.objects.filter(
        event_type_id=event_type_id,
        expires_at__lte=now - timedelta(days=days),
        erased_at=None,
        converted_booking=None,
    )
    return rows.exclude(status__in=WAITING)


def _kept() -> list[tuple[UUID, int]]:
    """Event types that keep personal data so many days only."""
    rows = EventType.objects.filter(retention_days__isnull=False).order_by("pk")
    return [(id, days or 0) for id, days in rows.values_list("pk", "retention_days")]


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


def _forget_answer_of_wait(entry: WaitlistEntry, question: CustomQuestion) -> bool:
    entry.custom_answers = _without(entry.custom_answers, str(question.pk))
    entry.save(update_fields=["custom_answers"])
    return True


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
