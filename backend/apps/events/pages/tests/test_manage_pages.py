"""An invitee's own page, by its link."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from babel import Locale

from apps.common.time import format_instant, parse_instant, utc_now
from apps.events.models import Booking
from apps.events.pages.wording import Wording
from apps.events.selectors.slots import list_slots
from tests.cast import ALWAYS, add_hosts, book, make_event_type, make_host

pytestmark = pytest.mark.django_db
_TEAM = ("Hostus", "Hostina")


@pytest.fixture
def event_type():
    host = make_host("nina", "Nina Open", weekly=ALWAYS, timezone="Europe/Berlin")
    return make_event_type(host)


def _starts(event_type, **options):
    now = utc_now()
    slots = list_slots(event_type, start=now, end=now + timedelta(days=3), now=now, **options)
    return [slot.start for slot in slots]


@pytest.fixture
def booking(event_type):
    return book(event_type, _starts(event_type)[40], now=utc_now())


@pytest.fixture
def path(booking):
    return f"/booking/{booking.access_token}/manage"


def test_the_page_is_a_secret(client, booking, path):
    for address in (path, f"{path}/cancel", f"{path}/move"):
        response = client.get(address)
        assert response.status_code == 200
        assert response["Referrer-Policy"] == "no-referrer"
        assert response["X-Robots-Tag"] == "noindex"
        assert response["Cache-Control"] == "no-store"
        assert '<meta name="robots" content="noindex">' in response.text


def test_the_page_shows_the_booking_and_its_ways_on(client, booking, path):
    page = client.get(path).text
    for shown in ("Intro call", "Confirmed", "Nina Open", "jonas@keller.example", "Google"):
        assert shown in page
    assert f'href="{path}/move"' in page
    assert f'href="{path}/cancel"' in page
    assert "calendar.ics" in page


@pytest.fixture
def team(event_type):
    """Two hosts in UTC serve an event type whose organizer lives in Berlin, as the invitee does."""
    hosts = [make_host(n.lower(), f"{n} Host", weekly=ALWAYS, timezone="UTC") for n in _TEAM]
    return add_hosts(event_type, *hosts)


def _booked(team, kind):
    team.kind = kind
    team.save()
    return book(team, _starts(team)[40], now=utc_now(), invitee_timezone="Europe/Berlin")


@pytest.mark.parametrize("kind", ["round_robin", "collective"])
def test_the_clock_shown_beside_the_invitees_is_that_of_who_serves(client, team, kind):
    booking = _booked(team, kind)
    path = f"/booking/{booking.access_token}/manage"
    english = Wording(Locale("en"))
    host_time = english.host_time(
        booking.start_time, zone="Europe/Berlin", host_zone="UTC", name=booking.host.name
    )
    assert host_time.endswith((" for Hostus", " for Hostina"))
    for address in (path, f"{path}/cancel"):
        page = client.get(address).text
        assert f"Your time, Berlin · {host_time}<" in page
        assert "for Nina" not in page


@pytest.mark.parametrize(
    ("kind", "lang", "told", "reader", "done"),
    [
        ("round_robin", "en", "{host} gets an e-mail", "{host} reads this", "We told {host},"),
        (
            "collective",
            "en",
            "Your hosts get an e-mail",
            "Your hosts read this",
            "told your hosts,",
        ),
        ("collective", "de", "Ihre Gastgeber bekommen", "Ihre Gastgeber lesen", "haben Ihre Gast"),
        ("collective", "ar", "إلى مضيفيك فورًا", "يقرأ مضيفوك", "أخبرنا مضيفيك"),
    ],
)
def test_who_hears_of_a_cancellation_is_who_serves(client, team, kind, lang, told, reader, done):
    booking = _booked(team, kind)
    path = f"/booking/{booking.access_token}/manage"
    question = client.get(f"{path}/cancel?lang={lang}").text
    assert told.format(host=booking.host.name) in question
    assert reader.format(host=booking.host.name) in question
    client.post(path, {"action": "cancel"})
    news = client.get(f"{path}?cancelled&lang={lang}").text
    assert done.format(host=booking.host.name) in news
    assert "Nina" not in re.search(r'<p class="lead">(.*?)</p>', news)[1]


def test_looking_at_the_question_cancels_nothing(client, booking, path):
    page = client.get(f"{path}/cancel").text
    assert "Cancel Intro call?" in page
    assert "Keep booking" in page
    booking.refresh_from_db()
    assert booking.status == "confirmed"


def test_cancelling_takes_a_post_and_a_reason(client, booking, path):
    response = client.post(path, {"action": "cancel", "reason": "Ill <sorry>"})
    assert (response.status_code, response["Location"]) == (303, f"{path}?cancelled")
    booking.refresh_from_db()
    assert (booking.status, booking.cancelled_by) == ("cancelled", "invitee")
    page = client.get(f"{path}?cancelled").text
    assert "Your booking is cancelled" in page
    assert "Ill &lt;sorry&gt;" in page
    assert f'href="{path}/cancel"' not in page


@pytest.mark.parametrize(
    ("reason", "said"),
    [("r" * 2001, "Use at most 2000 characters."), ("I\x00ll", "a character in here")],
)
def test_a_reason_that_cannot_be_kept_is_refused_not_cut(client, booking, path, reason, said):
    response = client.post(path, {"action": "cancel", "reason": reason})
    assert response.status_code == 422
    assert said in response.text
    assert f"{reason}</textarea>" in response.text
    assert 'aria-invalid="true"' in response.text
    booking.refresh_from_db()
    assert (booking.status, booking.cancellation_reason) == ("confirmed", "")


def test_cancelling_twice_says_why_not(client, booking, path):
    client.post(path, {"action": "cancel"})
    again = client.post(path, {"action": "cancel"})
    assert again.status_code == 409
    assert 'role="alert"' in again.text


def test_moving_asks_first_then_moves(client, booking, path, event_type):
    start = format_instant(_starts(event_type)[10])
    asked = client.get(f"{path}/move", {"start": start, "timezone": "Europe/Berlin"})
    assert "Move to this time?" in asked.text
    booking.refresh_from_db()
    assert format_instant(booking.start_time) != start
    response = client.post(path, {"action": "reschedule", "start": start, "timezone": "Asia/Tokyo"})
    assert (response.status_code, response["Location"]) == (303, f"{path}?moved")
    booking.refresh_from_db()
    assert format_instant(booking.start_time) == start
    assert booking.invitee_timezone == "Asia/Tokyo"


def test_a_booking_keeps_its_length_when_the_event_type_has_another(
    client, booking, path, event_type
):
    event_type.duration = 60
    event_type.save()
    slots = client.get(f"{path}/slots").json()
    assert slots["duration"] == 30
    first = slots["slots"][0]
    length = parse_instant(first["end"]) - parse_instant(first["start"])
    assert length == timedelta(minutes=30)
    page = client.get(f"{path}/move").text
    assert "<span>30 min</span>" in page
    assert '"durations":[30]' in page
    last = slots["slots"][-1]["start"]
    response = client.post(path, {"action": "reschedule", "start": last})
    assert response.status_code == 303
    booking.refresh_from_db()
    assert (format_instant(booking.start_time), booking.minutes) == (last, 30)


def test_moving_to_a_taken_time_offers_the_nearest(client, booking, path, event_type):
    taken = _starts(event_type)[10]
    book(event_type, taken, now=utc_now(), invitee_email="other@example.com")
    response = client.post(path, {"action": "reschedule", "start": format_instant(taken)})
    assert response.status_code == 409
    assert response.text.count('type="radio" name="start"') == 5


def test_the_old_time_counts_as_free_while_moving_but_is_no_choice(client, booking, path):
    long = make_event_type(
        booking.organizer, name="Long", event_type_slug="long", duration=60,
        slot_interval_minutes=30,
    )  # fmt: skip
    moving = book(long, _starts(long)[20], now=utc_now())
    slots = client.get(f"/booking/{moving.access_token}/manage/slots").json()["slots"]
    starts = {slot["start"] for slot in slots}
    half_past = format_instant(moving.start_time + timedelta(minutes=30))
    assert half_past in starts
    assert format_instant(moving.start_time) not in starts


def test_a_new_link_kills_the_old_one(client, booking, path):
    response = client.post(path, {"action": "regenerate_token"})
    assert response["Location"] != f"{path}?renewed"
    assert client.get(path).status_code == 404
    assert "You have a new link" in client.get(response["Location"]).text


def test_an_expired_link_says_so(client, booking, path):
    Booking.objects.filter(pk=booking.pk).update(
        access_token_expires_at=utc_now() - timedelta(minutes=1)
    )
    response = client.get(path)
    assert response.status_code == 410
    assert "This link has expired" in response.text
    assert response["Referrer-Policy"] == "no-referrer"


def test_a_booking_that_is_over_can_only_be_repeated(client, booking, path):
    past = utc_now() - timedelta(hours=2)
    Booking.objects.filter(pk=booking.pk).update(
        start_time=past, end_time=past + timedelta(minutes=30)
    )
    page = client.get(path).text
    assert "This booking is over" in page
    assert 'href="/nina/intro"' in page
    assert "Cancel booking" not in page
    assert "Move booking" not in client.get(f"{path}/move").text


@pytest.mark.parametrize("action", ["", "explode", "attend"])
def test_unknown_actions_change_nothing(client, booking, path, action):
    response = client.post(path, {"action": action})
    assert response.status_code in {303, 400}
    booking.refresh_from_db()
    assert booking.status == "confirmed"


@pytest.mark.parametrize(
    "query",
    [{"start_date": "2027-01-01", "end_date": "2029-01-01"},
     {"start_date": "2027-02-01", "end_date": "2027-01-01"}],
)  # fmt: skip
def test_slots_of_a_move_refuse_odd_ranges(client, path, query):
    assert client.get(f"{path}/slots", query).status_code == 400
