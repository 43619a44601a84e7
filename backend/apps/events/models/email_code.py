"""Codes that prove an e-mail address before a booking counts."""

from __future__ import annotations

from django.db import models


class EmailCode(models.Model):
    """One code sent to one address; only its salted hash is kept."""

    id = models.BigAutoField(primary_key=True)
    event_type = models.ForeignKey("events.EventType", on_delete=models.CASCADE, related_name="+")
    email = models.EmailField(max_length=254)
    code_hash = models.CharField(max_length=200)
    attempts = models.PositiveSmallIntegerField(default=0)
    expires_at = models.DateTimeField()
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["event_type", "email"], name="one_code_per_address"),
        ]
        indexes = [models.Index(fields=["expires_at"], name="email_code_by_end")]

    def __str__(self) -> str:
        return f"code for {self.email}"
