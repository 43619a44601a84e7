"""Who waits for a time: on the waitlist of a full one, or for an earlier one than they have."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from apps.common.ids import random_token
from apps.events.erased import ERASED


class WaitingStatus(models.TextChoices):
    """States of somebody who waits (semantics, 6)."""

    ACTIVE = "active", "Waiting"
    NOTIFIED = "notified", "Offered a time"
    CONVERTED = "converted", "Booked"
    EXPIRED = "expired", "Expired"
    CANCELLED = "cancelled", "Left"


WAITING = (WaitingStatus.ACTIVE, WaitingStatus.NOTIFIED)

HANDOVER = timedelta(minutes=1)
"""So long a hold outlasts the offer that it is for: until then the next in line has been served, and
nobody slips in between."""

MOST_OFFERS = 5
"""So many timed offers somebody gets; who let them all end sees on their page when a time is free."""


class _Offered(models.Model):
    """What both kinds of waiting have in common: at most one open offer."""

    class Meta:
        abstract = True

    @property
    def offer_ends_at(self) -> datetime | None:
        """Until when the offer can be taken; None without one."""
        hold = self.offer  # type: ignore[attr-defined]
        return None if hold is None else hold.expires_at - HANDOVER

    def has_open_offer(self, now: datetime) -> bool:
        """Whether there is an offer that can be taken at `now`."""
        ends_at = self.offer_ends_at
        is_notified = self.status == WaitingStatus.NOTIFIED  # type: ignore[attr-defined]
        return is_notified and ends_at is not None and now < ends_at


class WaitlistEntry(_Offered):
    """Somebody in line for a start of an event type, or for any start within a span.

    Without `desired_end_time` it is the start `desired_start_time` alone; with it any start in
    `[desired_start_time, desired_end_time)`. Who asked for the same is in one line, by `queued_at`
    (a lapsed offer sends to the end of it), then by id. An open offer is `offer`, a hold.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    token = models.UUIDField(unique=True, default=random_token)
    event_type = models.ForeignKey(
        "events.EventType", on_delete=models.CASCADE, related_name="waitlist"
    )
    organizer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="waitlist"
    )
    desired_start_time = models.DateTimeField()
    desired_end_time = models.DateTimeField(null=True, blank=True)
    invitee_name = models.CharField(max_length=200)
    invitee_email = models.EmailField(max_length=254)
    invitee_phone = models.CharField(max_length=40, blank=True)
    invitee_timezone = models.CharField(max_length=64, default="UTC")
    locale = models.CharField(max_length=20, default="en")
    custom_answers = models.JSONField(default=dict, blank=True)
    # Off: no timed offers, which would lapse unseen; their page says when the time is free.
    notify_when_available = models.BooleanField(default=True)
    status = models.CharField(max_length=10, choices=WaitingStatus, default=WaitingStatus.ACTIVE)
    queued_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    notified_at = models.DateTimeField(null=True, blank=True)
    offers_made = models.PositiveSmallIntegerField(default=0)
    offer = models.OneToOneField(
        "events.Hold",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="waitlist_entry",
    )
    converted_booking = models.ForeignKey(
        "events.Booking", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    converted_at = models.DateTimeField(null=True, blank=True)
    created_from = models.GenericIPAddressField(null=True, blank=True)
    erased_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name_plural = "waitlist entries"
        constraints = [
            models.CheckConstraint(
                condition=Q(desired_end_time__isnull=True)
                | Q(desired_end_time__gt=F("desired_start_time")),
                name="waitlist_span_is_not_empty",
            ),
        ]
        indexes = [
            models.Index(
                fields=["event_type", "desired_start_time", "queued_at"],
                condition=Q(status__in=["active", "notified"]),
                name="waitlist_line",
            ),
            models.Index(fields=["organizer", "-created_at"], name="waitlist_by_organizer"),
            models.Index(
                fields=["expires_at"],
                condition=Q(status__in=["active", "notified"]),
                name="waitlist_to_expire",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.shown_name}, {self.desired_start_time:%Y-%m-%d %H:%M} UTC"

    @property
    def shown_name(self) -> str:
        """The name as our side sees it."""
        return ERASED if self.erased_at else self.invitee_name


class SoonerRequest(_Offered):
    """A booked invitee who would rather come earlier: "sooner, please".

    Starts fit that are before the booking's, on one of `weekdays` (ISO, Monday is 1) and from
    `minutes_from` to `minutes_until` (minutes since midnight), all on the clock of `timezone`.
    An open offer is `offer`, a hold; taking it moves the booking.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    booking = models.OneToOneField(
        "events.Booking", on_delete=models.CASCADE, related_name="sooner_request"
    )
    event_type = models.ForeignKey(
        "events.EventType", on_delete=models.CASCADE, related_name="sooner_requests"
    )
    timezone = models.CharField(max_length=64)
    weekdays = models.JSONField(default=list)
    minutes_from = models.PositiveSmallIntegerField(default=0)
    minutes_until = models.PositiveSmallIntegerField(default=1440)
    earliest_date = models.DateField(null=True, blank=True)
    status = models.CharField(max_length=10, choices=WaitingStatus, default=WaitingStatus.ACTIVE)
    queued_at = models.DateTimeField()
    notified_at = models.DateTimeField(null=True, blank=True)
    offers_made = models.PositiveSmallIntegerField(default=0)
    offer = models.OneToOneField(
        "events.Hold",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="sooner_request",
    )
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(minutes_from__lt=F("minutes_until")) & Q(minutes_until__lte=1440),
                name="sooner_hours_are_not_empty",
            ),
        ]
        indexes = [
            models.Index(
                fields=["event_type", "queued_at"],
                condition=Q(status__in=["active", "notified"]),
                name="sooner_line",
            ),
        ]

    def __str__(self) -> str:
        return f"sooner than {self.booking_id}"
