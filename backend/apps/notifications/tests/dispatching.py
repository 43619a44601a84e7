"""Dispatcher processes of their own, on the test's database and mail server."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.db import connection

_START_SECONDS = 60


def wait_until(condition: Callable[[], bool], *, seconds: float = 60) -> None:
    """Wait for the condition; fail when it does not come true."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "the condition was not met in time"
        time.sleep(0.02)


class Processes:
    """Starts Python processes with this test's settings; kills what is left at the end."""

    def __init__(self, *, folder: Path, mail_port: int) -> None:
        self._started: list[subprocess.Popen[str]] = []
        self._environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "config.settings.local",
            "DATABASE_URL": _database_url(),
            "VAR_DIR": str(folder),
            "EMAIL_HOST": "127.0.0.1",
            "EMAIL_PORT": str(mail_port),
            "EMAIL_TIMEOUT": "2",
            "OUTBOX_LEASE_SECONDS": "3",
            "EFFECTS_RUNNER": "embedded",
            "BASE_URL": "http://book.example.com",
        }

    def start_dispatcher(self) -> subprocess.Popen[str]:
        """A process that dispatches until it is killed; returns once it does."""
        process = self.start("manage.py", "dispatch_outbox", "--loop")
        assert process.stdout is not None
        assert process.stdout.readline() == "dispatching\n"
        return process

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        """Any Python process."""
        process = subprocess.Popen(
            [sys.executable, "-W", "ignore", *arguments],
            cwd=settings.BACKEND,
            env=self._environment,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._started.append(process)
        return process

    def kill(self, process: subprocess.Popen[str]) -> None:
        """SIGKILL: no clean-up of any kind runs."""
        process.send_signal(signal.SIGKILL)
        process.wait(30)

    def end_all(self) -> None:
        """Kill what the test left running."""
        for process in self._started:
            if process.poll() is None:
                process.kill()
            process.wait(30)
            if process.stdout is not None:
                process.stdout.close()


def _database_url() -> str:
    told = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{told['NAME']}"
    user = told["USER"] + (f":{told['PASSWORD']}" if told["PASSWORD"] else "")
    return f"postgres://{user}@{told['HOST']}:{told['PORT'] or 5432}/{told['NAME']}"
