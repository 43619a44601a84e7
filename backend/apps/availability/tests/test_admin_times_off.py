"""Times off, travels and holidays in the admin: the API's rules hold there too."""

from datetime import date

import pytest
from django.test import Client

from apps.availability.models import HolidayCalendar, OutOfOffice, Travel
from apps.users.models import User

ROOT = "/admin/availability/"
DAY = date(2026, 7, 1)
pytestmark = pytest.mark.django_db


@pytest.fixture
def boss():
    return User.objects.create_superuser("boss@example.com", "a long password", timezone="UTC")


@pytest.fixture
def admin(boss):
    client = Client()
    client.force_login(boss)
    return client


def version(user):
    return User.objects.get(pk=user.pk).availability_version


def time_off(**values):
    names = ("start_date", "end_date", "starts_at_0", "starts_at_1", "ends_at_0", "ends_at_1")
    return dict.fromkeys((*names, "note"), "") | values


def travel(**values):
    dates = {"start_date": "2026-07-01", "end_date": "2026-07-02"}
    return {**dates, "timezone": "Asia/Tokyo", "note": ""} | values


def holidays(**values):
    return {"country": "DE", "region": "", "open_dates": "[]"} | values


DAYS = {"start_date": "2026-07-01", "end_date": "2026-07-02"}
HOURS = {
    "starts_at_0": "2026-07-01",
    "starts_at_1": "08:00",
    "ends_at_0": "2026-07-01",
    "ends_at_1": "09:00",
}
ADDED = [
    (OutOfOffice, time_off(**DAYS)),
    (OutOfOffice, time_off(**HOURS)),
    (Travel, travel()),
    (HolidayCalendar, holidays(region="BY", open_dates='["2026-12-26"]')),
    (HolidayCalendar, holidays(open_dates="")),
]


@pytest.mark.parametrize(("model", "form"), ADDED)
def test_a_row_is_added_changed_and_deleted(admin, boss, model, form):
    url = f"{ROOT}{model._meta.model_name}/"
    versions = [version(boss)]
    assert admin.post(f"{url}add/", {"user": str(boss.pk), **form}).status_code == 302
    row = model.objects.get(user=boss)
    versions.append(version(boss))
    assert admin.get(f"{url}{row.pk}/change/").status_code == 200
    assert admin.post(f"{url}{row.pk}/change/", form).status_code == 302
    versions.append(version(boss))
    assert admin.post(f"{url}{row.pk}/delete/", {"post": "yes"}).status_code == 302
    versions.append(version(boss))
    assert not model.objects.exists()
    assert versions == sorted(set(versions))


REFUSED = [
    (OutOfOffice, time_off(), "start_date and end_date for whole days"),
    (OutOfOffice, time_off(**DAYS, **HOURS), "leave the other two out"),
    (OutOfOffice, time_off(**{**HOURS, "ends_at_1": "07:00"}), "later than the start"),
    (OutOfOffice, time_off(**{**DAYS, "end_date": "2026-06-30"}), "2026-07-01 or later"),
    (OutOfOffice, time_off(**{**DAYS, "start_date": "1999-01-01"}), "2000 to 2199"),
    (Travel, travel(end_date="2026-06-30"), "2026-07-01 or later"),
    (Travel, travel(timezone="Mars"), "IANA"),
    (HolidayCalendar, holidays(country="XX"), "list of countries"),
    (HolidayCalendar, holidays(region="XX"), "Leave it empty, or use one of"),
    (HolidayCalendar, holidays(open_dates='["2026-12-24"]'), "0: 2026-12-24 is not"),
    (HolidayCalendar, holidays(open_dates='{"a": 1}'), "Must be a list"),
    (HolidayCalendar, holidays(open_dates="{"), "valid JSON"),
]


@pytest.mark.parametrize(("model", "form", "message"), REFUSED)
def test_what_is_wrong_is_told_beside_its_field(admin, boss, model, form, message):
    page = admin.post(f"{ROOT}{model._meta.model_name}/add/", {"user": str(boss.pk), **form})
    assert page.status_code == 200
    assert message in page.content.decode()
    assert not model.objects.exists()


@pytest.mark.parametrize("form", [time_off(), time_off(**DAYS, **HOURS)])
def test_a_wrong_change_is_shown_and_not_stored(admin, boss, form):
    row = OutOfOffice.objects.create(user=boss, start_date=DAY, end_date=DAY)
    page = admin.post(f"{ROOT}outofoffice/{row.pk}/change/", form)
    assert page.status_code == 200
    assert page.context["adminform"].form.errors
    row.refresh_from_db()
    assert (row.start_date, row.end_date) == (DAY, DAY)


def test_travels_cannot_overlap(admin, boss):
    Travel.objects.create(user=boss, start_date=DAY, end_date=DAY, timezone="UTC")
    page = admin.post(f"{ROOT}travel/add/", {"user": str(boss.pk), **travel()})
    assert "You are in UTC from 2026-07-01 to 2026-07-01" in page.content.decode()


@pytest.mark.parametrize(("model", "form"), [(OutOfOffice, time_off(**DAYS)), (Travel, travel())])
def test_five_hundred_are_the_most(admin, boss, model, form):
    values = {"start_date": date(2020, 1, 1), "end_date": date(2020, 1, 1)}
    if model is Travel:
        values["timezone"] = "UTC"
    model.objects.bulk_create(model(user=boss, **values) for _ in range(500))
    url = f"{ROOT}{model._meta.model_name}/add/"
    page = admin.post(url, {"user": str(boss.pk), **form})
    assert "delete some that are over" in page.content.decode()
    assert model.objects.count() == 500


@pytest.mark.parametrize("model", [OutOfOffice, Travel, HolidayCalendar])
def test_a_selection_is_deleted(admin, boss, model):
    values = {"country": "DE"} if model is HolidayCalendar else {"start_date": DAY, "end_date": DAY}
    row = model.objects.create(user=boss, **values)
    before = version(boss)
    body = {"action": "delete_selected", "post": "yes", "_selected_action": [str(row.pk)]}
    assert admin.post(f"{ROOT}{model._meta.model_name}/", body).status_code == 302
    assert not model.objects.exists()
    assert version(boss) > before
