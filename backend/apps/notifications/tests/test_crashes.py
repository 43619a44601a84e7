"""Processes die by SIGKILL at the worst moments; every mail is sent, under one Message-ID."""

from __future__ import annotations

import asyncio
import threading
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.db import transaction

from apps.common.outbox import enqueue
from apps.common.outbox.models import OutboxRow, OutboxState
from apps.common.time import utc_now
from apps.notifications.public import booking_mails
from apps.notifications.tests.dispatching import Processes, wait_until
from apps.notifications.tests.mail_server import MailServer, serving
from apps.notifications.tests.samples import ANA, BOOKED, JONAS, changed, moved

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.processes]


class SlowServer(MailServer):
    """While `is_slow`, keeps the sender waiting; `accepts_first` says on which side of that."""

    def __init__(self, *, accepts_first: bool) -> None:
        super().__init__()
        self.accepts_first = accepts_first
        self.is_slow = False
        self.waiting = threading.Event()

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        if not self.is_slow:
            return await super().handle_DATA(server, session, envelope)
        if self.accepts_first:
            await super().handle_DATA(server, session, envelope)
        self.waiting.set()
        while self.is_slow:
            await asyncio.sleep(0.01)
        return "451 4.3.0 the connection was lost anyway"


@pytest.fixture
def server(request: pytest.FixtureRequest) -> Iterator[SlowServer]:
    slow = SlowServer(accepts_first=getattr(request, "param", False))
    with serving(slow):
        yield slow
        slow.is_slow = False


@pytest.fixture
def processes(server: SlowServer, tmp_path: Any) -> Iterator[Processes]:
    made = Processes(folder=tmp_path, mail_port=server.port)
    yield made
    made.end_all()


def write(*notices: Any) -> None:
    for notice in notices:
        with transaction.atomic():
            enqueue(booking_mails(notice), now=utc_now())


def all_done() -> bool:
    return not OutboxRow.objects.exclude(state=OutboxState.DONE).exists()


def identities(server: MailServer) -> Counter[str]:
    return Counter(str(mail.message["Message-ID"]) for mail in server.accepted)


def expected() -> set[str]:
    return {
        payload["message_id"] for payload in OutboxRow.objects.values_list("payload", flat=True)
    }


_COMMIT_AND_DIE = """
import os, signal
import django
django.setup()
from django.db import transaction
from apps.common.outbox import embedded, enqueue
from apps.common.time import utc_now
from apps.notifications.public import booking_mails
from apps.notifications.tests.samples import BOOKED
with transaction.atomic():
    transaction.on_commit(lambda: os.kill(os.getpid(), signal.SIGKILL))
    enqueue(booking_mails(BOOKED), now=utc_now())
raise SystemExit("still alive")
"""


def test_killed_between_commit_and_sending(server, processes):
    assert processes.start("-c", _COMMIT_AND_DIE).wait(60) == -9
    assert OutboxRow.objects.filter(state=OutboxState.PENDING).count() == 2
    processes.start_dispatcher()
    wait_until(all_done)
    assert identities(server) == dict.fromkeys(expected(), 1)
    assert len(server.to(JONAS.email)) == len(server.to(ANA.email)) == 1


@pytest.mark.parametrize("server", [False, True], indirect=True, ids=["refused", "accepted"])
def test_killed_during_sending(server, processes):
    """Whether the mail server had taken the mail or not when the process died."""
    write(BOOKED)
    first = processes.start_dispatcher()
    wait_until(all_done)
    done_before = dict(OutboxRow.objects.values_list("id", "done_at"))
    before = identities(server)

    server.is_slow = True
    write(moved(BOOKED))
    assert server.waiting.wait(30)
    processes.kill(first)
    assert OutboxRow.objects.filter(state=OutboxState.RUNNING).exists()
    server.is_slow = False

    processes.start_dispatcher()
    wait_until(all_done)
    after = identities(server)
    assert set(after) == expected()
    # What was done stays done: not sent again, not even touched.
    assert {key: after[key] for key in before} == before
    assert dict(OutboxRow.objects.filter(id__in=done_before).values_list("id", "done_at")) == (
        done_before
    )
    again = OutboxRow.objects.exclude(id__in=done_before)
    assert max(row.attempts for row in again) == 2
    # A mail that the server had taken comes twice under one identity, which is one mail.
    times = {after[row.payload["message_id"]] for row in again}
    assert max(times) == (2 if server.accepts_first else 1)


def test_three_dispatchers_send_every_mail_once_and_in_order(server, processes):
    dispatchers = [processes.start_dispatcher() for _ in range(3)]
    bookings = [
        changed(booking_id=f"booking-{number}", uid=f"{number}@book.example.com")
        for number in range(15)
    ]
    write(*bookings, *(moved(booking) for booking in bookings))
    wait_until(all_done)
    for dispatcher in dispatchers:
        processes.kill(dispatcher)
    assert OutboxRow.objects.count() == 60
    assert identities(server) == dict.fromkeys(expected(), 1)
    for address in (JONAS.email, ANA.email):
        per_booking: dict[str, list[str]] = {}
        for mail in server.to(address):
            message = mail.message
            thread = str(message.get("References") or message["Message-ID"])
            per_booking.setdefault(thread, []).append(str(message["Subject"]).split(":")[0])
        assert len(per_booking) == 15
        assert set(map(tuple, per_booking.values())) == {("Confirmed", "Moved")}
