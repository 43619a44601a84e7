"""Make the demo organizer with event types and bookings."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from apps.common.time import utc_now
from apps.events import demo


class Command(BaseCommand):
    """Does nothing when the demo organizer exists."""

    help = "Make the demo organizer with event types and bookings, through the services."

    def handle(self, *args: Any, **options: Any) -> None:
        made = demo.make_demo(now=utc_now())
        word = "made" if made else "there already"
        self.stdout.write(f"Demo organizer {word}: {demo.EMAIL} / {demo.PASSWORD}")
