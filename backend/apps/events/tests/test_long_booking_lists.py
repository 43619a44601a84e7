"""Among many bookings, a page of the list reads few: rows that PostgreSQL really looked at."""

from __future__ import annotations

import json
from urllib.parse import urlencode

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.events.models import Booking, BookingCoHost, EventType
from apps.events.tests.test_million_bookings import nodes
from tests.cast import NOW, make_host
from tests.rows import write_crowd

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]

LIST = "/api/v1/events/bookings/"
TABLES = ("events_booking", "events_bookingcohost", "events_occupancy", "users_user")


@pytest.fixture(scope="module", autouse=True)
def _swept(django_db_setup, django_db_blocker):
    """What the transaction took back must not lie in the way of the tests that follow."""
    yield
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(f"VACUUM ANALYZE {', '.join(TABLES)}")


MANY = 5000


@pytest.fixture
def busy_ben(db):
    """Ben among others: he organizes and serves for others thousands, and comes along to a few."""
    ben = make_host("ben", "Ben Osei")
    write_crowd(4, MANY, first=NOW)
    one, other, third, _ = EventType.objects.order_by("organizer__slug")
    Booking.objects.filter(event_type=one).update(organizer=ben, host=ben)
    Booking.objects.filter(event_type=other).update(host=ben)
    with_ben = third.bookings.order_by("start_time")[100:150]
    BookingCoHost.objects.bulk_create(BookingCoHost(booking=row, user=ben) for row in with_ben)
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {', '.join(TABLES)}")
    return ben


def _rows_read(sql: str) -> int:
    """How many rows of tables PostgreSQL looks at for a statement, the refused ones too."""
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {sql}".replace("%", "%%"), [])
        told = cursor.fetchone()[0]
    plan = (json.loads(told) if isinstance(told, str) else told)[0]["Plan"]
    return sum(
        (node["Actual Rows"] + node.get("Rows Removed by Filter", 0)) * node["Actual Loops"]
        for node in nodes(plan)
        if node.get("Relation Name") == "events_booking"
    )


def test_a_page_reads_a_few_hundred_of_thousands_of_bookings(client, busy_ben):
    with time_machine.travel(NOW, tick=False):
        client.force_login(busy_ben)
        for query in ({}, {"ordering": "-start_time"}, {"start_after": "2026-03-08T00:00:00Z"}):
            first = f"{LIST}?{urlencode({'page_size': 10, **query})}"
            for address in (first, client.get(first).json()["next"]):
                with CaptureQueriesContext(connection) as asked:
                    assert len(client.get(address).json()["results"]) == 10
                read = [_rows_read(one["sql"]) for one in asked if "events_booking" in one["sql"]]
                assert 10 <= sum(read) < MANY / 2, address
