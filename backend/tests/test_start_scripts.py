"""The start commands of an installation, run as docker-compose.yml runs them.

A database of its own is made on the private PostgreSQL; web migrates it, and a booking over HTTP must
come out at a mail server by way of Redis, beat and the worker. Runs on PostgreSQL only.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from pathlib import Path
from typing import Any, TypeVar

import psycopg
import pytest
import redis
from aiosmtpd.controller import Controller
from django.conf import settings

pytestmark = pytest.mark.production

SCRIPTS = Path(settings.REPOSITORY) / "infra" / "scripts"
DATABASE = "halfpast_start_scripts"
REDIS_DATABASE = 9
PATIENCE = 60.0

T = TypeVar("T")


def wait_until(what: str, ask: Callable[[], T | None], *, meanwhile: Callable[[], None]) -> T:
    """The first true answer of `ask`; `meanwhile` raises when waiting has become pointless."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if answer := ask():
            return answer
        meanwhile()
        time.sleep(0.05)
    raise AssertionError(f"{what} did not happen within {PATIENCE:.0f} s")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Mailbox:
    """Keeps what a real SMTP server is given."""

    def __init__(self) -> None:
        self.envelopes: list[Any] = []

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        self.envelopes.append(envelope)
        return "250 Message accepted"


@dataclass
class Installation:
    """The processes of one installation and the settings they share."""

    environment: dict[str, str]
    folder: Path
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def start(self, script: str, **extra: str) -> None:
        with (self.folder / f"{script}.log").open("wb") as log:
            self.processes[script] = subprocess.Popen(
                [str(SCRIPTS / script)],
                env={**self.environment, **extra},
                cwd=self.folder,
                stdout=log,
                stderr=subprocess.STDOUT,
            )

    def check_alive(self) -> None:
        for script, process in self.processes.items():
            if process.poll() is not None:
                log = (self.folder / f"{script}.log").read_text()
                raise AssertionError(f"{script} ended with {process.returncode}:\n{log[-3000:]}")

    def stop(self, script: str) -> int:
        """Ask the process to end, as a container's stop does; its exit status."""
        process = self.processes.pop(script)
        process.send_signal(signal.SIGTERM)
        try:
            return process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            process.kill()
            raise AssertionError(f"{script} did not end within 30 s of SIGTERM") from None

    def kill(self) -> None:
        for process in self.processes.values():
            process.kill()
            process.wait()


def call(url: str, body: dict[str, Any] | None = None, *, token: str = "") -> tuple[int, Any]:
    """Status and JSON of an answer; (0, None) while nobody listens."""
    headers = {"Content-Type": "application/json", "Accept": "application/json"}
    if token:
        headers["Authorization"] = f"Bearer {token}"
    data = None if body is None else json.dumps(body).encode()
    try:
        with urllib.request.urlopen(
            urllib.request.Request(url, data=data, headers=headers), timeout=10
        ) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as refusal:
        return refusal.code, json.loads(refusal.read() or b"null")
    except OSError:
        return 0, None


@pytest.fixture(scope="module")
def database_url() -> Iterator[str]:
    """An empty database beside the suite's own."""
    server = settings.DATABASES["default"]
    address = {
        "host": server["HOST"],
        "port": server["PORT"],
        "user": server["USER"],
        "password": server["PASSWORD"] or None,
    }
    credentials = f"{server['USER']}:{server['PASSWORD']}" if server["PASSWORD"] else server["USER"]
    with psycopg.connect(dbname="postgres", autocommit=True, **address) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)")
        connection.execute(f"CREATE DATABASE {DATABASE}")
        yield f"postgres://{credentials}@{server['HOST']}:{server['PORT']}/{DATABASE}"
        connection.execute(f"DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)")


@pytest.fixture(scope="module")
def redis_url() -> Iterator[str]:
    """A numbered database of the suite's Redis, emptied."""
    url = f"{settings.REDIS_URL.rsplit('/', 1)[0]}/{REDIS_DATABASE}"
    with redis.Redis.from_url(url) as client:
        client.flushdb()
        yield url
        client.flushdb()


@pytest.fixture(scope="module")
def mailbox() -> Iterator[tuple[Mailbox, int]]:
    box, port = Mailbox(), free_port()
    server = Controller(box, hostname="127.0.0.1", port=port)
    server.start()
    yield box, port
    server.stop()


@pytest.fixture(scope="module")
def web_port() -> int:
    return free_port()


@pytest.fixture(scope="module")
def installation(
    database_url: str,
    redis_url: str,
    mailbox: tuple[Mailbox, int],
    web_port: int,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Installation]:
    """Nothing started yet. Only the settings an operator gives, none of the test suite's."""
    folder = tmp_path_factory.mktemp("installation")
    binaries = str(Path(sys.executable).parent)
    made = Installation(
        environment={
            "PATH": f"{binaries}{os.pathsep}{os.environ['PATH']}",
            "HOME": str(folder),
            "ENV_FILE": os.devnull,
            "SECRET_KEY": "start-scripts-" + "k" * 40,
            "BASE_URL": f"http://localhost:{web_port}",
            "DATABASE_URL": database_url,
            "REDIS_URL": redis_url,
            "EMAIL_HOST": "127.0.0.1",
            "EMAIL_PORT": str(mailbox[1]),
            "VAR_DIR": str(folder / "var"),
            "BIND_HOST": "127.0.0.1",
            "BEAT_SCHEDULE_FILE": str(folder / "beat"),
        },
        folder=folder,
    )
    yield made
    made.kill()


def wait_for_answer(installation: Installation, url: str) -> Any:
    def ask() -> Any:
        status, body = call(url)
        return body if status == 200 else None

    return wait_until(f"an answer from {url}", ask, meanwhile=installation.check_alive)


def book_first_free_slot(api: str) -> dict[str, Any]:
    """Sign an organizer up, make an event type, and book its first free start as a stranger."""
    status, account = call(
        f"{api}/auth/register/",
        {
            "email": "olga@example.com",
            "password": "correct horse battery",
            "name": "Olga Organizer",
            "timezone": "Europe/Lisbon",
            "slug": "olga",
        },
    )
    assert status == 201, account
    status, event_type = call(
        f"{api}/events/event-types/",
        {
            "name": "Intro",
            "event_type_slug": "intro",
            "duration": 30,
            "location_type": "phone_call",
        },
        token=account["access"],
    )
    assert status == 201, event_type
    today = datetime.now(UTC).date()
    status, offer = call(
        f"{api}/events/slots/olga/intro/?timezone=UTC"
        f"&start_date={today}&end_date={today + timedelta(days=14)}"
    )
    assert status == 200, offer
    status, booking = call(
        f"{api}/events/bookings/create/",
        {
            "organizer_slug": "olga",
            "event_type_slug": "intro",
            "start_time": offer["slots"][0]["start"],
            "invitee_name": "Ines Invitee",
            "invitee_email": "ines@example.com",
            "invitee_phone": "+351210000000",
            "invitee_timezone": "UTC",
        },
    )
    assert status == 201, booking
    return dict(booking)


def test_a_booking_over_http_reaches_the_mail_server_through_worker_and_beat(
    installation: Installation, mailbox: tuple[Mailbox, int], web_port: int
) -> None:
    base = f"http://127.0.0.1:{web_port}"
    ws_port = free_port()
    installation.start("start-web", PORT=str(web_port), RUN_MIGRATIONS="1", WEB_WORKERS="1")
    wait_for_answer(installation, f"{base}/healthz")
    ready = wait_for_answer(installation, f"{base}/readyz")
    assert (ready["database"], ready["cache"]) == ("ok", "ok")
    installation.start("start-ws", PORT=str(ws_port))
    installation.start("start-worker", WORKER_CONCURRENCY="1")
    installation.start("start-beat")
    wait_for_answer(installation, f"http://127.0.0.1:{ws_port}/healthz")

    booking = book_first_free_slot(f"{base}/api/v1")
    assert booking["status"] == "confirmed"
    box = mailbox[0]

    def both_sides_told() -> list[Any] | None:
        about_booking = [e for e in box.envelopes if b"text/calendar" in e.content]
        return about_booking if len(about_booking) >= 2 else None

    envelopes = wait_until(
        "mail to both sides", both_sides_told, meanwhile=installation.check_alive
    )
    assert sorted(e.rcpt_tos[0] for e in envelopes) == ["ines@example.com", "olga@example.com"]
    ids = {message_from_bytes(e.content)["Message-ID"] for e in envelopes}
    assert len(ids) == 2

    # Each process ends by itself when asked to. (uvicorn says so by the signal it was sent.)
    assert {name: installation.stop(name) for name in list(installation.processes)} == {
        "start-web": 0,
        "start-ws": -signal.SIGTERM,
        "start-worker": 0,
        "start-beat": 0,
    }


@pytest.mark.parametrize(
    ("script", "name", "value"),
    [
        ("start-web", "SECRET_KEY", "too short"),
        ("start-ws", "BASE_URL", "not an address"),
        ("start-worker", "EMAIL_PORT", "many"),
        ("start-beat", "OUTBOX_POLL_SECONDS", "-1"),
    ],
)
def test_a_wrong_setting_stops_the_start_with_one_line_that_names_it(
    installation: Installation, script: str, name: str, value: str
) -> None:
    ended = subprocess.run(
        [str(SCRIPTS / script)],
        env={**installation.environment, "PORT": str(free_port()), name: value},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ended.returncode != 0
    told = [line for line in ended.stderr.splitlines() if f"Halfpast cannot start: {name}:" in line]
    assert len(told) == 1, ended.stderr
