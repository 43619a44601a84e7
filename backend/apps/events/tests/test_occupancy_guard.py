"""The database's own word: occupancies of one host never overlap, whoever writes them."""

from __future__ import annotations

import threading
import time
from collections import Counter
from contextlib import closing
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, IntegrityError, connection, connections, transaction

from apps.events.errors import SlotTaken
from apps.events.models import Booking, Occupancy
from tests.cast import at, book, make_event_type, make_host


def _raw_insert(host_id, booking_id, start: datetime, end: datetime) -> None:
    """As an outsider with a database client would, not through the ORM."""
    field = Occupancy._meta.get_field
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO events_occupancy (host_id, booking_id, starts_at, ends_at)"
            " VALUES (%s, %s, %s, %s)",
            [
                field("host").get_db_prep_value(host_id, connection),
                field("booking").get_db_prep_value(booking_id, connection),
                field("starts_at").get_db_prep_value(start, connection),
                field("ends_at").get_db_prep_value(end, connection),
            ],
        )


def _spare_booking(booking: Booking) -> Booking:
    """A row that an outsider could hang an occupancy on."""
    spare = Booking.objects.get(pk=booking.pk)
    spare.pk = None
    spare.access_token = None
    spare._state.adding = True
    spare.id = uuid4()
    spare.save(force_insert=True)
    return spare


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("start", "end"),
    [
        (at(10), at(10, 30)),
        (at(9, 45), at(10, 1)),
        (at(10, 29), at(11)),
        (at(9), at(12)),
        (at(10, 10), at(10, 20)),
    ],
)
def test_a_raw_insert_that_overlaps_fails(intro, start, end):
    spare = _spare_booking(book(intro, at(10)))
    with pytest.raises(IntegrityError), transaction.atomic():
        _raw_insert(intro.organizer_id, spare.pk, start, end)
    assert Occupancy.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(("start", "end"), [(at(10, 30), at(11)), (at(9), at(10))])
def test_touching_is_not_overlapping(intro, start, end):
    spare = _spare_booking(book(intro, at(10)))
    _raw_insert(intro.organizer_id, spare.pk, start, end)
    assert Occupancy.objects.count() == 2


@pytest.mark.django_db
def test_a_raw_update_that_overlaps_fails(intro):
    book(intro, at(10))
    later = book(intro, at(11))
    with pytest.raises(IntegrityError), transaction.atomic():
        Occupancy.objects.filter(booking=later).update(starts_at=at(10, 15))


@pytest.mark.django_db
def test_an_occupancy_may_move_over_its_own_time(intro):
    booking = book(intro, at(10))
    Occupancy.objects.filter(booking=booking).update(starts_at=at(10, 15), ends_at=at(10, 45))
    assert Occupancy.objects.get().starts_at == at(10, 15)


@pytest.mark.django_db
def test_nothing_occupies_more_than_two_days(intro):
    spare = _spare_booking(book(intro, at(10)))
    with pytest.raises(IntegrityError), transaction.atomic():
        _raw_insert(intro.organizer_id, spare.pk, at(12), at(12) + timedelta(days=2, minutes=1))


@pytest.mark.django_db
def test_sqlite_refuses_instants_that_would_sort_wrongly(intro):
    if connection.vendor != "sqlite":
        assert connection.vendor == "postgresql"  # typed columns: nothing to refuse there
        return
    spare = _spare_booking(book(intro, at(10)))
    for start, end in (
        ("2026-03-02T10:00:00Z", "2026-03-02T10:30:00Z"),
        ("2026-03-02 10:00:00+00:00", "2026-03-02 10:30:00+00:00"),
        ("02.03.2026 10:00:00", "02.03.2026 10:30:00"),
    ):
        with (
            pytest.raises(IntegrityError),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(
                "INSERT INTO events_occupancy (host_id, booking_id, starts_at, ends_at)"
                " VALUES (%s, %s, %s, %s)",
                [intro.organizer_id.hex, spare.pk.hex, start, end],
            )


def _direct_connection():
    """A connection outside Django's pool, so that all fifty transactions are open at once."""
    if connection.vendor == "postgresql":
        import psycopg

        options = connection.get_connection_params()
        options = {
            name: options[name]
            for name in ("dbname", "host", "port", "user", "password")
            if options.get(name)
        }
        return psycopg.connect(**options)
    import sqlite3

    # Autocommit: the transaction is begun by hand, immediately.
    return sqlite3.connect(
        connection.settings_dict["NAME"],
        timeout=20,
        isolation_level=None,
        check_same_thread=False,
    )


@pytest.mark.processes
@pytest.mark.django_db(transaction=True)
def test_fifty_raw_transactions_for_one_host_end_with_one_winner_and_no_deadlock():
    """Outsiders that take no lock of ours: one wins, 49 are told of the overlap, none of 40P01."""
    event_type = make_event_type(make_host())
    first = book(event_type, at(9))
    spares = [_spare_booking(first).pk for _ in range(50)]
    outcomes: list[str] = []
    ready = threading.Barrier(50)

    def insert(number: int, booking_id) -> None:
        start = at(12) + timedelta(minutes=number % 10)
        field = Occupancy._meta.get_field
        values = [
            field("host").get_db_prep_value(event_type.organizer_id, connection),
            field("booking").get_db_prep_value(booking_id, connection),
            field("starts_at").get_db_prep_value(start, connection),
            field("ends_at").get_db_prep_value(start + timedelta(minutes=30), connection),
        ]
        mark = "%s" if connection.vendor == "postgresql" else "?"
        with closing(_direct_connection()) as outsider:
            try:
                ready.wait()
                cursor = outsider.cursor()
                cursor.execute("BEGIN IMMEDIATE" if mark == "?" else "SELECT 1")
                cursor.execute(
                    "INSERT INTO events_occupancy (host_id, booking_id, starts_at, ends_at)"
                    f" VALUES ({mark}, {mark}, {mark}, {mark})",
                    values,
                )
                outsider.commit()
                outcomes.append("won")
            except Exception as error:
                outsider.rollback()
                is_overlap = "occupancy_no_overlap" in str(error)
                outcomes.append("overlaps" if is_overlap else repr(error))

    threads = [threading.Thread(target=insert, args=spare) for spare in enumerate(spares)]
    began = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    took = time.monotonic() - began
    assert Counter(outcomes) == {"won": 1, "overlaps": 49}
    assert Occupancy.objects.filter(starts_at__gte=at(12)).count() == 1
    # A single deadlock costs a second; the requirement is two seconds on a quiet machine.
    assert took < 10


@pytest.mark.processes
@pytest.mark.django_db(transaction=True)
def test_fifty_bookings_through_the_service_end_with_one_winner():
    """Threads on connections of their own, through check, lock, recheck and guard."""
    event_type = make_event_type(make_host(), slot_interval_minutes=5)
    outcomes: list[str] = []

    def attempt(number: int) -> None:
        try:
            book(event_type, at(12, 5 * (number % 5)))
            outcomes.append("won")
        except SlotTaken:
            outcomes.append("taken")
        except DatabaseError as error:
            outcomes.append(repr(error))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=attempt, args=(number,)) for number in range(50)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Counter(outcomes) == {"won": 1, "taken": 49}
    assert Occupancy.objects.count() == 1
