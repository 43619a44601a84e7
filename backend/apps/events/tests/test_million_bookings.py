"""Among a million bookings, no slot query reads a table of bookings from end to end.

Real rows and PostgreSQL's own plans: those for the very values asked with, and the general ones
that it keeps for statements that come again and again.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import psycopg
import pytest
from django.db import connection

from apps.events.models import Booking, EventType, EventTypeHost, Occupancy
from apps.events.selectors.offers import load_offer
from apps.events.selectors.slots import explain_start, list_offered_slots, list_slots_for_move
from tests.cast import NOW, at
from tests.rows import write_crowd

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]

HOSTS = 1000
BOOKINGS_EACH = 1000
TABLES = ("events_booking", "events_occupancy")
FULL = {"start": NOW, "end": NOW + timedelta(days=31), "now": NOW}

_INDEXES = """
SELECT indexname, indexdef FROM pg_indexes WHERE tablename = ANY(%s)
AND indexname NOT IN (SELECT conname FROM pg_constraint WHERE contype IN ('p', 'u', 'x'))
"""
_CONSTRAINTS = """
SELECT conrelid::regclass, conname FROM pg_constraint
WHERE conrelid::regclass::text = ANY(%s) AND contype IN ('u', 'x')
"""


@pytest.fixture(scope="module", autouse=True)
def _swept(django_db_setup, django_db_blocker):
    """What the transaction took back must not lie in the way of the tests that follow."""
    yield
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(f"VACUUM {', '.join(TABLES)}")


def fill() -> None:
    """A thousand organizers with an event type and a thousand bookings each.

    Indexes are made after the rows, which is many times faster, and only those that the models name;
    the transaction of the test takes everything back.
    """
    with connection.cursor() as cursor:
        cursor.execute(_INDEXES, [list(TABLES)])
        indexes = cursor.fetchall()
        for name, _ in indexes:
            cursor.execute(f'DROP INDEX "{name}"')
        cursor.execute(_CONSTRAINTS, [list(TABLES)])
        for table, name in cursor.fetchall():
            cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
        cursor.execute("SET LOCAL maintenance_work_mem = '256MB'")
        write_crowd(HOSTS, BOOKINGS_EACH, first=NOW - timedelta(hours=100))
        named = {index.name for model in (Booking, Occupancy) for index in model._meta.indexes}
        for name, definition in indexes:
            if name in named:
                cursor.execute(definition)
        for table in (*TABLES, "events_eventtype", "users_user"):
            cursor.execute(f"ANALYZE {table}")


@contextmanager
def asked() -> Iterator[list[tuple[str, Any]]]:
    """The statements sent meanwhile that read a table of bookings, with their values."""
    statements: list[tuple[str, Any]] = []

    def note(execute, sql, params, many, context):
        if any(table in sql for table in TABLES):
            statements.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield statements


def nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for part in plan.get("Plans", ()):
        yield from nodes(part)


def plans(sql: str, params: Any) -> Iterator[dict[str, Any]]:
    """The plan for these values, and the one for any values."""
    raw = connection.connection
    as_text = psycopg.ClientCursor(raw)
    values = [as_text.mogrify("%s", [value]) for value in params]
    numbered = sql % tuple(f"${number}" for number in range(1, len(values) + 1))
    with connection.cursor() as cursor:
        cursor.execute(f"PREPARE asked AS {numbered}".replace("%", "%%"))
        for mode in ("force_custom_plan", "force_generic_plan"):
            cursor.execute(f"SET LOCAL plan_cache_mode = {mode}")
            explained = as_text.execute(
                f"EXPLAIN (FORMAT JSON) EXECUTE asked({', '.join(values)})"
            ).fetchone()[0]
            yield (json.loads(explained) if isinstance(explained, str) else explained)[0]["Plan"]
        cursor.execute("DEALLOCATE asked")


def test_no_slot_query_scans_the_bookings():
    fill()
    first, *others = EventType.objects.select_related("organizer").order_by("id")[:10]
    organizer = first.organizer
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM events_booking")
        assert cursor.fetchone()[0] > HOSTS * BOOKINGS_EACH

    def change(**fields):
        EventType.objects.filter(pk=first.pk).update(**fields)

    def read():
        return load_offer(EventType.objects.select_related("organizer").get(pk=first.pk))

    def list_month():
        assert list_offered_slots(read(), **FULL)

    with asked() as statements:
        list_month()
        change(max_bookings_per_day=40, limits=[{"per": "month", "max": 1000}])
        list_month()
        type(organizer).objects.filter(pk=organizer.pk).update(
            booking_limits=[{"per": "month", "max": 1000}]
        )
        list_month()
        change(rolling_days=20, rolling_days_kind="available")
        list_month()
        explain_start(read(), start=at(10), now=NOW, duration=30)
        list_slots_for_move(first.bookings.filter(start_time__gt=NOW)[0], **FULL)
        EventTypeHost.objects.bulk_create(
            EventTypeHost(event_type=first, user_id=event_type.organizer_id)
            for event_type in (first, *others)
        )
        for kind in ("round_robin", "collective"):
            change(kind=kind)
            list_month()
            explain_start(read(), start=at(10), now=NOW, duration=30)
        EventTypeHost.objects.all().delete()
        change(kind="group", max_attendees=5)
        list_month()
        explain_start(read(), start=at(10), now=NOW, duration=30)
    read_from = [sql for sql, _ in statements if sql.lstrip().startswith("SELECT")]
    assert len(read_from) == len(statements) >= 14
    for sql, params in statements:
        for plan in plans(sql, params):
            scanned = [
                node["Relation Name"]
                for node in nodes(plan)
                if node["Node Type"] == "Seq Scan" and node["Relation Name"] in TABLES
            ]
            assert not scanned, (sql, plan)
            assert plan["Plan Rows"] < HOSTS * BOOKINGS_EACH / 10
