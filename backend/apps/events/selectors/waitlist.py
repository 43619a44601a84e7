"""Who waits for a time, and where they stand in line."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    IntegerField,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from apps.common.errors import NotFound, TokenExpired
from apps.events.models import (
    WAITING,
    EventTypeHost,
    SoonerRequest,
    WaitingStatus,
    WaitlistEntry,
)
from apps.events.models.waitlist import MOST_OFFERS

_RELATED = ("event_type", "event_type__schedule", "organizer", "offer", "converted_booking")
# What frees can open starts this much earlier or later: durations, buffers, a day's limit.
REACH = timedelta(days=2)


def get_entry_by_token(token: str | UUID, *, now: datetime) -> WaitlistEntry:
    """The entry of a link. Raises `NotFound` for a malformed or unknown token (alike), and
    `TokenExpired` as long after its end as the link of a booking expires.
    """
    try:
        value = token if isinstance(token, UUID) else UUID(token)
        well_formed = isinstance(token, UUID) or str(value) == token.lower()
    except ValueError:
        well_formed = False
    entries = WaitlistEntry.objects.select_related(*_RELATED)
    entry = entries.filter(token=value).first() if well_formed else None
    if entry is None:
        raise NotFound("Nobody waits at this address.")
    last = entry.desired_end_time or entry.desired_start_time
    if now >= last + timedelta(days=settings.ACCESS_TOKEN_DAYS_AFTER_END):
        raise TokenExpired("This link has expired.")
    return entry


def get_entry(*, organizer_id: UUID, entry_id: UUID) -> WaitlistEntry:
    """One entry of the organizer's waitlists. Raises `NotFound`, also for those of others."""
    entry = list_waitlist(organizer_id=organizer_id).filter(pk=entry_id).first()
    if entry is None:
        raise NotFound("Nobody on your waitlists has this id.")
    return entry


def list_waitlist(
    *, organizer_id: UUID, status: Collection[str] = (), event_type: UUID | None = None
) -> QuerySet[WaitlistEntry]:
    """Who waits or waited for the organizer's event types, each with their `place_in_line`."""
    entries = with_places(WaitlistEntry.objects.filter(organizer_id=organizer_id))
    if status:
        entries = entries.filter(status__in=status)
    if event_type:
        entries = entries.filter(event_type_id=event_type)
    return entries.select_related(*_RELATED)


def count_by_status(*, organizer_id: UUID) -> dict[str, int]:
    """How many are in each state. One query."""
    entries = WaitlistEntry.objects.filter(organizer_id=organizer_id).order_by()
    counted = dict(entries.values_list("status").annotate(count=Count("pk")))
    return {status: counted.get(status, 0) for status in WaitingStatus.values}


def with_places(entries: QuerySet[WaitlistEntry]) -> QuerySet[Any]:
    """With `place_in_line`: 1, 2, 3… per event type and desired time; None when they do not wait.

    Who has an offer comes first, then by `queued_at`, then by id: nobody has a place twice.
    """
    line = _in_order(WaitlistEntry.objects.filter(status__in=WAITING)).filter(
        event_type=OuterRef("event_type"),
        desired_start_time=OuterRef("desired_start_time"),
        until=OuterRef("until"),
    )
    before = line.filter(
        Q(turn__lt=OuterRef("turn"))
        | Q(turn=OuterRef("turn"), queued_at__lt=OuterRef("queued_at"))
        | Q(turn=OuterRef("turn"), queued_at=OuterRef("queued_at"), id__lt=OuterRef("id"))
    )
    count = before.order_by().values(all=Value(1)).annotate(count=Count("pk")).values("count")
    place = Coalesce(Subquery(count, output_field=IntegerField()), 0) + 1
    placed: QuerySet[Any] = _in_order(entries).annotate(
        place_in_line=Case(When(status__in=WAITING, then=place), default=None)
    )
    return placed


def place_of(entry: WaitlistEntry) -> int | None:
    """Where they stand in line now. One query, none for somebody who does not wait any more."""
    if entry.status not in WAITING:
        return None
    found = with_places(WaitlistEntry.objects.filter(pk=entry.pk))
    return found.values_list("place_in_line", flat=True).first()


def end_of_line(event_type_id: UUID, *, now: datetime) -> datetime:
    """The `queued_at` of somebody who queues at `now`: behind everybody who waits already.

    A clock does not tell two people of one instant apart, and a line must. Under the organizer's
    lock.
    """
    waiting = WaitlistEntry.objects.filter(event_type_id=event_type_id, status__in=WAITING)
    last = waiting.aggregate(last=Max("queued_at"))["last"]
    return now if last is None or last < now else last + timedelta(microseconds=1)


def _in_order(entries: QuerySet[WaitlistEntry]) -> QuerySet[Any]:
    # A span never ends at its start, so that a start alone is told from every span.
    return entries.annotate(
        until=Coalesce("desired_end_time", "desired_start_time"),
        turn=Case(When(status=WaitingStatus.NOTIFIED, then=Value(0)), default=Value(1)),
    )


def is_anybody_waiting(
    *, people: Collection[UUID], start: datetime, end: datetime, now: datetime
) -> bool:
    """Whether somebody waits for time around `[start, end)` of these organizers and hosts.

    One query, and no more than two index ranges of it where nobody waits.
    """
    waiting = waiting_around(people=people, start=start, end=end, now=now)
    sooner = sooner_around(people=people, start=start, now=now)
    both = waiting.values("pk").union(sooner.values("pk"), all=True)
    return bool(both[:1])


def waiting_around(
    *, people: Collection[UUID], start: datetime, end: datetime, now: datetime
) -> QuerySet[WaitlistEntry]:
    """Who may be offered time around `[start, end)` of these people's, unordered."""
    return offerable_entries(start=start - REACH, end=end + REACH, now=now).filter(_serves(people))


def sooner_around(
    *, people: Collection[UUID], start: datetime, now: datetime
) -> QuerySet[SoonerRequest]:
    """Whose booking might move to time around `start` of these people's, unordered."""
    return offerable_requests(after=max(start - REACH, now)).filter(_serves(people))


def offerable_entries(
    *, start: datetime, end: datetime, now: datetime
) -> QuerySet[WaitlistEntry, Any]:
    """Active entries for starts in `[start, end)` that take timed offers, unordered."""
    return WaitlistEntry.objects.filter(
        Q(desired_end_time__isnull=True, desired_start_time__gte=start)
        | Q(desired_end_time__gt=start),
        status=WaitingStatus.ACTIVE,
        notify_when_available=True,
        desired_start_time__lt=end,
        expires_at__gt=now,
        offers_made__lt=MOST_OFFERS,
        event_type__is_active=True,
    ).order_by()


def offerable_requests(*, after: datetime) -> QuerySet[SoonerRequest, Any]:
    """Active requests for an earlier time of bookings that start later than `after`, unordered."""
    return SoonerRequest.objects.filter(
        status=WaitingStatus.ACTIVE,
        booking__start_time__gt=after,
        booking__status="confirmed",
        offers_made__lt=MOST_OFFERS,
        event_type__is_active=True,
        event_type__offers_sooner=True,
    ).order_by()


def _serves(people: Collection[UUID]) -> Q:
    """Who organizes an event type serves it, mostly; the engine has the last word."""
    hosting = EventTypeHost.objects.filter(event_type=OuterRef("event_type"), user__in=people)
    return Q(event_type__organizer__in=people) | Q(Exists(hosting))


def in_turn(entries: QuerySet[Any]) -> QuerySet[Any]:
    """Who is served first, first."""
    return entries.order_by(F("queued_at"), F("id"))
