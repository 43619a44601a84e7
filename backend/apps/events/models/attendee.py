"""Who takes part in a group session: each on their own, unknown to the others."""

from __future__ import annotations

import copy
import uuid
from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q

from apps.common.ids import random_token
from apps.events.erased import ERASED
from apps.events.models.booking import Booking, BookingStatus, CancelledBy


class AttendeeStatus(models.TextChoices):
    """States of an attendee."""

    CONFIRMED = "confirmed", "Confirmed"
    CANCELLED = "cancelled", "Cancelled"
    NO_SHOW = "no_show", "No-show"


class Attendee(models.Model):
    """One seat of a session (a booking with `capacity` above 1) and who sits there.

    `brought_by` booked the seat together with their own.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    booking = models.ForeignKey(Booking, on_delete=models.CASCADE, related_name="attendees")
    brought_by = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="brought"
    )
    name = models.CharField(max_length=200)
    email = models.EmailField(max_length=254)
    phone = models.CharField(max_length=40, blank=True)
    timezone = models.CharField(max_length=64, default="UTC")
    locale = models.CharField(max_length=20, default="en")
    notes = models.TextField(max_length=5000, blank=True)
    custom_answers = models.JSONField(default=dict, blank=True)
    status = models.CharField(
        max_length=10, choices=AttendeeStatus, default=AttendeeStatus.CONFIRMED
    )
    access_token = models.UUIDField(unique=True, default=random_token)
    access_token_expires_at = models.DateTimeField()
    joined_at = models.DateTimeField()
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_by = models.CharField(max_length=10, choices=CancelledBy, blank=True)
    cancellation_reason = models.TextField(max_length=2000, blank=True)
    # How often the seat was moved by whose it is, and how far the SEQUENCE of its copies is ahead
    # of its session's: a move to another session must not turn it back.
    reschedule_count = models.PositiveSmallIntegerField(default=0)
    sequence_ahead = models.PositiveIntegerField(default=0)
    # The address the seat was booked from; gone with the other personal data.
    created_from = models.GenericIPAddressField(null=True, blank=True)
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("joined_at", "id")
        indexes = [models.Index(fields=["email", "booking"], name="attendee_by_email")]
        constraints = [
            models.CheckConstraint(
                condition=(
                    (Q(status=AttendeeStatus.CANCELLED) & Q(cancelled_at__isnull=False))
                    | (~Q(status=AttendeeStatus.CANCELLED) & Q(cancelled_at__isnull=True))
                ),
                name="attendee_cancelled_at_when_cancelled",
            ),
        ]

    def __str__(self) -> str:
        return self.shown_name

    @property
    def shown_name(self) -> str:
        """The name as our side sees it."""
        return ERASED if self.erased_at else self.name

    @property
    def is_in(self) -> bool:
        """Whether the seat is taken."""
        return self.status != AttendeeStatus.CANCELLED

    @property
    def ical_uid(self) -> str:
        """The UID of this attendee's private copy, for ever the same."""
        return f"{self.pk}@{self.booking.ical_uid.partition('@')[2]}"

    @property
    def ical_sequence(self) -> int:
        """The SEQUENCE of this attendee's private copy."""
        gone = 1 if self.status == AttendeeStatus.CANCELLED else 0
        return self.booking.ical_sequence + self.sequence_ahead + gone

    def leave(self, reason: str, *, now: datetime, cancelled_by: str = CancelledBy.INVITEE) -> None:
        """Give the seat back, in memory."""
        self.status = AttendeeStatus.CANCELLED
        self.cancelled_at = now
        self.cancelled_by = cancelled_by
        self.cancellation_reason = reason

    def move_to(self, session: Booking) -> None:
        """Sit in another session, in memory: link and UID stay, SEQUENCE goes up."""
        sequence = self.ical_sequence + 1
        self.booking = session
        self.sequence_ahead = max(sequence - session.ical_sequence, 0)
        days = timedelta(days=settings.ACCESS_TOKEN_DAYS_AFTER_END)
        self.access_token_expires_at = session.end_time + days

    def regenerate_access_token(self, now: datetime) -> None:
        """A new link, valid at least as long as the old one; that is dead once this is saved."""
        fresh = now + timedelta(days=settings.ACCESS_TOKEN_DAYS_AFTER_END)
        self.access_token = random_token()
        self.access_token_expires_at = max(self.access_token_expires_at, fresh)

    def seen_booking(self, *, seats: int) -> Booking:
        """The session as this attendee may see it: a copy with their data in the invitee's place.

        It knows nothing of the others but whether there are any (`is_shared`), and cannot be
        saved. `seats` are those that this attendee's link stands for.
        """
        session = self.booking
        seen = copy.copy(session)
        seen._state = copy.copy(session._state)
        seen.attendee = self
        seen.invitee_name, seen.invitee_email = self.name, self.email
        seen.invitee_phone, seen.invitee_timezone = self.phone, self.timezone
        seen.locale, seen.notes, seen.custom_answers = self.locale, self.notes, self.custom_answers
        seen.access_token = self.access_token
        seen.access_token_expires_at = self.access_token_expires_at
        seen.ical_uid, seen.ical_sequence = self.ical_uid, self.ical_sequence
        seen.reschedule_count = self.reschedule_count
        seen.created_from, seen.erased_at = self.created_from, self.erased_at
        seen.is_shared = session.attendee_count > seats
        seen.attendee_count, seen.capacity = max(seats, 1), max(seats, 1)
        seen.held_seats = 0
        seen.utm = {}
        if self.status == AttendeeStatus.CANCELLED:
            seen.status = BookingStatus.CANCELLED
            seen.cancelled_at, seen.cancelled_by = self.cancelled_at, self.cancelled_by
            seen.cancellation_reason = self.cancellation_reason
        elif self.status == AttendeeStatus.NO_SHOW and session.is_live:
            seen.status = BookingStatus.NO_SHOW
        return seen
