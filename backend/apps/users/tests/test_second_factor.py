"""Signing in where an authenticator app is asked for."""

from __future__ import annotations

import time

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
)

from apps.users.services import register_user
from apps.users.tests.calls import AUTH, BROWSER, PASSWORD, faults, login, me, problem, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def secret():
    user = register_user(
        email="ana@example.com", password=PASSWORD, name="Ana Duarte", is_email_verified=True
    )
    assert EmailAddress.objects.get().verified
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    return secret


def code(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def second_step(client, session_token: str, given: str):
    return send(client, AUTH + "mfa/", {"code": given}, X_Session_Token=session_token)


def test_the_password_alone_gives_no_tokens_but_the_next_step(client, secret):
    body = problem(login(client), "mfa_required", 401)
    assert body["next"]["step"] == "mfa_authenticate"
    assert body["next"]["path"] == AUTH + "mfa/"
    assert body["next"]["types"] == ["totp"]
    token = body["next"]["session_token"]
    assert "access" not in body
    problem(
        client.get("/api/v1/users/me/", headers={"X-Session-Token": token}),
        "not_authenticated",
        401,
    )


def test_the_code_completes_the_sign_in(client, secret):
    token = login(client).json()["next"]["session_token"]
    response = second_step(client, token, code(secret))
    assert response.status_code == 200
    assert me(client, response.json()["access"]).json()["email"] == "ana@example.com"
    assert (
        send(client, AUTH + "refresh/", {"refresh": response.json()["refresh"]}).status_code == 200
    )


def test_a_recovery_code_does_as_well_and_once(client, secret):
    from apps.users.models import User

    codes = RecoveryCodes.activate(User.objects.get())
    spare = codes.get_unused_codes()[0]
    token = login(client).json()["next"]["session_token"]
    assert second_step(client, token, spare).status_code == 200
    token = login(client).json()["next"]["session_token"]
    problem(second_step(client, token, spare), "validation_failed", 422)


def test_a_wrong_code_gives_nothing_and_leaves_the_step_open(client, secret):
    token = login(client).json()["next"]["session_token"]
    wrong = "000000" if code(secret) != "000000" else "111111"
    response = second_step(client, token, wrong)
    problem(response, "validation_failed", 422)
    assert faults(response) == {"/code": "incorrect_code"}
    assert second_step(client, token, code(secret)).status_code == 200


@pytest.mark.parametrize("token", ["", "x", "made-up-token-made-up-token-made"])
def test_the_second_step_needs_the_first(client, secret, token):
    problem(second_step(client, token, code(secret)), "not_authenticated", 401)


def test_the_second_step_holds_for_browsers_too(client, secret):
    response = send(
        client, BROWSER + "auth/login", {"email": "ana@example.com", "password": PASSWORD}
    )
    assert response.status_code == 401
    pending = [flow["id"] for flow in response.json()["data"]["flows"] if flow.get("is_pending")]
    assert pending == ["mfa_authenticate"]
    assert client.get("/api/v1/users/me/").status_code == 401
    response = send(client, BROWSER + "auth/2fa/authenticate", {"code": code(secret)})
    assert response.status_code == 200
    assert client.get("/api/v1/users/me/").status_code == 200
