"""Two hundred bookings a minute from one address, against a real server (pain 12)."""

from __future__ import annotations

import json
from collections import Counter
from datetime import timedelta

import pytest

from apps.common.models import OutboxRow
from apps.common.time import utc_now
from apps.events.models import Booking, Occupancy
from apps.events.selectors.slots import list_slots
from tests.cast import ALWAYS, booking_json, make_event_type, make_host
from tests.servers import manage, smtp_server, uvicorn
from tests.test_race_over_http import post_all

pytestmark = pytest.mark.processes

POSTS = 200


@pytest.mark.django_db(transaction=True)
def test_a_bot_gets_five_bookings_and_mails_nobody_else():
    """Each post is for a time and an address of its own, so that nothing but the limit stops it."""
    event_type = make_event_type(make_host(weekly=ALWAYS))
    now = utc_now()
    slots = list_slots(event_type, start=now, end=now + timedelta(days=6), now=now)
    bodies = [
        json.dumps(
            booking_json(event_type, slot.start.isoformat(), invitee_email=f"p{number}@example.org")
        ).encode()
        for number, slot in enumerate(slots[:POSTS])
    ]
    with smtp_server() as (mailbox, mail):
        env = {"EFFECTS_RUNNER": "celery", "CELERY_BROKER_URL": "memory://", "RATE_LIMITS": "on"}
        with uvicorn(**env, **mail) as base:
            answers = post_all(base, bodies)
        assert Counter(status for status, _ in answers) == {201: 5, 429: POSTS - 5}
        assert {body["code"] for status, body in answers if status == 429} == {"rate_limited"}
        assert Booking.objects.count() == Occupancy.objects.count() == 5
        assert OutboxRow.objects.count() == 10

        manage("dispatch_outbox", BASE_URL=base, **mail)
        booked = set(Booking.objects.values_list("invitee_email", flat=True))
        assert len(mailbox.raw) == 10
        assert len(mailbox.to("ana@example.com")) == 5
        assert all(len(mailbox.to(address)) == 1 for address in booked)
