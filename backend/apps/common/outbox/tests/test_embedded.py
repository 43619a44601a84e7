"""The dispatcher inside the server process."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
import structlog
from django.core.management import call_command
from django.db import connection, connections

from apps.common.outbox import embedded
from apps.common.outbox.embedded import EmbeddedDispatcher
from apps.common.outbox.models import OutboxRow, OutboxState
from apps.common.outbox.tests import sample_effects
from apps.common.time import utc_now

pytestmark = pytest.mark.django_db(transaction=True)


def wait_until(condition: Callable[[], bool], *, seconds: float = 20) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "the condition was not met in time"
        time.sleep(0.01)


def all_done() -> bool:
    return not OutboxRow.objects.exclude(state=OutboxState.DONE).exists()


@pytest.fixture
def dispatcher():
    made = EmbeddedDispatcher(threads=4, poll_seconds=0.05)
    made.start()
    yield made
    sample_effects.may_end.set()
    made.stop()


def test_it_carries_out_what_is_due_in_parallel_and_each_line_in_order(write, dispatcher):
    for number in range(6):
        for line in "abc":
            write(f"{line}{number}", line=line, sequence=number, payload={"seconds": 0.01})
    wait_until(all_done)
    for line in "abc":
        done = [key for key in sample_effects.carried_out() if key.startswith(line)]
        assert done == [f"{line}{number}" for number in range(6)]
        assert sample_effects.most_at_once[line] == 1


def test_a_due_time_is_met_without_a_nudge(write, dispatcher):
    row = write(run_at=utc_now() + timedelta(seconds=0.3))
    wait_until(all_done)
    row.refresh_from_db()
    assert row.done_at >= row.run_at


def test_one_slow_effect_does_not_hold_the_others_up(write, dispatcher):
    write("slow", name="sample.wait")
    assert sample_effects.begun.wait(10)
    write("quick")
    wait_until(lambda: OutboxRow.objects.get(idempotency_key="quick").state == "done")
    sample_effects.may_end.set()
    wait_until(all_done)


def test_stopping_lets_the_running_effect_end(write):
    dispatcher = EmbeddedDispatcher(threads=2, poll_seconds=0.05)
    dispatcher.start()
    row = write(name="sample.wait")
    assert sample_effects.begun.wait(10)
    stopping = threading.Thread(target=dispatcher.stop)
    stopping.start()
    write("later")
    sample_effects.may_end.set()
    stopping.join(20)
    row.refresh_from_db()
    assert row.state == OutboxState.DONE
    assert OutboxRow.objects.get(idempotency_key="later").state == OutboxState.PENDING


def test_a_database_that_was_away_is_used_again(write):
    dispatcher = EmbeddedDispatcher(threads=1, poll_seconds=0.02)
    with structlog.testing.capture_logs() as lines:
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE common_outboxrow RENAME TO away")
        try:
            dispatcher.start()
            wait_until(lambda: len(lines) >= 2)
        finally:
            with connection.cursor() as cursor:
                cursor.execute("ALTER TABLE away RENAME TO common_outboxrow")
    assert {line["event"] for line in lines} == {"outbox_dispatch_failed"}
    try:
        write()
        wait_until(all_done)
    finally:
        dispatcher.stop()


def test_a_commit_wakes_it_at_once(write, settings):
    settings.OUTBOX_POLL_SECONDS = 60
    embedded.start()
    try:
        write("first")
        wait_until(all_done, seconds=10)
        write("second")
        wait_until(all_done, seconds=10)
    finally:
        embedded.stop()


def test_the_asgi_lifespan_starts_and_ends_it(write, settings):
    settings.OUTBOX_POLL_SECONDS = 1
    from config.asgi import application

    async def live() -> list[str]:
        inbox: asyncio.Queue[dict[str, str]] = asyncio.Queue()
        sent: list[str] = []
        started = asyncio.Event()

        async def send(message: Any) -> None:
            sent.append(message["type"])
            started.set()

        task = asyncio.create_task(application({"type": "lifespan"}, inbox.get, send))
        await inbox.put({"type": "lifespan.startup"})
        await asyncio.wait_for(started.wait(), 10)
        await asyncio.to_thread(write_and_wait)
        await inbox.put({"type": "lifespan.shutdown"})
        await asyncio.wait_for(task, 30)
        return sent

    def write_and_wait() -> None:
        try:
            write()
            wait_until(all_done)
        finally:
            connections.close_all()

    assert asyncio.run(live()) == ["lifespan.startup.complete", "lifespan.shutdown.complete"]
    write("afterwards")
    assert not [t for t in threading.enumerate() if t.name == "outbox-dispatcher"]


def test_a_bad_setting_ends_the_servers_start(settings):
    settings.OUTBOX_LEASE_SECONDS = 5
    settings.EMAIL_TIMEOUT = 15
    from config.asgi import application

    async def start() -> list[dict[str, Any]]:
        sent: list[dict[str, Any]] = []

        async def receive() -> dict[str, str]:
            return {"type": "lifespan.startup"}

        async def send(message: Any) -> None:
            sent.append(message)

        await application({"type": "lifespan"}, receive, send)
        return sent

    [message] = asyncio.run(start())
    assert message["type"] == "lifespan.startup.failed"
    assert "EMAIL_TIMEOUT" in message["message"]


def test_the_command_carries_out_everything_due_and_says_how_much(write):
    write("a")
    write("b", name="sample.fail")
    write("c", run_at=utc_now() + timedelta(hours=1))
    out = StringIO()
    call_command("dispatch_outbox", stdout=out)
    assert out.getvalue() == "2 effects carried out\n"
    assert sorted(OutboxRow.objects.values_list("state", flat=True)) == [
        "done", "pending", "pending",
    ]  # fmt: skip
