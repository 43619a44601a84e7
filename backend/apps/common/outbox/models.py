"""The outbox table: effects asked for by committed transactions."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class OutboxState(models.TextChoices):
    """`pending -> leased -> running -> done | pending (again) | dead`."""

    PENDING = "pending"  # waits for its time, or for an earlier row of its ordering key
    LEASED = "leased"  # handed to a runner that has not begun
    RUNNING = "running"  # being carried out
    DONE = "done"
    DEAD = "dead"  # given up; a person may retry it


class OutboxRow(models.Model):
    """One effect, from the transaction that asked for it until it is done or given up.

    `leased_until`: after it, whoever holds the row is taken for dead and the row comes back.
    `lease_id`: made by each run; only the run that wrote it may finish the row.
    """

    id = models.BigAutoField(primary_key=True)
    name = models.CharField(max_length=80)
    payload = models.JSONField()
    state = models.CharField(max_length=8, choices=OutboxState.choices, default=OutboxState.PENDING)
    run_at = models.DateTimeField()
    idempotency_key = models.CharField(max_length=200, unique=True)
    ordering_key = models.CharField(max_length=200, blank=True, default="")
    sequence = models.BigIntegerField(default=0)
    leased_until = models.DateTimeField(null=True, blank=True)
    lease_id = models.UUIDField(null=True, blank=True)
    attempts = models.PositiveIntegerField(default=0)
    last_error = models.TextField(blank=True, default="")
    done_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()
    request_id = models.CharField(max_length=80, blank=True, default="")

    class Meta:
        verbose_name = "effect"
        verbose_name_plural = "outbox"
        ordering = ("-id",)
        indexes = [
            # "done_at IS NULL" and not the states: SQLite uses a partial index only when the
            # query's text implies its condition, and a bound parameter implies nothing.
            models.Index(
                fields=["state", "run_at", "id"],
                condition=Q(done_at__isnull=True),
                name="outbox_due",
            ),
            models.Index(
                fields=["ordering_key", "sequence", "id"],
                condition=Q(done_at__isnull=True),
                name="outbox_order",
            ),
            models.Index(
                fields=["done_at"], condition=Q(done_at__isnull=False), name="outbox_done"
            ),
        ]
        constraints = [
            # The database has the last word on "one in flight per ordering key".
            models.UniqueConstraint(
                fields=["ordering_key"],
                condition=Q(state__in=["leased", "running"]) & ~Q(ordering_key=""),
                name="outbox_one_in_flight",
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.idempotency_key}"

    @property
    def is_begun(self) -> bool:
        """Whether the outside world may know of it: being carried out, done, or failed."""
        return self.state in (OutboxState.RUNNING, OutboxState.DONE) or self.attempts > 0

    @property
    def is_over(self) -> bool:
        """Whether it was carried out or given up."""
        return self.state in (OutboxState.DONE, OutboxState.DEAD)
