"""Calendar messages: iCalendar, iTIP, and one UID for a booking's whole life."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.notifications.icalendar.writer import method_for, write_booking
from apps.notifications.notices import Audience, BookingNotice
from apps.notifications.public import calendar_file
from apps.notifications.tests.rfc import attendees, check_calendar, unfold
from apps.notifications.tests.samples import BEN, BOOKED, cancelled, changed, moved
from apps.notifications.tests.strangers import texts


def mailed(notice: BookingNotice, audience: Audience = "invitee") -> bytes:
    return write_booking(notice, method=method_for(notice, audience), audience=audience)


def test_a_booking_is_a_request_to_the_invitee():
    event = check_calendar(mailed(BOOKED), method="REQUEST")
    assert event["UID"] == BOOKED.uid
    assert event["SEQUENCE"] == 0
    assert (event.start, event.end) == (BOOKED.starts_at, BOOKED.ends_at)
    assert str(event["SUMMARY"]) == "Portrait sitting with Ana Ruiz"
    assert str(event["ORGANIZER"]) == "mailto:ana@ruiz.example"
    assert event["ORGANIZER"].params["CN"] == "Ana Ruiz"
    assert attendees(event) == ["mailto:jonas@keller.example"]
    params = event["ATTENDEE"].params
    assert (params["PARTSTAT"], params["ROLE"], params["RSVP"]) == (
        "NEEDS-ACTION", "REQ-PARTICIPANT", "TRUE",
    )  # fmt: skip
    assert event["URL"] == BOOKED.manage_url
    assert event["X-MICROSOFT-CDO-BUSYSTATUS"] == "BUSY"
    assert event["TRANSP"] == "OPAQUE"


def test_the_meeting_link_is_place_and_conference():
    event = check_calendar(mailed(BOOKED), method="REQUEST")
    assert event["LOCATION"] == BOOKED.meeting_link
    assert event["CONFERENCE"] == BOOKED.meeting_link
    assert event["CONFERENCE"].params["FEATURE"] == "VIDEO"
    assert event["CONFERENCE"].params["VALUE"] == "URI"
    in_person = changed(meeting_link="", location="Studio 2, Rua Augusta 5; Lisbon")
    event = check_calendar(mailed(in_person), method="REQUEST")
    assert event["LOCATION"] == "Studio 2, Rua Augusta 5; Lisbon"
    assert "CONFERENCE" not in event


def test_a_reminder_rings_a_quarter_of_an_hour_before():
    event = check_calendar(mailed(BOOKED), method="REQUEST")
    [alarm] = event.walk("VALARM")
    assert alarm["ACTION"] == "DISPLAY"
    assert alarm["TRIGGER"].dt == timedelta(minutes=-15)


def test_times_stand_in_the_readers_zone():
    invitee = unfold(mailed(BOOKED))
    assert "DTSTART;TZID=Europe/Berlin:20270504T143000" in invitee
    assert "TZID:Europe/Berlin" in invitee
    organizer = unfold(mailed(BOOKED, "organizer"))
    assert "DTSTART;TZID=America/New_York:20270504T083000" in organizer


@pytest.mark.parametrize("zone", ["UTC", "Etc/UTC"])
def test_utc_needs_no_zone(zone):
    notice = changed(invitee=replace(BOOKED.invitee, timezone=zone))
    lines = unfold(mailed(notice))
    assert "DTSTART:20270504T123000Z" in lines
    assert "BEGIN:VTIMEZONE" not in lines


def test_booked_moved_moved_cancelled_is_one_uid_and_a_rising_sequence():
    story = [BOOKED, moved(BOOKED), moved(moved(BOOKED)), cancelled(moved(moved(BOOKED)))]
    methods = ["REQUEST", "REQUEST", "REQUEST", "CANCEL"]
    events = [
        check_calendar(mailed(notice), method=method)
        for notice, method in zip(story, methods, strict=True)
    ]
    assert {event["UID"] for event in events} == {BOOKED.uid}
    assert [event["SEQUENCE"] for event in events] == [0, 1, 2, 3]
    assert {str(event["ORGANIZER"]) for event in events} == {"mailto:ana@ruiz.example"}
    assert {tuple(attendees(event)) for event in events} == {("mailto:jonas@keller.example",)}
    stamps = [event["DTSTAMP"].dt for event in events]
    assert stamps == sorted(set(stamps))
    assert events[1].start == BOOKED.starts_at + timedelta(hours=1)
    # A calendar that applies them in turn ends up without the event.
    assert [event["STATUS"] for event in events] == ["CONFIRMED"] * 3 + ["CANCELLED"]


def test_a_cancel_frees_the_time_and_names_everyone():
    event = check_calendar(mailed(cancelled()), method="CANCEL")
    assert event["STATUS"] == "CANCELLED"
    assert event["TRANSP"] == "TRANSPARENT"
    assert event["X-MICROSOFT-CDO-BUSYSTATUS"] == "FREE"
    assert attendees(event) == ["mailto:jonas@keller.example"]
    assert event["UID"] == BOOKED.uid


def test_our_own_side_gets_a_publish_that_carries_the_same_event():
    invitee = check_calendar(mailed(BOOKED), method="REQUEST")
    organizer = check_calendar(mailed(BOOKED, "organizer"), method="PUBLISH")
    assert organizer["UID"] == invitee["UID"]
    assert organizer["SEQUENCE"] == invitee["SEQUENCE"]
    assert organizer.start == invitee.start
    assert str(organizer["SUMMARY"]) == "Portrait sitting with Jonas Keller"
    gone = check_calendar(mailed(cancelled(), "organizer"), method="PUBLISH")
    assert (gone["STATUS"], gone["UID"], gone["SEQUENCE"]) == ("CANCELLED", BOOKED.uid, 1)


def test_the_invitees_link_is_in_no_other_copy():
    for audience in ("organizer", "host"):
        copy = b"".join(mailed(BOOKED, audience).split(b"\r\n "))
        assert b"token" not in copy
        assert b"https://book.example.com/dashboard/bookings/6f1c6c1e/" in copy
    assert b"dashboard" not in mailed(BOOKED)


def test_what_the_invitee_wrote_is_in_our_copy_only():
    ours = check_calendar(mailed(BOOKED, "organizer"), method="PUBLISH")["DESCRIPTION"]
    assert "Please bring the blue chair." in ours
    assert "How did you find us?: A friend, Mia" in ours
    theirs = check_calendar(mailed(BOOKED), method="REQUEST")["DESCRIPTION"]
    assert "blue chair" not in theirs
    assert "Mia" not in theirs


def test_replies_reach_the_organizer_and_the_sender_is_named(settings):
    settings.DEFAULT_FROM_EMAIL = "Halfpast <robot@book.example.com>"
    event = check_calendar(mailed(BOOKED), method="REQUEST")
    assert event["ORGANIZER"].params["SENT-BY"] == "mailto:robot@book.example.com"
    settings.DEFAULT_FROM_EMAIL = "Ana <ana@ruiz.example>"
    event = check_calendar(mailed(BOOKED), method="REQUEST")
    assert "SENT-BY" not in event["ORGANIZER"].params


def test_another_host_takes_part_and_the_organizer_stays():
    event = check_calendar(mailed(changed(host=BEN)), method="REQUEST")
    assert str(event["ORGANIZER"]) == "mailto:ana@ruiz.example"
    assert attendees(event) == ["mailto:jonas@keller.example", "mailto:ben@ruiz.example"]
    assert str(event["SUMMARY"]) == "Portrait sitting with Ben Osei"


def test_the_download_is_a_publish_with_the_same_identity():
    event = check_calendar(calendar_file(moved()), method="PUBLISH")
    assert (event["UID"], event["SEQUENCE"]) == (BOOKED.uid, 1)
    assert calendar_file(moved()) == calendar_file(moved())


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "data:text/html,x", "meet.example", "http://a b"]
)
def test_only_addresses_of_the_web_become_links(link):
    event = check_calendar(mailed(changed(meeting_link=link)), method="REQUEST")
    assert "CONFERENCE" not in event
    assert event["LOCATION"] == "Video call"


@settings(max_examples=150, deadline=None)
@given(name=texts, text=texts, title=texts, place=texts)
def test_no_text_of_a_stranger_breaks_the_message(name, text, title, place):
    notice = changed(
        event_type_name=title,
        event_type_description=text,
        location=place,
        notes=text,
        answers=((title, text),),
        invitee=replace(BOOKED.invitee, name=name),
        organizer=replace(BOOKED.organizer, name=name),
        host=replace(BOOKED.host, name=name),
    )
    for audience, kind in [
        ("invitee", "created"),
        ("organizer", "created"),
        ("invitee", "cancelled"),
    ]:
        copy = changed(notice, kind=kind)
        method = method_for(copy, audience)
        event = check_calendar(mailed(copy, audience), method=method)
        assert event["UID"] == BOOKED.uid
        assert event.start == BOOKED.starts_at
        assert str(event["ORGANIZER"]) == "mailto:ana@ruiz.example"
        if method != "PUBLISH":
            assert attendees(event) == ["mailto:jonas@keller.example"]
        names = [key for key, _ in event.property_items(recursive=False)]
        assert "BCC" not in names
        assert len([name for name in names if name == "UID"]) == 1


@settings(max_examples=60, deadline=None)
@given(
    start=st.datetimes(datetime(2024, 1, 1), datetime(2040, 1, 1)).map(
        lambda wall: wall.replace(tzinfo=UTC, microsecond=0)
    ),
    minutes=st.integers(5, 3 * 24 * 60),
    zone=st.sampled_from([
        "Europe/Berlin", "Europe/Dublin", "America/New_York", "America/Santiago", "Africa/Cairo",
        "Africa/Casablanca", "Australia/Lord_Howe", "Asia/Kathmandu", "Asia/Beirut",
        "Pacific/Apia", "Pacific/Chatham", "America/Havana", "Antarctica/Troll", "Asia/Gaza",
    ]),
)  # fmt: skip
def test_the_instants_survive_every_zone(start, minutes, zone):
    notice = changed(
        starts_at=start,
        ends_at=start + timedelta(minutes=minutes),
        invitee=replace(BOOKED.invitee, timezone=zone),
    )
    event = check_calendar(mailed(notice), method="REQUEST")
    assert event.start.astimezone(UTC) == start
    assert event.end.astimezone(UTC) == notice.ends_at


@pytest.mark.parametrize(("zone", "start"), [
    ("Europe/Berlin", datetime(2027, 10, 31, 0, 45, tzinfo=UTC)),  # ends at 02:15, again
    ("Europe/Berlin", datetime(2027, 10, 31, 1, 15, tzinfo=UTC)),  # 02:15 for the second time
    ("Australia/Lord_Howe", datetime(2027, 4, 3, 15, 5, tzinfo=UTC)),
])  # fmt: skip
def test_the_hour_that_comes_twice_is_told_in_utc(zone, start):
    notice = changed(
        starts_at=start,
        ends_at=start + timedelta(minutes=30),
        invitee=replace(BOOKED.invitee, timezone=zone),
    )
    event = check_calendar(mailed(notice), method="REQUEST")
    assert event["DTSTART"].to_ical().endswith(b"Z")
    assert event.start == start
