"""Real servers for tests: processes of their own on the test's database, and an SMTP server."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import Message
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from django.conf import settings
from django.db import connection

BACKEND = Path(__file__).resolve().parents[1]


def free_port() -> int:
    """A port that nothing listens on right now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until(condition: Callable[[], Any], *, what: str, seconds: float = 30) -> Any:
    """The condition's first true value; fails naming `what` after `seconds`."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if value := condition():
            return value
        time.sleep(0.05)
    raise AssertionError(f"waited {seconds} s in vain for: {what}")


def database_url() -> str:
    """The address of the database that this test uses, for another process."""
    config = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{config['NAME']}"
    credentials = config["USER"] + (f":{config['PASSWORD']}" if config["PASSWORD"] else "")
    return f"postgres://{credentials}@{config['HOST']}:{config['PORT']}/{config['NAME']}"


def environment(**more: str) -> dict[str, str]:
    """What a process of its own needs to serve the test's database."""
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "config.settings.local",
        "DATABASE_URL": database_url(),
        "EFFECTS_RUNNER": settings.EFFECTS_RUNNER,
        "REDIS_URL": settings.REDIS_URL,
        "SECRET_KEY": settings.SECRET_KEY,
        "RATE_LIMITS": "off",
        "LOG_LEVEL": "warning",
        **more,
    }


def answers(url: str) -> bool:
    """Whether a GET of `url` succeeds."""
    try:
        with urllib.request.urlopen(url, timeout=2) as response:
            return bool(response.status == 200)
    except (urllib.error.URLError, OSError):
        return False


@contextmanager
def running(command: list[str], env: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """A process that is stopped afterwards."""
    process = subprocess.Popen(command, cwd=BACKEND, env=env)
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@contextmanager
def gunicorn(*, workers: int = 4, threads: int = 8, **env: str) -> Iterator[str]:
    """Several server processes as in production; yields the base address."""
    port = free_port()
    base = f"http://127.0.0.1:{port}"
    command = [
        sys.executable,
        "-m",
        "gunicorn",
        "config.wsgi:application",
        "--bind",
        f"127.0.0.1:{port}",
        "--workers",
        str(workers),
        "--threads",
        str(threads),
        "--worker-class",
        "gthread",
        "--backlog",
        "2048",
        "--log-level",
        "warning",
    ]
    with running(command, environment(BASE_URL=base, **env)):
        wait_until(lambda: answers(f"{base}/healthz"), what="gunicorn to answer")
        yield base


@contextmanager
def uvicorn(**env: str) -> Iterator[str]:
    """One process with everything, as `make run` starts it; yields the base address."""
    port = free_port()
    base = f"http://127.0.0.1:{port}"
    command = [
        sys.executable,
        "-m",
        "uvicorn",
        "config.asgi:application",
        "--port",
        str(port),
        "--lifespan",
        "on",
        "--log-level",
        "warning",
        "--no-proxy-headers",
    ]
    with running(command, environment(BASE_URL=base, **env)):
        wait_until(lambda: answers(f"{base}/healthz"), what="uvicorn to answer")
        yield base


class Mailbox:
    """What a real SMTP server received."""

    def __init__(self) -> None:
        self.raw: list[tuple[list[str], bytes]] = []

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        self.raw.append((list(envelope.rcpt_tos), bytes(envelope.content)))
        return "250 OK"

    def to(self, address: str) -> list[Message]:
        """The mails to one address, in order of arrival."""
        return [message_from_bytes(raw) for recipients, raw in self.raw if address in recipients]


@contextmanager
def smtp_server() -> Iterator[tuple[Mailbox, dict[str, str]]]:
    """A real SMTP server; yields what it received and the settings that reach it."""
    mailbox = Mailbox()
    controller = Controller(mailbox, hostname="127.0.0.1", port=free_port())
    controller.start()
    try:
        yield mailbox, {"EMAIL_HOST": "127.0.0.1", "EMAIL_PORT": str(controller.port)}
    finally:
        controller.stop()


def manage(*arguments: str, **env: str) -> str:
    """Run a management command in a process of its own; its standard output."""
    done = subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=BACKEND,
        env=environment(**env),
        check=True,
        capture_output=True,
        timeout=120,
    )
    return done.stdout.decode()
