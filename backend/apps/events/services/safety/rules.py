"""One query per rule: the rows that break it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db.models import (
    Count,
    DateTimeField,
    DurationField,
    Exists,
    ExpressionWrapper,
    F,
    IntegerField,
    Max,
    OuterRef,
    Q,
    QuerySet,
    RowRange,
    Subquery,
    Sum,
    Value,
    Window,
)
from django.db.models.functions import Cast, Coalesce

from apps.events.models import (
    Attendee,
    AttendeeStatus,
    Booking,
    BookingCoHost,
    BookingStatus,
    Hold,
    Occupancy,
)
from apps.events.models.booking import LIVE


def overlaps(now: datetime) -> QuerySet[Occupancy]:
    """Time of a host that begins before other time of the same host has ended."""
    ended = Window(
        Max("ends_at"),
        partition_by="host_id",
        order_by=["starts_at", "id"],
        frame=RowRange(start=None, end=-1),
    )
    rows = Occupancy.objects.annotate(before=ended)
    return rows.filter(before__gt=F("starts_at")).order_by("id")


def over_capacity(now: datetime) -> QuerySet[Booking]:
    """More seats taken and held than there are."""
    return Booking.objects.filter(attendee_count__gt=F("capacity") - F("held_seats"))


def people_miscounted(now: datetime) -> QuerySet[Booking]:
    """Live sessions that count other people than those who are in."""
    people = Attendee.objects.filter(booking=OuterRef("pk")).exclude(
        status=AttendeeStatus.CANCELLED
    )
    sessions = Booking.objects.filter(capacity__gt=1, status__in=LIVE)
    return sessions.annotate(people=_count(people, "booking")).exclude(people=F("attendee_count"))


def held_seats_miscounted(now: datetime) -> QuerySet[Booking]:
    """Live bookings that count other held seats than those of their holds."""
    held = Hold.objects.filter(session=OuterRef("pk")).order_by().values("session")
    seats = Coalesce(Subquery(held.annotate(n=Sum("seats")).values("n")), Value(0))
    live = Booking.objects.filter(status__in=LIVE)
    live = live.filter(Q(held_seats__gt=0) | Exists(Hold.objects.filter(session=OuterRef("pk"))))
    return live.annotate(held=seats).exclude(held=F("held_seats"))


def time_of_nobody(now: datetime) -> QuerySet[Occupancy]:
    """Time that is taken for a booking that takes none any more."""
    return Occupancy.objects.filter(booking__isnull=False).exclude(booking__status__in=LIVE)


def time_of_another_span(now: datetime) -> QuerySet[Occupancy]:
    """Time that is not the booking's own, buffers included."""
    start, end = F("booking__start_time"), F("booking__end_time")
    rows = Occupancy.objects.filter(booking__isnull=False).annotate(
        first=ExpressionWrapper(
            start - _minutes("booking__buffer_before"), output_field=DateTimeField()
        ),
        last=ExpressionWrapper(
            end + _minutes("booking__buffer_after"), output_field=DateTimeField()
        ),
    )
    return rows.exclude(first=F("starts_at"), last=F("ends_at"))


def time_of_another_host(now: datetime) -> QuerySet[Occupancy]:
    """Time of somebody whom the booking does not name."""
    named = BookingCoHost.objects.filter(booking=OuterRef("booking"), user=OuterRef("host"))
    rows = Occupancy.objects.filter(booking__isnull=False)
    return rows.exclude(host=F("booking__host")).exclude(Exists(named))


def bookings_without_time(now: datetime) -> QuerySet[Booking]:
    """Live bookings with a host whose time they do not take.

    A request may wait without time of its own (`pending_holds_slot`). A session that nobody is in
    yet takes it by its holds, as long as one of them is live.
    """
    hosts = _count(BookingCoHost.objects.filter(booking=OuterRef("pk")), "booking") + 1
    taken = _count(Occupancy.objects.filter(booking=OuterRef("pk")), "booking")
    empty = Q(status=BookingStatus.CONFIRMED, attendee_count=0)
    rows = Booking.objects.filter(status__in=LIVE).exclude(empty)
    rows = rows.annotate(hosts_named=hosts, hosts_taken=taken).exclude(hosts_named=F("hosts_taken"))
    return rows.exclude(status=BookingStatus.PENDING, hosts_taken=0)


def holds_without_time(now: datetime) -> QuerySet[Hold]:
    """Live holds that keep nothing: no time of their own, no seats of a session that takes time."""
    own = Occupancy.objects.filter(hold=OuterRef("pk"))
    of_session = Occupancy.objects.filter(
        Q(booking=OuterRef("session")) | Q(hold__session=OuterRef("session"))
    )
    over = Q(session__isnull=False) & ~Q(session__status__in=LIVE)
    rows = Hold.objects.filter(expires_at__gt=now).exclude(over)
    return rows.exclude(Exists(own)).exclude(Exists(of_session))


def _minutes(name: str) -> ExpressionWrapper[Any]:
    minutes = Cast(name, IntegerField())
    return ExpressionWrapper(minutes * timedelta(minutes=1), output_field=DurationField())


def _count(rows: QuerySet[Any], by: str) -> Coalesce:
    """How many rows point to the outer one."""
    counted = rows.order_by().values(by).annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), Value(0))
