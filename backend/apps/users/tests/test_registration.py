"""Opening an account through the API."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from allauth.account.models import EmailAddress
from django.db import connection
from django.test import Client

from apps.common.errors import ValidationFailed
from apps.users.models import User
from apps.users.services import register_user
from apps.users.signals import user_registered
from apps.users.tests.calls import PASSWORD, delivered, faults, login, me, problem, register

pytestmark = pytest.mark.django_db


def test_a_new_user_is_signed_in_and_has_an_address(client):
    response = register(client, "Ana@Example.com", timezone="Europe/Lisbon", locale="pt-BR")
    assert response.status_code == 201
    body = response.json()
    assert body["user"]["email"] == "ana@example.com"
    assert body["user"]["slug"] == "ana-duarte"
    assert body["user"]["timezone"] == "Europe/Lisbon"
    assert body["user"]["locale"] == "pt-br"
    assert body["user"]["public_url"] == "http://testserver/ana-duarte"
    assert response.headers["Cache-Control"] == "no-store"
    assert me(client, body["access"]).json()["id"] == body["user"]["id"]
    assert not client.cookies


def test_two_people_of_one_name_get_different_slugs(client):
    first = register(client).json()["user"]["slug"]
    second = register(client, "other@example.com").json()["user"]["slug"]
    assert first == "ana-duarte"
    assert second.startswith("ana-duarte-")


def test_an_address_in_other_letters_has_an_account_already(client):
    register(client)
    response = register(client, "ANA@example.COM")
    problem(response, "validation_failed", 422)
    assert faults(response) == {"/email": "email_taken"}
    assert User.objects.count() == 1


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("k2#qZ", "password_too_short"),
        ("password123", "password_too_common"),
        ("ana@example.com", "password_too_similar"),
        ("ana duarte1", "password_too_similar"),
    ],
)
def test_weak_passwords_are_refused(client, password, code):
    response = register(client, password=password)
    problem(response, "validation_failed", 422)
    assert faults(response) == {"/password": code}
    assert not User.objects.exists()


@pytest.mark.parametrize(
    ("slug", "code"),
    [
        ("admin", "reserved_slug"),
        ("event-types", "reserved_slug"),
        ("Ana", "invalid_slug"),
        ("-ana", "invalid_slug"),
        ("ana-", "invalid_slug"),
        ("ána", "invalid_slug"),
        ("a/b", "invalid_slug"),
    ],
)
def test_slugs_that_cannot_be_had(client, slug, code):
    response = register(client, slug=slug)
    problem(response, "validation_failed", 422)
    assert faults(response) == {"/slug": code}


def test_a_taken_slug_is_refused(client):
    register(client, slug="ana")
    response = register(client, "other@example.com", slug="ana")
    problem(response, "validation_failed", 422)
    assert faults(response) == {"/slug": "slug_taken"}


def test_an_unknown_zone_has_a_code_of_its_own(client):
    response = register(client, timezone="Mars/Olympus")
    problem(response, "invalid_timezone", 422)
    assert faults(response) == {"/timezone": "invalid_timezone"}


def test_all_faults_are_told_at_once(client):
    response = register(client, "no address", timezone="Mars", slug="api", password="1")
    problem(response, "validation_failed", 422)
    assert set(faults(response)) == {"/email", "/timezone", "/slug", "/password"}


def test_a_link_to_confirm_the_address_is_mailed(client):
    register(client)
    (message,) = delivered()
    assert message.to == ["ana@example.com"]
    assert "Hello Ana Duarte," in message.body
    assert "http://testserver/verify-email/" in message.body


def test_the_service_makes_accounts_that_can_sign_in(client):
    user = register_user(
        email="Ben@Example.com", password=PASSWORD, name="Ben", is_email_verified=True, bio="Hi."
    )
    assert user.bio == "Hi."
    assert EmailAddress.objects.get(user=user).verified
    assert login(client, "ben@example.com").json()["user"]["email_verified"] is True


def test_the_service_names_what_is_wrong():
    register_user(email="a@example.com", password=PASSWORD, name="A", slug="aa")
    with pytest.raises(ValidationFailed) as refusal:
        register_user(email="b@example.com", password=PASSWORD, name="B", slug="aa")
    assert refusal.value.errors[0].code == "slug_taken"
    with pytest.raises(ValidationFailed) as refusal:
        register_user(email="A@example.com", password=PASSWORD, name="B")
    assert refusal.value.errors[0].code == "email_taken"
    assert User.objects.count() == 1


def test_apps_above_are_told_in_the_same_transaction():
    heard = []

    def refuse(*, user_id, timezone, **_):
        heard.append((user_id, timezone))
        raise RuntimeError("no schedule today")

    user_registered.connect(refuse)
    try:
        with pytest.raises(RuntimeError):
            register_user(email="a@example.com", password=PASSWORD, name="A", timezone="Asia/Tokyo")
    finally:
        user_registered.disconnect(refuse)
    assert [zone for _id, zone in heard] == ["Asia/Tokyo"]
    assert not User.objects.exists()


def test_where_addresses_must_be_confirmed_first_nobody_learns_who_has_an_account(client, settings):
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
    first = register(client)
    again = register(client)
    assert first.status_code == again.status_code == 202
    assert first.json() == again.json()
    assert User.objects.count() == 1
    welcome, warning = delivered()
    assert "verify-email" in welcome.body
    assert "already" in warning.subject
    refusal = problem(login(client), "not_authenticated", 401)
    assert refusal["next"]["step"] == "verify_email"


@pytest.mark.django_db(transaction=True)
def test_of_many_who_want_one_address_at_once_one_gets_it():
    def attempt(number: int):
        try:
            return register(Client(), slug="ana" if number % 2 else "")
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(attempt, range(6)))
    assert sorted(answer.status_code for answer in answers) == [201] + [422] * 5
    for answer in answers:
        if answer.status_code == 422:
            assert set(faults(answer).values()) <= {"email_taken", "slug_taken"}
    assert User.objects.count() == EmailAddress.objects.count() == 1


def test_an_address_of_an_international_domain_gets_its_mail_and_signs_in(client):
    response = register(client, "ana@Exämple.com")
    assert response.status_code == 201
    assert response.json()["user"]["email"] == "ana@xn--exmple-cua.com"
    assert [mail.to for mail in delivered()] == [["ana@xn--exmple-cua.com"]]
    assert login(client, "ana@exämple.com").status_code == 200


@pytest.mark.parametrize(("field", "value"), [
    ("email", "ána@example.com"), ("email", "ana@example.com\u200b"),
    ("name", "\u200b\u202e"), ("name", "Ana\x85Duarte"), ("name", "Ana\tDuarte"),
])  # fmt: skip
def test_names_and_addresses_that_cannot_be_shown_or_written_to(client, field, value):
    response = register(client, **{"email": "ana@example.com", field: value})
    problem(response, "validation_failed", 422)
    assert [*faults(response)] == [f"/{field}"]
    assert not User.objects.exists()
