"""What `make run` does before it serves: one process, so that a second start is quick."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from apps.common.time import utc_now
from apps.events import demo


class Command(BaseCommand):
    """Migrates, makes the demo data once, prints where everything is, and what HOST leaves out."""

    help = "Migrate, make the demo data, print the addresses."

    def handle(self, *args: Any, **options: Any) -> None:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            call_command("migrate", interactive=False, verbosity=0)
        if settings.DEMO:
            demo.make_demo(now=utc_now())
        lines = ["", *_addresses(settings.BASE_URL, has_demo=demo.has_demo())]
        if not settings.ONLY_THIS_MACHINE:
            lines += ["", *_warnings(has_demo=demo.has_demo())]
        self.stdout.write("\n".join([*lines, "", "  Stop with Ctrl-C.", ""]))


def _addresses(base: str, *, has_demo: bool) -> list[str]:
    lines = [f"  Dashboard      {base}/event-types"]
    if has_demo:
        lines = [
            f"  Booking page   {base}/{demo.SLUG}/intro",
            f"  Organizer      {base}/{demo.SLUG}",
            *lines,
            f"  Sign in with   {demo.EMAIL} / {demo.PASSWORD}",
        ]
    else:
        lines.append(f"  Sign up        {base}/signup")
    if settings.SHOW_MAIL_FOLDER:
        lines.append(f"  Mails          {base}/dev/mail/")
    return lines


def _warnings(*, has_demo: bool) -> list[str]:
    """What is different because other machines reach the server."""
    lines = ["  HOST lets other machines in."]
    if not settings.EMAIL_HOST:
        lines.append(f"  The page of mails is off; they are in {settings.EMAIL_FILE_PATH}.")
    if has_demo:
        lines.append("  The demo organizer's password is public: anyone may sign in as her.")
    elif not settings.DEMO:
        lines.append("  The demo is left out; DEMO=on makes it.")
    return lines
