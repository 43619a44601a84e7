"""Bodies that no client should send: refused by name, never a crash, nothing changed."""

from __future__ import annotations

import pytest

from apps.users.models import User
from apps.users.tests.calls import AUTH, ME, PASSWORD, register, send

pytestmark = pytest.mark.django_db

PATHS = (
    "register/",
    "login/",
    "mfa/",
    "refresh/",
    "logout/",
    "password/reset/",
    "password/reset/confirm/",
    "password/change/",
    "email/verify/",
    "email/verify/send/",
)
GOOD = {
    "email": "ana@example.com",
    "password": PASSWORD,
    "name": "Ana",
    "code": "123456",
    "refresh": "x",
    "key": "x-y",
    "current_password": PASSWORD,
    "new_password": PASSWORD,
}
BAD_VALUES = (
    None,
    5,
    True,
    [],
    ["a"],
    {},
    {"a": {"b": []}},
    "a\x00b",
    "\ud800",
    "x" * 10_000,
    "",
)
RAW = (b"", b"{", b"null", b"[]", b'"text"', b"\xff\xfe", b'{"email": "\\ud800"}', b"[" * 3000)


def is_problem(response) -> bool:
    return (
        400 <= response.status_code < 500
        and response.headers["Content-Type"] == "application/problem+json"
        and {"type", "title", "status", "detail", "code", "errors"} <= response.json().keys()
    )


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("field", ["email", "password", "refresh", "key", "code", "new_password"])
def test_wrong_values(client, path, field):
    needs = {
        "register/": {"email", "password"},
        "login/": {"email", "password"},
        "mfa/": {"code"},
        "refresh/": {"refresh"},
        "logout/": {"refresh"},
        "password/reset/": {"email"},
        "password/reset/confirm/": {"key", "password"},
        "password/change/": {"new_password"},
        "email/verify/": {"key"},
        "email/verify/send/": {"email"},
    }[path]
    for value in BAD_VALUES:
        response = send(client, AUTH + path, {**GOOD, field: value})
        if field in needs and not (path == "email/verify/send/" and value == ""):
            assert is_problem(response), (value, response.status_code, response.content)
        assert response.status_code < 500
    assert field not in needs or not User.objects.exists()


@pytest.mark.parametrize("path", PATHS)
def test_bodies_that_are_no_objects(client, path):
    for raw in RAW:
        assert is_problem(send(client, AUTH + path, raw)), raw


@pytest.mark.parametrize("path", PATHS)
def test_a_body_above_the_limit(client, path):
    response = send(client, AUTH + path, {"email": "x" * 1_100_000})
    assert response.status_code in {413, 422}
    assert is_problem(response)


@pytest.mark.parametrize("field", ["name", "timezone", "locale", "slug"])
def test_wrong_values_at_registration(client, field):
    for value in (5, True, [], ["a"], {}, "a\x00b", "\ud800", "x" * 10_000, "a\nb", "\x1b[0m"):
        response = register(client, **{field: value})
        assert is_problem(response), (value, response.content)
    assert not User.objects.exists()


def test_html_in_a_name_stays_text(client):
    name = "<script>alert(1)</script>"
    response = register(client, name=name)
    assert response.json()["user"]["name"] == name
    assert response.json()["user"]["slug"] == "script-alert-1-script"


@pytest.mark.parametrize(
    "field",
    [
        "name",
        "slug",
        "timezone",
        "locale",
        "week_start",
        "default_slot_interval",
        "bio",
        "contact",
        "avatar",
        "logo",
        "cover",
        "accent_color",
        "booking_limits",
    ],
)
def test_wrong_values_in_the_profile(client, field):
    access = register(client).json()["access"]
    before = User.objects.values().get()
    for value in (
        None,
        True,
        {},
        {"a": 1},
        ["a"],
        [[]],
        "a\x00b",
        "\ud800",
        "x" * 10_000,
        -1,
        10**30,
        1.5,
        [{"per": "day"}],
        [{"per": [], "max": {}}],
    ):
        response = send(
            client, ME, {field: value}, method="PATCH", Authorization=f"Bearer {access}"
        )
        assert is_problem(response), (field, value, response.content)
    assert User.objects.values().get() == before


def test_no_object_is_no_profile(client):
    access = register(client).json()["access"]
    for raw in RAW[1:]:
        response = send(client, ME, raw, method="PATCH", Authorization=f"Bearer {access}")
        assert is_problem(response), raw
