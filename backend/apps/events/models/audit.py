"""Who did what to a booking."""

from __future__ import annotations

from django.db import models


class AuditAction(models.TextChoices):
    """What was done."""

    CREATED = "booking_created", "Booked"
    REQUESTED = "booking_requested", "Asked for"
    CONFIRMED = "booking_confirmed", "Confirmed"
    REJECTED = "booking_rejected", "Rejected"
    EXPIRED = "booking_expired", "Expired unanswered"
    REPICK_ASKED = "booking_repick_asked", "Asked for another time"
    CANCELLED = "booking_cancelled", "Cancelled"
    RESCHEDULED = "booking_rescheduled", "Moved"
    UPDATED = "booking_updated", "Details changed"
    COMPLETED = "booking_completed", "Completed"
    NO_SHOW = "booking_no_show", "Marked as no-show"
    ATTENDEE_JOINED = "attendee_joined", "Attendee joined"
    ATTENDEE_LEFT = "attendee_left", "Attendee left"
    ATTENDEE_ADDED = "attendee_added", "Attendee added"
    ATTENDEE_REMOVED = "attendee_removed", "Attendee removed"
    ATTENDEE_UPDATED = "attendee_updated", "Attendee's details changed"
    ATTENDEE_NO_SHOW = "attendee_no_show", "Attendee marked as no-show"
    ATTENDEE_SHOWED = "attendee_showed", "Attendee's no-show taken back"
    CAPACITY_CHANGED = "capacity_changed", "Number of seats changed"
    HOST_REASSIGNED = "host_reassigned", "Given to another host"
    WAITLIST_CONVERTED = "waitlist_converted", "Booked from the waitlist"
    SOONER_ASKED = "sooner_asked", "Asked for an earlier time"
    SOONER_WITHDRAWN = "sooner_withdrawn", "No longer asks for an earlier time"
    UNDONE = "booking_undone", "Undone with all from its source"
    DATA_DOWNLOADED = "data_downloaded", "Stored data downloaded"
    ERASED = "personal_data_erased", "Personal data erased"
    TOKEN_REGENERATED = "access_token_regenerated", "Link replaced"


class ActorType(models.TextChoices):
    """Who acted."""

    ORGANIZER = "organizer"
    INVITEE = "invitee"
    ATTENDEE = "attendee"
    SYSTEM = "system"
    INTEGRATION = "integration"


class AuditSeal(models.Model):
    """A batch of audit rows of all bookings, sealed together: no row of it can go unnoticed.

    `root` is over the ids and hashes of its rows; `heads` has the last of them of each booking,
    as [sequence, hash], so that it is known whose row is gone when one is. `hash` is over all that
    and the seal before.
    """

    id = models.BigAutoField(primary_key=True)
    rows = models.PositiveIntegerField()
    first_row = models.BigIntegerField()
    last_row = models.BigIntegerField()
    root = models.CharField(max_length=64)
    heads = models.JSONField(default=dict)
    # Unique: of two sweepers at once one seals, and the seals are one chain without branches.
    previous_hash = models.CharField(max_length=64, blank=True, unique=True)
    hash = models.CharField(max_length=64)
    sealed_at = models.DateTimeField()

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"seal {self.pk} of {self.rows} rows"


class BookingAuditLog(models.Model):
    """One action on one booking, written in the transaction that did it; never changed.

    Rows of a booking are a chain: `sequence` counts from 1, `hash` covers the row and
    `previous_hash`. Personal values are covered by `personal_hash`, made with `salt`: both may be
    erased (`erased_at`), and the chain still verifies (semantics, 4).
    """

    id = models.BigAutoField(primary_key=True)
    booking = models.ForeignKey(
        "events.Booking", on_delete=models.PROTECT, related_name="audit_log"
    )
    sequence = models.PositiveIntegerField()
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
    salt = models.CharField(max_length=32, blank=True)
    personal_hash = models.CharField(max_length=64)
    previous_hash = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)
    seal = models.ForeignKey(
        AuditSeal, on_delete=models.PROTECT, null=True, blank=True, related_name="sealed_rows"
    )
    erased_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["booking", "sequence"], name="audit_chain_position"),
        ]
        indexes = [
            models.Index(
                fields=["id"], condition=models.Q(seal__isnull=True), name="audit_to_seal"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.created_at:%Y-%m-%d %H:%M}"
