"""The pool never lends a connection that the server has closed."""

from __future__ import annotations

import psycopg
import pytest
from django.db import connection, connections

from tests.servers import wait_until

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def _backend_id() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return int(cursor.fetchone()[0])


def test_a_connection_that_the_server_ended_is_replaced():
    connection.ensure_connection()
    ended = _backend_id()
    connection.close()  # back to the pool
    settings = connection.settings_dict
    address = {
        "host": settings["HOST"],
        "port": settings["PORT"],
        "user": settings["USER"],
        "password": settings["PASSWORD"],
        "dbname": "postgres",
    }
    with psycopg.connect(**{k: v for k, v in address.items() if v}, autocommit=True) as other:
        other.execute("SELECT pg_terminate_backend(%s)", [ended])
        wait_until(
            lambda: (
                not other.execute(
                    "SELECT 1 FROM pg_stat_activity WHERE pid = %s", [ended]
                ).fetchall()
            ),
            what="the server to end the connection",
        )
    assert _backend_id() != ended
    connections.close_all()
