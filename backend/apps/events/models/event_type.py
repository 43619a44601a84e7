"""Event types: the bookable services of an organizer."""

from __future__ import annotations

import uuid
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

# Forms suggest some; any whole number of minutes up to a day is a valid duration.
MAX_DURATION = 24 * 60
MAX_BUFFER = 120
MAX_NOTICE = 365 * 24 * 60
MAX_HORIZON = 5 * 365 * 24 * 60
MAX_REQUEST = 30 * 24 * 60
MAX_OFFER = 7 * 24 * 60
MAX_RETENTION = 3650


class LocationType(models.TextChoices):
    """Where the meeting takes place."""

    VIDEO_CALL = "video_call", "Video call"
    PHONE_CALL = "phone_call", "Phone call"
    IN_PERSON = "in_person", "In person"
    CUSTOM = "custom", "Somewhere else"


class Kind(models.TextChoices):
    """Who meets whom (semantics, 3)."""

    ONE_ON_ONE = "one_on_one", "One-on-one"
    GROUP = "group", "Group"
    COLLECTIVE = "collective", "All hosts together"
    ROUND_ROBIN = "round_robin", "Hosts take turns"


TEAM_KINDS = frozenset({Kind.COLLECTIVE, Kind.ROUND_ROBIN})


class RollingDaysKind(models.TextChoices):
    """What `rolling_days` counts: the dates after today that can be booked, today besides."""

    CALENDAR = "calendar", "Calendar days"
    BUSINESS = "business", "Business days"
    AVAILABLE = "available", "Days that have slots"


class RecurrenceType(models.TextChoices):
    """How a booking of this type repeats."""

    NONE = "none", "Does not repeat"
    DAILY = "daily", "Daily"
    WEEKLY = "weekly", "Weekly"
    MONTHLY = "monthly", "Monthly"


class SlotAlignment(models.TextChoices):
    """Where the grid of starts begins (semantics, 3)."""

    OPENING = "opening", "From the opening"
    CLOCK = "clock", "On the clock"
    PACKED = "packed", "Right after other bookings"


def _minutes(maximum: int, **options: object) -> models.PositiveIntegerField:
    limits = [MinValueValidator(0), MaxValueValidator(maximum)]
    return models.PositiveIntegerField(validators=limits, **options)  # type: ignore[arg-type]


class EventType(models.Model):
    """A bookable service. Durations, buffers, notice and horizon are minutes."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organizer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="event_types"
    )
    name = models.CharField(max_length=200)
    event_type_slug = models.SlugField(max_length=80)
    description = models.TextField(max_length=5000, blank=True)
    color = models.CharField(max_length=10, default="teal")
    duration = models.PositiveIntegerField(
        default=30, validators=[MinValueValidator(1), MaxValueValidator(MAX_DURATION)]
    )
    durations = models.JSONField(default=list, blank=True)
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.ONE_ON_ONE)
    max_attendees = models.PositiveSmallIntegerField(
        default=1, validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    enable_waitlist = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    is_private = models.BooleanField(default=False)
    min_scheduling_notice = _minutes(MAX_NOTICE, default=60)
    max_scheduling_horizon = _minutes(MAX_HORIZON, default=60 * 24 * 60)
    buffer_time_before = _minutes(MAX_BUFFER, default=0)
    buffer_time_after = _minutes(MAX_BUFFER, default=0)
    max_bookings_per_day = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=[MinValueValidator(1)]
    )
    limits = models.JSONField(default=list, blank=True)
    slot_interval_minutes = models.PositiveSmallIntegerField(
        default=0, validators=[MaxValueValidator(60)]
    )
    slot_alignment = models.CharField(
        max_length=10, choices=SlotAlignment, default=SlotAlignment.OPENING
    )
    schedule = models.ForeignKey(
        "availability.Schedule",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="event_types",
    )
    date_range_start = models.DateField(null=True, blank=True)
    date_range_end = models.DateField(null=True, blank=True)
    rolling_days = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(365)]
    )
    rolling_days_kind = models.CharField(
        max_length=10, choices=RollingDaysKind, default=RollingDaysKind.CALENDAR
    )
    recurrence_type = models.CharField(
        max_length=10, choices=RecurrenceType, default=RecurrenceType.NONE
    )
    recurrence_rule = models.TextField(max_length=500, blank=True)
    max_occurrences = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(365)]
    )
    recurrence_end_date = models.DateField(null=True, blank=True)
    # Requests: who books asks, and the organizer confirms (semantics, 4).
    requires_confirmation = models.BooleanField(default=False)
    # Only for starts nearer than this; None: always.
    confirmation_within_minutes = models.PositiveIntegerField(
        null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(MAX_NOTICE)]
    )
    pending_holds_slot = models.BooleanField(default=True)
    request_expires_minutes = models.PositiveIntegerField(
        default=48 * 60, validators=[MinValueValidator(15), MaxValueValidator(MAX_REQUEST)]
    )
    # Waiting for a time: how long an offer stands, and whether who has booked may ask for sooner.
    waitlist_offer_minutes = models.PositiveSmallIntegerField(
        default=120, validators=[MinValueValidator(5), MaxValueValidator(MAX_OFFER)]
    )
    offers_sooner = models.BooleanField(default=True)
    shows_attendees = models.BooleanField(default=False)
    # Changes by the invitee: until so long before the start, and so often (None: without limit).
    change_cutoff_minutes = _minutes(MAX_NOTICE, default=0)
    max_reschedules = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=[MaxValueValidator(100)]
    )
    # Who may book, and how often.
    max_upcoming_per_invitee = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(1000)]
    )
    allowed_email_domains = models.JSONField(default=list, blank=True)
    denied_email_domains = models.JSONField(default=list, blank=True)
    requires_email_code = models.BooleanField(default=False)
    # Personal data goes so many days after the end; None: it stays.
    retention_days = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(MAX_RETENTION)]
    )
    location_type = models.CharField(
        max_length=12, choices=LocationType, default=LocationType.VIDEO_CALL
    )
    location_details = models.TextField(max_length=1000, blank=True)
    redirect_url_after_booking = models.URLField(max_length=500, blank=True)
    confirmation_workflow = models.ForeignKey(
        "workflows.Workflow", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    reminder_workflow = models.ForeignKey(
        "workflows.Workflow", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    cancellation_workflow = models.ForeignKey(
        "workflows.Workflow", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    # Legacy: kept for imports only; questions are rows of `CustomQuestion`.
    custom_questions = models.JSONField(default=list, blank=True)
    archived_at = models.DateTimeField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "organizer",
                Lower("name"),
                condition=Q(archived_at__isnull=True),
                name="event_type_name_per_organizer",
            ),
            models.UniqueConstraint(
                fields=["organizer", "event_type_slug"],
                condition=Q(archived_at__isnull=True),
                name="event_type_slug_per_organizer",
            ),
            models.CheckConstraint(condition=Q(duration__gte=1), name="event_type_has_a_duration"),
            models.CheckConstraint(
                condition=Q(max_attendees__gte=1) & Q(max_attendees__lte=100),
                name="event_type_seats_1_to_100",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_archived(self) -> bool:
        """Whether it was deleted; its bookings stand (semantics, 4)."""
        return self.archived_at is not None

    @property
    def has_team(self) -> bool:
        """Whether several hosts may serve it, so that who comes is open until it is booked."""
        return self.kind in TEAM_KINDS

    def is_group_event(self) -> bool:
        """Whether several attendees share a slot."""
        return self.max_attendees > 1

    def get_total_duration_with_buffers(self) -> int:
        """Minutes of the host's time that a booking of the default duration takes."""
        return self.buffer_time_before + self.duration + self.buffer_time_after

    def allowed_durations(self) -> tuple[int, ...]:
        """The choices of the invitee in minutes, the default first."""
        return (self.duration, *(d for d in self.durations if d != self.duration))

    def last_rolling_date(self, now: datetime) -> date | None:
        """The last local date that `rolling_days` reaches by the calendar; None without a limit.

        Also None for the kind `available`: which dates have slots is the engine's to find out.
        """
        from apps.availability.public import RollingDays, last_rolling_day

        if self.rolling_days is None or self.rolling_days_kind == RollingDaysKind.AVAILABLE:
            return None
        rolling = RollingDays(self.rolling_days, self.rolling_days_kind)  # type: ignore[arg-type]
        today = now.astimezone(self._zone()).date()
        return date.fromordinal(last_rolling_day(rolling, today.toordinal()))

    def can_book_on_date(self, date: date, now: datetime) -> bool:
        """Whether notice, horizon, date range and rolling days leave any of that local date.

        `date` is read in the schedule's zone, else the organizer's; `now` is an aware instant.
        Hours, bookings and limits are the engine's business, not decided here, and so are rolling
        days of the kind `available`: they leave every date.
        """
        zone = self._zone()
        opens = now + timedelta(minutes=self.min_scheduling_notice)
        if date < opens.astimezone(zone).date():
            return False
        last_dates = [self.date_range_end, self.last_rolling_date(now)]
        if self.max_scheduling_horizon:
            closes = now + timedelta(minutes=self.max_scheduling_horizon)
            last_dates.append(closes.astimezone(zone).date())
        if self.date_range_start and date < self.date_range_start:
            return False
        return all(last is None or date <= last for last in last_dates)

    def _zone(self) -> ZoneInfo:
        """Whose clock its dates are read on."""
        from apps.common.time import get_zone

        return get_zone(self.schedule.timezone if self.schedule else self.organizer.timezone)
