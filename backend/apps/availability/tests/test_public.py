"""The door: default schedules, and schedules as the engine takes them."""

from datetime import date
from uuid import uuid4

import pytest

from apps.availability import public
from apps.availability.engine import WallWindow
from apps.availability.models import Schedule
from apps.availability.services import create_schedule
from apps.users.models import User
from apps.users.public import register_user

pytestmark = pytest.mark.django_db


def make_user(name="ana", timezone="Europe/Berlin"):
    return User.objects.create_user(
        f"{name}@example.com", "a long password", name=name, slug=name, timezone=timezone
    )


def test_who_registers_has_working_hours_in_their_zone():
    user = register_user(
        email="eva@example.com", password="correct horse 9", name="Eva", timezone="Asia/Tokyo"
    )
    schedule = Schedule.objects.get(user=user)
    assert (schedule.is_default, schedule.timezone) == (True, "Asia/Tokyo")
    assert schedule.weekly == [
        {"weekday": day, "start": "09:00", "end": "17:00"} for day in (1, 2, 3, 4, 5)
    ]


def test_a_default_schedule_is_made_once():
    user = make_user()
    public.ensure_default_schedule(user.pk)
    public.ensure_default_schedule(user.pk)
    assert Schedule.objects.filter(user=user).count() == 1


def test_stored_hours_reach_the_engine_unchanged():
    user = make_user()
    made = create_schedule(
        user_id=user.pk,
        name="All",
        timezone="Africa/Cairo",
        weekly=[{"weekday": 7, "start": "00:00", "end": "24:00"}],
        overrides=[{"date": "2026-03-03", "windows": [["10:00", "12:30"]]}],
        rules=[
            {
                "rrule": "FREQ=DAILY",
                "dtstart": "2026-01-05",
                "start": "18:15",
                "end": "20:00",
                "kind": "closed",
            }
        ],
    )
    hours = public.hours_of(choices={user.pk: None})[user.pk]
    (schedule,) = hours.schedules(date(2026, 3, 2), date(2026, 3, 8))
    assert (schedule.id, schedule.timezone) == (str(made.pk), "Africa/Cairo")
    assert [(item.weekday, item.window) for item in schedule.weekly] == [(7, WallWindow(0, 1440))]
    (override,) = schedule.overrides
    assert (override.date, override.windows) == (date(2026, 3, 3), (WallWindow(600, 750),))
    (rule,) = schedule.rules
    assert (rule.rrule, rule.dtstart, rule.window, rule.kind) == (
        "FREQ=DAILY",
        date(2026, 1, 5),
        WallWindow(1095, 1200),
        "closed",
    )
    assert rule.id == made.rules[0]["id"]


def test_only_own_schedules_can_be_chosen():
    ana, bob = make_user("ana"), make_user("bob")
    made = create_schedule(user_id=ana.pk, name="Special", timezone="Asia/Tokyo")
    choice = public.find_schedule_choice(user_id=ana.pk, schedule_id=made.pk)
    assert choice == public.ScheduleChoice(made.pk, "Asia/Tokyo")
    assert public.find_schedule_choice(user_id=bob.pk, schedule_id=made.pk) is None
    assert public.find_schedule_choice(user_id=ana.pk, schedule_id=uuid4()) is None
