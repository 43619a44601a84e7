"""Undo everything that came from one source: a network address, an e-mail address, or both.

For what robots and pranksters leave behind. Nobody but our side is told, and our side only of what
it was told of before: mails about it that have not left are dropped.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from apps.common.addresses import address_key
from apps.common.domain_events import publish
from apps.common.errors import NotFound, ValidationFailed
from apps.common.outbox.operations import drop_effects
from apps.common.rate_limits import network_key
from apps.events.actors import Actor
from apps.events.events import SourceUndone
from apps.events.models import (
    WAITING,
    Attendee,
    AttendeeStatus,
    AuditAction,
    Booking,
    WaitingStatus,
    WaitlistEntry,
)
from apps.events.models.booking import CancelledBy
from apps.events.notices import notice_of, session_notice
from apps.events.services.admission.upcoming import may_be_alike
from apps.events.services.attendees.leaving import keep_or_call_off, serve_the_waiting
from apps.events.services.bookings.audit import record
from apps.events.services.bookings.call_off import call_off
from apps.events.services.bookings.locking import in_transaction
from apps.events.services.bookings.row import lock_booking
from apps.events.services.bookings.seats import list_seated
from apps.events.services.privacy.traces import find_mails
from apps.events.services.waiting.pass_on import stop_quietly
from apps.events.services.waiting.row import lock_entry

MOST = 500
"""So many of each kind are undone by one call."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where bookings came from; both addresses together mean both. `since` is an instant.

    Addresses are one where budgets count them as one: an IPv6 network, the spellings of a mailbox.
    """

    ip_address: str = ""
    email: str = ""
    since: datetime | None = None

    def describe(self) -> dict[str, str]:
        """For the audit row: personal values, all of it."""
        named = {"ip_address": self.ip_address, "email": self.email}
        return {name: value for name, value in named.items() if value}

    def may_be(self, *, ip_field: str, email_field: str) -> Q:
        """Rows that may come from it; `is_at` tells which do."""
        found = Q()
        if self.ip_address:
            found &= _may_be_near(ip_field, network_key(self.ip_address))
        if self.email:
            found &= may_be_alike(email_field, address_key(self.email))
        return found

    def is_at(self, ip_address: str | None, email: str | None) -> bool:
        """Whether what came from these addresses came from it."""
        if self.ip_address and network_key(ip_address or "") != network_key(self.ip_address):
            return False
        return not self.email or address_key(email or "") == address_key(self.email)


def _may_be_near(field: str, key: str) -> Q:
    """Rows whose address may have this `network_key`: an IPv6 one that begins alike."""
    network, _, bits = key.partition("/")
    if not bits:
        return Q(**{field: key}) | Q(**{field: f"::ffff:{key}"})
    return Q(**{f"{field}__startswith": f"{network.partition(':')[0]}:"})


@dataclass(frozen=True, slots=True)
class Undone:
    """How many of each, and how many are left for another call."""

    bookings: int
    attendees: int
    waitlist: int
    remaining: int = 0


def count_from_source(*, organizer_id: UUID, source: Source, now: datetime) -> Undone:
    """What `undo_source` would undo. Raises as it does."""
    _refuse_none(source)
    return Undone(
        bookings=len(_bookings(organizer_id, source, now)),
        attendees=len(_attendees(organizer_id, source, now)),
        waitlist=len(_entries(organizer_id, source)),
    )


def undo_source(*, organizer_id: UUID, source: Source, actor: Actor, now: datetime) -> Undone:
    """Cancel all that lies ahead from the source, take its seats back and end its waits.

    Each booking in a transaction of its own; who waits is served with the time. Raises
    `ValidationFailed` when neither address is given.
    """
    _refuse_none(source)
    # Waits first: what is freed must not be offered to the same source.
    waiting = WaitlistEntry.objects.filter(pk__in=_entries(organizer_id, source)[:MOST])
    entries = list(waiting.select_related("event_type").order_by("created_at", "id"))
    waits = sum(_end_wait(entry, now=now) for entry in entries)
    seats = 0
    taken = _attendees(organizer_id, source, now)[:MOST]
    for session_id in dict.fromkeys(session_id for _, session_id in taken):
        ids = {attendee_id for attendee_id, of in taken if of == session_id}
        seats += _take_back(session_id, ids, source, actor=actor, now=now)
    ahead = Booking.objects.filter(pk__in=_bookings(organizer_id, source, now)[:MOST])
    rows = ahead.select_related("event_type", "organizer", "host")
    bookings = list(rows.order_by("start_time", "id"))
    ended = sum(_undo(booking, source, actor=actor, now=now) for booking in bookings)
    left = count_from_source(organizer_id=organizer_id, source=source, now=now)
    return Undone(ended, seats, waits, left.bookings + left.attendees + left.waitlist)


def _refuse_none(source: Source) -> None:
    if not source.ip_address and not source.email:
        raise ValidationFailed.of(
            "/ip_address",
            "required",
            "Say what to undo: an IP address, an e-mail address, or both.",
        )


def _bookings(organizer_id: UUID, source: Source, now: datetime) -> list[UUID]:
    rows = Booking.objects.filter(
        source.may_be(ip_field="created_from", email_field="invitee_email"),
        organizer_id=organizer_id,
        status__in=Booking.UNTIL_START,
        start_time__gt=now,
        capacity=1,
    )
    if source.since:
        rows = rows.filter(created_at__gte=source.since)
    found = rows.order_by("start_time", "id").values_list("pk", "created_from", "invitee_email")
    return [pk for pk, *addresses in found if source.is_at(*addresses)]


def _attendees(organizer_id: UUID, source: Source, now: datetime) -> list[tuple[UUID, UUID]]:
    """With whom they brought: ids of each and of their session."""
    own = source.may_be(ip_field="created_from", email_field="email")
    brought = source.may_be(
        ip_field="brought_by__created_from", email_field="brought_by__email"
    ) & Q(brought_by__isnull=False)
    rows = Attendee.objects.filter(
        own | brought,
        booking__organizer_id=organizer_id,
        booking__status__in=Booking.UNTIL_START,
        booking__start_time__gt=now,
    ).exclude(status=AttendeeStatus.CANCELLED)
    if source.since:
        rows = rows.filter(joined_at__gte=source.since)
    found = rows.order_by("booking__start_time", "booking_id", "joined_at", "id").values_list(
        "pk",
        "booking_id",
        "created_from",
        "email",
        "brought_by__created_from",
        "brought_by__email",
    )
    return [
        (pk, session_id)
        for pk, session_id, ip, email, by_ip, by_email in found
        if source.is_at(ip, email) or source.is_at(by_ip, by_email)
    ]


def _entries(organizer_id: UUID, source: Source) -> list[UUID]:
    rows = WaitlistEntry.objects.filter(
        source.may_be(ip_field="created_from", email_field="invitee_email"),
        organizer_id=organizer_id,
        status__in=WAITING,
    )
    if source.since:
        rows = rows.filter(created_at__gte=source.since)
    found = rows.order_by("created_at", "id").values_list("pk", "created_from", "invitee_email")
    return [pk for pk, *addresses in found if source.is_at(*addresses)]


def _end_wait(entry: WaitlistEntry, *, now: datetime) -> int:
    def write() -> int:
        try:
            current, people = lock_entry(entry)
        except NotFound:
            return 0
        if current.status not in WAITING:
            return 0
        _drop_mails([current.pk])
        stop_quietly(current, WaitingStatus.CANCELLED, people, now=now)
        return 1

    return in_transaction(write)


def _undo(booking: Booking, source: Source, *, actor: Actor, now: datetime) -> int:
    def write() -> int:
        current = lock_booking(booking)
        if not current.can_be_cancelled(now):
            return 0
        series = [current.recurrence_id] if current.recurrence_id else []
        was_told = _drop_mails([current.pk, *series])
        call_off(current, CancelledBy.ORGANIZER, "", actor=actor, now=now)
        _record(current, source, actor=actor, now=now)
        if was_told:
            publish(SourceUndone(now, notice_of(current, "cancelled", now=now, actor=actor)))
        serve_the_waiting(current, now=now)
        return 1

    return in_transaction(write)


def _take_back(
    session_id: UUID, ids: Collection[UUID], source: Source, *, actor: Actor, now: datetime
) -> int:
    """Their seats of one session; it goes on with the others, or is cancelled."""
    seen = Booking.objects.select_related("event_type", "organizer", "host").get(pk=session_id)

    def write() -> int:
        session = lock_booking(seen)
        if not session.can_be_cancelled(now):
            return 0
        seated = list_seated(session)
        leaving = [one for one in seated if one.pk in ids]
        staying = [one for one in seated if one.pk not in ids]
        if not leaving:
            return 0
        seats = [one.pk for one in leaving]
        was_told = _drop_mails([session.pk, *seats], of={str(seat) for seat in seats})
        for attendee in leaving:
            attendee.leave("", now=now, cancelled_by=CancelledBy.ORGANIZER)
        Attendee.objects.bulk_update(
            leaving, ["status", "cancelled_at", "cancelled_by", "cancellation_reason"]
        )
        # Whom they brought from elsewhere stay, each on their own.
        Attendee.objects.filter(brought_by__in=leaving).update(brought_by=None)
        before, session.attendee_count = session.attendee_count, len(staying)
        record(
            session,
            AuditAction.UNDONE,
            actor=actor,
            now=now,
            old={"attendee_count": before},
            new={"attendee_count": len(staying), **source.describe()},
            metadata={"attendees": [str(one.pk) for one in leaving]},
        )
        keep_or_call_off(session, leaving, CancelledBy.ORGANIZER, "", actor=actor, now=now)
        if was_told:
            notice = session_notice(
                session,
                "left" if staying else "cancelled",
                attendees=staying,
                who=leaving[0],
                now=now,
                actor=actor,
            )
            publish(SourceUndone(now, notice))
        serve_the_waiting(session, now=now)
        return len(leaving)

    return in_transaction(write)


def _drop_mails(ids: Iterable[UUID], *, of: Collection[str] = ()) -> bool:
    """Drop mails that have not left; of a session those about the seats `of`.

    Whether our side was told before: then it is told of the end too.
    """
    waiting: list[int] = []
    was_told = False
    for row in find_mails(ids):
        notice = row.payload.get("notice") or {}
        if of and notice.get("attendee_id") not in of:
            continue
        if not row.is_begun:
            waiting.append(row.pk)
        elif row.payload.get("audience", "invitee") != "invitee":
            was_told = True
    drop_effects(ids=waiting, by="undoing its source")
    return was_told


def _record(booking: Booking, source: Source, *, actor: Actor, now: datetime) -> None:
    record(booking, AuditAction.UNDONE, actor=actor, now=now, new=source.describe())
