"""Access and refresh tokens: what they open, how they end."""

from __future__ import annotations

import pytest
import time_machine

from apps.common.time import utc_now
from apps.users.models import User
from apps.users.services import register_user
from apps.users.tests.calls import AUTH, ME, PASSWORD, login, me, problem, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def tokens(client):
    register_user(email="ana@example.com", password=PASSWORD, name="Ana Duarte")
    return login(client).json()


def refresh(client, token: str):
    return send(client, AUTH + "refresh/", {"refresh": token})


def test_a_refresh_token_works_once(client, tokens):
    fresh = refresh(client, tokens["refresh"])
    assert fresh.status_code == 200
    assert set(fresh.json()) == {"access", "refresh", "expires_in"}
    assert me(client, fresh.json()["access"]).status_code == 200
    problem(refresh(client, tokens["refresh"]), "not_authenticated", 401)
    assert refresh(client, fresh.json()["refresh"]).status_code == 200


def test_an_access_token_expires_and_the_refresh_token_goes_on(client, tokens):
    with time_machine.travel(utc_now().timestamp() + 901, tick=False):
        response = me(client, tokens["access"])
        problem(response, "not_authenticated", 401)
        assert response.headers["WWW-Authenticate"] == "Bearer"
        fresh = refresh(client, tokens["refresh"]).json()
        assert me(client, fresh["access"]).status_code == 200


@pytest.mark.parametrize("token", ["access", "refresh"])
def test_signing_out_ends_both_tokens_at_once(client, tokens, token):
    other = login(client).json()
    headers = {"Authorization": f"Bearer {tokens['access']}"} if token == "access" else {}
    body = {} if token == "access" else {"refresh": tokens["refresh"]}
    response = send(client, AUTH + "logout/", body, **headers)
    assert response.status_code == 204
    problem(refresh(client, tokens["refresh"]), "not_authenticated", 401)
    problem(me(client, tokens["access"]), "not_authenticated", 401)
    assert me(client, other["access"]).status_code == 200
    problem(send(client, AUTH + "logout/", body, **headers), "not_authenticated", 401)


def test_signing_out_needs_no_body(client, tokens):
    response = client.generic(
        "POST", AUTH + "logout/", headers={"Authorization": f"Bearer {tokens['access']}"}
    )
    assert response.status_code == 204
    problem(refresh(client, tokens["refresh"]), "not_authenticated", 401)


def test_a_closed_account_is_out_at_once(client, tokens):
    User.objects.update(is_active=False)
    problem(me(client, tokens["access"]), "not_authenticated", 401)
    problem(refresh(client, tokens["refresh"]), "not_authenticated", 401)


def test_each_token_has_its_own_use(client, tokens):
    problem(me(client, tokens["refresh"]), "not_authenticated", 401)
    problem(refresh(client, tokens["access"]), "not_authenticated", 401)


@pytest.mark.parametrize(
    "header",
    [
        "Bearer",
        "Bearer ",
        "Bearer a b c",
        "Bearer .....",
        "Bearer eyJhbGciOiJub25lIn0.e30.",
        "Bearer eyJhbGciOiJIUzI1NiJ9.e30.AAAA",
        "Bearer \xff\xfe",
        "Bearer a\x00b",
        "Bearer " + "x" * 20_000,
        "bearer null",
    ],
)
def test_garbage_is_no_token(client, header):
    response = client.get(ME, HTTP_AUTHORIZATION=header)
    problem(response, "not_authenticated", 401)
    assert response.headers["WWW-Authenticate"] == "Bearer"
    if header.isprintable() and header.isascii():
        response = send(
            client,
            AUTH + "password/change/",
            {
                "current_password": PASSWORD,
                "new_password": "another horse battery",
            },
            Authorization=header,
        )
        problem(response, "not_authenticated", 401)


def test_nobody_is_told_to_sign_in(client):
    response = client.get(ME)
    problem(response, "not_authenticated", 401)
    assert response.headers["WWW-Authenticate"] == "Bearer"


def test_a_signature_of_another_key_does_not_count(client, tokens, settings):
    settings.SECRET_KEY = "another key of this test " + "y" * 32
    problem(me(client, tokens["access"]), "not_authenticated", 401)
