"""Why is 10:30 not offered?"""

from __future__ import annotations

import pytest
import time_machine

from tests.cast import NOW, at, book

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel(NOW, tick=False):
        yield


def _explain(client, event_type, **query):
    return client.get(f"/api/v1/events/event-types/{event_type.pk}/explain/", query)


def test_an_offered_start_has_no_reason(ana_client, intro):
    body = _explain(ana_client, intro, at="2026-03-02T10:30:00Z").json()
    assert body == {
        "at": "2026-03-02T10:30:00Z",
        "is_active": True,
        "is_offered": True,
        "reasons": [],
    }


def test_a_taken_start_names_the_booking(ana_client, intro):
    booking = book(intro, at(10, 30))
    body = _explain(ana_client, intro, at="2026-03-02T10:30:00Z").json()
    reason = body["reasons"][0]
    assert (reason["code"], reason["cause_kind"], reason["cause_id"]) == (
        "booked",
        "booking",
        str(booking.pk),
    )


def test_every_reason_is_told_in_order(ana_client, intro):
    intro.min_scheduling_notice = 600
    intro.save()
    body = _explain(ana_client, intro, at="2026-03-02T08:10:00+00:00").json()
    assert [reason["code"] for reason in body["reasons"]][:2] == ["outside_hours", "too_soon"]


@pytest.mark.parametrize(
    ("query", "status"),
    [({}, 400), ({"at": "soon"}, 400), ({"at": "2026-03-02T10:30:00Z", "duration": "7"}, 422)],
)
def test_bad_questions_are_named(ana_client, intro, query, status):
    assert _explain(ana_client, intro, **query).status_code == status


def test_strangers_are_told_nothing(client, charlie, intro):
    client.force_login(charlie)
    assert _explain(client, intro, at="2026-03-02T10:30:00Z").status_code == 404
