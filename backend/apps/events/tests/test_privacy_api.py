"""An invitee's data over the API: downloaded and erased by the link."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from apps.events.api.public.stored_data import StoredDataOut
from apps.events.models import Booking, BookingAuditLog
from tests.cast import ALWAYS, book, make_event_type, make_host

pytestmark = pytest.mark.django_db


@pytest.fixture
def booking():
    now = datetime.now(UTC)
    start = (now + timedelta(days=1)).replace(hour=10, minute=0, second=0, microsecond=0)
    host = make_host(weekly=ALWAYS, timezone="UTC")
    return book(make_event_type(host), start, now=now, notes="bring tea")


def path(booking, page="manage/"):
    return f"/api/v1/events/booking/{booking.access_token}/{page}"


def act(client, booking, action, **headers):
    body = {"action": action}
    return client.post(path(booking), body, content_type="application/json", headers=headers)


def test_all_that_is_stored_is_downloaded(client, booking):
    answer = client.get(path(booking, "data.json"), headers={"User-Agent": "Downloader/1"})
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "no-store"
    assert "attachment" in answer["Content-Disposition"]
    data = StoredDataOut.model_validate(answer.json())
    assert (data.booking.name, data.booking.notes) == ("Jonas Keller", "bring tea")
    assert [row.action for row in data.history] == ["booking_created", "data_downloaded"]
    assert data.history[1].user_agent == "Downloader/1"
    assert client.get("/api/v1/events/booking/nonsense/data.json").status_code == 404


def test_what_lies_ahead_is_not_erased(client, booking):
    refused = act(client, booking, "erase")
    assert (refused.status_code, refused.json()["code"]) == (409, "invalid_state")
    assert "Cancel it first" in refused.json()["detail"]


def test_data_is_erased_and_the_link_dies(client, booking, ana_free_client):
    assert act(client, booking, "cancel").status_code == 200
    keyed = {"Idempotency-Key": "once"}
    for _ in range(2):
        answer = act(client, booking, "erase", **keyed)
        assert (answer.status_code, answer.content) == (204, b"")
    assert client.get(path(booking)).status_code == 404
    assert client.get(path(booking, "data.json")).status_code == 404
    erased = Booking.objects.get(pk=booking.pk)
    assert (erased.invitee_name, erased.invitee_email) == ("", "")
    row = BookingAuditLog.objects.filter(booking=booking).last()
    assert (row.action, row.actor_type, row.ip_address) == ("personal_data_erased", "invitee", None)
    seen = ana_free_client(erased.organizer).get(f"/api/v1/events/bookings/{booking.pk}/").json()
    assert (seen["invitee_name"], seen["erased_at"] is None) == ("Erased", False)


@pytest.fixture
def ana_free_client(client):
    def sign_in(user):
        client.force_login(user)
        return client

    return sign_in


def test_the_history_over_the_api(client, booking):
    client.force_login(booking.organizer)
    url = f"/api/v1/events/bookings/{booking.pk}/audit/"
    row = client.get(url).json()["results"][0]
    assert (row["sequence"], row["is_sealed"], row["erased_at"]) == (1, False, None)
    assert len(row["hash"]) == 64
    state = client.get(f"{url}verify/").json()
    assert state == {"is_whole": True, "rows": 1, "first_broken": None, "sealed_rows": 0}
    BookingAuditLog.objects.update(description="Nothing happened")
    state = client.get(f"{url}verify/").json()
    assert (state["is_whole"], state["first_broken"]) == (False, 1)


def test_the_history_of_others_is_not_verified(client, booking, charlie):
    client.force_login(charlie)
    url = f"/api/v1/events/bookings/{booking.pk}/audit/verify/"
    assert client.get(url).status_code == 404
