"""When hosts are open."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q


class Schedule(models.Model):
    """Open hours of a host, in wall times of `timezone` (IANA name).

    `weekly`, `overrides` and `rules` are documents in the shapes of the API: they are read and
    replaced whole, so one row is one consistent version and one query fetches any number of
    hosts. `apps.availability.services` is their only writer and validates them.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="schedules"
    )
    name = models.CharField(max_length=120)
    timezone = models.CharField(max_length=64)
    is_default = models.BooleanField(default=False)
    weekly = models.JSONField(default=list, blank=True)
    overrides = models.JSONField(default=list, blank=True)
    rules = models.JSONField(default=list, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "name"], name="schedule_name_per_user"),
            models.UniqueConstraint(
                fields=["user"], condition=Q(is_default=True), name="one_default_schedule_per_user"
            ),
        ]

    def __str__(self) -> str:
        return self.name
