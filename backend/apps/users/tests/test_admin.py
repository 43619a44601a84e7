"""Users in the admin."""

from __future__ import annotations

import pytest
from django.contrib import admin
from django.urls import reverse

from apps.users.models import User
from apps.users.services import register_user
from apps.users.tests.calls import PASSWORD, login

pytestmark = pytest.mark.django_db


@pytest.fixture
def boss(client):
    user = User.objects.create_superuser("Boss@Example.com", PASSWORD)
    client.force_login(user)
    return user


@pytest.fixture
def ana():
    return register_user(email="ana@example.com", password=PASSWORD, name="Ana Duarte")


def form_of(user: User) -> dict[str, object]:
    return {
        "email": user.email,
        "name": user.name,
        "slug": user.slug,
        "role": user.role,
        "timezone": user.timezone,
        "locale": user.locale,
        "week_start": user.week_start,
        "default_slot_interval": user.default_slot_interval,
        "booking_limits": "[]",
        "bio": "",
        "contact": "",
        "avatar": "",
        "logo": "",
        "cover": "",
        "accent_color": "",
        "is_active": "on",
    }


def test_strangers_are_sent_to_the_one_sign_in(client):
    response = client.get("/admin/", follow=False)
    response = client.get(response.headers["Location"])
    assert response.status_code == 302
    assert response.headers["Location"].startswith("/login?next=")
    assert client.post("/admin/login/", {"username": "a", "password": "b"}).status_code == 302


def test_users_without_rights_stay_out(client, ana):
    client.force_login(ana)
    assert client.get("/admin/login/").status_code == 403


def test_a_superuser_signs_in_as_everybody(client):
    User.objects.create_superuser("Boss@Example.com", PASSWORD)
    response = login(client, "boss@example.com")
    assert response.json()["user"]["role"] == "admin"


def test_every_page_of_users_opens(client, boss, ana):
    for name in ("user", "emailaddress"):
        app = "users" if name == "user" else "account"
        assert client.get(reverse(f"admin:{app}_{name}_changelist")).status_code == 200
    for page in ("mfa_authenticator", "usersessions_usersession", "auth_group"):
        assert client.get(reverse(f"admin:{page}_changelist")).status_code == 200
    change = client.get(reverse("admin:users_user_change", args=[ana.pk]))
    assert change.status_code == 200
    assert ana.password.split("$")[-1] not in change.content.decode()
    assert client.get(reverse("admin:users_user_add")).status_code == 200
    assert client.get(reverse("admin:auth_user_password_change", args=[ana.pk])).status_code == 200


def test_somebody_added_here_can_sign_in(client, boss):
    response = client.post(
        reverse("admin:users_user_add"),
        {
            "email": "New@Example.com",
            "name": "New Person",
            "timezone": "Europe/Lisbon",
            "usable_password": "true",
            "password1": PASSWORD,
            "password2": PASSWORD,
        },
    )
    assert response.status_code == 302, response.content
    user = User.objects.get(email="new@example.com")
    assert user.slug == "new-person"
    client.logout()
    assert login(client, "new@example.com").status_code == 200


def test_the_rules_of_a_profile_hold_here_too(client, boss, ana):
    url = reverse("admin:users_user_change", args=[ana.pk])
    response = client.post(url, {**form_of(ana), "slug": "admin", "timezone": "Mars"})
    assert response.status_code == 200
    assert set(response.context["adminform"].form.errors) == {"slug", "timezone"}
    before = User.objects.get(pk=ana.pk).availability_version
    response = client.post(url, {**form_of(ana), "timezone": "Asia/Tokyo"})
    assert response.status_code == 302, response.context["adminform"].form.errors
    ana.refresh_from_db()
    assert ana.timezone == "Asia/Tokyo"
    assert ana.availability_version == before + 1


def test_every_model_of_users_is_registered():
    registered = {model._meta.label for model in admin.site._registry}
    assert {
        "users.User",
        "account.EmailAddress",
        "mfa.Authenticator",
        "usersessions.UserSession",
    } <= registered
