"""The same rows through Celery: real messages, a real worker, an in-memory broker."""

from __future__ import annotations

import pytest
from celery.contrib.testing.worker import start_worker
from django.db import connections
from kombu.exceptions import OperationalError

from apps.common.outbox.claiming import claim_due
from apps.common.outbox.models import OutboxRow, OutboxState
from apps.common.outbox.tasks import dispatch_due, run_effect
from apps.common.outbox.tests import sample_effects
from apps.common.outbox.tests.test_embedded import all_done, wait_until
from apps.common.time import utc_now
from config.celery import app

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def worker(settings, use_broker):
    settings.EFFECTS_RUNNER = "celery"
    use_broker("memory://")
    with start_worker(app, pool="threads", concurrency=2, perform_ping_check=False):
        yield
    connections.close_all()


def test_a_commit_leads_to_a_run_by_the_worker(worker, write):
    write("a")
    write("b", line="x", sequence=1)
    wait_until(all_done)
    assert sorted(sample_effects.carried_out()) == ["a", "b"]


def test_the_tick_dispatches_what_no_nudge_told_of(worker, write, settings):
    settings.EFFECTS_RUNNER = "embedded"
    write("a")
    assert sample_effects.carried_out() == []
    dispatch_due.delay()
    wait_until(all_done)
    assert sample_effects.carried_out() == ["a"]


def test_a_repeated_message_runs_nothing_twice(write):
    write("a")
    [row_id] = claim_due(now=utc_now(), limit=1)
    for _ in range(3):
        run_effect(row_id=row_id, some_future_argument=True)
    assert len(sample_effects.contexts) == 1


def test_rows_return_when_the_broker_is_away(write, use_broker):
    use_broker("redis://127.0.0.1:1/0")
    write("a")
    with pytest.raises(OperationalError, match="refused"):
        dispatch_due()
    assert OutboxRow.objects.get().state == OutboxState.PENDING


def test_beat_ticks_and_nothing_that_must_happen_is_delayed_by_celery():
    tick = app.conf.beat_schedule["dispatch-due-effects"]
    assert tick["task"] == "outbox.dispatch_due"
    assert tick["schedule"] == 1.0
    assert "countdown" not in tick["options"]
    assert "eta" not in tick["options"]
