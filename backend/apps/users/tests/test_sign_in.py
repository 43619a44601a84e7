"""Signing in with e-mail address and password through the API."""

from __future__ import annotations

from statistics import median
from time import perf_counter

import pytest

from apps.users.models import User
from apps.users.services import register_user
from apps.users.tests.calls import PASSWORD, login, me, problem

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def account():
    return register_user(email="ana@example.com", password=PASSWORD, name="Ana Duarte")


def test_the_address_may_be_written_in_any_case(client):
    response = login(client, "ANA@Example.com")
    assert response.status_code == 200
    body = response.json()
    assert body["user"]["name"] == "Ana Duarte"
    assert body["expires_in"] == 900
    assert set(body) == {"user", "access", "refresh", "expires_in"}
    assert response.headers["Cache-Control"] == "no-store"
    assert not client.cookies


def test_wrong_password_unknown_address_and_closed_account_answer_alike(client):
    register_user(email="closed@example.com", password=PASSWORD, name="Closed")
    User.objects.filter(email="closed@example.com").update(is_active=False)
    answers = [
        problem(response, "invalid_credentials", 401)
        for response in (
            login(client, password="wrong horse battery"),
            login(client, "nobody@example.com"),
            login(client, "closed@example.com"),
        )
    ]
    for answer in answers:
        answer.pop("request_id")
    assert answers[0] == answers[1] == answers[2]


def test_an_unknown_address_takes_as_long_as_a_wrong_password(client, settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    account = User.objects.get()
    account.set_password(PASSWORD)
    account.save()

    def seconds(email: str) -> float:
        start = perf_counter()
        assert login(client, email, "wrong horse battery").status_code == 401
        return perf_counter() - start

    seconds("ana@example.com")
    known = median(seconds("ana@example.com") for _ in range(5))
    unknown = median(seconds("nobody@example.com") for _ in range(5))
    assert 0.4 < unknown / known < 2.5


def test_who_is_signed_in_elsewhere_may_sign_in_again(client):
    access = login(client).json()["access"]
    response = client.post(
        "/api/v1/auth/login/",
        {"email": "ana@example.com", "password": PASSWORD},
        content_type="application/json",
        headers={"Authorization": f"Bearer {access}"},
    )
    assert response.status_code == 200
    assert me(client, response.json()["access"]).status_code == 200
    assert me(client, access).status_code == 200


def test_pages_of_other_sites_cannot_sign_in(client):
    response = client.post(
        "/api/v1/auth/login/",
        {"email": "ana@example.com", "password": PASSWORD},
        content_type="application/json",
        headers={"Origin": "https://evil.example"},
    )
    problem(response, "csrf_failed", 403)
