"""Time off, travel and holidays reach the next visitor's slots, and go as they came.

Committed for real: the offer of an event type is kept in the process between requests.
"""

import pytest
import time_machine

from apps.events.models import Booking, EventType
from tests.cast import NOW, booking_json, make_event_type, make_host

API = "/api/v1/availability/"
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def signed_in(client):
    """Ana is open 09:00-17:00 in Lisbon, which is on UTC in March."""
    ana = make_host()
    make_event_type(ana, duration=60)
    client.force_login(ana)
    return client


def slots(client, day):
    query = {"start_date": day, "end_date": day, "timezone": "UTC"}
    answer = client.get("/api/v1/events/slots/ana/intro/", query).json()
    return [slot["start"][11:16] for slot in answer["slots"]]


WORKDAY = [f"{hour:02}:00" for hour in range(9, 17)]
SENT = {"content_type": "application/json"}


def test_days_off(signed_in):
    assert slots(signed_in, "2026-03-04") == WORKDAY
    days = {"start_date": "2026-03-03", "end_date": "2026-03-04"}
    made = signed_in.post(f"{API}out-of-office/", days, **SENT).json()
    assert (slots(signed_in, "2026-03-04"), slots(signed_in, "2026-03-05")) == ([], WORKDAY)
    signed_in.patch(f"{API}out-of-office/{made['id']}/", {"end_date": "2026-03-03"}, **SENT)
    assert slots(signed_in, "2026-03-04") == WORKDAY
    assert slots(signed_in, "2026-03-03") == []
    signed_in.delete(f"{API}out-of-office/{made['id']}/")
    assert slots(signed_in, "2026-03-03") == WORKDAY


def test_hours_off(signed_in):
    assert slots(signed_in, "2026-03-04") == WORKDAY
    hours = {"start": "2026-03-04T10:30:00Z", "end": "2026-03-04T13:00:00Z"}
    made = signed_in.post(f"{API}out-of-office/", hours, **SENT).json()
    assert slots(signed_in, "2026-03-04") == ["09:00", "13:00", "14:00", "15:00", "16:00"]
    signed_in.delete(f"{API}out-of-office/{made['id']}/")
    assert slots(signed_in, "2026-03-04") == WORKDAY


def test_travel(signed_in):
    assert slots(signed_in, "2026-03-04") == WORKDAY
    travel = {"start_date": "2026-03-04", "end_date": "2026-03-04", "timezone": "Africa/Cairo"}
    made = signed_in.post(f"{API}travel/", travel, **SENT).json()
    in_cairo = [f"{hour:02}:00" for hour in range(7, 15)]
    assert slots(signed_in, "2026-03-04") == in_cairo
    assert slots(signed_in, "2026-03-05") == WORKDAY
    signed_in.delete(f"{API}travel/{made['id']}/")
    assert slots(signed_in, "2026-03-04") == WORKDAY


def test_holidays(signed_in):
    good_friday, workday = "2026-04-03", "2026-04-07"
    assert slots(signed_in, good_friday) == slots(signed_in, workday) != []
    portugal = {"country": "PT"}
    assert signed_in.put(f"{API}holidays/", portugal, **SENT).status_code == 200
    assert slots(signed_in, good_friday) == []
    assert slots(signed_in, workday) != []
    signed_in.patch(f"{API}holidays/", {"open_dates": [good_friday]}, **SENT)
    assert slots(signed_in, good_friday) == slots(signed_in, workday)
    signed_in.put(f"{API}holidays/", portugal, **SENT)
    assert slots(signed_in, good_friday) == []
    signed_in.delete(f"{API}holidays/")
    assert slots(signed_in, good_friday) == slots(signed_in, workday)


def test_the_organizer_is_told_which_one_closes_a_start(signed_in):
    days = {"start_date": "2026-04-07", "end_date": "2026-04-07"}
    hours = {"start": "2026-04-08T09:00:00Z", "end": "2026-04-08T12:00:00Z"}
    whole = signed_in.post(f"{API}out-of-office/", days, **SENT).json()
    span = signed_in.post(f"{API}out-of-office/", hours, **SENT).json()
    signed_in.put(f"{API}holidays/", {"country": "PT"}, **SENT)
    url = f"/api/v1/events/event-types/{EventType.objects.get().pk}/explain/"
    for start, kind, id in [
        ("2026-04-03T10:00:00Z", "holiday", "holiday:2026-04-03"),
        ("2026-04-07T10:00:00Z", "out_of_office", whole["id"]),
        ("2026-04-08T10:00:00Z", "out_of_office", span["id"]),
    ]:
        reasons = signed_in.get(url, {"at": start}).json()["reasons"]
        causes = [(reason["code"], reason["cause_kind"], reason["cause_id"]) for reason in reasons]
        assert causes == [("outside_hours", kind, id)]


def test_what_is_booked_stays_and_nothing_more_is_booked(signed_in):
    url, event_type = "/api/v1/events/bookings/create/", EventType.objects.get()
    first = signed_in.post(url, booking_json(event_type, "2026-03-04T10:00:00Z"), **SENT)
    assert first.status_code == 201
    days = {"start_date": "2026-03-04", "end_date": "2026-03-04"}
    signed_in.post(f"{API}out-of-office/", days, **SENT)
    second = signed_in.post(url, booking_json(event_type, "2026-03-04T11:00:00Z"), **SENT)
    assert (second.status_code, second.json()["code"]) == (409, "outside_hours")
    assert Booking.objects.get().status == "confirmed"
