"""Reasons name the rows that caused them, so that an organizer can go and change them."""

from __future__ import annotations

import pytest
import time_machine

from apps.availability.models import HolidayCalendar, OutOfOffice, Schedule, Travel
from apps.events.models import EventType, EventTypeHost
from apps.events.selectors.named_bookings import with_names
from apps.events.selectors.offers import load_offer
from apps.events.selectors.slots import explain_start, list_slots, load_query
from tests.cast import NOW, at, make_event_type, make_host
from tests.rows import write_booking

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel(NOW, tick=False):
        yield


def reasons(event_type, start, **options):
    """(code, kind of the cause, its id) of every reason."""
    event_type = EventType.objects.get(pk=event_type.pk)
    found = explain_start(
        load_offer(event_type), start=start, now=NOW, duration=event_type.duration, **options
    )
    return [(reason.code, reason.cause_kind, reason.cause_id) for reason in found]


def test_weekly_hours_name_their_schedule(ana, intro):
    schedule = Schedule.objects.get(user=ana)
    assert reasons(intro, at(18)) == [
        ("outside_hours", "schedule", str(schedule.pk)),
        ("off_grid", "grid", str(intro.pk)),
    ]


def test_overrides_and_rules_name_themselves(ana, intro):
    Schedule.objects.update(
        overrides=[{"date": "2026-03-03", "windows": []}],
        rules=[
            {
                "id": "lunch",
                "rrule": "FREQ=DAILY",
                "dtstart": "2026-03-01",
                "start": "12:00",
                "end": "13:00",
                "kind": "closed",
            }
        ],
    )
    assert reasons(intro, at(10, days=1))[0] == ("outside_hours", "override", "2026-03-03")
    assert reasons(intro, at(12)) == [("outside_hours", "rule", "lunch")]


def test_time_off_names_its_row_and_holidays_their_date(ana, intro):
    dates = OutOfOffice.objects.create(user=ana, start_date="2026-03-04", end_date="2026-03-04")
    span = OutOfOffice.objects.create(user=ana, starts_at=at(10), ends_at=at(11))
    HolidayCalendar.objects.create(user=ana, country="BG")
    for start, cause in (
        (at(10, 30), ("outside_hours", "out_of_office", str(span.pk))),
        (at(10, days=2), ("outside_hours", "out_of_office", str(dates.pk))),
        (at(10, days=1), ("outside_hours", "holiday", "holiday:2026-03-03")),
    ):
        assert reasons(intro, start)[0] == cause


def test_on_a_journey_the_clock_of_the_place_is_told(ana, intro):
    Travel.objects.create(
        user=ana, start_date="2026-03-03", end_date="2026-03-03", timezone="Asia/Tokyo"
    )
    found = explain_start(load_offer(intro), start=at(10, days=1), now=NOW, duration=30)
    assert "19:00 Asia/Tokyo" in found[0].detail


def test_bookings_and_their_buffers_name_the_booking_of_whatever_event_type(ana, intro):
    other = make_event_type(ana, name="Other", event_type_slug="other", buffer_time_after=15)
    booking = write_booking(other, at(10))
    assert reasons(intro, at(10))[0] == ("booked", "booking", str(booking.pk))
    assert reasons(intro, at(10, 30)) == [("buffer", "booking", str(booking.pk))]


def test_only_what_may_touch_the_start_is_read_by_name(ana, intro):
    """The rest of the month, that a limit counts, or of the days until then, may be endless."""
    near = [write_booking(intro, at(10)), write_booking(intro, at(11))]
    for number in range(1, 10):
        write_booking(intro, at(10, days=number))
    EventType.objects.update(
        limits=[{"per": "month", "max": 12}],
        rolling_days=20,
        rolling_days_kind="available",
        buffer_time_before=10,
        buffer_time_after=10,
    )
    offer = load_offer(EventType.objects.get())
    start = at(10, 30)
    query = load_query(offer, start=start, end=at(10, 31), now=NOW, duration=30)
    (before,) = query.hosts
    (host,) = with_names(query, offer, start=start, now=NOW, moving=None).hosts
    assert {booking.id for booking in host.bookings} == {str(booking.pk) for booking in near}
    assert (len(before.busy), len(host.busy)) == (11, 9)
    (host,) = with_names(query, offer, start=start, now=NOW, moving=near[0].pk).hosts
    assert [booking.id for booking in host.bookings] == [str(near[1].pk)]
    assert [code for code, *_ in reasons(intro, start)] == ["buffer", "buffer"]


@pytest.mark.parametrize("kind", ["one_on_one", "group"])
def test_days_that_are_full_long_before_the_start_are_known(ana, kind):
    """Two days with slots can be booked; the first of them, today, has none left."""
    seats = 2 if kind == "group" else 1
    call = make_event_type(
        ana, kind=kind, max_attendees=seats, rolling_days=2, rolling_days_kind="available"
    )
    assert reasons(call, at(10, days=2))[0][:2] == ("too_far", "rolling_days")
    for number in range(16):
        write_booking(call, at(9 + number // 2, 30 * (number % 2)), seats=seats)
    assert reasons(call, at(10, days=2)) == []
    window = {"start": at(9, days=2), "end": at(17, days=2), "now": NOW}
    assert at(10, days=2) in {slot.start for slot in list_slots(call, **window)}
    assert reasons(call, at(10, days=3))[0][:2] == ("too_far", "rolling_days")


def test_every_rule_of_the_event_type_is_told_by_its_own_name(ana, intro):
    write_booking(intro, at(14))
    EventType.objects.update(
        min_scheduling_notice=600,
        max_bookings_per_day=1,
        limits=[{"per": "week", "max": 1}],
    )
    type(ana).objects.update(booking_limits=[{"per": "total_minutes_per_day", "max": 30}])
    assert reasons(intro, at(10)) == [
        ("too_soon", "notice", str(intro.pk)),
        ("limit_reached", "limit", "limits/0"),
        ("limit_reached", "limit", "max_bookings_per_day"),
        ("limit_reached", "limit", "booking_limits/0"),
    ]
    EventType.objects.update(
        min_scheduling_notice=0,
        max_bookings_per_day=None,
        limits=[],
        max_scheduling_horizon=60 * 24,
        rolling_days=1,
    )
    type(ana).objects.update(booking_limits=[])
    assert reasons(intro, at(10, days=3)) == [
        ("too_far", "horizon", str(intro.pk)),
        ("too_far", "rolling_days", str(intro.pk)),
    ]
    EventType.objects.update(rolling_days=None, date_range_end="2026-03-04")
    assert reasons(intro, at(10, days=3))[-1] == ("too_far", "date_range", str(intro.pk))


def test_a_full_session_is_named(ana):
    workshop = make_event_type(ana, kind="group", max_attendees=2)
    session = write_booking(workshop, at(10), seats=2)
    assert reasons(workshop, at(10)) == [("full", "booking", str(session.pk))]
    assert reasons(workshop, at(12), seats=2) == []


def test_every_host_is_told_for_themselves(ana):
    bo = make_host("bo", "Bo Lind")
    team = make_event_type(ana, kind="collective")
    for user in (ana, bo):
        EventTypeHost.objects.create(event_type=team, user=user)
    own = make_event_type(bo)
    booking = write_booking(own, at(10))
    found = explain_start(load_offer(team), start=at(10), now=NOW, duration=30)
    assert [(reason.code, reason.cause_id, reason.host) for reason in found] == [
        ("booked", str(booking.pk), str(bo.pk))
    ]


def test_the_organizer_asks_for_several_seats(ana_client, ana):
    workshop = make_event_type(ana, kind="group", max_attendees=3)
    session = write_booking(workshop, at(10), seats=2)
    path = f"/api/v1/events/event-types/{workshop.pk}/explain/"
    query = {"at": "2026-03-02T10:00:00Z"}
    assert ana_client.get(path, query).json()["is_offered"]
    body = ana_client.get(path, {**query, "attendee_count": 2}).json()
    assert [(reason["code"], reason["cause_id"]) for reason in body["reasons"]] == [
        ("full", str(session.pk))
    ]
    for count, status in (("4", 422), ("0", 400), ("-1", 400), ("1000", 400), ("abc", 400)):
        answer = ana_client.get(path, {**query, "attendee_count": count})
        assert answer.status_code == status
        assert answer.json()["errors"][0]["pointer"] == "/attendee_count"
