"""What a visitor gets without signing in, and without a script."""

from __future__ import annotations

import gzip
import json
import re
from datetime import timedelta
from html import unescape

import pytest

from apps.common.time import format_instant, utc_now
from apps.events.models import Booking
from apps.events.pages.errors import server_error
from apps.events.selectors.slots import list_slots
from tests.cast import ALWAYS, add_hosts, make_event_type, make_host

pytestmark = pytest.mark.django_db


@pytest.fixture
def open_host():
    """A host who is open around the clock, so that tests need not know what day it is."""
    return make_host("nina", "Nina <b>Open</b>", weekly=ALWAYS, timezone="Europe/Berlin")


@pytest.fixture
def event_type(open_host):
    return make_event_type(
        open_host, description="Half an hour </script><script>alert(1)</script> & more"
    )


def _free_start(event_type, index=5):
    now = utc_now()
    slots = list_slots(event_type, start=now, end=now + timedelta(days=3), now=now)
    return format_instant(slots[index].start)


def _init(response):
    text = re.search(r'<script type="application/json" id="init">(.*?)</script>', response.text)
    return json.loads(text[1])


def test_the_page_holds_all_that_its_script_needs(client, event_type):
    response = client.get("/nina/intro")
    init = _init(response)
    assert response.status_code == 200
    assert init["page"] == "booking"
    assert init["organizer"]["slug"] == "nina"
    assert init["event_type"]["id"] == str(event_type.id)
    assert init["event_type"]["durations"] == [30]
    assert init["slots"]["duration"] == 30
    assert len(init["slots"]["slots"]) > 1000
    assert init["slots"]["slots"][0]["start"].endswith("Z")
    assert init["messages"]["continue"] == "Continue"
    assert init["reschedule"] is None


def test_the_page_says_what_it_is_in_its_head(client, event_type):
    page = client.get("/nina/intro").text
    assert "<title>Intro call with Nina &lt;b&gt;Open&lt;/b&gt;</title>" in page
    assert '<link rel="canonical" href="http://testserver/nina/intro">' in page
    for name in ("og:title", "og:description", "og:url", 'name="description"'):
        assert name in page
    data = re.search(r'<script type="application/ld\+json">(.*?)</script>', page)[1]
    assert json.loads(data)["potentialAction"]["@type"] == "ReserveAction"


def test_what_organizers_write_cannot_leave_its_element(client, event_type):
    page = client.get("/nina/intro").text
    assert "<script>alert(1)" not in page
    assert "<b>Open" not in page
    assert "Half an hour </script>" in _init(client.get("/nina/intro"))["event_type"]["description"]


def test_the_page_allows_no_foreign_and_no_inline_script(client, event_type):
    response = client.get("/nina/intro")
    policy = response["Content-Security-Policy"]
    nonce = re.search(r"style-src 'nonce-([^']+)'", policy)[1]
    assert "script-src 'self';" in policy
    assert "default-src 'none'" in policy
    assert f'<style nonce="{nonce}">' in response.text
    assert " style=" not in response.text
    assert client.get("/nina/intro")["Content-Security-Policy"] != policy


def test_the_page_may_be_stored_but_holds_no_secret(client, event_type):
    response = client.get("/nina/intro")
    assert response["Cache-Control"] == "no-cache"
    assert response["Vary"] == "Accept-Language"
    assert not response.cookies
    assert "csrf" not in response.text.lower()


def test_the_page_is_small_with_60_days_of_slots(client, open_host):
    weekdays = [{"weekday": day, "start": "09:00", "end": "17:00"} for day in range(1, 6)]
    busy = make_host("tessa", "Tessa", weekly=weekdays, timezone="Europe/Berlin")
    make_event_type(busy, slot_interval_minutes=30)
    response = client.get("/tessa/intro")
    assert len(_init(response)["slots"]["slots"]) > 600
    assert len(gzip.compress(response.content, 9)) <= 15 * 1024


def test_the_organizers_page_lists_public_event_types_only(client, event_type, open_host):
    make_event_type(open_host, name="Hidden", event_type_slug="hidden", is_private=True)
    make_event_type(open_host, name="Paused", event_type_slug="paused", is_active=False)
    page = client.get("/nina").text
    assert 'href="/nina/intro"' in page
    assert "Hidden" not in page
    assert "Paused" not in page
    hidden = client.get("/nina/hidden")
    assert hidden.status_code == 200
    assert '<meta name="robots" content="noindex">' in hidden.text


def test_an_organizer_with_nothing_to_book_says_so(client):
    make_host("empty", "Emma Empty")
    assert "Emma Empty has nothing to book at the moment." in client.get("/empty").text


@pytest.mark.parametrize(
    "path",
    ["/ghost", "/ghost/intro", "/nina/ghost", "/nina/paused", "/nina/intro/ghost", "/Nina/intro",
     "/booking/00000000-0000-4000-8000-000000000000/manage", "/booking/x/manage",
     "/nina/%00", "/nina/ghost/times", "/nina/ghost/book"],
)  # fmt: skip
def test_what_does_not_exist_is_told_alike(client, event_type, open_host, path):
    make_event_type(open_host, name="Paused", event_type_slug="paused", is_active=False)
    response = client.get(path)
    assert response.status_code == 404
    assert "This page does not exist" in response.text


def test_the_language_is_the_visitors(client, event_type):
    page = client.get("/nina/intro", headers={"Accept-Language": "ar"}).text
    assert '<html lang="ar" dir="rtl">' in page
    assert "تأكيد فوري" in page
    german = client.get("/nina/intro", headers={"Accept-Language": "de-AT"})
    assert german["Content-Language"] == "de"
    assert _init(german)["locale"] == "de-AT"


def test_the_list_of_times_speaks_in_the_zone_asked(client, event_type):
    page = client.get("/nina/intro/times", {"timezone": "Asia/Kolkata"}).text
    link = re.search(r'href="(/nina/intro/book\?start=[^"]+)"', page)[1]
    assert "timezone=Asia/Kolkata" in unescape(link)
    assert '<option value="Asia/Kolkata" selected>' in page
    assert client.get("/nina/intro/times", {"timezone": "Mars/Base"}).status_code == 200


@pytest.mark.parametrize(("kind", "named"), [("collective", False), ("one_on_one", True)])
def test_the_form_singles_nobody_out_of_a_team(client, event_type, kind, named):
    event_type.kind, event_type.location_type = kind, "phone_call"
    event_type.location_details = ""
    event_type.save()
    if kind == "collective":
        add_hosts(event_type, event_type.organizer, make_host("hostus", weekly=ALWAYS))
    fields = {"start": _free_start(event_type), "timezone": "Asia/Tokyo"}
    page = client.get("/nina/intro/book", fields).text
    assert "Your time, Tokyo" in page
    assert (" for Nina" in page) is named
    assert ("Nina &lt;b&gt;Open&lt;/b&gt; calls you on this number." in page) is named
    assert ("Your host calls you on this number." in page) is not named


@pytest.mark.parametrize("path", ["/nina/yoga", "/nina/yoga/times"])
def test_lists_tell_the_seats_left_of_a_group(client, open_host, path):
    make_event_type(
        open_host, name="Yoga", event_type_slug="yoga", kind="group", max_attendees=6, duration=60
    )
    links = re.findall(r'<a class="slot".*?</a>', client.get(path).text)
    assert links
    assert all("6 seats left" in re.search(r'aria-label="(.*?)"', link)[1] for link in links)
    assert all(link.endswith("<small>6 seats left</small></a>") for link in links)


def test_lists_tell_no_seats_where_one_person_books(client, event_type):
    links = re.findall(r'<a class="slot".*?</a>', client.get("/nina/intro").text)
    assert links
    assert not any("seat" in link or "<small>" in link for link in links)


@pytest.mark.parametrize("date", ["2027-13-45", "soon", "0001-01-01", "9999-12-31", ""])
def test_odd_dates_in_the_list_are_read_as_today_or_far_away(client, event_type, date):
    assert client.get("/nina/intro/times", {"start_date": date}).status_code == 200


def _fill(event_type, **changes):
    return {
        "start": _free_start(event_type),
        "timezone": "Europe/Berlin",
        "name": "Jonas Keller",
        "email": "jonas@keller.example",
        "key": "7d444840-9dc0-4e5f-b2d4-000000000001",
        **changes,
    }


def test_the_form_books_without_a_script(client, event_type):
    start = _free_start(event_type)
    asked = client.get("/nina/intro/book", {"start": start, "timezone": "Asia/Tokyo"})
    assert asked.status_code == 200
    assert asked["Cache-Control"] == "no-store"
    key = re.search(r'name="key" value="([^"]+)"', asked.text)[1]
    done = client.post(
        "/nina/intro/book", _fill(event_type, start=start, timezone="Asia/Tokyo", key=key)
    )
    booking = Booking.objects.get()
    assert done.status_code == 303
    assert done["Location"] == f"/booking/{booking.access_token}/manage?booked"
    assert format_instant(booking.start_time) == start
    assert booking.invitee_timezone == "Asia/Tokyo"
    page = client.get(done["Location"])
    assert "You are booked" in page.text
    assert "We sent the details to jonas@keller.example." in page.text


def test_sending_the_form_twice_books_once(client, event_type):
    form = _fill(event_type)
    first = client.post("/nina/intro/book", form)
    second = client.post("/nina/intro/book", form)
    assert first["Location"] == second["Location"]
    assert Booking.objects.count() == 1


def test_a_repeated_form_costs_nothing(client, event_type, settings):
    settings.RATE_LIMITS, settings.RATE_LIMIT_BOOKING_ATTEMPTS = True, "1/h"
    form = _fill(event_type)
    first = client.post("/nina/intro/book", form)
    assert client.post("/nina/intro/book", form)["Location"] == first["Location"]
    other = client.post("/nina/intro/book", _fill(event_type, key=""))
    assert other.status_code == 429


def test_other_answers_with_a_used_key_get_a_new_one(client, event_type):
    form = _fill(event_type)
    client.post("/nina/intro/book", form)
    changed = {**form, "start": _free_start(event_type, 20), "name": "Jonas K."}
    refused = client.post("/nina/intro/book", changed)
    assert refused.status_code == 422
    assert "This form was sent before with other answers" in refused.text
    key = re.search(r'name="key" value="([^"]+)"', refused.text)[1]
    assert key != form["key"]
    assert client.post("/nina/intro/book", {**changed, "key": key}).status_code == 303
    assert Booking.objects.count() == 2


def test_the_way_to_the_booking_is_kept_from_caches_and_other_sites(client, event_type):
    done = client.post("/nina/intro/book", _fill(event_type))
    assert done["Cache-Control"] == "no-store"
    assert done["Referrer-Policy"] == "no-referrer"


def test_the_form_leads_where_the_organizer_wants(client, open_host):
    thanks = "https://example.com/thanks?from=halfpast"
    event_type = make_event_type(open_host, redirect_url_after_booking=thanks)
    form = _fill(event_type)
    asked = client.get("/nina/intro/book", {"start": form["start"]})
    assert "form-action 'self' https:;" in asked["Content-Security-Policy"]
    done = client.post("/nina/intro/book", form)
    assert (done.status_code, done["Location"]) == (303, thanks)
    assert done["Referrer-Policy"] == "no-referrer"
    assert Booking.objects.count() == 1


def test_the_form_stays_here_when_nothing_else_is_wanted(client, event_type):
    asked = client.get("/nina/intro/book", {"start": _free_start(event_type)})
    assert "form-action 'self';" in asked["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("notes", "said"),
    [("n" * 5001, "Use at most 5000 characters."), ("be\x00fore", "a character in here")],
)
def test_notes_that_cannot_be_kept_are_refused_not_cut(client, event_type, notes, said):
    response = client.post("/nina/intro/book", _fill(event_type, notes=notes))
    assert response.status_code == 422
    assert said in response.text
    assert f"{notes}</textarea>" in response.text
    assert response.text.count('aria-invalid="true"') == 1
    assert not Booking.objects.exists()


def test_a_line_break_counts_as_one_character(client, event_type):
    notes = "line\r\n" * 999 + "12345"
    page = client.get("/nina/intro/book", {"start": _free_start(event_type)}).text
    assert 'name="notes" rows="3" maxlength="5000"' in page
    assert client.post("/nina/intro/book", _fill(event_type, notes=notes)).status_code == 303
    assert Booking.objects.get().notes == notes.replace("\r\n", "\n")


def test_a_wrong_form_names_every_wrong_field_and_keeps_the_rest(client, open_host):
    event_type = make_event_type(open_host, location_type="phone_call")
    response = client.post("/nina/intro/book", _fill(event_type, name=" ", email="jonas@"))
    assert response.status_code == 422
    assert response.text.count('aria-invalid="true"') == 3
    assert 'value="jonas@"' in response.text
    assert 'type="tel" autocomplete="tel" required' in response.text
    assert not Booking.objects.exists()


def test_a_taken_time_is_answered_with_the_nearest_ones(client, event_type):
    form = _fill(event_type)
    client.post("/nina/intro/book", form)
    late = client.post("/nina/intro/book", _fill(event_type, start=form["start"], key=""))
    assert late.status_code == 409
    assert "That time was just taken" in late.text
    assert late.text.count('type="radio" name="start"') == 5
    assert 'value="Jonas Keller"' in late.text


@pytest.mark.parametrize("start", ["", "soon", "2027-03-11T10:00:00"])
def test_a_form_without_a_time_leads_to_the_times(client, event_type, start):
    response = client.post("/nina/intro/book", _fill(event_type, start=start))
    assert (response.status_code, response["Location"]) == (302, "/nina/intro/times")


@pytest.mark.parametrize(
    "changes",
    [{"name": "x" * 5000}, {"name": "Jo\x00nas"}, {"email": "a" * 400 + "@b.example"},
     {"duration": "90"}, {"duration": "-1"}, {"timezone": "Mars/Base"}, {"key": "not-a-uuid"},
     {"notes": "n" * 20000}, {"start": "1999-01-01T00:00:00Z"}],
)  # fmt: skip
def test_odd_forms_never_break(client, event_type, changes):
    response = client.post("/nina/intro/book", _fill(event_type, **changes))
    assert response.status_code in {303, 409, 422}


@pytest.mark.parametrize("duration", ["9" * 20, "9" * 5000, "90", "-1", "0", "half", "30.0", "٣٠"])
@pytest.mark.parametrize("changes", [{}, {"name": ""}])
def test_a_duration_that_is_not_offered_is_refused_not_replaced(
    client, event_type, duration, changes
):
    form = _fill(event_type, duration=duration, **changes)
    response = client.post("/nina/intro/book", form)
    assert response.status_code == 422
    assert "That length is not offered. The time shown here takes 30 minutes" in response.text
    assert 'name="duration" value="30"' in response.text
    assert not Booking.objects.exists()
    asked = client.get("/nina/intro/book", {"start": form["start"], "duration": duration})
    assert asked.status_code == 422
    assert "That length is not offered" in asked.text


@pytest.mark.parametrize(("description", "is_long"), [("Short.", False), ("So long. " * 50, True)])
def test_a_long_description_scrolls(client, open_host, description, is_long):
    make_event_type(open_host, description=description)
    assert ('<p class="lead long"' in client.get("/nina/intro").text) is is_long


def test_a_form_from_another_site_is_refused(client, event_type):
    foreign = client.post(
        "/nina/intro/book", _fill(event_type), headers={"Origin": "https://evil.example"}
    )
    assert foreign.status_code == 403
    null = client.post("/nina/intro/book", _fill(event_type), headers={"Origin": "null"})
    assert null.status_code == 403
    assert not Booking.objects.exists()
    own = client.post(
        "/nina/intro/book",
        _fill(event_type),
        headers={"Origin": "null", "Sec-Fetch-Site": "same-origin"},
    )
    assert own.status_code == 303


def test_prefill_comes_from_the_link(client, event_type):
    response = client.get("/nina/intro", {"name": "Jo <i>", "email": "jo@example.com"})
    assert _init(response)["prefill"] == {
        "name": "Jo <i>",
        "email": "jo@example.com",
        "answers": {},
    }
    parts = client.get("/nina/intro", {"first_name": "Jo", "last_name": "Keller"})
    assert _init(parts)["prefill"]["name"] == "Jo Keller"


def test_our_own_faults_get_a_page_too(rf):
    response = server_error(rf.get("/nina/intro"))
    assert response.status_code == 500
    assert "Something broke on our side" in response.text


def test_the_page_asks_the_database_a_constant_number_of_times(
    client, event_type, django_assert_max_num_queries
):
    with django_assert_max_num_queries(9):
        client.get("/nina/intro")
