"""What the organizer's answer tells of a booking beside its time: series, source, who waits."""

from __future__ import annotations

import pytest

from apps.events.models import Booking, BookingSeries, SoonerRequest
from apps.events.models.waitlist import WaitingStatus
from tests.cast import NOW, add_hosts, at, book, make_event_type, make_host

pytestmark = pytest.mark.django_db
LIST = "/api/v1/events/bookings/"


@pytest.fixture
def ana():
    return make_host()


@pytest.fixture
def event_type(ana):
    return make_event_type(ana)


@pytest.fixture
def weekly(ana, event_type):
    """Three Mondays, the last one cancelled; and a single booking beside them."""
    series = BookingSeries.objects.create(
        event_type=event_type,
        organizer=ana,
        rule="FREQ=WEEKLY;COUNT=3",
        timezone="Europe/Lisbon",
        wall_start="2026-03-09T10:00:00",
        ical_uid="weekly@example.com",
        created_at=NOW,
    )
    bookings = [book(event_type, at(10, days=7 * week)) for week in (1, 2, 3)]
    for position, booking in enumerate(bookings, 1):
        booking.recurrence, booking.recurrence_sequence = series, position
        booking.save()
    book(event_type, at(12, days=1))
    return series


def test_an_occurrence_tells_its_place_and_a_single_booking_none(client, ana, weekly):
    client.force_login(ana)
    rows = client.get(LIST).json()["results"]
    places = [row["series"] and (row["series"]["position"], row["series"]["of"]) for row in rows]
    assert places == [None, (1, 3), (2, 3), (3, 3)]
    assert rows[1]["series"]["rule"] == "FREQ=WEEKLY;COUNT=3"


def test_the_occurrences_of_a_series_can_be_listed(client, ana, weekly):
    client.force_login(ana)
    rows = client.get(LIST, {"series": str(weekly.pk)}).json()["results"]
    assert [row["recurrence_sequence"] for row in rows] == [1, 2, 3]
    assert client.get(LIST, {"series": "soon"}).status_code == 400


def test_a_list_asks_no_more_for_many_occurrences_than_for_one(
    client, ana, weekly, django_assert_max_num_queries
):
    client.force_login(ana)
    with django_assert_max_num_queries(8):
        assert len(client.get(LIST).json()["results"]) == 4


def test_who_waits_for_sooner_is_marked_until_they_do_not(client, ana, event_type):
    booking = book(event_type, at(10, days=7))
    wish = SoonerRequest.objects.create(
        booking=booking, event_type=event_type, timezone="UTC", queued_at=NOW, created_at=NOW
    )
    client.force_login(ana)
    address = f"{LIST}{booking.pk}/"
    assert client.get(address).json()["sooner"] is True
    SoonerRequest.objects.filter(pk=wish.pk).update(status=WaitingStatus.CANCELLED)
    assert client.get(address).json()["sooner"] is False


def test_the_source_is_told_to_the_organizer_only(client, ana):
    rita = make_host("rita", "Rita Sol")
    together = make_event_type(ana, name="Both", event_type_slug="both", kind="collective")
    add_hosts(together, ana, rita)
    booking = book(together, at(10, days=7))
    Booking.objects.filter(pk=booking.pk).update(created_from="203.0.113.7")
    address = f"{LIST}{booking.pk}/"
    client.force_login(ana)
    assert client.get(address).json()["created_from"] == "203.0.113.7"
    client.force_login(rita)
    assert client.get(address).json()["created_from"] is None
