"""Bookings, read by their link or by their organizer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Count, Max, Q, QuerySet

from apps.common.errors import NotFound, TokenExpired
from apps.common.time import get_zone
from apps.events.models import Booking, BookingAuditLog, BookingStatus
from apps.events.models.booking import LIVE

_RELATED = ("event_type", "event_type__schedule", "organizer", "host", "rescheduled_from")


def get_booking_by_token(token: str | UUID, *, now: datetime) -> Booking:
    """The booking of a link. Raises `NotFound` for a malformed, unknown or replaced token (all
    alike), `TokenExpired` after its time.
    """
    try:
        value = token if isinstance(token, UUID) else UUID(token)
        well_formed = isinstance(token, UUID) or str(value) == token.lower()
    except ValueError:
        well_formed = False
    booking = (
        Booking.objects.select_related(*_RELATED).filter(access_token=value).first()
        if well_formed
        else None
    )
    if booking is None:
        raise NotFound("There is no booking at this address.")
    if booking.access_token_expires_at and now >= booking.access_token_expires_at:
        raise TokenExpired("This link has expired. Ask the organizer for a new one, or book again.")
    return booking


def list_bookings(*, organizer_id: UUID) -> QuerySet[Booking]:
    """All bookings of an organizer, history rows included."""
    return Booking.objects.filter(organizer_id=organizer_id).select_related(*_RELATED)


def get_organizers_booking(*, organizer_id: UUID, booking_id: UUID) -> Booking:
    """One booking of the organizer. Raises `NotFound`, also for those of others."""
    booking = list_bookings(organizer_id=organizer_id).filter(pk=booking_id).first()
    if booking is None:
        raise NotFound("There is no such booking.")
    return booking


def filter_bookings(
    bookings: QuerySet[Booking],
    *,
    status: Sequence[str] = (),
    event_type: UUID | None = None,
    start_after: datetime | None = None,
    start_before: datetime | None = None,
    search: str = "",
) -> QuerySet[Booking]:
    """Narrow a list; `start_after` is included, `start_before` is not (api.md).

    Former times of moved bookings are left out unless their state is asked for.
    """
    if status:
        bookings = bookings.filter(status__in=status)
    else:
        bookings = bookings.exclude(status=BookingStatus.RESCHEDULED)
    if event_type:
        bookings = bookings.filter(event_type_id=event_type)
    if start_after:
        bookings = bookings.filter(start_time__gte=start_after)
    if start_before:
        bookings = bookings.filter(start_time__lt=start_before)
    for word in search.split()[:5]:
        bookings = bookings.filter(
            Q(invitee_name__icontains=word)
            | Q(invitee_email__icontains=word)
            | Q(event_type__name__icontains=word)
        )
    return bookings


def count_served(
    *, event_type_id: UUID, month_of: datetime, timezone: str
) -> dict[UUID, tuple[int, datetime | None]]:
    """By host: their live bookings of the event type in a calendar month, and when one was made last.

    The month is that of the instant `month_of` in `timezone`. The last one is looked for among
    what starts after the month before began: a bounded stretch of the event type's bookings.
    """
    zone = get_zone(timezone)
    first = month_of.astimezone(zone).date().replace(day=1)
    begins, ends = _midnight(first, zone), _midnight(_next_month(first), zone)
    rows = (
        Booking.objects.filter(
            event_type_id=event_type_id,
            status__in=LIVE,
            start_time__gte=_midnight((first - timedelta(days=1)).replace(day=1), zone),
        )
        .order_by()
        .values_list("host_id")
        .annotate(
            served=Count("pk", filter=Q(start_time__gte=begins, start_time__lt=ends)),
            last=Max("created_at"),
        )
    )
    return {host_id: (served, last) for host_id, served, last in rows}


def _next_month(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1)


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone)


def list_audit_rows(booking: Booking) -> QuerySet[BookingAuditLog]:
    """What happened to a booking, oldest first."""
    return BookingAuditLog.objects.filter(booking=booking)
