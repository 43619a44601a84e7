"""Hours of hosts: schedules with travel, time off and holidays, as the engine takes them."""

import subprocess
import sys
from datetime import UTC, date, datetime
from uuid import uuid4

import pytest

from apps.availability.engine import Busy, DayOff, Travel
from apps.availability.models import HolidayCalendar, OutOfOffice, Schedule
from apps.availability.models import Travel as TravelRow
from apps.availability.public import ensure_default_schedule, hours_of
from apps.availability.services import create_schedule
from apps.users.models import User

pytestmark = pytest.mark.django_db
DAY = date(2026, 6, 1)


def make_host(name="ana", timezone="Europe/Berlin"):
    user = User.objects.create_user(
        f"{name}@example.com", "a long password", name=name, slug=name, timezone=timezone
    )
    ensure_default_schedule(user.pk)
    return user


@pytest.fixture
def host():
    return make_host()


def hours(host, schedule=None):
    return hours_of(choices={host.pk: schedule})[host.pk]


def schedule_of(host, first=DAY, last=DAY):
    (schedule,) = hours(host).schedules(first, last)
    return schedule


class TestChoice:
    def test_without_one_it_is_the_default(self, host):
        default = Schedule.objects.get(user=host)
        found = hours(host)
        assert [item.id for item in found.schedules(DAY, DAY)] == [str(default.pk)]
        assert found.timezone == "Europe/Berlin"

    def test_the_chosen_one_wins(self, host):
        chosen = create_schedule(user_id=host.pk, name="Other", timezone="Asia/Tokyo")
        found = hours(host, chosen.pk)
        assert [item.id for item in found.schedules(DAY, DAY)] == [str(chosen.pk)]
        assert found.timezone == "Asia/Tokyo"

    def test_one_that_is_gone_or_of_another_host_gives_way_to_the_default(self, host):
        bob = make_host("bob")
        other = create_schedule(user_id=bob.pk, name="Other", timezone="Asia/Tokyo")
        default = Schedule.objects.get(user=host)
        for id in (other.pk, uuid4()):
            found = hours_of(choices={host.pk: id, bob.pk: other.pk})
            assert [item.id for item in found[host.pk].schedules(DAY, DAY)] == [str(default.pk)]
            assert [item.id for item in found[bob.pk].schedules(DAY, DAY)] == [str(other.pk)]

    def test_who_has_no_schedule_is_never_open(self, host):
        Schedule.objects.all().delete()
        HolidayCalendar.objects.create(user=host, country="DE")
        found = hours(host)
        assert (found.timezone, found.schedules(DAY, DAY)) == (None, ())

    def test_nobody_has_no_hours(self):
        assert hours_of(choices={}) == {}


class TestContents:
    def test_travel_comes_in_order(self, host):
        for first, last, zone in [(9, 10, "Asia/Tokyo"), (2, 3, "America/New_York")]:
            TravelRow.objects.create(
                user=host,
                start_date=date(2026, 3, first),
                end_date=date(2026, 3, last),
                timezone=zone,
            )
        assert schedule_of(host).travel == (
            Travel(date(2026, 3, 2), date(2026, 3, 3), "America/New_York"),
            Travel(date(2026, 3, 9), date(2026, 3, 10), "Asia/Tokyo"),
        )

    def test_time_off_is_instants_or_dates_with_its_id(self, host):
        start, end = datetime(2026, 3, 2, 8, tzinfo=UTC), datetime(2026, 3, 2, 9, tzinfo=UTC)
        span = OutOfOffice.objects.create(user=host, starts_at=start, ends_at=end)
        days = OutOfOffice.objects.create(
            user=host, start_date=date(2026, 4, 1), end_date=date(2026, 4, 5)
        )
        found = schedule_of(host)
        assert found.out_of_office == (Busy.between(start, end, str(span.pk)),)
        assert found.days_off == (
            DayOff(date(2026, 4, 1), date(2026, 4, 5), "out_of_office", str(days.pk)),
        )

    def test_what_others_have_is_theirs(self, host):
        bob = make_host("bob")
        HolidayCalendar.objects.create(user=bob, country="DE")
        OutOfOffice.objects.create(user=bob, start_date=DAY, end_date=DAY)
        TravelRow.objects.create(user=bob, start_date=DAY, end_date=DAY, timezone="Asia/Tokyo")
        found = schedule_of(host)
        assert (found.travel, found.out_of_office, found.days_off) == ((), (), ())


class TestHolidays:
    def days(self, host, first=DAY, last=DAY):
        return {day.first.isoformat(): day for day in schedule_of(host, first, last).days_off}

    def test_of_the_region_without_the_dates_kept_open(self, host):
        HolidayCalendar.objects.create(
            user=host, country="DE", region="BY", open_dates=["2026-12-26"]
        )
        days = self.days(host)
        day = date(2026, 12, 25)
        assert days["2026-12-25"] == DayOff(day, day, "holiday", "holiday:2026-12-25")
        assert "2026-01-06" in days
        assert "2026-12-26" not in days

    def test_dates_beside_the_turn_of_the_year_bring_both_years(self, host):
        HolidayCalendar.objects.create(user=host, country="DE")
        assert "2027-01-01" in self.days(host, date(2026, 12, 20), date(2026, 12, 31))
        assert "2026-12-26" in self.days(host, date(2027, 1, 1), date(2027, 1, 2))
        assert set(self.days(host)) == {day for day in self.days(host) if day[:4] == "2026"}

    @pytest.mark.parametrize(
        "window", [(date.min, date.min), (date.max, date.max), (date(1990, 1, 1), date(1999, 1, 1))]
    )
    def test_years_far_away_have_none(self, host, window):
        HolidayCalendar.objects.create(user=host, country="DE")
        assert self.days(host, *window) == {}

    def test_a_country_or_region_the_library_no_longer_knows_stops_nothing(self, host):
        row = HolidayCalendar.objects.create(user=host, country="DE", region="??")
        assert "2026-12-25" in self.days(host)
        row.country = "QQ"
        row.save()
        assert self.days(host) == {}


class TestSharing:
    def test_the_same_years_give_the_same_objects(self, host):
        HolidayCalendar.objects.create(user=host, country="DE")
        found = hours(host)
        assert found.schedules(DAY, DAY) is found.schedules(date(2026, 3, 1), date(2026, 9, 1))
        assert found.schedules(DAY, DAY) is not found.schedules(DAY, date(2027, 9, 1))

    def test_without_holidays_all_years_do(self, host):
        found = hours(host)
        assert found.schedules(DAY, DAY) is found.schedules(date(2026, 1, 1), date(2031, 9, 1))

    def test_many_ranges_are_not_kept_for_ever(self, host):
        HolidayCalendar.objects.create(user=host, country="DE")
        found = hours(host)
        for year in range(2000, 2200):
            found.schedules(date(year, 6, 1), date(year, 6, 1))
        assert len(found._by_years) <= 16


@pytest.mark.parametrize("count", [1, 10, 100])
def test_four_queries_for_any_number_of_hosts(count, django_assert_num_queries):
    hosts = [
        User.objects.create(email=f"u{n}@example.com", slug=f"u{n}", timezone="UTC")
        for n in range(count)
    ]
    for host in hosts:
        create_schedule(user_id=host.pk, name="Hours", timezone="UTC")
        HolidayCalendar.objects.create(user=host, country="FR")
        OutOfOffice.objects.create(user=host, start_date=DAY, end_date=DAY)
    with django_assert_num_queries(4):
        found = hours_of(choices={host.pk: None for host in hosts})
        days = [len(item.schedules(DAY, DAY)[0].days_off) for item in found.values()]
    assert len(days) == count
    assert min(days) > 10


def test_starting_does_not_load_the_holidays_library():
    """It costs megabytes; only who has a holiday calendar asks for it."""
    program = (
        "import os, sys, django; django.setup(); import config.urls, config.wsgi; "
        "from django.urls import get_resolver; get_resolver().url_patterns; "
        "print('holidays' in sys.modules)"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert ran.stdout.split()[-1] == "False"
