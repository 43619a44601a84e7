"""Who did what to a booking."""

from __future__ import annotations

from django.db import models


class AuditAction(models.TextChoices):
    """What was done."""

    CREATED = "booking_created", "Booked"
    CANCELLED = "booking_cancelled", "Cancelled"
    RESCHEDULED = "booking_rescheduled", "Moved"
    UPDATED = "booking_updated", "Details changed"
    COMPLETED = "booking_completed", "Completed"
    NO_SHOW = "booking_no_show", "Marked as no-show"
    ATTENDEE_JOINED = "attendee_joined", "Attendee joined"
    ATTENDEE_LEFT = "attendee_left", "Attendee left"
    TOKEN_REGENERATED = "access_token_regenerated", "Link replaced"


class ActorType(models.TextChoices):
    """Who acted."""

    ORGANIZER = "organizer"
    INVITEE = "invitee"
    ATTENDEE = "attendee"
    SYSTEM = "system"
    INTEGRATION = "integration"


class BookingAuditLog(models.Model):
    """One action on one booking, written in the transaction that did it; never changed."""

    id = models.BigAutoField(primary_key=True)
    booking = models.ForeignKey(
        "events.Booking", on_delete=models.PROTECT, related_name="audit_log"
    )
    action = models.CharField(max_length=40, choices=AuditAction)
    description = models.TextField(blank=True)
    actor_type = models.CharField(max_length=12, choices=ActorType)
    actor_email = models.EmailField(max_length=254, blank=True)
    actor_name = models.CharField(max_length=200, blank=True)
    ip_address = models.GenericIPAddressField(null=True, blank=True)
    user_agent = models.TextField(max_length=500, blank=True)
    metadata = models.JSONField(default=dict, blank=True)
    old_values = models.JSONField(default=dict, blank=True)
    new_values = models.JSONField(default=dict, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.action} {self.created_at:%Y-%m-%d %H:%M}"
