"""Carries out due effects outside the server: once, or until it is stopped."""

from __future__ import annotations

import signal
import threading
from argparse import ArgumentParser
from types import FrameType
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from apps.common.outbox.draining import drain
from apps.common.outbox.embedded import EmbeddedDispatcher
from apps.common.outbox.running import check_timeouts


class Command(BaseCommand):
    """`dispatch_outbox` runs what is due and ends; `--loop` keeps on until a signal."""

    # It needs neither URLs nor templates: what the checks look at does not concern it.
    requires_system_checks = ()
    help = "Carry out due effects (mails and the like) in this process."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--loop", action="store_true", help="keep dispatching until SIGINT or SIGTERM"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        check_timeouts()
        if options["loop"]:
            self._loop()
        else:
            self.stdout.write(f"{drain()} effects carried out")

    def _loop(self) -> None:
        stopped = threading.Event()

        def stop(number: int, frame: FrameType | None) -> None:
            stopped.set()

        signal.signal(signal.SIGINT, stop)
        signal.signal(signal.SIGTERM, stop)
        dispatcher = EmbeddedDispatcher(
            threads=settings.OUTBOX_THREADS, poll_seconds=settings.OUTBOX_POLL_SECONDS
        )
        dispatcher.start()
        self.stdout.write("dispatching")
        self.stdout.flush()
        stopped.wait()
        dispatcher.stop()
