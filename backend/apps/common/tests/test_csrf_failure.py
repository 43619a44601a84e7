"""A form without its token gets a page that says so, never a fault of ours."""

from __future__ import annotations

import pytest
from django.test import Client


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/admin/login/", "/login"])
def test_a_form_without_its_token_gets_a_page(path):
    response = Client(enforce_csrf_checks=True).post(path, {"username": "a"})
    assert response.status_code == 403
    assert response["Content-Type"].startswith("text/html")
    assert "Reload the page and try again." in response.text


@pytest.mark.django_db
def test_a_call_without_its_token_gets_a_problem():
    response = Client(enforce_csrf_checks=True).post(
        "/_allauth/browser/v1/auth/login", {}, content_type="application/json"
    )
    assert response.status_code == 403
    assert response.json()["code"] == "csrf_failed"
