"""Bookings that repeat: one agreement, many dates."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models


class BookingSeries(models.Model):
    """What the occurrences of a recurring booking have in common; each is a `Booking` of its own.

    `rule` is an RFC 5545 RRULE with COUNT, read from `wall_start` (a wall time) in `timezone`, so
    that occurrences keep their wall time across clock changes. All share `ical_uid`; each has its
    `Booking.recurrence_start` as RECURRENCE-ID.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    event_type = models.ForeignKey(
        "events.EventType", on_delete=models.PROTECT, related_name="series"
    )
    organizer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    rule = models.TextField(max_length=500)
    timezone = models.CharField(max_length=64)
    wall_start = models.CharField(max_length=19)
    # Starts that the rule yields and nobody booked: EXDATE.
    skipped = models.JSONField(default=list, blank=True)
    ical_uid = models.CharField(max_length=255, unique=True)
    created_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "booking series"

    def __str__(self) -> str:
        return f"{self.rule} from {self.wall_start}"
