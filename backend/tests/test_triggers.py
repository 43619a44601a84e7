"""The databases' own guards survive every migration.

SQLite drops a table's triggers without a word when a later migration makes the table anew, as most
changes of columns do there. What a guard does is tested beside its app; this is the roll-call.
"""

from __future__ import annotations

import pytest
from django.db import connection

pytestmark = pytest.mark.django_db

VERSIONED = (
    "availability_holidaycalendar",
    "availability_outofoffice",
    "availability_schedule",
    "availability_travel",
    "events_customquestion",
    "events_eventtype",
    "events_eventtypehost",
)


def _triggers() -> set[tuple[str, str]]:
    """Table and name of every trigger of ours."""
    statement = {
        "sqlite": "SELECT tbl_name, name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": (
            "SELECT c.relname, t.tgname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
            "WHERE NOT t.tgisinternal"
        ),
    }[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return set(cursor.fetchall())


def _expected() -> set[tuple[str, str]]:
    if connection.vendor == "postgresql":
        return {
            *((table, "raise_version") for table in (*VERSIONED, "users_user")),
            ("events_occupancy", "occupancy_queue"),
        }
    return {
        *(
            (table, f"{table}_raise_version_{event}")
            for table in VERSIONED
            for event in ("INSERT", "UPDATE", "DELETE")
        ),
        *(("events_occupancy", f"occupancy_no_overlap_{event}") for event in ("INSERT", "UPDATE")),
        ("users_user", "users_user_raise_version"),
    }


def test_every_trigger_is_there():
    assert _triggers() == _expected()


def test_the_exclusion_constraint_is_there():
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT conname FROM pg_constraint WHERE contype = 'x'")
            assert ("occupancy_no_overlap",) in cursor.fetchall()
    else:
        assert ("events_occupancy", "occupancy_no_overlap_INSERT") in _triggers()
