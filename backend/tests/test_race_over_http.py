"""Two hundred people, one slot, real server processes (semantics, 4)."""

from __future__ import annotations

import http.client
import json
import threading
from collections import Counter
from datetime import timedelta
from urllib.parse import urlsplit

import pytest

from apps.common.models import OutboxRow
from apps.common.time import utc_now
from apps.events.models import Booking, Occupancy
from apps.events.selectors.slots import list_slots
from tests.cast import ALWAYS, booking_json, make_event_type, make_host
from tests.servers import gunicorn, manage, smtp_server, uvicorn

pytestmark = pytest.mark.processes

PEOPLE = 200


def post_all(base: str, bodies: list[bytes]) -> list[tuple[int, dict]]:
    """Every body at once, each on a connection of its own."""
    answers: list[tuple[int, dict]] = []
    ready = threading.Barrier(len(bodies))
    address = urlsplit(base).netloc

    def post(body: bytes) -> None:
        connection = http.client.HTTPConnection(address, timeout=60)
        ready.wait()
        connection.request(
            "POST", "/api/v1/events/bookings/create/", body, {"Content-Type": "application/json"}
        )
        response = connection.getresponse()
        answers.append((response.status, json.loads(response.read())))
        connection.close()

    threads = [threading.Thread(target=post, args=(body,)) for body in bodies]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("serve", [gunicorn, uvicorn])
def test_one_of_two_hundred_gets_the_slot(serve):
    event_type = make_event_type(make_host(weekly=ALWAYS))
    now = utc_now()
    slots = list_slots(event_type, start=now, end=now + timedelta(days=2), now=now)
    start = slots[4].start.isoformat()
    bodies = [
        json.dumps(booking_json(event_type, start, invitee_email=f"p{number}@example.org")).encode()
        for number in range(PEOPLE)
    ]
    with smtp_server() as (mailbox, mail):
        # The effects wait for the command below, so that each is counted once.
        with serve(EFFECTS_RUNNER="celery", CELERY_BROKER_URL="memory://", **mail) as base:
            answers = post_all(base, bodies)
        assert Counter(status for status, _ in answers) == {201: 1, 409: PEOPLE - 1}
        refused = [body for status, body in answers if status == 409]
        assert {body["code"] for body in refused} == {"slot_taken"}
        assert all(body["alternatives"] for body in refused)
        assert Booking.objects.count() == Occupancy.objects.count() == 1
        assert OutboxRow.objects.count() == 2

        manage("dispatch_outbox", BASE_URL=base, **mail)
        winner = Booking.objects.get().invitee_email
        assert len(mailbox.raw) == 2
        assert len(mailbox.to(winner)) == len(mailbox.to("ana@example.com")) == 1
