"""Bookings, read by their link, or by their organizer and hosts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Count, Exists, F, Max, OuterRef, Prefetch, Q, QuerySet

from apps.common.errors import NotFound, TokenExpired
from apps.common.time import get_zone
from apps.events.models import (
    Attendee,
    AttendeeStatus,
    Booking,
    BookingAuditLog,
    BookingCoHost,
    BookingStatus,
)
from apps.events.models.booking import IS_BOOKED, LIVE
from apps.events.selectors.booking_list import BookingList

_CO_HOSTS = Prefetch("co_hosts", BookingCoHost.objects.select_related("user"))
# As the organizer's answer shows a booking: with its place in a series, and who waits for sooner.
_SHOWN = ("recurrence", "sooner_request")
_OCCURRENCES = Prefetch(
    "recurrence__bookings",
    Booking.objects.exclude(status=BookingStatus.RESCHEDULED).only("recurrence_id").order_by(),
)
_RELATED = ("event_type", "event_type__schedule", "organizer", "host", "rescheduled_from")


def get_booking_by_token(token: str | UUID, *, now: datetime) -> Booking:
    """The booking of a link; a session as the attendee whose link it is may see it. Raises `NotFound` for a malformed, unknown or replaced token (all
    alike), `TokenExpired` after its time.
    """
    try:
        value = token if isinstance(token, UUID) else UUID(token)
        well_formed = isinstance(token, UUID) or str(value) == token.lower()
    except ValueError:
        well_formed = False
    booking = _find_by_token(value) if well_formed else None
    if booking is None:
        raise NotFound("There is no booking at this address.")
    if booking.access_token_expires_at and now >= booking.access_token_expires_at:
        raise TokenExpired("This link has expired. Ask the organizer for a new one, or book again.")
    return booking


def _find_by_token(token: UUID) -> Booking | None:
    booking = Booking.objects.select_related(*_RELATED).filter(access_token=token).first()
    return booking or _find_seen_by_token(token)


def _find_seen_by_token(token: UUID) -> Booking | None:
    """The session of an attendee's link, as they may see it."""
    of_session = [f"booking__{name}" for name in _RELATED]
    attendee = (
        Attendee.objects.select_related("booking", *of_session)
        .annotate(guests=Count("brought", filter=~Q(brought__status=AttendeeStatus.CANCELLED)))
        .filter(access_token=token)
        .first()
    )
    if attendee is None:
        return None
    return attendee.seen_booking(seats=int(attendee.is_in) + attendee.guests)


def list_bookings(*, user_id: UUID) -> BookingList:
    """The bookings of an organizer, history rows included, and those they serve for others."""
    bookings = Booking.objects.filter(IS_BOOKED).order_by()
    own = bookings.filter(organizer_id=user_id)
    # As the index `booking_served_for_others` has it.
    hosted = bookings.filter(host_id=user_id).exclude(organizer_id=F("host_id"))
    joined = bookings.filter(co_hosts__user_id=user_id).exclude(organizer_id=user_id)
    rows = Booking.objects.select_related(*_RELATED, *_SHOWN).prefetch_related(
        _CO_HOSTS, "attendees", "event_type__questions", _OCCURRENCES
    )
    return BookingList(rows, (own, hosted, joined))


def get_booking(*, user_id: UUID, booking_id: UUID) -> Booking:
    """One booking that the user organizes or serves. Raises `NotFound`, also for those of others."""
    rows = Booking.objects.select_related(*_RELATED, *_SHOWN).prefetch_related(
        _CO_HOSTS, "attendees", "event_type__questions", _OCCURRENCES
    )
    booking = rows.filter(IS_BOOKED, pk=booking_id).first()
    if booking is None or not _takes_part(user_id, booking):
        raise NotFound("There is no such booking.")
    return booking


def _takes_part(user_id: UUID, booking: Booking) -> bool:
    return user_id == booking.organizer_id or any(user_id == host.pk for host in booking.hosts)


def filter_bookings(
    bookings: BookingList,
    *,
    status: Sequence[str] = (),
    event_type: UUID | None = None,
    series: UUID | None = None,
    start_after: datetime | None = None,
    start_before: datetime | None = None,
    search: str = "",
) -> BookingList:
    """Narrow a list; `start_after` is included, `start_before` is not (api.md).

    Former times of moved bookings are left out unless their state is asked for.
    """
    if status:
        bookings = bookings.filter(status__in=status)
    else:
        bookings = bookings.filter(~Q(status=BookingStatus.RESCHEDULED))
    if event_type:
        bookings = bookings.filter(event_type_id=event_type)
    if series:
        bookings = bookings.filter(recurrence_id=series)
    if start_after:
        bookings = bookings.filter(start_time__gte=start_after)
    if start_before:
        bookings = bookings.filter(start_time__lt=start_before)
    for word in search.split()[:5]:
        bookings = bookings.filter(
            Q(invitee_name__icontains=word)
            | Q(invitee_email__icontains=word)
            | Q(event_type__name__icontains=word)
            | Exists(_attendees_like(word))
        )
    return bookings


def _attendees_like(word: str) -> QuerySet[Attendee]:
    of_booking = Attendee.objects.filter(booking=OuterRef("pk"))
    return of_booking.filter(Q(name__icontains=word) | Q(email__icontains=word))


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
            IS_BOOKED,
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
