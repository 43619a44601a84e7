"""The invitee's page of what is stored of them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from apps.events.models import AuditAction, Booking
from apps.events.pages.views import your_data
from apps.events.services.bookings import cancel_booking
from tests.cast import ALWAYS, JONAS, book, make_event_type, make_host

pytestmark = pytest.mark.django_db


@pytest.fixture
def booking():
    now = datetime.now(UTC)
    start = (now + timedelta(days=1)).replace(hour=10, minute=0, second=0, microsecond=0)
    host = make_host(weekly=ALWAYS, timezone="UTC")
    return book(
        make_event_type(host), start, now=now, notes="<b>tea</b>", utm={"source": "newsletter"}
    )


def path(booking):
    return f"/booking/{booking.access_token}/manage/data"


def test_it_tells_all_and_is_found_from_the_booking(client, booking):
    page = client.get(path(booking).removesuffix("/data")).content.decode()
    assert path(booking) in page
    answer = client.get(path(booking))
    page = answer.content.decode()
    assert answer["Cache-Control"] == "no-store"
    assert answer["Referrer-Policy"] == "no-referrer"
    for said in (
        "Jonas Keller",
        "jonas@keller.example",
        "&lt;b&gt;tea&lt;/b&gt;",
        "source: newsletter",
        "Booked · by you",
        f"/api/v1/events/booking/{booking.access_token}/data.json",
    ):
        assert said in page, said


@pytest.mark.parametrize("language", ["de", "ar"])
def test_it_speaks_the_visitors_language(client, booking, language):
    page = client.get(path(booking), {"lang": language})
    assert page["Content-Language"] == language
    assert page.status_code == 200


def test_what_lies_ahead_cannot_be_erased_here(client, booking):
    assert "Cancel it first" in client.get(path(booking)).content.decode()
    answer = client.post(path(booking), {"action": "erase", "sure": "1"})
    assert answer.status_code == 409
    assert Booking.objects.get().erased_at is None


def test_erasing_needs_a_tick_and_ends_the_link(client, booking):
    now = datetime.now(UTC)
    cancel_booking(booking=booking, cancelled_by="invitee", reason="", actor=JONAS, now=now)
    assert client.post(path(booking), {"action": "erase"}).status_code == 422
    assert Booking.objects.get().erased_at is None
    foreign = {"Origin": "https://elsewhere.example"}
    refused = client.post(path(booking), {"action": "erase", "sure": "1"}, headers=foreign)
    assert refused.status_code == 403
    answer = client.post(path(booking), {"action": "erase", "sure": "1"})
    assert (answer.status_code, "Your data is erased" in answer.content.decode()) == (200, True)
    assert Booking.objects.get().erased_at is not None
    assert client.get(path(booking)).status_code == 404


def test_every_action_has_words_of_its_own():
    missing = set(AuditAction.values) - set(your_data._DID)
    # Of the session, not of one who is in it.
    assert missing == {AuditAction.CAPACITY_CHANGED}
