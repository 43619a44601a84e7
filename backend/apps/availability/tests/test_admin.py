"""Schedules in the admin: the API's rules hold there too."""

import json

import pytest
from django.test import Client

from apps.availability.models import Schedule
from apps.availability.services import create_schedule
from apps.users.models import User

URL = "/admin/availability/schedule/"
pytestmark = pytest.mark.django_db


@pytest.fixture
def boss():
    return User.objects.create_superuser("boss@example.com", "a long password", timezone="UTC")


@pytest.fixture
def admin(boss):
    client = Client()
    client.force_login(boss)
    return client


def form(user, **changes):
    return {
        "user": str(user.pk),
        "name": "Hours",
        "timezone": "Europe/Berlin",
        "weekly": "[]",
        "overrides": "[]",
        "rules": "[]",
        **changes,
    }


def test_a_schedule_is_added_as_the_default(admin, boss):
    weekly = [{"weekday": 1, "start": "09:00", "end": "17:00"}]
    assert admin.post(f"{URL}add/", form(boss, weekly=json.dumps(weekly))).status_code == 302
    schedule = Schedule.objects.get(user=boss)
    assert (schedule.weekly, schedule.is_default) == (weekly, True)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"weekly": '[{"weekday": 1, "start": "9", "end": "17:00"}]'}, "0/start: Write a time"),
        ({"rules": '{"a": 1}'}, "Must be a list"),
        ({"timezone": "Mars"}, "IANA"),
    ],
)
def test_wrong_hours_are_told_beside_their_field(admin, boss, changes, message):
    page = admin.post(f"{URL}add/", form(boss, **changes))
    assert page.status_code == 200
    assert message in page.content.decode()
    assert not Schedule.objects.exists()


def test_a_change_moves_the_owners_version(admin, boss):
    schedule = create_schedule(user_id=boss.pk, name="Hours", timezone="UTC")
    before = User.objects.get(pk=boss.pk).availability_version
    assert admin.post(f"{URL}{schedule.pk}/change/", form(boss, name="New")).status_code == 302
    schedule.refresh_from_db()
    assert schedule.name == "New"
    assert User.objects.get(pk=boss.pk).availability_version > before


def test_the_default_is_kept_by_bulk_deletion(admin, boss):
    keep = create_schedule(user_id=boss.pk, name="One", timezone="UTC")
    gone = create_schedule(user_id=boss.pk, name="Two", timezone="UTC")
    body = {"action": "delete_selected", "post": "yes"}
    refused = admin.post(URL, {**body, "_selected_action": [str(keep.pk), str(gone.pk)]})
    assert refused.status_code == 403
    assert Schedule.objects.count() == 2
    assert admin.post(URL, {**body, "_selected_action": [str(gone.pk)]}).status_code == 302
    assert list(Schedule.objects.all()) == [keep]


def test_another_default_is_chosen_in_the_list(admin, boss):
    old = create_schedule(user_id=boss.pk, name="One", timezone="UTC")
    new = create_schedule(user_id=boss.pk, name="Two", timezone="UTC")
    admin.post(URL, {"action": "make_default", "_selected_action": [str(new.pk)]})
    old.refresh_from_db()
    new.refresh_from_db()
    assert (old.is_default, new.is_default) == (False, True)
