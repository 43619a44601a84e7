"""Custom questions without a script: asked in a round trip, and nothing is lost."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from html import unescape
from uuid import UUID

import pytest

from apps.common.time import format_instant, utc_now
from apps.events.models import Booking, CustomQuestion
from apps.events.selectors.slots import list_slots
from tests.cast import ALWAYS, make_event_type, make_host

pytestmark = pytest.mark.django_db
WHERE, CITY, TOPICS, TERMS = (str(UUID(int=number)) for number in (1, 2, 3, 4))


@pytest.fixture
def event_type():
    event_type = make_event_type(
        make_host("nina", "Nina Open", weekly=ALWAYS, timezone="Europe/Berlin")
    )
    in_person = {"all": [{"question": WHERE, "op": "equals", "value": "In person"}]}
    asked = [
        {
            "id": WHERE,
            "question_text": "Where <b>exactly</b>?",
            "question_type": "radio",
            "options": ["Online", "In person"],
            "is_required": True,
        },
        {"id": CITY, "question_text": "In which city?", "conditions": in_person},
        {
            "id": TOPICS,
            "question_text": "Topics",
            "question_type": "multiselect",
            "options": ["Price", "Scope", "Other"],
            "prefill_key": "topic",
        },
        {"id": TERMS, "question_text": "I agree", "question_type": "checkbox", "is_required": True},
    ]
    for order, fields in enumerate(asked):
        CustomQuestion.objects.create(event_type=event_type, order=order, **fields)
    return event_type


@pytest.fixture
def start(event_type):
    now = utc_now()
    slots = list_slots(event_type, start=now, end=now + timedelta(days=3), now=now)
    return format_instant(slots[5].start)


def _send(client, start, **fields):
    form = {
        "start": start,
        "timezone": "Europe/Berlin",
        "name": "Jonas Keller",
        "email": "jonas@keller.example",
        "notes": "Ramp?",
        **fields,
    }
    return client.post("/nina/intro/book", form)


def _asked(page):
    return re.findall(r'name="asked" value="([^"]+)"', page)


def _answered(**more):
    return {f"q-{WHERE}": "In person", f"q-{TERMS}": "on", **more}


def test_the_form_asks_what_is_shown_at_first(client, event_type, start):
    page = client.get("/nina/intro/book", {"start": start}).text
    assert _asked(page) == [WHERE, TOPICS, TERMS]
    assert "Where &lt;b&gt;exactly&lt;/b&gt;?" in page
    assert "In which city?" not in page
    assert 'name="update"' in page


def test_a_question_that_an_answer_brings_up_is_asked_before_anything_is_booked(client, start):
    page = _send(client, start, asked=[WHERE, TOPICS, TERMS], **_answered())
    assert page.status_code == 200
    assert _asked(page.text) == [WHERE, CITY, TOPICS, TERMS]
    assert "Nothing is lost" in page.text
    for kept in ("Jonas Keller", "jonas@keller.example", "Ramp?"):
        assert kept in page.text
    assert re.search(r'value="In person" checked', page.text)
    assert not Booking.objects.exists()

    done = _send(client, start, asked=_asked(page.text), **_answered(**{f"q-{CITY}": "Kiel"}))
    assert done.status_code == 303, done.text
    assert Booking.objects.get().custom_answers == {WHERE: "In person", CITY: "Kiel", TERMS: True}


def test_the_form_can_be_asked_for_its_questions(client, start):
    page = _send(client, start, asked=[WHERE], update="", **{f"q-{WHERE}": "In person"})
    assert CITY in _asked(page.text)
    assert not Booking.objects.exists()


def test_what_is_wrong_is_said_at_its_field_in_the_pages_language(client, start):
    everything = [WHERE, CITY, TOPICS, TERMS]
    page = _send(client, start, asked=everything, **{f"q-{TOPICS}": ["Price", "Scope"]})
    assert page.status_code == 422
    assert page.text.count("Answer this question.") == 1
    assert "Tick this box to go on." in page.text
    assert re.search(r'value="Scope" checked', page.text)
    german = client.post(
        "/nina/intro/book?lang=de",
        {"start": start, "name": "J", "email": "j@example.com", "asked": everything},
    )
    assert "Beantworten Sie diese Frage." in german.text


def test_a_link_fills_in_by_key_and_by_place_what_is_an_answer(client, event_type, start):
    query = {"a1": "In person", "topic": ["Scope", "Price"], "a2": "x" * 501, "a4": "yes"}
    page = client.get("/nina/intro", query).text
    init = json.loads(re.search(r'id="init">(.*?)</script>', page)[1])
    expected = {WHERE: "In person", TOPICS: ["Price", "Scope"], TERMS: True}
    assert init["prefill"]["answers"] == expected
    assert [one["id"] for one in init["event_type"]["questions"]] == [WHERE, CITY, TOPICS, TERMS]
    plain = client.get("/nina/intro/book", {**query, "start": start}).text
    assert _asked(plain) == [WHERE, CITY, TOPICS, TERMS]
    assert re.search(r'value="Scope" checked', plain)


def test_what_a_link_filled_in_goes_along_to_the_form(client, event_type):
    query = {"first_name": "Jo", "a1": "In person", "topic": ["Scope", 'Price"&']}
    page = client.get("/nina/intro", query).text
    (onward,) = set(re.findall(r'href="(/nina/intro/times[^"]*)"', page))
    times = client.get(unescape(onward)).text
    assert 'name="topic" value="Scope"' in times
    slot = re.search(r'href="(/nina/intro/book[^"]*)"', times)[1]
    form = client.get(unescape(slot)).text
    assert 'value="Jo"' in form
    assert _asked(form) == [WHERE, CITY, TOPICS, TERMS]


def test_the_own_page_shows_the_answers_and_changes_them(client, start):
    everything = [WHERE, CITY, TOPICS, TERMS]
    _send(client, start, asked=everything, **_answered(**{f"q-{CITY}": "Kiel"}))
    booking = Booking.objects.get()
    path = f"/booking/{booking.access_token}/manage"
    page = client.get(path).text
    assert re.search(r"<dt><bdi>In which city\?</bdi></dt><dd><bdi>Kiel</bdi>", page)
    assert re.search(r"<dt><bdi>I agree</bdi></dt><dd><bdi>Yes</bdi>", page)

    own = {"action": "update", "invitee_name": "Jonas Keller"}
    refused = client.post(path, {**own, f"q-{WHERE}": "Online"})
    assert refused.status_code == 422
    assert "Tick this box to go on." in refused.text
    client.post(path, {**own, f"q-{WHERE}": "Online", f"q-{TERMS}": "on"})
    booking.refresh_from_db()
    assert booking.custom_answers == {WHERE: "Online", TERMS: True}
