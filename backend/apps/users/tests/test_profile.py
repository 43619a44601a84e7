"""`users/me/`: reading and changing one's own account."""

from __future__ import annotations

import pytest

from apps.users.models import User
from apps.users.tests.calls import ME, faults, problem, register, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def account(client):
    return register(client).json()


@pytest.fixture
def change(client, account):
    def patch(**fields):
        return send(client, ME, fields, method="PATCH", Authorization=f"Bearer {account['access']}")

    return patch


def test_registration_and_profile_tell_the_same(client, account):
    response = client.get(ME, headers={"Authorization": f"Bearer {account['access']}"})
    assert response.json() == account["user"]


def test_every_field_can_be_changed(change):
    fields = {
        "name": "Ana D.",
        "slug": "ana-d",
        "timezone": "Asia/Tokyo",
        "locale": "de",
        "week_start": 7,
        "default_slot_interval": 15,
        "bio": "First line\nsecond line",
        "contact": "+351 900 000 000",
        "avatar": "https://cdn.example/ana.png",
        "logo": "https://cdn.example/logo.png",
        "cover": "",
        "accent_color": "#aabbcc",
        "booking_limits": [{"per": "day", "max": 3}, {"per": "total_minutes_per_week", "max": 600}],
    }
    response = change(**fields)
    assert response.status_code == 200
    assert {name: response.json()[name] for name in fields} == fields
    assert User.objects.get().slug == "ana-d"


def test_what_is_not_given_stays(change):
    change(bio="Hello.")
    assert change(contact="x").json()["bio"] == "Hello."


@pytest.mark.parametrize(
    ("field", "value", "code", "cure"),
    [
        ("name", "  ", "blank", "may not be blank"),
        ("slug", "admin", "reserved_slug", "Choose another"),
        ("slug", "A b", "invalid_slug", "lower-case"),
        ("locale", "xx", "unknown_locale", "language code"),
        ("week_start", 0, "out_of_range", "from 1 to 7"),
        ("week_start", 8, "out_of_range", "from 1 to 7"),
        ("default_slot_interval", 1441, "out_of_range", "from 0 to 1440"),
        ("accent_color", "red", "invalid_color", "#rrggbb"),
        ("accent_color", "#abc", "invalid_color", "#rrggbb"),
        ("avatar", "javascript:alert(1)", "invalid_url", "https://"),
        ("logo", "data:text/html,x", "invalid_url", "https://"),
        ("contact", "two\nlines", "invalid", "one line"),
        ("bio", "x" * 1001, "too_long", "1000"),
    ],
)
def test_refusals_name_the_field_and_the_cure(change, field, value, code, cure):
    response = change(**{field: value})
    problem(response, "validation_failed", 422)
    assert faults(response) == {f"/{field}": code}
    assert cure in response.json()["errors"][0]["detail"]


def test_an_unknown_zone_has_a_code_of_its_own(change):
    response = change(timezone="Mars/Olympus")
    problem(response, "invalid_timezone", 422)
    assert faults(response) == {"/timezone": "invalid_timezone"}


def test_several_faults_are_told_together_and_nothing_is_written(change):
    response = change(name="New", timezone="Mars", slug="api")
    problem(response, "validation_failed", 422)
    assert faults(response) == {"/timezone": "invalid_timezone", "/slug": "reserved_slug"}
    assert User.objects.get().name == "Ana Duarte"


def test_a_slug_somebody_has_is_refused_and_ones_own_is_not(client, change, account):
    register(client, "ben@example.com", slug="ben")
    response = change(slug="ben")
    assert faults(response) == {"/slug": "slug_taken"}
    assert change(slug=account["user"]["slug"]).status_code == 200


@pytest.mark.parametrize(
    "limits",
    [
        [{"per": "hour", "max": 1}],
        [{"per": "day", "max": 0}],
        [{"per": "day", "max": 1}, {"per": "day", "max": 2}],
    ],
)
def test_limits_that_cannot_be_kept(change, limits):
    response = change(booking_limits=limits)
    problem(response, "validation_failed", 422)
    assert next(iter(faults(response))).startswith("/booking_limits")


@pytest.mark.parametrize(
    ("changes", "bumps"),
    [
        ({"timezone": "Asia/Tokyo"}, 1),
        ({"default_slot_interval": 15}, 1),
        ({"booking_limits": [{"per": "day", "max": 3}]}, 1),
        ({"timezone": "Asia/Tokyo", "default_slot_interval": 15}, 1),
        ({"timezone": "UTC"}, 0),
        ({"name": "Other", "bio": "x"}, 1),
    ],
)
def test_a_changed_profile_counts_one_new_version(change, changes, bumps):
    before = User.objects.get().availability_version
    assert change(**changes).status_code == 200
    assert User.objects.get().availability_version == before + bumps


@pytest.mark.parametrize("field", ["email", "role", "id", "is_staff", "availability_version"])
def test_what_is_not_ones_own_to_change_stays(change, field):
    before = User.objects.values(field).get()
    assert change(**{field: "admin"}).status_code == 200
    assert User.objects.values(field).get() == before
