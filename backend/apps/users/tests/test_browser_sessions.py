"""Our own frontend: allauth's session endpoints, with CSRF."""

from __future__ import annotations

import pytest
from django.test import Client

from apps.users.models import User
from apps.users.services import register_user
from apps.users.tests.calls import BROWSER, ME, PASSWORD, delivered, linked_key, problem, send

pytestmark = pytest.mark.django_db

ANA = {"name": "Ana Duarte", "email": "Ana@example.com", "password": PASSWORD}


@pytest.fixture
def browser():
    return Client(enforce_csrf_checks=True)


def csrf(browser) -> dict[str, str]:
    browser.get(BROWSER + "config")
    return {"X_CSRFToken": browser.cookies["csrftoken"].value}


def sign_up(browser, **fields):
    return send(browser, BROWSER + "auth/signup", {**ANA, **fields}, **csrf(browser))


def test_sign_up_sign_out_sign_in(browser):
    response = sign_up(browser, timezone="Europe/Lisbon", slug="ana")
    assert response.status_code == 200
    assert response.json()["data"]["user"]["slug"] == "ana"
    account = browser.get(ME).json()
    assert account["timezone"] == "Europe/Lisbon"
    assert account["email"] == "ana@example.com"

    gone = send(browser, BROWSER + "auth/session", {}, method="DELETE", **csrf(browser))
    assert gone.status_code == 401
    assert browser.get(ME).status_code == 401

    body = {"email": "ANA@example.com", "password": PASSWORD}
    assert send(browser, BROWSER + "auth/login", body, **csrf(browser)).status_code == 200
    assert browser.get(ME).json()["name"] == "Ana Duarte"


def test_without_the_token_nothing_is_written(browser):
    response = send(browser, BROWSER + "auth/signup", ANA)
    problem(response, "csrf_failed", 403)
    assert not User.objects.exists()
    assert sign_up(browser).status_code == 200
    response = send(browser, ME, {"name": "Eve"}, method="PATCH")
    problem(response, "csrf_failed", 403)
    assert browser.get(ME).json()["name"] == "Ana Duarte"
    changed = send(browser, ME, {"name": "Ana"}, method="PATCH", **csrf(browser))
    assert changed.json()["name"] == "Ana"


def test_the_rules_are_those_of_the_api(browser):
    register_user(email="ana@example.com", password=PASSWORD, name="Ana", slug="taken")
    response = sign_up(
        browser, name="  ", timezone="Mars", locale="xx", slug="taken", password="short"
    )
    assert response.status_code == 400
    errors = response.json()["errors"]
    assert {error["param"]: error["code"] for error in errors} == {
        "email": "email_taken",
        "name": "required",
        "timezone": "invalid_timezone",
        "locale": "unknown_locale",
        "slug": "slug_taken",
        "password": "password_too_short",
    }
    assert all(error["message"] for error in errors)
    assert User.objects.count() == 1


def test_numbers_and_lists_are_no_names(browser):
    for name in (["Ana"], {"a": 1}, 5):
        response = sign_up(browser, name=name)
        assert response.status_code == 400
        assert response.json()["errors"][0]["param"] == "name"


def test_the_password_is_reset_by_mail(browser):
    register_user(email="ana@example.com", password=PASSWORD, name="Ana")
    asked = send(
        browser, BROWSER + "auth/password/request", {"email": "ana@example.com"}, **csrf(browser)
    )
    assert asked.status_code == 200
    key = linked_key(delivered()[0], "password-reset")
    looked_at = browser.get(BROWSER + "auth/password/reset", headers={"X-Password-Reset-Key": key})
    assert looked_at.status_code == 200
    body = {"key": key, "password": "another horse battery"}
    assert send(browser, BROWSER + "auth/password/reset", body, **csrf(browser)).status_code == 401
    body = {"email": "ana@example.com", "password": "another horse battery"}
    assert send(browser, BROWSER + "auth/login", body, **csrf(browser)).status_code == 200


def test_only_the_browser_client_is_served(browser):
    assert browser.get("/_allauth/app/v1/config").status_code == 404


@pytest.mark.parametrize(
    "body",
    [
        b'{"email": "a@example.com", "password": "\\u0000aaaaaaaaaaa"}',
        b'{"email": "a@example.com", "password": "\\ud800aaaaaaaaaaa"}',
        b'{"email": "\xff\xfe", "password": "aaaaaaaaaaaa"}',
        b'{"email": ',
        b"[1]",
        b"null",
        b'{"email": ["a"], "password": {"a": 1}}',
        b'{"email": "' + b"a" * 10_000 + b'@example.com", "password": "' + b"b" * 10_000 + b'"}',
        b"[" * 2000 + b"]" * 2000,
    ],
)
@pytest.mark.parametrize("path", ["auth/login", "auth/signup", "auth/password/request"])
def test_hostile_bodies_are_refused(browser, path, body):
    response = send(browser, BROWSER + path, body, **csrf(browser))
    assert 400 <= response.status_code < 500
    assert not User.objects.exists()
