"""The database itself raises the organizer's version when hosts change, whoever writes."""

from __future__ import annotations

import pytest
from django.db import connection

from apps.events.models import EventTypeHost
from apps.users.models import User
from tests.cast import make_event_type, make_host

pytestmark = pytest.mark.django_db
TABLE = EventTypeHost._meta.db_table


def stored(id):
    """A UUID as the database keeps it."""
    return id if connection.features.has_native_uuid_field else id.hex


def execute(sql, *values):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        assert cursor.rowcount == 1


def version(user):
    return User.objects.get(pk=user.pk).availability_version


@pytest.fixture
def bob():
    return make_host("bob", "Bob Host")


@pytest.fixture
def insert(intro, bob):
    """Writes a row of hosts by hand; its id."""

    def write():
        execute(
            f"INSERT INTO {TABLE} (event_type_id, user_id, position, required, weight, priority)"
            " VALUES (%s, %s, 0, %s, 1, 0)",
            stored(intro.pk),
            stored(bob.pk),
            False,
        )
        return EventTypeHost.objects.get().pk

    return write


def test_an_insert_raises_it(ana, insert):
    before = version(ana)
    insert()
    assert version(ana) > before


@pytest.mark.parametrize("column", ["weight", "priority", "position"])
def test_an_update_raises_it(ana, insert, column):
    row = insert()
    before = version(ana)
    execute(f"UPDATE {TABLE} SET {column} = 7 WHERE id = %s", row)
    assert version(ana) > before


def test_a_delete_raises_it(ana, insert):
    row = insert()
    before = version(ana)
    execute(f"DELETE FROM {TABLE} WHERE id = %s", row)
    assert version(ana) > before


def test_a_row_that_moves_raises_both_organizers(ana, insert, charlie):
    row = insert()
    other = make_event_type(charlie)
    before = (version(ana), version(charlie))
    execute(f"UPDATE {TABLE} SET event_type_id = %s WHERE id = %s", stored(other.pk), row)
    assert version(ana) > before[0]
    assert version(charlie) > before[1]


def test_nobody_elses_version_is_raised(ana, bob, charlie, insert):
    before = (version(bob), version(charlie))
    row = insert()
    execute(f"DELETE FROM {TABLE} WHERE id = %s", row)
    assert (version(bob), version(charlie)) == before
