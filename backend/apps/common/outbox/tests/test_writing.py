"""Effects are written in the transaction that makes them necessary."""

from __future__ import annotations

from datetime import timedelta

import pytest
import structlog
from django.db import transaction

from apps.common.outbox import Effect, enqueue, lag_seconds
from apps.common.outbox.draining import drain
from apps.common.outbox.models import OutboxRow
from apps.common.outbox.tests import sample_effects
from apps.common.time import utc_now


@pytest.mark.django_db(transaction=True)
def test_a_transaction_that_rolls_back_leaves_no_effect():
    with transaction.atomic():
        enqueue([Effect(name="sample.record", payload={}, idempotency_key="a")], now=utc_now())
        transaction.set_rollback(True)
    assert not OutboxRow.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_writing_outside_a_transaction_is_refused():
    with pytest.raises(RuntimeError, match="transaction"):
        enqueue([Effect(name="sample.record", payload={}, idempotency_key="a")], now=utc_now())


@pytest.mark.django_db
def test_the_same_key_gives_one_row_and_keeps_the_first(write):
    write("a", payload={"n": 1})
    write("a", payload={"n": 2})
    row = OutboxRow.objects.get()
    assert row.payload["n"] == 1
    assert drain() == 1
    write("a", payload={"n": 3})
    assert drain() == 0


@pytest.mark.django_db
def test_the_request_id_follows_into_the_effect_and_its_log_lines(write):
    with structlog.contextvars.bound_contextvars(request_id="req-12345678"):
        write("a")
    with structlog.testing.capture_logs(
        processors=[structlog.contextvars.merge_contextvars]
    ) as lines:
        drain()
    assert sample_effects.contexts[0].request_id == "req-12345678"
    done = next(line for line in lines if line["event"] == "outbox_effect_done")
    assert done["request_id"] == "req-12345678"
    assert done["effect"] == "sample.record"


@pytest.mark.django_db(transaction=True)
def test_a_broker_that_is_away_does_not_fail_the_committed_change(write, settings, use_broker):
    use_broker("redis://127.0.0.1:1/0")
    settings.EFFECTS_RUNNER = "celery"
    with structlog.testing.capture_logs() as lines:
        row = write("a")
    assert row.state == "pending"
    assert [line["event"] for line in lines] == ["outbox_nudge_failed"]


@pytest.mark.django_db
def test_lag_is_the_wait_of_the_longest_due_row_that_may_run(write):
    now = utc_now()
    assert lag_seconds(now=now) == 0
    write("a", run_at=now - timedelta(seconds=90), line="x", sequence=1)
    write("b", run_at=now + timedelta(hours=1), line="x", sequence=0)
    assert lag_seconds(now=now) == 0
    write("c", run_at=now - timedelta(seconds=30))
    assert lag_seconds(now=now) == pytest.approx(30, abs=1)


@pytest.mark.django_db
@pytest.mark.parametrize("state", ["leased", "running"])
def test_lag_counts_rows_whose_holder_may_be_dead(write, state):
    now = utc_now()
    row = write("a", run_at=now - timedelta(seconds=90))
    write("b", run_at=now - timedelta(seconds=30))
    OutboxRow.objects.filter(id=row.id).update(state=state, leased_until=now)
    assert lag_seconds(now=now) == pytest.approx(90, abs=1)
