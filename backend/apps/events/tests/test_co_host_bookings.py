"""What a host sees and does of bookings that somebody else organizes."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine

from apps.events.models import BookingAuditLog
from tests.cast import NOW, add_hosts, at, book, make_event_type, make_host

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
BASE = "/api/v1/events/bookings/"


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def ben(db):
    return make_host("ben", "Ben Osei")


@pytest.fixture
def together(ana, ben):
    return add_hosts(make_event_type(ana, kind="collective"), ana, ben)


@pytest.fixture
def ben_client(ben, client):
    client.force_login(ben)
    return client


def _post(client, path, body=None, **headers):
    return client.post(path, body or {}, content_type="application/json", **headers)


def _ids(client, **query) -> list[str]:
    return [row["id"] for row in client.get(BASE, query).json()["results"]]


def test_the_list_has_own_and_served_bookings_once_each(ben_client, ana, ben, together, charlie):
    own = make_event_type(ben, name="Own", event_type_slug="own")
    turn = add_hosts(
        make_event_type(ana, name="Turn", event_type_slug="turn", kind="round_robin"), ben
    )
    mine = add_hosts(
        make_event_type(ben, name="Mine", event_type_slug="mine", kind="collective"), ana, ben
    )
    make_event_type(charlie)
    booked = [book(own, at(12)), book(together, at(10)), book(turn, at(11)), book(mine, at(13))]
    book(make_event_type(ana, name="Hers", event_type_slug="hers"), at(15))
    by_start = sorted(booked, key=lambda booking: booking.start_time)
    assert _ids(ben_client) == [str(booking.pk) for booking in by_start]
    assert _ids(ben_client, search="Turn") == [str(booked[2].pk)]
    assert _ids(ben_client, start_after="2026-03-02T12:00:00Z") == [
        str(booked[0].pk),
        str(booked[3].pk),
    ]


def test_a_host_sees_who_serves_and_no_host_codes(ben_client, ana, ben, together):
    booking = book(together, at(10))
    seen = ben_client.get(f"{BASE}{booking.pk}/")
    assert seen.status_code == 200
    body = seen.json()
    assert body["organizer_name"] == "Ana Duarte"
    assert [(host["name"], host["is_you"]) for host in body["hosts"]] == [
        ("Ana Duarte", False),
        ("Ben Osei", True),
    ]
    assert str(ana.pk) not in seen.content.decode()
    assert _ids(ben_client) == [str(booking.pk)]


def test_strangers_find_nothing(client, together, charlie):
    booking = book(together, at(10))
    client.force_login(charlie)
    assert _ids(client) == []
    assert client.get(f"{BASE}{booking.pk}/").status_code == 404
    for action in ("cancel", "complete", "no-show", "regenerate-token"):
        assert _post(client, f"{BASE}{booking.pk}/{action}/").status_code == 404
    assert client.get(f"{BASE}{booking.pk}/audit/").status_code == 404


def test_a_host_who_did_not_get_this_turn_is_a_stranger_to_it(client, ana, ben):
    turns = add_hosts(make_event_type(ana, kind="round_robin"), ana, ben)
    booking = book(turns, at(10))
    client.force_login(ben)
    assert client.get(f"{BASE}{booking.pk}/").status_code == 404


def test_a_host_moves_cancels_and_marks(ben_client, together):
    booking = book(together, at(10))
    moved = _post(
        ben_client, f"{BASE}{booking.pk}/reschedule/", {"start_time": "2026-03-02T14:00:00Z"}
    )
    assert (moved.status_code, moved.json()["start_time"]) == (200, "2026-03-02T14:00:00Z")
    with time_machine.travel(at(15), tick=False):
        assert _post(ben_client, f"{BASE}{booking.pk}/no-show/").json()["status"] == "no_show"
        assert _post(ben_client, f"{BASE}{booking.pk}/complete/").json()["status"] == "completed"
    other = book(together, at(16))
    cancelled = _post(ben_client, f"{BASE}{other.pk}/cancel/", {"reason": "ill"})
    assert cancelled.json()["status"] == "cancelled"
    assert BookingAuditLog.objects.filter(booking=other).last().actor_name == "Ben Osei"


def test_only_the_organizer_sees_from_where_people_acted(client, ana, ben, together):
    booking = book(together, at(10))
    path = f"{BASE}{booking.pk}/"
    client.force_login(ana)
    _post(client, f"{path}cancel/", REMOTE_ADDR="203.0.113.9", HTTP_USER_AGENT="Ana's browser")
    seen = {}
    for user in (ana, ben):
        client.force_login(user)
        row = client.get(f"{path}audit/").json()["results"][-1]
        seen[user] = row["action"], row["actor_name"], row["ip_address"], row["user_agent"]
    assert seen == {
        ana: ("booking_cancelled", "Ana Duarte", "203.0.113.9", "Ana's browser"),
        ben: ("booking_cancelled", "Ana Duarte", None, ""),
    }


def test_the_former_host_of_an_event_type_keeps_their_bookings(ben_client, together, ben):
    booking = book(together, at(10))
    together.hosts.filter(user=ben).delete()
    assert _ids(ben_client) == [str(booking.pk)]


def test_the_list_takes_as_many_queries_for_one_booking_as_for_many(
    ben_client, together, django_assert_num_queries
):
    book(together, at(10))
    with django_assert_num_queries(7):
        ben_client.get(BASE)
    for hour in (11, 12, 13):
        book(together, at(hour))
    with django_assert_num_queries(7):
        ben_client.get(BASE)


def test_pages_go_through_own_and_served_bookings_in_order(ben_client, ana, ben, together):
    own = make_event_type(ben, name="Own", event_type_slug="own")
    turn = add_hosts(
        make_event_type(ana, name="Turn", event_type_slug="turn", kind="round_robin"), ben
    )
    kinds = (own, together, turn)
    booked = [book(kinds[n % 3], at(9) + n / 2 * HOUR, now=NOW - n * HOUR) for n in range(12)]
    # The later they are, the earlier they were made.
    expected = [str(booking.pk) for booking in booked]
    for ordering in ("start_time", "-start_time", "created_at", "-created_at"):
        address, seen, previous = f"{BASE}?page_size=5&ordering={ordering}", [], None
        while address:
            page = ben_client.get(address).json()
            seen.append([row["id"] for row in page["results"]])
            address, previous = page["next"], page["previous"]
        assert [len(ids) for ids in seen] == [5, 5, 2]
        is_forward = ordering in ("start_time", "-created_at")
        assert [id for ids in seen for id in ids] == expected[:: 1 if is_forward else -1]
        assert [row["id"] for row in ben_client.get(previous).json()["results"]] == seen[1]
