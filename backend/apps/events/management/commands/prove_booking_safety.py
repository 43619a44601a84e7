"""Hammer a scratch database with parallel changes, and audit it and the live tables."""

from __future__ import annotations

import json
import subprocess
import sys
from argparse import SUPPRESS, ArgumentParser, ArgumentTypeError
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, connections

from apps.common.time import utc_now
from apps.events.services.safety import Audit, Finding, audit_bookings
from apps.events.services.safety.hammer import Tally, hammer
from apps.events.services.safety.scratch import (
    NoScratch,
    Scratch,
    is_scratch,
    scratch_database,
)
from apps.events.services.safety.stage import set_up, stage_after


def _whole(name: str, least: int, most: int) -> Callable[[str], int]:
    def parse(text: str) -> int:
        if not text.isdecimal() or not least <= int(text) <= most:
            raise ArgumentTypeError(f"{text!r}: {name} is a whole number from {least} to {most}")
        return int(text)

    return parse


class Command(BaseCommand):
    """Exit status 0: nothing found; 1: something that can never be right; 2: bad arguments."""

    help = (
        "Hammer a scratch database of its own with parallel bookings, holds, confirms, waitlist "
        "claims, moves, cancels and raw inserts, then audit it and the live tables. End with "
        "status 1 when anything is found, 2 for bad arguments. The live tables are only read."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--seconds",
            type=_whole("seconds", 1, 3600),
            default=60,
            help="how long to hammer (1 to 3600; default 60)",
        )
        parser.add_argument(
            "--workers",
            type=_whole("workers", 1, 32),
            default=8,
            help="how many at once: processes on PostgreSQL, threads on SQLite (default 8)",
        )
        parser.add_argument(
            "--seed", type=_whole("seed", 0, 10**9), default=1, help="which random changes"
        )
        parser.add_argument(
            "--audit-only", action="store_true", help="hammer nothing, audit the live tables"
        )
        parser.add_argument("--part", choices=["set-up", "hammer", "audit"], help=SUPPRESS)

    def handle(self, *args: Any, **options: Any) -> None:
        if options["part"]:
            self._do_part(options)
            return
        violations = 0
        if not options["audit_only"]:
            violations += self._prove(options)
        violations += self._report("Live tables", audit_bookings(now=utc_now()))
        if violations:
            self.stderr.write(self.style.ERROR(f"{violations} violations."))
            sys.exit(1)
        self.stdout.write(self.style.SUCCESS("0 violations."))

    def _prove(self, options: dict[str, Any]) -> int:
        """Hammer and audit a scratch database; how many violations and errors there were."""
        workers, seconds, seed = options["workers"], options["seconds"], options["seed"]
        try:
            with scratch_database() as scratch:
                _run(scratch, "migrate", "--verbosity", "0")
                _run(scratch, "prove_booking_safety", "--part", "set-up")
                tally = _hammer(scratch, workers=workers, seconds=seconds, seed=seed)
                found = _read_audit(_run(scratch, "prove_booking_safety", "--part", "audit"))
        except NoScratch as refused:
            raise CommandError(str(refused), returncode=2) from refused
        self.stdout.write(
            f"{tally.attempts} attempts by {workers} workers in {seconds} s: "
            f"{tally.accepted} accepted, {tally.conflicts} conflicts, {tally.refused} refused."
        )
        for name, times in sorted(tally.done.items()):
            self.stdout.write(f"  {name}: {times} accepted")
        for error, times in tally.errors.most_common():
            self.stderr.write(f"  error, {times} times: {error}")
        return self._report("Scratch tables", found) + tally.errors.total()

    def _report(self, title: str, done: Audit) -> int:
        looked_at = ", ".join(f"{count} {what}" for what, count in done.looked_at.items())
        self.stdout.write(f"{title}: {looked_at}; {done.violations} violations.")
        for finding in done.first:
            self.stderr.write(f"  {finding}")
        return done.violations

    def _do_part(self, options: dict[str, Any]) -> None:
        """What the command lets processes of its own do, in the scratch database only."""
        if not is_scratch():
            raise CommandError("This is part of the command's own work.", returncode=2)
        if options["part"] == "set-up":
            set_up()
        elif options["part"] == "audit":
            self.stdout.write(json.dumps(asdict(audit_bookings(now=utc_now())), default=str))
        else:
            tally = _strike(options["workers"], seconds=options["seconds"], seed=options["seed"])
            self.stdout.write(json.dumps(tally.to_json()))


def _hammer(scratch: Scratch, *, workers: int, seconds: int, seed: int) -> Tally:
    """On PostgreSQL a process for each worker; on SQLite one with as many threads."""
    processes, threads = (1, workers) if connection.vendor == "sqlite" else (workers, 1)

    def work(number: int) -> Tally:
        fields = ("seconds", seconds), ("workers", threads), ("seed", seed * 1000 + number)
        options = [text for name, value in fields for text in (f"--{name}", str(value))]
        told = json.loads(_run(scratch, "prove_booking_safety", "--part", "hammer", *options))
        return Tally.from_json(told)

    total = Tally()
    with ThreadPoolExecutor(processes) as pool:
        for tally in pool.map(work, range(processes)):
            total.add(tally)
    return total


def _strike(workers: int, *, seconds: int, seed: int) -> Tally:
    """In this process, by as many threads."""
    now = utc_now()
    stage, until = stage_after(now), now + timedelta(seconds=seconds)

    def work(number: int) -> Tally:
        try:
            return hammer(stage, seed=seed + number, clock=utc_now, until=until)
        finally:
            connections.close_all()

    total = Tally()
    with ThreadPoolExecutor(workers) as pool:
        for tally in pool.map(work, range(workers)):
            total.add(tally)
    return total


def _run(scratch: Scratch, *command: str) -> str:
    """A management command in a process of its own, on the scratch database; what it printed."""
    done = subprocess.run(  # noqa: S603 (our own command)
        [sys.executable, str(settings.BACKEND / "manage.py"), *command],
        env=scratch.environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise CommandError(f"{' '.join(command)} failed in the scratch database:\n{done.stderr}")
    return done.stdout


def _read_audit(told: str) -> Audit:
    read = json.loads(told)
    findings = [Finding(**finding) for finding in read["first"]]
    return Audit(read["looked_at"], read["found"], findings)
