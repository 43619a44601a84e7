"""Forgotten and changed passwords, by the mail that arrives."""

from __future__ import annotations

import pytest
import time_machine

from apps.common.outbox.models import OutboxRow
from apps.common.time import utc_now
from apps.users.services import register_user
from apps.users.tests.calls import (
    AUTH,
    PASSWORD,
    delivered,
    faults,
    linked_key,
    login,
    me,
    problem,
    send,
)

pytestmark = pytest.mark.django_db
NEW = "another horse battery"


@pytest.fixture(autouse=True)
def account():
    return register_user(email="ana@example.com", password=PASSWORD, name="Ana Duarte")


def ask_reset(client, email="ana@example.com"):
    return send(client, AUTH + "password/reset/", {"email": email})


def reset(client, key, password=NEW):
    return send(client, AUTH + "password/reset/confirm/", {"key": key, "password": password})


def test_a_forgotten_password_is_replaced_by_the_mailed_link(client):
    tokens = login(client).json()
    assert ask_reset(client, "Ana@Example.com").status_code == 202
    (message,) = delivered()
    key = linked_key(message, "password-reset")
    assert reset(client, key).status_code == 204
    problem(login(client), "invalid_credentials", 401)
    assert login(client, password=NEW).status_code == 200
    problem(me(client, tokens["access"]), "not_authenticated", 401)
    response = reset(client, key, "third horse battery")
    problem(response, "validation_failed", 422)
    assert faults(response) == {"/key": "invalid_password_reset"}
    (notice,) = delivered()
    assert notice.subject == "Your password was reset"
    assert "127.0.0.1" in notice.body


def test_a_weak_password_is_refused_and_the_link_stays_good(client):
    ask_reset(client)
    key = linked_key(delivered()[0], "password-reset")
    response = reset(client, key, "short")
    problem(response, "validation_failed", 422)
    assert faults(response) == {"/password": "password_too_short"}
    assert reset(client, key).status_code == 204


def test_an_unknown_address_answers_alike_and_gets_no_mail(client):
    known, unknown = ask_reset(client), ask_reset(client, "nobody@example.com")
    assert known.status_code == unknown.status_code == 202
    assert known.json() == unknown.json()
    assert [message.to for message in delivered()] == [["ana@example.com"]]


def test_the_link_ends_after_three_days(client):
    ask_reset(client)
    key = linked_key(delivered()[0], "password-reset")
    with time_machine.travel(utc_now().timestamp() + 3 * 86_400 + 60, tick=False):
        problem(reset(client, key), "validation_failed", 422)


@pytest.mark.parametrize("key", ["x", "-", "x-y", "zzzzzzzzzz-abc", "1-2-3", "ä" * 200])
def test_made_up_keys_open_nothing(client, key):
    response = reset(client, key)
    problem(response, "validation_failed", 422)
    assert faults(response) == {"/key": "invalid_password_reset"}


def test_the_outbox_holds_no_key(client):
    ask_reset(client)
    key = linked_key(delivered()[0], "password-reset")
    secret = key.partition("-")[2]
    assert all(secret not in str(row.payload) for row in OutboxRow.objects.all())


def test_a_repeated_mail_keeps_its_message_id(client):
    ask_reset(client)
    (first,) = delivered()
    OutboxRow.objects.update(state="pending", done_at=None)
    (second,) = delivered()
    assert first.extra_headers["Message-ID"] == second.extra_headers["Message-ID"]


def test_changing_the_password_ends_every_other_sign_in(client):
    elsewhere, here = login(client).json(), login(client).json()
    body = {"current_password": PASSWORD, "new_password": NEW}
    response = send(
        client, AUTH + "password/change/", body, Authorization=f"Bearer {here['access']}"
    )
    assert response.status_code == 200
    fresh = response.json()
    assert me(client, fresh["access"]).status_code == 200
    assert send(client, AUTH + "refresh/", {"refresh": fresh["refresh"]}).status_code == 200
    for old in (elsewhere, here):
        problem(me(client, old["access"]), "not_authenticated", 401)
        problem(
            send(client, AUTH + "refresh/", {"refresh": old["refresh"]}), "not_authenticated", 401
        )
    assert login(client, password=NEW).status_code == 200
    (notice,) = delivered()
    assert notice.subject == "Your password was changed"
    assert "Hello Ana Duarte," in notice.body


@pytest.mark.parametrize(
    ("current", "new", "pointer"),
    [("wrong horse battery", NEW, "/current_password"), (PASSWORD, "short", "/new_password")],
)
def test_a_change_needs_the_current_password_and_a_good_new_one(client, current, new, pointer):
    access = login(client).json()["access"]
    body = {"current_password": current, "new_password": new}
    response = send(client, AUTH + "password/change/", body, Authorization=f"Bearer {access}")
    problem(response, "validation_failed", 422)
    assert set(faults(response)) == {pointer}
    assert me(client, access).status_code == 200


def test_strangers_change_no_password(client):
    body = {"current_password": PASSWORD, "new_password": NEW}
    problem(send(client, AUTH + "password/change/", body), "not_authenticated", 401)
