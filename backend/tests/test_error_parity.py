"""The same refusal has the same shape and code whichever framework answers (architecture)."""

from uuid import uuid4

import pytest
from django.conf import settings
from django.test import Client

from apps.users.models import User

ORGANIZER = "/api/v1/events/event-types/"  # DRF
PUBLIC = "/api/v1/events/bookings/create/"  # Ninja
EITHER = pytest.mark.parametrize("url", [ORGANIZER, PUBLIC], ids=["organizer", "public"])
MEMBERS = {"type", "title", "status", "detail", "code", "errors", "request_id"}

pytestmark = pytest.mark.django_db


@pytest.fixture
def client():
    user = User.objects.create_user(
        "ana@example.com", "a long password", name="Ana", slug="ana", timezone="UTC"
    )
    client = Client(raise_request_exception=False)
    client.force_login(user)
    return client


def problem(response, status, code):
    """The document, after everything that every refusal shares was checked."""
    assert response.status_code == status, response.content
    assert response["Content-Type"] == "application/problem+json"
    body = response.json()
    assert set(body) == MEMBERS
    assert (body["status"], body["code"]) == (status, code)
    assert body["type"].startswith("http")
    assert body["title"]
    assert body["detail"]
    assert body["request_id"] == response["X-Request-ID"]
    assert all(set(error) == {"pointer", "code", "detail"} for error in body["errors"])
    return body


def post(client, url, body, content_type="application/json"):
    return client.post(url, body, content_type=content_type)


@EITHER
def test_unknown_address(client, url):
    problem(client.get(f"{url}nowhere/at/all/"), 404, "not_found")


@EITHER
def test_a_missing_slash_is_not_found_and_never_a_redirect(client, url):
    problem(post(client, url.rstrip("/"), {}), 404, "not_found")


@EITHER
def test_wrong_method(client, url):
    response = client.delete(url)
    problem(response, 405, "method_not_allowed")
    assert "POST" in response["Allow"]


@EITHER
@pytest.mark.parametrize("body", ["{", "[1,", '{"name": NaN}', b"\xff\xfe"])
def test_not_json(client, url, body):
    problem(post(client, url, body), 400, "invalid_request")


@EITHER
@pytest.mark.parametrize("body", ["", "[]", "null", "1", '"text"'])
def test_json_that_is_not_an_object(client, url, body):
    assert problem(post(client, url, body), 422, "validation_failed")["errors"]


@EITHER
@pytest.mark.parametrize("content_type", ["text/plain", "application/xml", "multipart/form-data"])
def test_not_called_json(client, url, content_type):
    response = post(client, url, '{"name": "x"}', content_type=content_type)
    problem(response, 415, "unsupported_media_type")


@EITHER
def test_too_large(client, url):
    body = '{"name": "' + "x" * settings.DATA_UPLOAD_MAX_MEMORY_SIZE + '"}'
    problem(post(client, url, body), 413, "too_large")


@EITHER
@pytest.mark.parametrize(
    ("text", "status", "code"),
    [("nul\\u0000", 422, "validation_failed"), ("lone \\ud800 half", 400, "invalid_request")],
)
def test_text_that_cannot_be_stored(client, url, text, status, code):
    body = f'{{"name": "{text}", "notes": "{text}"}}'
    response = post(client, url, body)
    problem(response, status, code)


@EITHER
def test_missing_and_wrong_fields_are_named(client, url):
    body = problem(post(client, url, {"duration": "long"}), 422, "validation_failed")
    pointers = {error["pointer"] for error in body["errors"]}
    assert "/duration" in pointers
    assert len(pointers) > 1
    assert all(error["detail"] for error in body["errors"])


@EITHER
def test_deep_nesting(client, url):
    depth = 5_000
    response = post(client, url, '{"name": ' + "[" * depth + "]" * depth + "}")
    problem(response, 400, "invalid_request")


def test_a_wrong_query_parameter():
    client = Client()
    public = client.get("/api/v1/events/slots/ana/intro/?start_date=soon")
    assert problem(public, 400, "invalid_request")["errors"][0]["pointer"] == "/start_date"


def test_the_organizers_wrong_query_parameter(client):
    answer = client.get(f"{ORGANIZER}?is_active=perhaps")
    assert problem(answer, 400, "invalid_request")["errors"][0]["pointer"] == "/is_active"


@pytest.mark.parametrize(
    "url", [ORGANIZER, "/api/v1/auth/password/change/"], ids=["organizer", "public"]
)
def test_nobody_is_signed_in(url):
    body = {"name": "x", "current_password": "an old password", "new_password": "a new password 1"}
    response = post(Client(), url, body)
    problem(response, 401, "not_authenticated")
    assert response["WWW-Authenticate"] == "Bearer"


@pytest.mark.parametrize(
    "url",
    [f"{ORGANIZER}{uuid4()}/", f"/api/v1/events/booking/{uuid4()}/manage/"],
    ids=["organizer", "public"],
)
def test_unknown_id(client, url):
    problem(client.get(url), 404, "not_found")


@pytest.mark.parametrize(
    "url",
    [f"{ORGANIZER}not-an-id/", "/api/v1/events/booking/not-an-id/manage/"],
    ids=["organizer", "public"],
)
def test_malformed_id(client, url):
    problem(client.get(url), 404, "not_found")


@EITHER
def test_a_foreign_site(url):
    user = User.objects.create_user(
        "bob@example.com", "a long password", name="Bob", slug="bob", timezone="UTC"
    )
    client = Client(enforce_csrf_checks=True)
    client.force_login(user)
    body = {
        "name": "Call",
        "organizer_slug": "bob",
        "event_type_slug": "call",
        "start_time": "2026-12-01T09:00:00Z",
        "invitee_name": "Eva",
        "invitee_email": "eva@example.com",
        "invitee_timezone": "UTC",
    }
    response = client.post(
        url, body, content_type="application/json", headers={"origin": "https://evil.example"}
    )
    problem(response, 403, "csrf_failed")


def test_a_host_that_is_not_ours(client, settings):
    settings.ALLOWED_HOSTS = ["testserver"]
    answers = [client.get(url, headers={"host": "evil.example"}) for url in (ORGANIZER, PUBLIC)]
    for answer in answers:
        problem(answer, 400, "invalid_request")


def test_every_code_has_a_status_and_a_title():
    from config.api_errors import PROBLEMS

    assert all(400 <= row.status <= 599 and row.title for row in PROBLEMS.values())
