"""Tables without business words."""

from django.db import models

from apps.common.outbox.models import OutboxRow

__all__ = ["IdempotencyRecord", "OutboxRow"]


class IdempotencyRecord(models.Model):
    """The stored answer of an unsafe call, written in the call's own transaction."""

    scope = models.CharField(max_length=60)
    key = models.CharField(max_length=255)
    fingerprint = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField()
    body = models.JSONField()
    created_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["scope", "key"], name="one_answer_per_idempotency_key")
        ]

    def __str__(self) -> str:
        return f"{self.scope} {self.key}"
