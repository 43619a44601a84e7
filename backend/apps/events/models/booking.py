"""Bookings, and the occupancies that the database itself keeps from overlapping."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.functional import cached_property

from apps.common.errors import InvalidState
from apps.common.ids import random_token
from apps.events.erased import ERASED
from apps.events.models.changes import find_hindrance


class BookingStatus(models.TextChoices):
    """States of a booking (semantics, 4)."""

    PENDING = "pending", "To confirm"
    CONFIRMED = "confirmed", "Confirmed"
    REJECTED = "rejected", "Rejected"
    EXPIRED = "expired", "Expired"
    CANCELLED = "cancelled", "Cancelled"
    RESCHEDULED = "rescheduled", "Moved"
    COMPLETED = "completed", "Completed"
    NO_SHOW = "no_show", "No-show"


LIVE = (
    BookingStatus.PENDING,
    BookingStatus.CONFIRMED,
    BookingStatus.COMPLETED,
    BookingStatus.NO_SHOW,
)

# A session of which seats are only held so far is nobody's booking: what lists, counts or changes
# bookings leaves it out, and it goes with its last hold.
IS_BOOKED = ~Q(attendee_count=0, status=BookingStatus.CONFIRMED)

# The only legal moves; whatever the entry point (semantics, 4).
_MOVES: dict[str, frozenset[str]] = {
    "pending": frozenset({"confirmed", "rejected", "expired", "cancelled"}),
    "confirmed": frozenset({"cancelled", "rescheduled", "completed", "no_show"}),
    "completed": frozenset({"no_show"}),
    "no_show": frozenset({"completed"}),
}


class CancelledBy(models.TextChoices):
    """Who ended a booking."""

    ORGANIZER = "organizer"
    INVITEE = "invitee"
    SYSTEM = "system"


class CalendarSyncStatus(models.TextChoices):
    """Where the copy in the host's connected calendar stands."""

    PENDING = "pending"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    NOT_REQUIRED = "not_required"


class Booking(models.Model):
    """An agreed time. `start_time` and `end_time` are instants, `[start, end)`.

    With `capacity` above 1 it is a group session: its people are `Attendee` rows with links of
    their own, and its own fields of an invitee, the link included, are empty.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    event_type = models.ForeignKey(
        "events.EventType", on_delete=models.PROTECT, related_name="bookings"
    )
    organizer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="organized_bookings"
    )
    host = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="hosted_bookings"
    )
    invitee_name = models.CharField(max_length=200)
    invitee_email = models.EmailField(max_length=254)
    invitee_phone = models.CharField(max_length=40, blank=True)
    invitee_timezone = models.CharField(max_length=64, default="UTC")
    locale = models.CharField(max_length=20, default="en")
    notes = models.TextField(max_length=5000, blank=True)
    utm = models.JSONField(default=dict, blank=True)
    start_time = models.DateTimeField()
    end_time = models.DateTimeField()
    # What was agreed: the wall time on the host's clock and the tz release that mapped it to the
    # instant, so that a change of law can be told from a change of plan.
    host_timezone = models.CharField(max_length=64)
    wall_time = models.CharField(max_length=19)
    tz_version = models.CharField(max_length=20)
    buffer_before = models.PositiveIntegerField(default=0)
    buffer_after = models.PositiveIntegerField(default=0)
    status = models.CharField(max_length=12, choices=BookingStatus, default=BookingStatus.CONFIRMED)
    attendee_count = models.PositiveSmallIntegerField(default=1)
    capacity = models.PositiveSmallIntegerField(default=1)
    # Seats of a session that are held for somebody (`Hold.session`), beside those taken.
    held_seats = models.PositiveSmallIntegerField(default=0)
    location_type = models.CharField(max_length=12)
    location = models.TextField(max_length=1000, blank=True)
    # The series it is an occurrence of, which one (from 1), and where the series has it: its
    # RECURRENCE-ID, also after it was moved by itself.
    recurrence = models.ForeignKey(
        "events.BookingSeries",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="bookings",
    )
    is_recurring_exception = models.BooleanField(default=False)
    recurrence_sequence = models.PositiveSmallIntegerField(null=True, blank=True)
    recurrence_start = models.DateTimeField(null=True, blank=True)
    # None on history rows, whose link is dead, and on sessions, whose attendees have links.
    access_token = models.UUIDField(null=True, unique=True, default=random_token)
    access_token_expires_at = models.DateTimeField(null=True)
    custom_answers = models.JSONField(default=dict, blank=True)
    ical_uid = models.CharField(max_length=255, db_index=True)
    ical_sequence = models.PositiveIntegerField(default=0)
    meeting_link = models.URLField(max_length=1000, blank=True)
    meeting_id = models.CharField(max_length=200, blank=True)
    meeting_password = models.CharField(max_length=200, blank=True)
    external_calendar_event_id = models.CharField(max_length=1024, blank=True)
    calendar_sync_status = models.CharField(
        max_length=12, choices=CalendarSyncStatus, default=CalendarSyncStatus.NOT_REQUIRED
    )
    calendar_sync_error = models.TextField(blank=True)
    calendar_sync_attempts = models.PositiveIntegerField(default=0)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_by = models.CharField(max_length=10, choices=CancelledBy, blank=True)
    cancellation_reason = models.TextField(max_length=2000, blank=True)
    rescheduled_from = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="moved_to"
    )
    rescheduled_at = models.DateTimeField(null=True, blank=True)
    # How often the invitee has moved it.
    reschedule_count = models.PositiveSmallIntegerField(default=0)
    # Requests: until when the organizer may answer; when the invitee was asked for another time
    # because this one was lost.
    request_expires_at = models.DateTimeField(null=True, blank=True)
    repick_asked_at = models.DateTimeField(null=True, blank=True)
    # The address it was booked from; gone with the other personal data.
    created_from = models.GenericIPAddressField(null=True, blank=True)
    erased_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(end_time__gt=F("start_time")), name="booking_ends_after_start"
            ),
            models.CheckConstraint(
                condition=Q(attendee_count__lte=F("capacity") - F("held_seats")),
                name="booking_within_capacity",
            ),
        ]
        indexes = [
            models.Index(fields=["organizer", "start_time"], name="booking_by_organizer_time"),
            models.Index(fields=["event_type", "start_time"], name="booking_by_type_time"),
            models.Index(fields=["organizer", "-created_at"], name="booking_by_organizer_new"),
            # What somebody serves for others is little beside what they serve for themselves.
            models.Index(
                fields=["host", "start_time"],
                condition=~Q(organizer=F("host")),
                name="booking_served_for_others",
            ),
            models.Index(
                fields=["end_time"],
                condition=Q(status=BookingStatus.CONFIRMED),
                name="booking_to_complete",
            ),
            models.Index(
                fields=["request_expires_at"],
                condition=Q(status=BookingStatus.PENDING),
                name="booking_request_to_expire",
            ),
            models.Index(
                fields=["event_type", "invitee_email"],
                condition=~Q(invitee_email=""),
                name="booking_by_type_invitee",
            ),
            models.Index(
                fields=["organizer", "created_from"],
                condition=Q(created_from__isnull=False),
                name="booking_by_source",
            ),
        ]

    attendee: Any = None
    """On what one attendee of a session may see (`Attendee.seen_booking`): that attendee."""
    is_shared = False
    """On the same: whether others have seats too."""

    UNTIL_START: ClassVar[tuple[str, ...]] = (BookingStatus.PENDING, BookingStatus.CONFIRMED)

    def __str__(self) -> str:
        who = self.shown_name or f"{self.attendee_count} attendees"
        return f"{who}, {self.start_time:%Y-%m-%d %H:%M} UTC"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Refuses what one attendee sees: it would overwrite the session with their data."""
        if self.attendee is not None:
            raise TypeError("This is a session as one attendee sees it; save the session itself.")
        super().save(*args, **kwargs)

    @property
    def shown_name(self) -> str:
        """Its invitee as our side sees them; empty for a session, whose people are attendees."""
        return ERASED if self.erased_at and not self.is_session else self.invitee_name

    @property
    def is_session(self) -> bool:
        """Whether several attendees may share it."""
        return self.capacity > 1 and self.attendee is None

    @cached_property
    def hosts(self) -> list[Any]:
        """The users who serve it, its host first. One query for co-hosts that are not loaded yet."""
        is_loaded = "co_hosts" in getattr(self, "_prefetched_objects_cache", {})
        rows = self.co_hosts.all() if is_loaded else self.co_hosts.select_related("user")
        return [self.host, *(row.user for row in sorted(rows, key=lambda row: row.pk))]

    @cached_property
    def occurrences(self) -> list[Booking]:
        """All bookings of its series in order, itself among them; empty for one without (a query)."""
        if self.recurrence_id is None:
            return []
        rows = Booking.objects.filter(recurrence_id=self.recurrence_id).select_related("event_type")
        return list(rows.exclude(status=BookingStatus.RESCHEDULED).order_by("recurrence_sequence"))

    @property
    def minutes(self) -> int:
        """How long it lasts, whatever its event type offers by now."""
        return int((self.end_time - self.start_time).total_seconds()) // 60

    @property
    def is_live(self) -> bool:
        """Whether it takes the host's time (semantics, 4)."""
        return self.status in LIVE

    def can_be_cancelled(self, now: datetime, *, by_invitee: bool = False) -> bool:
        """Until the start, while pending or confirmed; by its invitee until the cut-off."""
        return find_hindrance(self, now, by_invitee=by_invitee, is_move=False) is None

    def can_be_rescheduled(self, now: datetime, *, by_invitee: bool = False) -> bool:
        """As `can_be_cancelled`; by its invitee only so often."""
        return find_hindrance(self, now, by_invitee=by_invitee, is_move=True) is None

    def refuse_change(self, now: datetime, *, by_invitee: bool, is_move: bool) -> None:
        """Raise `InvalidState` with what stands against cancelling it, or against a move."""
        found = find_hindrance(self, now, by_invitee=by_invitee, is_move=is_move)
        if found is not None:
            raise InvalidState(str(found.label))

    def ask_again(self, answer_by: datetime | None) -> None:
        """Become a request in memory: part of a move that has to be confirmed, nothing else."""
        self.refuse_session()
        self.status = BookingStatus.PENDING
        self.request_expires_at = answer_by
        self.repick_asked_at = None

    def move_to(self, status: str) -> None:
        """Change the state in memory. Raises `InvalidState` for a move that is not legal."""
        if status == self.status:
            raise InvalidState(f"This booking is {self.get_status_display().lower()} already.")
        if status not in _MOVES.get(self.status, frozenset()):
            raise InvalidState(
                f"This booking is {self.get_status_display().lower()}; "
                f"it cannot become {BookingStatus(status).label.lower()}."
            )
        self.status = status

    def cancel(self, cancelled_by: str, reason: str, *, now: datetime) -> None:
        """Cancel in memory. Raises `InvalidState` when it is too late or already over."""
        if self.status in self.UNTIL_START and now >= self.start_time:
            raise InvalidState("This booking has already started; it cannot be cancelled any more.")
        self.move_to(BookingStatus.CANCELLED)
        self.cancelled_at = now
        self.cancelled_by = cancelled_by
        self.cancellation_reason = reason
        self.ical_sequence += 1

    def refuse_session(self) -> None:
        """Raise `InvalidState` for a session: its attendees have data and links of their own."""
        if self.is_session:
            raise InvalidState("This is a group session; its attendees have data of their own.")

    def refuse_history_row(self) -> None:
        """Raise `InvalidState` for the former time of a moved booking: it is a record, no booking."""
        if self.status == BookingStatus.RESCHEDULED:
            raise InvalidState("This is the former time of a booking that moved; change that one.")

    def refuse_erased(self) -> None:
        """Raise `InvalidState` once its personal data is gone: there is nobody to write to."""
        if self.erased_at is not None:
            raise InvalidState("The personal data of this booking was erased for good.")

    def regenerate_access_token(self, now: datetime) -> None:
        """A new link, valid as long as the old one and at least for as many days from `now`.

        The old one is dead as soon as this is saved. Raises `InvalidState` for history rows.
        """
        self.refuse_history_row()
        self.refuse_erased()
        self.access_token = random_token()
        fresh = now + timedelta(days=settings.ACCESS_TOKEN_DAYS_AFTER_END)
        self.access_token_expires_at = max(self.access_token_expires_at or fresh, fresh)

    def set_time(self, start: datetime, duration: timedelta) -> None:
        """Take another time, and let the access token live on from the new end."""
        self.start_time = start
        self.end_time = start + duration
        days = settings.ACCESS_TOKEN_DAYS_AFTER_END
        expires = self.end_time + timedelta(days=days)
        self.access_token_expires_at = None if self.access_token is None else expires

    def mark_calendar_sync_success(self, event_id: str) -> None:
        """The host's calendar holds this booking under `event_id`."""
        self.external_calendar_event_id = event_id
        self.calendar_sync_status = CalendarSyncStatus.SUCCEEDED
        self.calendar_sync_error = ""

    def mark_calendar_sync_failed(self, error: str) -> None:
        """The host's calendar refused; `error` is shown to the organizer."""
        self.calendar_sync_status = CalendarSyncStatus.FAILED
        self.calendar_sync_error = error
        self.calendar_sync_attempts += 1


class Occupancy(models.Model):
    """Time of a host that is taken, buffers included: `[starts_at, ends_at)`.

    One row per host of a live booking or of a hold. `held_until` is the hold's end, None for
    bookings: later than that the row means nothing any more, and is deleted by whoever meets it.
    The database refuses two rows that overlap for one host: an exclusion constraint on PostgreSQL,
    triggers on SQLite (migration 0002).
    """

    id = models.BigAutoField(primary_key=True)
    host = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="occupancies"
    )
    booking = models.ForeignKey(
        Booking, on_delete=models.CASCADE, null=True, blank=True, related_name="occupancies"
    )
    hold = models.ForeignKey(
        "events.Hold", on_delete=models.CASCADE, null=True, blank=True, related_name="occupancies"
    )
    held_until = models.DateTimeField(null=True, blank=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "occupancies"
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="occupancy_ends_after_start"
            ),
            models.CheckConstraint(
                condition=(
                    Q(booking__isnull=False, hold__isnull=True, held_until__isnull=True)
                    | Q(booking__isnull=True, hold__isnull=False, held_until__isnull=False)
                ),
                name="occupancy_of_booking_or_hold",
            ),
            models.UniqueConstraint(fields=["host", "booking"], name="one_occupancy_per_host"),
            models.UniqueConstraint(fields=["host", "hold"], name="one_hold_per_host"),
        ]
        indexes = [
            models.Index(fields=["host", "starts_at", "ends_at"], name="occupancy_by_host_time")
        ]

    def __str__(self) -> str:
        return f"{self.starts_at:%Y-%m-%d %H:%M}-{self.ends_at:%H:%M} UTC"
