"""Each due row goes to exactly one runner, in its order, and comes back when its holder dies."""

from __future__ import annotations

import threading
from collections import Counter
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from apps.common.outbox.claiming import (
    claim_due,
    due_rows,
    forget_done,
    recover_expired,
    release,
)
from apps.common.outbox.models import OutboxRow, OutboxState
from apps.common.outbox.running import run_row
from apps.common.time import utc_now


def claim_keys(limit: int = 100) -> list[str]:
    ids = claim_due(now=utc_now(), limit=limit)
    by_id = dict(OutboxRow.objects.values_list("id", "idempotency_key"))
    return [by_id[row_id] for row_id in ids]


@pytest.mark.django_db
def test_rows_are_claimed_when_due_by_age_and_only_once(write):
    now = utc_now()
    write("young", run_at=now - timedelta(seconds=1))
    write("old", run_at=now - timedelta(seconds=2))
    write("future", run_at=now + timedelta(hours=1))
    assert claim_keys(limit=1) == ["old"]
    assert claim_keys() == ["young"]
    assert claim_keys() == []


@pytest.mark.django_db
def test_a_later_row_of_a_line_waits_for_the_earlier_one(write):
    write("second", line="x", sequence=2)
    write("first", line="x", sequence=1)
    write("other", line="y", sequence=9)
    assert claim_keys() == ["other", "first"] or claim_keys() == []
    first = OutboxRow.objects.get(idempotency_key="first")
    assert first.state == OutboxState.LEASED
    assert run_row(first.id)
    assert claim_keys() == ["second"]


@pytest.mark.django_db
def test_an_earlier_row_that_waits_for_its_retry_holds_the_later_one_back(write):
    first = write("first", line="x", sequence=1, name="sample.fail")
    write("second", line="x", sequence=2)
    claim_due(now=utc_now(), limit=10)
    run_row(first.id)
    first.refresh_from_db()
    assert first.state == OutboxState.PENDING
    assert claim_keys() == []


@pytest.mark.django_db
def test_a_dead_row_holds_nobody_back(write):
    first = write("first", line="x", sequence=1, name="sample.fail", payload={"permanent": True})
    write("second", line="x", sequence=2)
    claim_due(now=utc_now(), limit=10)
    run_row(first.id)
    first.refresh_from_db()
    assert first.state == OutboxState.DEAD
    assert claim_keys() == ["second"]


@pytest.mark.django_db
def test_the_database_itself_refuses_two_rows_of_a_line_in_flight(write):
    write("first", line="x", sequence=1)
    write("second", line="x", sequence=2)
    with pytest.raises(IntegrityError), transaction.atomic():
        OutboxRow.objects.update(state=OutboxState.RUNNING)
    write("free-1")
    write("free-2")
    assert OutboxRow.objects.filter(ordering_key="").update(state=OutboxState.RUNNING) == 2


@pytest.mark.django_db
def test_an_earlier_row_that_was_written_late_waits_for_the_one_in_flight(write):
    write("second", line="x", sequence=2)
    assert claim_keys() == ["second"]
    write("first", line="x", sequence=1)
    assert claim_keys() == []


@pytest.mark.django_db
def test_rows_come_back_when_their_lease_ends(write, settings):
    row = write()
    now = utc_now()
    [row_id] = claim_due(now=now, limit=1)
    lease = timedelta(seconds=settings.OUTBOX_LEASE_SECONDS)
    assert claim_due(now=now + lease - timedelta(seconds=1), limit=1) == []
    assert claim_due(now=now + lease, limit=1) == [row_id]
    row.refresh_from_db()
    assert row.attempts == 0


@pytest.mark.django_db
def test_a_row_that_kills_its_worker_each_time_is_given_up(write, settings):
    row = write()
    OutboxRow.objects.update(
        state=OutboxState.RUNNING,
        attempts=settings.OUTBOX_MAX_ATTEMPTS,
        leased_until=utc_now() - timedelta(seconds=1),
    )
    recover_expired(now=utc_now())
    row.refresh_from_db()
    assert row.state == OutboxState.DEAD
    assert row.last_error == "The process that carried it out ended or hung."


@pytest.mark.django_db
def test_released_rows_are_claimed_again_but_begun_ones_stay(write):
    row = write()
    ids = claim_due(now=utc_now(), limit=1)
    release(ids)
    assert claim_due(now=utc_now(), limit=1) == [row.id]
    OutboxRow.objects.update(state=OutboxState.RUNNING)
    release(ids)
    assert OutboxRow.objects.get().state == OutboxState.RUNNING


@pytest.mark.django_db
def test_done_rows_are_forgotten_after_thirty_days(write):
    row = write()
    write("waiting")
    now = utc_now()
    OutboxRow.objects.filter(id=row.id).update(
        state=OutboxState.DONE, done_at=now - timedelta(days=30, seconds=1)
    )
    assert forget_done(now=now) == 1
    assert OutboxRow.objects.get().idempotency_key == "waiting"


@pytest.mark.django_db(transaction=True)
def test_many_claimers_never_get_the_same_row(write):
    for number in range(40):
        write(f"row-{number}", line=f"line-{number % 8}" if number % 2 else "", sequence=number)
    claimed: list[int] = []
    lock = threading.Lock()
    start = threading.Barrier(6)

    def claim() -> None:
        try:
            start.wait(10)
            for _ in range(12):
                ids = claim_due(now=utc_now(), limit=3)
                with lock:
                    claimed.extend(ids)
        finally:
            connection.close()

    threads = [threading.Thread(target=claim) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert claimed
    assert max(Counter(claimed).values()) == 1
    in_flight = OutboxRow.objects.filter(state=OutboxState.LEASED).exclude(ordering_key="")
    lines = Counter(in_flight.values_list("ordering_key", flat=True))
    assert set(lines.values()) == {1}
    # Every row that waits for nobody was handed out: 20 without a line, 4 lines' first ones.
    assert len(claimed) == 24


@pytest.mark.django_db
def test_the_partial_indexes_serve_the_claim(write):
    write(line="x")
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")
    plan = due_rows(utc_now()).order_by("run_at", "id").values_list("id").explain()
    assert "outbox_due" in plan
    assert "outbox_order" in plan
