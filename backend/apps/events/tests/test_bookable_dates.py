"""Which dates an event type's own settings leave, before anybody's hours are asked."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.availability.models import Schedule
from apps.events.models import EventType
from apps.events.pages.data import last_bookable_date
from apps.events.selectors.slots import list_slots
from apps.users.models import User
from tests.cast import ALWAYS, make_event_type, make_host

# A Monday.
NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
MONDAY = date(2026, 3, 2)


def event_type(timezone="UTC", **fields):
    plain = {"min_scheduling_notice": 0, "max_scheduling_horizon": 0}
    return EventType(organizer=User(timezone=timezone), **{**plain, **fields})


def bookable(event_type, now=NOW, days=40):
    """How many days after the date of `now` (UTC) each bookable date is."""
    first = now.date() - timedelta(days=2)
    dates = [first + timedelta(days=number) for number in range(days)]
    return [(day - now.date()).days for day in dates if event_type.can_book_on_date(day, now)]


def test_without_a_limit_every_date_from_today():
    assert bookable(event_type()) == list(range(38))


@pytest.mark.parametrize(("days", "last"), [(1, 1), (5, 5), (30, 30)])
def test_calendar_days_count_every_date_after_today(days, last):
    found = bookable(event_type(rolling_days=days, rolling_days_kind="calendar"))
    assert found == list(range(last + 1))


@pytest.mark.parametrize(
    ("weekday", "days", "last"),
    # From Monday, Friday, Saturday, Sunday: so many working days after today.
    [(0, 1, 1), (0, 4, 4), (0, 5, 7), (4, 1, 3), (4, 6, 10), (5, 1, 2), (5, 5, 6), (6, 1, 1)],
)
def test_business_days_leave_weekends_uncounted(weekday, days, last):
    now = NOW + timedelta(days=weekday)
    found = bookable(event_type(rolling_days=days, rolling_days_kind="business"), now)
    assert found == list(range(last + 1))


def test_days_that_have_slots_are_not_decided_here():
    limited = event_type(rolling_days=1, rolling_days_kind="available")
    assert bookable(limited) == bookable(event_type())
    assert limited.last_rolling_date(NOW) is None


def test_today_is_the_one_of_the_schedule_else_of_the_organizer():
    late = datetime(2026, 3, 2, 22, 0, tzinfo=UTC)
    tokyo = event_type("Asia/Tokyo", rolling_days=1)
    assert bookable(tokyo, late) == [1, 2]
    tokyo.schedule = Schedule(timezone="America/New_York")
    assert bookable(tokyo, late) == [0, 1]


def test_the_nearest_limit_counts():
    for limits, last in (
        ({"rolling_days": 9, "max_scheduling_horizon": 3 * 24 * 60}, 3),
        ({"rolling_days": 2, "max_scheduling_horizon": 9 * 24 * 60}, 2),
    ):
        assert bookable(event_type(**limits)) == list(range(last + 1))


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["calendar", "business"])
@pytest.mark.parametrize("weekday", range(7))
def test_slots_are_listed_on_exactly_the_bookable_dates(kind, weekday):
    """The engine says the same of a host who is always open."""
    host = make_host(weekly=ALWAYS, timezone="UTC")
    limited = make_event_type(host, duration=60, rolling_days=6, rolling_days_kind=kind)
    now = NOW + timedelta(days=weekday)
    slots = list_slots(limited, start=now, end=now + timedelta(days=30), now=now)
    listed = sorted({(slot.start.date() - now.date()).days for slot in slots})
    assert listed == bookable(limited, now)


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago"])
def test_the_page_shows_as_many_months_as_can_be_booked(zone):
    """Its last date is one on any clock of the world, so a day more than on the host's."""
    limited = event_type(zone, rolling_days=5)
    last = limited.last_rolling_date(NOW)
    assert last_bookable_date(limited, now=NOW) == last + timedelta(days=1)


@given(
    days=st.integers(1, 365),
    kind=st.sampled_from(["calendar", "business"]),
    now=st.datetimes(datetime(2024, 1, 1), datetime(2032, 1, 1), timezones=st.just(UTC)),
)
def test_the_count_of_dates_after_today_is_what_was_asked_for(days, kind, now):
    last = event_type(rolling_days=days, rolling_days_kind=kind).last_rolling_date(now)
    after = (now.date() + timedelta(days=number) for number in range(1, 800))
    counted = [day for day in after if kind == "calendar" or day.isoweekday() < 6]
    assert last == counted[days - 1]
