"""What the public endpoints keep is exact: any change is seen by the next request."""

from __future__ import annotations

import re

import pytest
import time_machine
from django.core.cache import caches
from django.db import connection
from django.urls import reverse

from apps.events.models import EventType
from tests.cast import NOW, make_event_type

pytestmark = pytest.mark.django_db(transaction=True)

PAGE = "/api/v1/events/public/ana/"
EVENT_TYPE = "/api/v1/events/public/ana/intro/"
SLOTS = "/api/v1/events/slots/ana/intro/"


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.mark.parametrize(("path", "queries"), [(PAGE, 1), (EVENT_TYPE, 2), (SLOTS, 2)])
def test_the_second_answer_is_a_hit_and_says_so(
    client, intro, path, queries, django_assert_num_queries
):
    first = client.get(path)
    with django_assert_num_queries(queries):
        second = client.get(path)
    assert (first["X-Cache"], second["X-Cache"]) == ("miss", "hit")
    assert first.json() == second.json()
    for response in (first, second):
        assert re.fullmatch(r"\w+;dur=\d+\.\d(, \w+;dur=\d+\.\d)+", response["Server-Timing"])
        # Nobody in between may keep it: they would not know of a change.
        assert response["Cache-Control"] in {"no-cache", "no-store"}


@pytest.mark.parametrize("path", [PAGE, EVENT_TYPE, SLOTS])
@pytest.mark.parametrize(
    "change",
    [
        "UPDATE users_user SET name = 'Ana Maria', default_slot_interval = 60",
        "UPDATE events_eventtype SET duration = 45",
        "UPDATE events_eventtype SET is_active = false",
    ],
)
def test_a_change_by_anybody_is_seen_by_the_next_request(client, intro, path, change):
    client.get(path)
    before = client.get(path)
    assert before["X-Cache"] == "hit"
    with connection.cursor() as cursor:
        cursor.execute(change)
    after = client.get(path)
    assert after.content != before.content
    assert after.get("X-Cache") != "hit"


def test_the_page_lists_what_is_public_at_each_moment(client, ana, intro):
    def listed():
        return [shown["slug"] for shown in client.get(PAGE).json()["event_types"]]

    assert listed() == ["intro"]
    other = make_event_type(ana, name="A first one", event_type_slug="first")
    assert listed() == ["first", "intro"]
    EventType.objects.filter(pk=other.pk).update(is_private=True)
    assert listed() == ["intro"]
    other.delete()
    type(ana).objects.filter(pk=ana.pk).update(slug="anna")
    assert client.get(PAGE).status_code == 404
    assert client.get("/api/v1/events/public/anna/").json()["organizer"]["slug"] == "anna"


def test_a_slug_that_passes_to_somebody_else_shows_them(client, ana, charlie, intro):
    assert client.get(PAGE).json()["organizer"]["name"] == ana.name
    type(ana).objects.filter(pk=ana.pk).update(slug="former")
    type(ana).objects.filter(pk=charlie.pk).update(slug="ana")
    assert client.get(PAGE).json()["organizer"]["name"] == charlie.name
    assert client.get(SLOTS).status_code == 404


def test_no_cache_server_is_needed(client, intro, settings):
    """Nothing listens on that port; the answers are the same, kept or not."""
    settings.CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": "redis://127.0.0.1:1/0",
        }
    }
    with pytest.raises(Exception, match=r"127\.0\.0\.1:1"):
        caches["default"].get("x")
    for path in (PAGE, EVENT_TYPE, SLOTS, PAGE, EVENT_TYPE, SLOTS):
        assert client.get(path).status_code == 200


def test_the_metrics_tell_hits_and_misses(client, intro):
    def asked(shelf, result):
        text = client.get(reverse("metrics")).content.decode()
        line = f'halfpast_shelf_requests_total{{result="{result}",shelf="{shelf}"}}'
        found = re.search(rf"{re.escape(line)} ([\d.]+)", text)
        return float(found[1]) if found else 0.0

    for shelf, path in (("organizer_pages", PAGE), ("offers", SLOTS)):
        before = asked(shelf, "hit"), asked(shelf, "miss")
        for _ in range(3):
            client.get(path)
        assert (asked(shelf, "hit") - before[0], asked(shelf, "miss") - before[1]) == (2, 1)
