"""Confirming that an e-mail address is one's own."""

from __future__ import annotations

import pytest

from apps.users.tests.calls import (
    AUTH,
    delivered,
    faults,
    linked_key,
    login,
    me,
    problem,
    register,
    send,
)

pytestmark = pytest.mark.django_db


def confirm(client, key):
    return send(client, AUTH + "email/verify/", {"key": key})


def send_again(client, email="ana@example.com"):
    return send(client, AUTH + "email/verify/send/", {"email": email})


def test_the_mailed_link_confirms_the_address(client):
    access = register(client).json()["access"]
    assert me(client, access).json()["email_verified"] is False
    (message,) = delivered()
    assert confirm(client, linked_key(message, "verify-email")).status_code == 204
    assert me(client, access).json()["email_verified"] is True


def test_unconfirmed_accounts_sign_in_all_the_same(client):
    register(client)
    assert login(client).status_code == 200


def test_where_it_is_required_sign_in_waits_for_it(client, settings):
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
    register(client)
    problem(login(client), "not_authenticated", 401)
    assert confirm(client, linked_key(delivered()[0], "verify-email")).status_code == 204
    assert login(client).status_code == 200


def test_the_link_is_sent_again_on_request(client):
    register(client)
    delivered()
    assert send_again(client, "Ana@example.com").status_code == 202
    (message,) = delivered()
    assert confirm(client, linked_key(message, "verify-email")).status_code == 204
    assert send_again(client).status_code == 202
    assert delivered() == []


def test_an_unknown_address_answers_alike_and_gets_no_mail(client):
    register(client)
    delivered()
    assert send_again(client).json() == send_again(client, "nobody@example.com").json()
    assert [message.to for message in delivered()] == [["ana@example.com"]]


def test_an_address_confirmed_before_the_mail_left_gets_none(client):
    register(client)
    (first,) = delivered()
    send_again(client)
    confirm(client, linked_key(first, "verify-email"))
    assert delivered() == []


@pytest.mark.parametrize("key", ["x", "a:b:c", "..", "%00", "é" * 100])
def test_made_up_keys_confirm_nothing(client, key):
    response = confirm(client, key)
    problem(response, "validation_failed", 422)
    assert faults(response) == {"/key": "invalid_or_expired_key"}
