"""Series on the pages that work without a script: tick dates, book, change in scope."""

from __future__ import annotations

import re
from typing import Any

import pytest
import time_machine

from apps.events.models import Booking
from apps.events.tests.series_cast import book_series, live, make_weekly
from tests.cast import NOW, at, book, make_event_type

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def lesson(ana):
    return make_weekly(ana)


def details(client: Any, start: str = "2026-03-02T10:00:00Z") -> str:
    query = {"start": start, "timezone": "Europe/Lisbon"}
    return client.get("/ana/lesson/book", query).content.decode()


def form(occurrences: list[str], **fields: Any) -> dict[str, Any]:
    return {
        "start": "2026-03-02T10:00:00Z",
        "timezone": "Europe/Lisbon",
        "duration": "30",
        "name": "Jonas Keller",
        "email": "jonas@keller.example",
        "series": "1",
        "occurrences": occurrences,
        **fields,
    }


def boxes(html: str) -> list[tuple[str, bool, bool]]:
    """Each box: its start, whether it is ticked, whether it can be."""
    found = re.findall(r'<input type="checkbox" name="occurrences" value="([^"]+)"([^>]*)>', html)
    return [(value, " checked" in rest, " disabled" not in rest) for value, rest in found]


def test_every_date_is_shown_free_or_with_what_is_in_its_way(client, lesson):
    book(make_event_type(lesson.organizer), at(10, days=14))
    html = details(client)
    assert boxes(html) == [
        ("2026-03-02T10:00:00Z", True, True),
        ("2026-03-09T10:00:00Z", True, True),
        ("2026-03-16T10:00:00Z", False, False),
        ("2026-03-23T10:00:00Z", True, True),
    ]
    assert "Taken" in html
    assert "4 dates" in html


def test_what_is_ticked_is_booked(client, lesson):
    answer = client.post("/ana/lesson/book", form(["2026-03-02T10:00:00Z", "2026-03-23T10:00:00Z"]))
    assert answer.status_code == 303
    starts = Booking.objects.order_by("start_time").values_list("start_time", flat=True)
    assert list(starts) == [at(10), at(10, days=21)]
    shown = client.get(answer["Location"]).content.decode()
    assert shown.count('/manage">') >= 2
    assert "2 dates" in shown


def test_nothing_ticked_is_said_so(client, lesson):
    answer = client.post("/ana/lesson/book", form([]))
    assert answer.status_code == 422
    assert "at least one" in answer.content.decode()
    assert not Booking.objects.exists()


def test_a_date_that_was_taken_meanwhile_keeps_the_rest_of_the_form(client, lesson):
    book(make_event_type(lesson.organizer), at(10, days=7))
    wanted = ["2026-03-02T10:00:00Z", "2026-03-09T10:00:00Z"]
    answer = client.post("/ana/lesson/book", form(wanted, notes="Bring the score"))
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "were just taken" in html
    assert "Bring the score" in html
    assert [value for value, is_ticked, _ in boxes(html) if is_ticked] == [wanted[0]]
    assert Booking.objects.count() == 1


def test_a_page_of_what_does_not_repeat_has_no_dates(client, intro):
    query = {"start": "2026-03-02T10:00:00Z", "timezone": "Europe/Lisbon"}
    html = client.get("/ana/intro/book", query).content.decode()
    assert boxes(html) == []
    assert 'name="series"' not in html


def test_the_own_page_lists_all_dates_with_their_states(client, lesson):
    bookings = book_series(lesson, at(10))
    client.post(f"/booking/{bookings[2].access_token}/manage", {"action": "cancel"})
    html = client.get(f"/booking/{bookings[0].access_token}/manage").content.decode()
    for one in bookings:
        assert f"/booking/{one.access_token}/manage" in html
    assert html.count("Cancelled") == 1
    assert live(bookings[0].recurrence)[2].status == "cancelled"


@pytest.mark.parametrize(
    ("scope", "left"), [("this", 3), ("following", 1), ("all", 0), ("nonsense", 3)]
)
def test_cancelling_asks_for_the_scope(client, lesson, scope, left):
    bookings = book_series(lesson, at(10))
    path = f"/booking/{bookings[1].access_token}/manage"
    asked = client.get(f"{path}/cancel").content.decode()
    values = re.findall(r'type="radio" name="scope" value="(\w+)"', asked)
    assert values == ["this", "following", "all"]
    answer = client.post(path, {"action": "cancel", "scope": scope})
    assert answer.status_code == 303
    states = [one.status for one in live(bookings[0].recurrence)]
    assert states.count("confirmed") == left


def test_moving_asks_for_the_scope(client, lesson):
    bookings = book_series(lesson, at(10))
    path = f"/booking/{bookings[1].access_token}/manage"
    query = {"start": "2026-03-09T15:00:00Z", "timezone": "Europe/Lisbon"}
    asked = client.get(f"{path}/move", query).content.decode()
    assert 'name="scope" value="following"' in asked
    moved = {**query, "action": "reschedule", "scope": "following"}
    assert client.post(path, moved).status_code == 303
    assert [one.start_time.hour for one in live(bookings[0].recurrence)] == [10, 15, 15, 15]


def test_a_move_that_is_refused_names_the_dates(client, lesson):
    bookings = book_series(lesson, at(10))
    book(make_event_type(lesson.organizer), at(15, days=14))
    path = f"/booking/{bookings[0].access_token}/manage"
    moved = {
        "action": "reschedule",
        "scope": "all",
        "start": "2026-03-02T15:00:00Z",
        "timezone": "Europe/Lisbon",
    }
    answer = client.post(path, moved)
    assert answer.status_code == 409
    html = answer.content.decode()
    assert "nothing was changed" in html
    assert "March 16" in html
    assert re.search(r'value="all" checked', html)
    assert [one.start_time.hour for one in live(bookings[0].recurrence)] == [10] * 4


def test_a_single_booking_is_asked_for_no_scope(client, intro):
    booking = book(intro, at(10))
    html = client.get(f"/booking/{booking.access_token}/manage/cancel").content.decode()
    assert 'name="scope"' not in html
