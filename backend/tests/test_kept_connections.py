"""What the real server says about the connection that a request came on."""

from __future__ import annotations

import http.client
import json
from urllib.parse import urlsplit

import pytest
from django.conf import settings

from tests.servers import gunicorn

pytestmark = pytest.mark.processes

CREATE = "/api/v1/events/bookings/create/"


def _begin_post(connection: http.client.HTTPConnection, *, length: int) -> None:
    """The head of a POST and the first byte of its body."""
    connection.putrequest("POST", CREATE)
    connection.putheader("Content-Type", "application/json")
    connection.putheader("Content-Length", str(length))
    connection.endheaders()
    connection.send(b"{")


@pytest.mark.django_db(transaction=True)
def test_a_body_above_the_limit_ends_the_connection_and_says_so():
    """It is refused unread, so that what follows on the connection is no request."""
    most = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    with gunicorn(workers=1) as base:
        connection = http.client.HTTPConnection(urlsplit(base).netloc, timeout=30)
        _begin_post(connection, length=most)
        connection.send(b" " * (most - 1))
        malformed = connection.getresponse()
        assert (malformed.status, malformed.headers["Connection"]) == (400, "keep-alive")
        malformed.read()
        _begin_post(connection, length=most + 1)
        refused = connection.getresponse()
        assert (refused.status, refused.headers["Connection"]) == (413, "close")
        assert json.loads(refused.read())["code"] == "too_large"
        # The client has understood: it asks on a new connection.
        connection.request("GET", "/healthz")
        assert connection.getresponse().status == 200
        connection.close()
