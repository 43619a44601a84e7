"""Erase personal data that is kept no longer."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from apps.common.time import utc_now
from apps.events.services.privacy import expire_personal_data


class Command(BaseCommand):
    """As often as you like; the sweeper does the same once an hour."""

    help = (
        "Erase the personal data of bookings and waits, and single answers, whose event type or "
        "question keeps them no longer. Prints how many."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="only count, erase nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        done = expire_personal_data(now=utc_now(), dry_run=options["dry_run"])
        verb = "would be erased" if options["dry_run"] else "erased"
        self.stdout.write(
            f"{done.bookings} bookings, {done.waitlist} waits and {done.answers} answers {verb}."
        )
        if done.failed:
            raise CommandError(f"{done.failed} could not be erased; the log says which and why.")
