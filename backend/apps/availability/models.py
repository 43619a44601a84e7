"""When hosts are open."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from apps.common.etags import make_content_etag


class Schedule(models.Model):
    """Open hours of a host, in wall times of `timezone` (IANA name).

    `weekly`, `overrides` and `rules` are documents in the shapes of the API: they are read and
    replaced whole, so one row is one consistent version and one query fetches any number of
    hosts. `apps.availability.services` is their only writer and validates them.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="schedules"
    )
    name = models.CharField(max_length=120)
    timezone = models.CharField(max_length=64)
    is_default = models.BooleanField(default=False)
    weekly = models.JSONField(default=list, blank=True)
    overrides = models.JSONField(default=list, blank=True)
    rules = models.JSONField(default=list, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "name"], name="schedule_name_per_user"),
            models.UniqueConstraint(
                fields=["user"], condition=Q(is_default=True), name="one_default_schedule_per_user"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class OutOfOffice(models.Model):
    """Time off: whole local dates, both included, or a span of instants `[starts_at, ends_at)`.

    Dates are read on the clock of each of the user's schedules, so a day off is the whole day
    wherever the host is.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="times_off"
    )
    start_date = models.DateField(null=True, blank=True)
    end_date = models.DateField(null=True, blank=True)
    starts_at = models.DateTimeField(null=True, blank=True)
    ends_at = models.DateTimeField(null=True, blank=True)
    note = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "time off"
        verbose_name_plural = "times off"
        constraints = [
            models.CheckConstraint(
                name="time_off_has_dates_or_instants",
                condition=Q(
                    start_date__isnull=False,
                    end_date__gte=F("start_date"),
                    starts_at__isnull=True,
                    ends_at__isnull=True,
                )
                | Q(
                    start_date__isnull=True,
                    end_date__isnull=True,
                    starts_at__isnull=False,
                    ends_at__gt=F("starts_at"),
                ),
            )
        ]

    def __str__(self) -> str:
        if self.start_date:
            return f"{self.start_date} to {self.end_date}"
        return f"{self.starts_at} to {self.ends_at}"

    @property
    def etag(self) -> str:
        """The entity tag of what the API shows of it."""
        instants = [moment and moment.timestamp() for moment in (self.starts_at, self.ends_at)]
        return make_content_etag(self.id, self.start_date, self.end_date, instants, self.note)


class Travel(models.Model):
    """Between two local dates, both included, the user's schedules are read in `timezone`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="travels"
    )
    start_date = models.DateField()
    end_date = models.DateField()
    timezone = models.CharField(max_length=64)
    note = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name_plural = "travels"
        constraints = [
            models.CheckConstraint(
                name="travel_ends_after_start", condition=Q(end_date__gte=F("start_date"))
            )
        ]

    def __str__(self) -> str:
        return f"{self.timezone}, {self.start_date} to {self.end_date}"

    @property
    def etag(self) -> str:
        """The entity tag of what the API shows of it."""
        return make_content_etag(self.id, self.start_date, self.end_date, self.timezone, self.note)


class HolidayCalendar(models.Model):
    """The public holidays on which a user is closed: a country's, or one of its regions'."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="holiday_calendar",
    )
    country = models.CharField(max_length=2, help_text="ISO 3166-1 alpha-2")
    region = models.CharField(max_length=20, blank=True, help_text="As the library names it")
    # Dates such as "2026-12-26" on which the user is open although it is a holiday.
    open_dates = models.JSONField(default=list, blank=True)

    def __str__(self) -> str:
        return f"{self.country} {self.region}".strip()

    @property
    def etag(self) -> str:
        """The entity tag of the choice, wherever it is stored."""
        return make_content_etag(self.user_id, self.country, self.region, self.open_dates)
