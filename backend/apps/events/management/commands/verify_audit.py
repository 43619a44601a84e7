"""Verify the chains of audit rows and the seals over them."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, ArgumentTypeError
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError

from apps.events.models import Booking, BookingAuditLog
from apps.events.services.audit import (
    Verification,
    is_seal_known,
    verify_audit,
    verify_booking_audit,
)


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise ArgumentTypeError(
            f"{text!r} is no booking's id; it looks like 0b8f2c3e-…, as in the booking's address"
        ) from None


def _hash(text: str) -> str:
    if len(text) != 64 or set(text) - set("0123456789abcdef"):
        raise ArgumentTypeError("a seal is 64 hexadecimal digits, as this command prints them")
    return text


class Command(BaseCommand):
    """Exit status 0: whole; 1: broken, the first broken rows are named; 2: bad arguments."""

    help = (
        "Verify every booking's chain of audit rows and the seals over them. Name the first "
        "broken row and end with status 1 when one is broken, 2 for bad arguments."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--booking", type=_uuid, help="only this booking, by its id")
        parser.add_argument(
            "--seal",
            type=_hash,
            help="a head of the seals that was noted earlier; it must still be there",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        booking_id: UUID | None = options["booking"]
        if booking_id is None:
            done = verify_audit()
        else:
            done = verify_booking_audit(booking_id=booking_id)
            self._refuse_unknown(booking_id, done)
        self._report(done, is_all=booking_id is None)
        if options["seal"] and not is_seal_known(options["seal"]):
            done.flaws += 1
            self.stderr.write(f"seal {options['seal']}: is gone, with all that was sealed in it")
        if not done.is_whole:
            sys.exit(1)

    def _refuse_unknown(self, booking_id: UUID, done: Verification) -> None:
        is_known = (
            done.seals
            or Booking.objects.filter(pk=booking_id).exists()
            or BookingAuditLog.objects.filter(booking_id=booking_id).exists()
        )
        if not is_known:
            raise CommandError(f"There is no booking {booking_id}.", returncode=2)

    def _report(self, done: Verification, *, is_all: bool) -> None:
        unsealed = done.rows - done.sealed_rows
        self.stdout.write(
            f"{done.bookings} bookings, {done.rows} rows; {done.sealed_rows} rows in "
            f"{done.seals} seals, {unsealed} not sealed yet."
        )
        if is_all and done.head:
            self.stdout.write(f"Head of the seals: {done.head}")
        for flaw in done.first_flaws:
            self.stderr.write(f"{flaw}")
        if done.flaws > len(done.first_flaws):
            self.stderr.write(f"and {done.flaws - len(done.first_flaws)} more")
        if done.is_whole:
            self.stdout.write(self.style.SUCCESS("Whole."))
        else:
            self.stderr.write(self.style.ERROR(f"Broken: {done.flaws} findings."))
