"""Attempts are counted when RATE_LIMITS is on, and are not when it is off."""

from __future__ import annotations

from ipaddress import ip_network

import pytest
from django.conf import settings as configured

from apps.users.services import register_user
from apps.users.tests.calls import (
    AUTH,
    BROWSER,
    PASSWORD,
    delivered,
    login,
    problem,
    register,
    send,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def account():
    return register_user(email="ana@example.com", password=PASSWORD, name="Ana Duarte")


def test_off_means_allauth_counts_nothing_either(client):
    assert configured.RATE_LIMITS is False
    for _ in range(12):
        problem(login(client, password="wrong horse battery"), "invalid_credentials", 401)
    assert login(client).status_code == 200
    for number in range(25):
        assert register(client, f"user{number}@example.com").status_code == 201


def test_sign_ins_of_an_address_are_counted(client, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login": "3/m/ip"}
    for _ in range(3):
        assert login(client).status_code == 200
    response = login(client)
    problem(response, "rate_limited", 429)
    assert int(response.headers["Retry-After"]) > 0


def test_browsers_and_api_clients_share_one_budget(client, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login": "3/m/ip"}
    body = {"email": "ana@example.com", "password": "wrong horse battery"}
    for _ in range(3):
        assert send(client, BROWSER + "auth/login", body).status_code == 400
    problem(login(client), "rate_limited", 429)


def test_failures_lock_the_account_for_everybody_for_a_while(client, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login_failed": "3/5m/key"}
    for _ in range(3):
        problem(login(client, password="wrong horse battery"), "invalid_credentials", 401)
    problem(login(client), "rate_limited", 429)
    register_user(email="ben@example.com", password=PASSWORD, name="Ben")
    assert login(client, "ben@example.com").status_code == 200


def test_mails_are_counted_too(client, settings):
    settings.ACCOUNT_RATE_LIMITS = {
        "reset_password": "2/m/key",
        "resend_verification": "2/m/key",
        "confirm_email": None,
    }
    for path in ("password/reset/", "email/verify/send/"):
        for _ in range(2):
            assert send(client, AUTH + path, {"email": "ana@example.com"}).status_code == 202
        problem(send(client, AUTH + path, {"email": "ANA@example.com"}), "rate_limited", 429)
    assert len(delivered()) == 4


def test_the_confirmation_link_has_a_cooldown(client, settings):
    settings.ACCOUNT_RATE_LIMITS = {}
    for _ in range(3):
        assert (
            send(client, AUTH + "email/verify/send/", {"email": "ana@example.com"}).status_code
            == 202
        )
    assert len(delivered()) == 1


def test_a_forged_forwarding_header_is_no_way_round(client, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login": "2/m/ip"}
    body = {"email": "ana@example.com", "password": PASSWORD}
    statuses = [
        send(client, AUTH + "login/", body, X_Forwarded_For=f"203.0.113.{number}").status_code
        for number in range(3)
    ]
    assert statuses == [200, 200, 429]


def test_behind_a_trusted_proxy_each_client_counts_alone(client, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login": "1/m/ip"}
    settings.TRUSTED_PROXIES = [ip_network("127.0.0.1")]
    body = {"email": "ana@example.com", "password": PASSWORD}
    for number in range(3):
        response = send(client, AUTH + "login/", body, X_Forwarded_For=f"203.0.113.{number}")
        assert response.status_code == 200


def test_a_unix_socket_has_no_address_and_works(client):
    response = client.post(
        AUTH + "login/",
        {"email": "ana@example.com", "password": PASSWORD},
        content_type="application/json",
        REMOTE_ADDR="",
    )
    assert response.status_code == 200
