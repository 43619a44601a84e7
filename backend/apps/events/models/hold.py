"""Time or seats kept for somebody for a short while."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q

from apps.common.ids import random_token


class HoldPurpose(models.TextChoices):
    """What a hold is for."""

    FORM = "form", "Somebody is filling in the form"
    WAITLIST = "waitlist", "Offered to somebody on the waitlist"
    SOONER = "sooner", "Offered to somebody who asked for an earlier time"


class Hold(models.Model):
    """A start of an event type that is kept for one visitor until `expires_at`.

    It takes its hosts' time by `Occupancy` rows of its own, or, where several attendees share a
    start, `seats` of `session` (counted in `Booking.held_seats`). `token` is the holder's key.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    token = models.UUIDField(unique=True, default=random_token)
    purpose = models.CharField(max_length=8, choices=HoldPurpose, default=HoldPurpose.FORM)
    event_type = models.ForeignKey(
        "events.EventType", on_delete=models.CASCADE, related_name="holds"
    )
    start_time = models.DateTimeField()
    end_time = models.DateTimeField()
    session = models.ForeignKey(
        "events.Booking", on_delete=models.CASCADE, null=True, blank=True, related_name="holds"
    )
    seats = models.PositiveSmallIntegerField(default=1)
    # Whose budget it counts against: the client's address or network, hashed.
    holder = models.CharField(max_length=64, blank=True)
    expires_at = models.DateTimeField()
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(end_time__gt=F("start_time")), name="hold_ends_after_start"
            ),
            models.CheckConstraint(condition=Q(seats__gte=1), name="hold_has_seats"),
        ]
        indexes = [
            models.Index(fields=["expires_at"], name="hold_by_end"),
            models.Index(fields=["holder", "expires_at"], name="hold_by_holder"),
        ]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()}, {self.start_time:%Y-%m-%d %H:%M} UTC"
