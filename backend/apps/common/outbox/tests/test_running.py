"""One row is carried out once at a time; its outcome is written by whoever holds it."""

from __future__ import annotations

import threading
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection, transaction

from apps.common.outbox.backoff import retry_delay
from apps.common.outbox.claiming import claim_due
from apps.common.outbox.models import OutboxRow, OutboxState
from apps.common.outbox.operations import discard_effects, retry_effects
from apps.common.outbox.running import check_timeouts, run_row
from apps.common.outbox.tests import sample_effects
from apps.common.time import utc_now


def run_once(row: OutboxRow) -> OutboxRow:
    """Claim and run the row now, whatever its retry time."""
    OutboxRow.objects.filter(id=row.id, state=OutboxState.PENDING).update(run_at=utc_now())
    claim_due(now=utc_now(), limit=10)
    run_row(row.id)
    row.refresh_from_db()
    return row


@pytest.mark.django_db
def test_a_row_is_done_once_whatever_repeats_the_call(write):
    row = run_once(write())
    assert (row.state, row.attempts, row.last_error) == (OutboxState.DONE, 1, "")
    assert row.done_at is not None
    assert row.leased_until is None
    assert not run_row(row.id)
    assert len(sample_effects.contexts) == 1


@pytest.mark.django_db
def test_a_row_that_nobody_leased_is_not_run(write):
    row = write()
    assert not run_row(row.id)
    assert not run_row(row.id + 1000)
    assert sample_effects.contexts == []


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "reason"), [
    ("sample.fail", "no"),
    ("sample.crash", "ZeroDivisionError: division by zero"),
    ("sample.unheard_of", "No function is registered for the effect 'sample.unheard_of'."),
])  # fmt: skip
def test_a_failure_is_told_and_tried_again_later(write, name, reason):
    before = utc_now()
    row = run_once(write(name=name))
    assert (row.state, row.attempts, row.last_error) == (OutboxState.PENDING, 1, reason)
    assert before + timedelta(seconds=4) <= row.run_at <= utc_now() + timedelta(seconds=6)
    again = run_once(row)
    assert again.attempts == 2
    assert again.run_at >= before + timedelta(seconds=12)


@pytest.mark.django_db
def test_retry_after_is_waited_for(write):
    before = utc_now()
    row = run_once(write(name="sample.fail", payload={"retry_after": 600}))
    assert before + timedelta(seconds=600) <= row.run_at <= utc_now() + timedelta(seconds=661)


@pytest.mark.django_db
def test_a_permanent_failure_is_dead_at_once(write):
    row = run_once(write(name="sample.fail", payload={"permanent": True}))
    assert (row.state, row.attempts, row.last_error) == (OutboxState.DEAD, 1, "no")


@pytest.mark.django_db
def test_attempts_end_and_a_person_may_begin_anew(write, settings):
    settings.OUTBOX_MAX_ATTEMPTS = 3
    row = write(name="sample.fail")
    states = [run_once(row).state for _ in range(3)]
    assert states == [OutboxState.PENDING, OutboxState.PENDING, OutboxState.DEAD]
    assert claim_due(now=utc_now() + timedelta(days=9), limit=1) == []
    assert retry_effects(ids=[row.id], now=utc_now()) == 1
    assert run_once(row).state == OutboxState.PENDING
    assert discard_effects(ids=[row.id], by="ana@ruiz.example") == 1
    row.refresh_from_db()
    assert (row.state, row.last_error) == (OutboxState.DEAD, "Discarded by ana@ruiz.example.")


@pytest.mark.django_db
def test_done_and_running_rows_are_neither_retried_nor_discarded(write):
    row = run_once(write())
    assert retry_effects(ids=[row.id], now=utc_now()) == 0
    assert discard_effects(ids=[row.id], by="x") == 0


@pytest.mark.django_db(transaction=True)
def test_running_inside_a_transaction_is_refused(write):
    row = write()
    with transaction.atomic(), pytest.raises(RuntimeError, match="durable"):
        run_row(row.id)


@pytest.mark.django_db(transaction=True)
def test_the_effect_runs_outside_any_transaction(write, monkeypatch):
    seen: list[bool] = []
    monkeypatch.setattr(
        sample_effects, "record", lambda payload, context: seen.append(connection.in_atomic_block)
    )
    run_once(write())
    assert seen == [False]


@pytest.mark.django_db(transaction=True)
def test_a_run_that_lost_its_lease_does_not_overwrite_the_new_holder(write):
    row = write(name="sample.wait")
    claim_due(now=utc_now(), limit=1)
    thread = _run_in_thread(row.id)
    assert sample_effects.begun.wait(10)
    stranger = uuid4()
    OutboxRow.objects.update(lease_id=stranger)
    sample_effects.may_end.set()
    thread.join(10)
    row.refresh_from_db()
    assert (row.state, row.lease_id) == (OutboxState.RUNNING, stranger)


@pytest.mark.django_db(transaction=True)
def test_a_long_run_keeps_its_lease(write, settings):
    settings.OUTBOX_LEASE_SECONDS = 1
    row = write(name="sample.wait")
    claim_due(now=utc_now(), limit=1)
    thread = _run_in_thread(row.id)
    assert sample_effects.begun.wait(10)
    first = OutboxRow.objects.get().leased_until
    deadline = utc_now() + timedelta(seconds=10)
    while OutboxRow.objects.get().leased_until <= first + timedelta(seconds=1):
        assert utc_now() < deadline, "the lease was not renewed"
        assert claim_due(now=utc_now(), limit=1) == []
    sample_effects.may_end.set()
    thread.join(10)
    row.refresh_from_db()
    assert (row.state, row.attempts) == (OutboxState.DONE, 1)


@pytest.mark.django_db(transaction=True)
def test_eight_workers_with_one_id_run_it_once(write):
    row = write(payload={"seconds": 0.1})
    claim_due(now=utc_now(), limit=1)
    threads = [_run_in_thread(row.id) for _ in range(8)]
    for thread in threads:
        thread.join(30)
    assert len(sample_effects.contexts) == 1


def test_delays_grow_spread_and_end():
    for attempts, expected in [(1, 5), (2, 15), (3, 45), (6, 1215), (40, 21_600)]:
        delays = {retry_delay(attempts=attempts).total_seconds() for _ in range(50)}
        assert min(delays) >= expected * 0.8
        assert max(delays) <= expected * 1.2
        assert len(delays) > 10
    assert retry_delay(attempts=1, retry_after=float("inf")) <= timedelta(seconds=6)
    assert retry_delay(attempts=1, retry_after=float("nan")) <= timedelta(seconds=6)
    assert retry_delay(attempts=1, retry_after=-5) <= timedelta(seconds=6)
    assert retry_delay(attempts=1, retry_after=1e12) <= timedelta(days=8)


def test_a_lease_shorter_than_the_mail_servers_patience_is_refused(settings):
    settings.OUTBOX_LEASE_SECONDS = settings.EMAIL_TIMEOUT
    with pytest.raises(ImproperlyConfigured, match="EMAIL_TIMEOUT"):
        check_timeouts()


def _run_in_thread(row_id: int) -> threading.Thread:
    def run() -> None:
        try:
            run_row(row_id)
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    return thread
