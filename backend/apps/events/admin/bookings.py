"""Bookings, who takes part, and the time they take, in the admin."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest

from apps.common.admin_parts import ReadOnlyAdmin
from apps.common.errors import DomainError
from apps.common.rate_limits import client_ip
from apps.common.time import utc_now
from apps.events.actors import Actor
from apps.events.admin.audit import AuditInline
from apps.events.admin.parts import ShownInline
from apps.events.models import Attendee, Booking, BookingCoHost, BookingSeries, Occupancy
from apps.events.models.audit import ActorType
from apps.events.models.booking import CancelledBy
from apps.events.services.bookings import cancel_booking
from apps.events.services.privacy import erase_personal_data


class BookingCoHostInline(ShownInline):
    """Who serves the booking besides its host."""

    model = BookingCoHost
    fields = ("user",)


class AttendeeInline(ShownInline):
    """Who shares the session; their links are theirs alone."""

    model = Attendee
    fields = ("name", "email", "status", "joined_at", "cancelled_at")


@admin.register(Booking)
class BookingAdmin(ReadOnlyAdmin):
    """Bookings change through their own calls, which keep occupancies, mails and history true."""

    list_display = (
        "who",
        "invitee_email",
        "event_type",
        "organizer",
        "start_time",
        "status",
    )
    list_filter = (
        "status",
        "calendar_sync_status",
        ("recurrence", admin.EmptyFieldListFilter),
        ("erased_at", admin.EmptyFieldListFilter),
    )
    list_select_related = ("event_type", "organizer")
    search_fields = ("invitee_name", "invitee_email", "organizer__email", "ical_uid")
    date_hierarchy = "start_time"
    inlines = (BookingCoHostInline, AttendeeInline, AuditInline)
    # The link is a key to the booking: staff act through their own calls instead.
    exclude = ("access_token", "meeting_password")
    actions = ("cancel", "erase")

    @admin.display(description="invitee", ordering="invitee_name")
    def who(self, booking: Booking) -> str:
        """Who booked, or how many share it."""
        return booking.shown_name or f"{booking.attendee_count} attendees"

    @admin.action(description="Cancel, and tell both sides")
    def cancel(self, request: HttpRequest, queryset: QuerySet[Booking]) -> None:
        """Each through the service; what it refuses is told and stays."""
        actor, now = _staff(request), utc_now()
        for booking in queryset:
            with self._told(request, booking):
                cancel_booking(
                    booking=booking,
                    cancelled_by=CancelledBy.SYSTEM,
                    reason="",
                    actor=actor,
                    now=now,
                )

    @admin.action(description="Erase personal data for good, of a series all dates")
    def erase(self, request: HttpRequest, queryset: QuerySet[Booking]) -> None:
        """For people who ask for it by other ways than their link. What lies ahead is refused."""
        actor, now = _staff(request), utc_now()
        for booking in queryset:
            with self._told(request, booking):
                erase_personal_data(booking=booking, actor=actor, now=now)

    @contextmanager
    def _told(self, request: HttpRequest, booking: Booking) -> Iterator[None]:
        try:
            yield
        except DomainError as refusal:
            self.message_user(request, f"{booking}: {refusal.detail}", messages.ERROR)


def _staff(request: HttpRequest) -> Actor:
    user: Any = request.user
    agent = request.headers.get("User-Agent", "")
    return Actor(ActorType.SYSTEM, user.name, user.email, client_ip(request), agent)


@admin.register(BookingCoHost)
class BookingCoHostAdmin(ReadOnlyAdmin):
    """Who serves a booking besides its host."""

    list_display = ("booking", "user")
    list_select_related = ("booking", "user")
    search_fields = ("user__email", "booking__invitee_email")


@admin.register(Attendee)
class AttendeeAdmin(ReadOnlyAdmin):
    """Who shares group sessions; seats are given and taken by their own calls."""

    list_display = ("name", "email", "booking", "status", "joined_at")
    list_filter = ("status", ("erased_at", admin.EmptyFieldListFilter))
    list_select_related = ("booking",)
    search_fields = ("name", "email", "booking__organizer__email")
    date_hierarchy = "joined_at"
    exclude = ("access_token",)


@admin.register(Occupancy)
class OccupancyAdmin(ReadOnlyAdmin):
    """Hosts' time that is taken or held, guarded by the database."""

    list_display = ("host", "starts_at", "ends_at", "booking", "hold", "held_until")
    list_filter = (("hold", admin.EmptyFieldListFilter),)
    list_select_related = ("host", "booking", "hold")
    search_fields = ("host__email",)
    date_hierarchy = "starts_at"


class OccurrenceInline(ShownInline):
    """The dates of a series."""

    model = Booking
    fields = ("recurrence_sequence", "start_time", "status", "is_recurring_exception")
    ordering = ("recurrence_sequence", "created_at")
    show_change_link = True


@admin.register(BookingSeries)
class BookingSeriesAdmin(ReadOnlyAdmin):
    """Bookings that repeat; each date is a booking of its own."""

    list_display = ("event_type", "organizer", "rule", "wall_start", "timezone", "created_at")
    list_select_related = ("event_type", "organizer")
    search_fields = ("ical_uid", "organizer__email", "event_type__name")
    date_hierarchy = "created_at"
    inlines = (OccurrenceInline,)
