"""Cancelling, claiming and booking at once: nothing is sold twice, and nobody jumps the line."""

from __future__ import annotations

import http.client
import json
import threading
from datetime import datetime
from itertools import pairwise
from urllib.parse import urlsplit

import pytest

from apps.common.errors import InvalidState
from apps.common.time import utc_now
from apps.events import errors
from apps.events.models import Attendee, Booking, Hold, Occupancy, WaitlistEntry
from apps.events.selectors.slots import list_slots
from apps.events.services.waiting.pass_on import decline_offer, leave_waitlist
from apps.events.tests.waiting import DAY, again, cancel, claim, wait_for
from tests.cast import ALWAYS, NOW, at, book, booking_json, join, make_event_type, make_host
from tests.races import run_at_once
from tests.servers import gunicorn

pytestmark = [pytest.mark.processes, pytest.mark.django_db(transaction=True)]

TIMES = 20
REFUSED = {
    errors.SlotTaken: "taken",
    errors.Full: "taken",
    errors.OfferExpired: "over",
    InvalidState: "state",
}


def _starts(event_type) -> list[datetime]:
    slots = list_slots(event_type, start=at(0, days=1), end=at(0, days=9), now=NOW)
    return [slot.start for slot in slots][:TIMES]


def _sound() -> None:
    """No two occupancies of one host overlap; no session holds more than it has seats."""
    spans = sorted(Occupancy.objects.values_list("host", "starts_at", "ends_at"))
    for (host, _, end), (other, start, _) in pairwise(spans):
        assert host != other or end <= start
    for session in Booking.objects.filter(capacity__gt=1, status="confirmed"):
        seated = Attendee.objects.filter(booking=session).exclude(status="cancelled").count()
        held = sum(Hold.objects.filter(session=session).values_list("seats", flat=True))
        assert (seated, held) == (session.attendee_count, session.held_seats)
        assert seated + held <= session.capacity


def test_a_cancelled_time_goes_to_the_first_in_line_whoever_books_meanwhile():
    call = make_event_type(make_host(weekly=ALWAYS), enable_waitlist=True)
    for number, start in enumerate(_starts(call)):
        booked = book(call, start)
        first = wait_for(call, start, f"Ada{number}")
        second = wait_for(call, start, f"Bea{number}")
        outcomes = run_at_once(
            lambda booked=booked: cancel(booked),
            lambda start=start: book(call, start, invitee_email="one@example.net"),
            lambda start=start: book(call, start, invitee_email="two@example.net"),
            lambda first=first: claim(first),
            lambda second=second: claim(second),
            done="done",
            refused=REFUSED,
        )
        assert set(outcomes) <= {"done", "taken", "state", "over"}, outcomes
        assert again(first).status in {"notified", "converted"}
        assert again(second).status == "active"
        live = Booking.objects.filter(event_type=call, start_time=start, status="confirmed")
        assert [one.invitee_name for one in live] in ([], [f"Ada{number}"])
        _sound()


def test_freed_seats_go_to_the_front_of_the_line():
    yoga = make_event_type(
        make_host(weekly=ALWAYS),
        kind="group",
        max_attendees=3,
        duration=60,
        enable_waitlist=True,
    )
    for number, start in enumerate(_starts(yoga)):
        seats = [join(yoga, start, f"Jo{number}{one}") for one in "abc"]
        line = [wait_for(yoga, start, f"Wa{number}{one}") for one in "abcd"]
        outcomes = run_at_once(
            lambda seats=seats: cancel(seats[0]),
            lambda seats=seats: cancel(seats[1]),
            lambda start=start: join(yoga, start, "Jump"),
            lambda line=line: claim(line[0]),
            lambda line=line: claim(line[1]),
            lambda line=line: claim(line[2]),
            done="done",
            refused=REFUSED,
        )
        assert set(outcomes) <= {"done", "taken", "state", "over"}, outcomes
        served = [again(one).status in {"notified", "converted"} for one in line]
        assert served == [True, True, False, False]
        assert not Attendee.objects.filter(name="Jump").exists()
        _sound()


def test_an_offer_is_claimed_or_passed_on_never_both():
    call = make_event_type(make_host(weekly=ALWAYS), enable_waitlist=True)
    for number, start in enumerate(_starts(call)):
        booked = book(call, start)
        first = wait_for(call, start, f"Ada{number}")
        second = wait_for(call, start, f"Bea{number}")
        cancel(booked)
        outcomes = run_at_once(
            lambda first=first: claim(first),
            lambda first=first: decline_offer(entry=again(first), now=NOW),
            lambda first=first: leave_waitlist(entry=again(first), now=NOW),
            lambda start=start: book(call, start),
            done="done",
            refused=REFUSED,
        )
        assert set(outcomes) <= {"done", "taken", "state", "over"}, outcomes
        is_converted = again(first).status == "converted"
        assert again(second).status == ("active" if is_converted else "notified")
        live = Booking.objects.filter(event_type=call, start_time=start, status="confirmed")
        assert live.count() == int(is_converted)
        _sound()


@pytest.mark.postgres
def test_server_processes_sell_no_time_twice():
    call = make_event_type(make_host(weekly=ALWAYS), enable_waitlist=True)
    now = utc_now()
    day = (now + 2 * DAY).replace(hour=0, minute=0, second=0, microsecond=0)
    slots = list_slots(call, start=day, end=day + DAY, now=now)[:TIMES]
    with gunicorn(workers=3, EFFECTS_RUNNER="celery", CELERY_BROKER_URL="memory://") as base:
        for number, slot in enumerate(slots):
            booked = book(call, slot.start, now=now)
            line = [wait_for(call, slot.start, f"{name}{number}", now=now) for name in ("A", "B")]
            start = slot.start.isoformat()
            direct = [
                ("bookings/create/", booking_json(call, start, invitee_email=f"{one}@example.net"))
                for one in ("x", "y", "z")
            ]
            claims = [(f"waitlist/{entry.token}/", {"action": "claim"}) for entry in line]
            cancelled = (f"booking/{booked.access_token}/manage/", {"action": "cancel"})
            statuses = _post_all(base, [cancelled, *direct, *claims])
            assert statuses[0] == 200
            assert statuses[1:4] == [409, 409, 409]
            assert set(statuses[4:]) <= {200, 409}
            assert again(line[0]).status in {"notified", "converted"}
            assert again(line[1]).status == "active"
            _sound()
    assert not WaitlistEntry.objects.filter(status="converted", converted_booking=None).exists()


def _post_all(base: str, calls: list[tuple[str, object]]) -> list[int]:
    """Every call at once, each on a connection of its own; the statuses in this order."""
    statuses = [0] * len(calls)
    ready = threading.Barrier(len(calls))
    address = urlsplit(base).netloc

    def post(place: int) -> None:
        path, body = calls[place]
        connection = http.client.HTTPConnection(address, timeout=60)
        ready.wait()
        headers = {"Content-Type": "application/json"}
        connection.request("POST", f"/api/v1/events/{path}", json.dumps(body).encode(), headers)
        statuses[place] = connection.getresponse().status
        connection.close()

    threads = [threading.Thread(target=post, args=(place,)) for place in range(len(calls))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return statuses
