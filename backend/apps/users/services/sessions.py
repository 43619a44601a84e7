"""Sessions that have ended."""

from __future__ import annotations

from datetime import datetime

from django.contrib.sessions.models import Session


def forget_ended_sessions(*, now: datetime) -> int:
    """Delete sessions that nobody can use any more; how many."""
    return Session.objects.filter(expire_date__lt=now).delete()[0]
