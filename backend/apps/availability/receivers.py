"""What availability does when something happened in an app below it."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver

from apps.availability.services import ensure_default_schedule
from apps.users.public import user_registered


@receiver(user_registered, dispatch_uid="availability.default_schedule")
def _give_default_schedule(*, user_id: Any, **_: object) -> None:
    ensure_default_schedule(user_id)
