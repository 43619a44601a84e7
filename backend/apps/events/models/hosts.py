"""Who serves an event type, and who besides its host serves a booking."""

from __future__ import annotations

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from apps.events.models.event_type import Kind

MAX_WEIGHT = 100
MAX_PRIORITY = 100


class EventTypeHost(models.Model):
    """A host of an event type. One without any rows is served by its organizer alone.

    `required`, `weight` and `priority` matter for round robin only: required hosts attend every
    booking, the others take turns (semantics, 4: host choice).
    """

    id = models.BigAutoField(primary_key=True)
    event_type = models.ForeignKey(
        "events.EventType", on_delete=models.CASCADE, related_name="hosts"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="hosted_event_types"
    )
    position = models.PositiveSmallIntegerField(default=0)
    required = models.BooleanField(default=False)
    weight = models.PositiveSmallIntegerField(
        default=1, validators=[MinValueValidator(1), MaxValueValidator(MAX_WEIGHT)]
    )
    priority = models.PositiveSmallIntegerField(
        default=0, validators=[MaxValueValidator(MAX_PRIORITY)]
    )
    schedule = models.ForeignKey(
        "availability.Schedule", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ("position", "id")
        constraints = [
            models.UniqueConstraint(fields=["event_type", "user"], name="one_host_row_per_user"),
        ]

    def __str__(self) -> str:
        return f"host of {self.event_type_id}"

    @property
    def is_required(self) -> bool:
        """Whether they attend every booking: only in round robin does anybody take turns."""
        return self.required or self.event_type.kind != Kind.ROUND_ROBIN


class BookingCoHost(models.Model):
    """A host of a booking besides `Booking.host`: collective bookings, required hosts."""

    id = models.BigAutoField(primary_key=True)
    booking = models.ForeignKey("events.Booking", on_delete=models.CASCADE, related_name="co_hosts")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="co_hosted_bookings"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["booking", "user"], name="one_co_host_row_per_user"),
        ]

    def __str__(self) -> str:
        return f"co-host of {self.booking_id}"
