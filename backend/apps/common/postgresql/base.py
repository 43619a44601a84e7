"""Django's PostgreSQL backend; its pool looks at a connection's socket before lending it.

The pool's own check asks the server, once for each request: that took as long as both queries of
a slots call. A server that restarted or dropped the connection has closed its end, which shows as
a readable socket, so looking is enough.
"""

from __future__ import annotations

import select
from typing import Any

import psycopg
from django.db.backends.postgresql import base


def refuse_closed(connection: psycopg.Connection[Any]) -> None:
    """Raise OperationalError, upon which the pool takes another, when the server hung up."""
    if not connection.closed:
        poll = select.poll()
        poll.register(connection.fileno(), select.POLLIN | select.POLLHUP | select.POLLERR)
        if not poll.poll(0):
            return
    raise psycopg.OperationalError("the server closed this connection while it rested")


class DatabaseWrapper(base.DatabaseWrapper):
    """As Django's."""

    @property
    def pool(self) -> Any:
        pool = super().pool
        if pool is not None:
            pool._check = refuse_closed
        return pool
