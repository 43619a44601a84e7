"""Two requests for one time, both confirmed at once, against real server processes (pain 2)."""

from __future__ import annotations

import http.client
import json
import threading
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest

from apps.common.time import utc_now
from apps.events.models import Booking, Occupancy
from apps.users.api.tokens import issue_tokens
from tests.cast import ALWAYS, book, make_event_type, make_host
from tests.servers import gunicorn

pytestmark = pytest.mark.processes

ROUNDS = 20


def _post(base: str, path: str, body: dict[str, Any], token: str) -> tuple[int, Any]:
    connection = http.client.HTTPConnection(urlsplit(base).netloc, timeout=60)
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {token}"}
    connection.request("POST", f"/api/v1/{path}", json.dumps(body), headers)
    response = connection.getresponse()
    answer = response.status, json.loads(response.read())
    connection.close()
    return answer


def _confirm_both(base: str, token: str, pair: list[Booking]) -> list[tuple[int, Any]]:
    answers: list[tuple[int, Any]] = []
    ready = threading.Barrier(len(pair))

    def confirm(booking: Booking) -> None:
        ready.wait()
        answers.append(_post(base, f"events/bookings/{booking.pk}/confirm/", {}, token))

    threads = [threading.Thread(target=confirm, args=(booking,)) for booking in pair]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


@pytest.mark.django_db(transaction=True)
def test_one_of_two_confirms_wins_each_time(client):
    ana = make_host(weekly=ALWAYS)
    event_type = make_event_type(ana, requires_confirmation=True, pending_holds_slot=False)
    now = utc_now()
    noon = now.replace(hour=12, minute=0, second=0, microsecond=0)
    client.force_login(ana)
    token = issue_tokens(ana, client.session.session_key or "").access
    with gunicorn(workers=2, EFFECTS_RUNNER="celery", CELERY_BROKER_URL="memory://") as base:
        for day in range(2, 2 + ROUNDS):
            start = noon + timedelta(days=day)
            pair = [
                book(event_type, start, now=now, invitee_email=f"p{number}@example.org")
                for number in range(2)
            ]
            answers = _confirm_both(base, token, pair)
            assert sorted(status for status, _ in answers) == [200, 409]
            [refused] = [body for status, body in answers if status == 409]
            assert (refused["code"], refused["reasons"]) == ("slot_taken", ["booked"])
            assert refused["alternatives"]
    assert Booking.objects.filter(status="confirmed").count() == ROUNDS
    asked_again = Booking.objects.filter(status="pending", repick_asked_at__isnull=False)
    assert asked_again.count() == ROUNDS
    assert Occupancy.objects.count() == ROUNDS
