"""The demo shows what there is, and stays within the rules."""

from __future__ import annotations

from datetime import timedelta

import pytest

from apps.events import demo
from apps.events.models import Booking, BookingStatus, EventType, WaitlistEntry
from tests.cast import NOW

pytestmark = pytest.mark.django_db


def test_the_turns_of_the_team_are_shared():
    assert demo.make_demo(now=NOW)
    team = EventType.objects.get(kind="round_robin")
    assert team.organizer.email == demo.EMAIL
    served = Booking.objects.filter(event_type=team).values_list("host__email", flat=True)
    assert sorted(served) == sorted([demo.EMAIL, demo.COLLEAGUE_EMAIL])


def test_a_session_of_the_group_is_shared():
    demo.make_demo(now=NOW)
    session = Booking.objects.get(event_type__kind="group")
    assert (session.attendee_count, session.capacity) == (4, 8)


def test_it_has_something_of_every_kind_to_decide():
    demo.make_demo(now=NOW)
    request = Booking.objects.get(status=BookingStatus.PENDING)
    assert request.request_expires_at > NOW
    entry = WaitlistEntry.objects.get()
    assert Booking.objects.filter(start_time=entry.desired_start_time).exists()
    dates = Booking.objects.filter(recurrence__isnull=False).order_by("start_time")
    assert [booking.recurrence_sequence for booking in dates] == [1, 2, 3, 4]


@pytest.mark.parametrize("days", range(7))
def test_it_can_be_made_on_any_day_of_the_week(days):
    assert demo.make_demo(now=NOW + timedelta(days=days, hours=9))


def test_each_event_type_that_is_on_can_be_booked_from_the_page(client):
    demo.make_demo(now=NOW)
    for event_type in EventType.objects.filter(is_active=True):
        page = client.get(f"/{demo.SLUG}/{event_type.event_type_slug}")
        assert page.status_code == 200


def test_it_is_made_once():
    assert demo.make_demo(now=NOW)
    assert not demo.make_demo(now=NOW)
