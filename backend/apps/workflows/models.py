"""Workflows: for now only what an event type may point at."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models


class Workflow(models.Model):
    """A named set of messages around a booking."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="workflows"
    )
    name = models.CharField(max_length=200)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "name"], name="workflow_name_per_user")
        ]

    def __str__(self) -> str:
        return self.name
