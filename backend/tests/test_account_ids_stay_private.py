"""Account ids are host codes (docs/decisions/0010): nothing that others get shows one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from apps.common.outbox.draining import drain
from apps.events.models import Booking
from apps.events.services.event_types import create_event_type
from tests.cast import ALWAYS, booking_json, make_host

pytestmark = pytest.mark.django_db
API = "/api/v1/events/"


@pytest.fixture
def people(db: None) -> list[Any]:
    """An organizer and two hosts who serve with her."""
    return [
        make_host(slug, name, weekly=ALWAYS, timezone="UTC")
        for slug, name in (("ana", "Ana Duarte"), ("bob", "Bob Host"), ("carla", "Carla Host"))
    ]


@pytest.fixture(params=["one_on_one", "group", "collective", "round_robin"])
def event_type(request: pytest.FixtureRequest, people: list[Any]) -> Any:
    """Of each kind; with hosts other than the organizer."""
    hosts = people[1:2] if request.param in ("one_on_one", "group") else people[::-1]
    fields: Any = {
        "name": "Team call",
        "kind": request.param,
        "max_attendees": 3 if request.param == "group" else 1,
        "min_scheduling_notice": 0,
        "hosts": [{"user": host.pk, "required": number == 1} for number, host in enumerate(hosts)],
    }
    return create_event_type(organizer_id=people[0].pk, fields=fields)


def texts_of(answer: Any) -> Iterator[str]:
    """All that a client gets: the body and the headers."""
    assert answer.status_code < 500
    yield b"".join(answer).decode() if answer.streaming else answer.content.decode()
    yield str(answer.headers)


def public_answers(visitor: Client, event_type: Any) -> Iterator[Any]:
    """A visit from the page to the cancelled booking, refusals included."""
    where = f"{event_type.organizer.slug}/{event_type.event_type_slug}"
    day = datetime.now(UTC) + timedelta(days=2)
    start = day.replace(hour=10, minute=0, second=0, microsecond=0).isoformat()
    dates = f"start_date={day.date()}&end_date={day.date()}&timezone=UTC"
    for path in (
        f"/{event_type.organizer.slug}",
        f"/{where}",
        f"/{where}/times?{dates}",
        f"{API}public/{event_type.organizer.slug}/",
        f"{API}public/{where}/?{dates}",
        f"{API}slots/{where}/?{dates}",
        f"/{event_type.organizer.slug}/nothing",
    ):
        yield visitor.get(path)
    body = booking_json(event_type, start)
    made = visitor.post(f"{API}bookings/create/", body, content_type="application/json")
    assert made.status_code == 201, made.content
    yield made
    own = f"booking/{made.json()['access_token']}"
    for path in (
        f"/{own}/manage",
        f"/{own}/manage/move",
        f"/{own}/manage/slots?{dates}",
        f"{API}{own}/manage/",
        f"{API}{own}/calendar.ics",
    ):
        yield visitor.get(path)
    later = (day + timedelta(days=1)).replace(hour=11, minute=0, second=0, microsecond=0)
    for change in (
        {"action": "reschedule", "start_time": later.isoformat(), "timezone": "UTC"},
        {"action": "cancel", "reason": "Ill"},
    ):
        changed = visitor.post(f"{API}{own}/manage/", change, content_type="application/json")
        assert changed.status_code == 200, changed.content
        yield changed
    # Until no host is free and no seat is left.
    answers = [
        visitor.post(f"{API}bookings/create/", body, content_type="application/json")
        for _ in range(4)
    ]
    assert [answers[0].status_code, answers[-1].status_code] == [201, 409]
    yield from answers


def test_no_public_answer_and_no_mail_shows_an_account_id(
    event_type: Any, people: list[Any]
) -> None:
    found = [text for answer in public_answers(Client(), event_type) for text in texts_of(answer)]
    drain()
    sent = [str(message.message()) for message in mail.outbox]
    assert len(sent) >= 8
    assert Booking.objects.filter(host__in=people[1:]).exists()
    found += sent
    for person in people:
        for shown in (str(person.pk), person.pk.hex):
            assert not [text for text in found if shown in text.lower()]


def test_a_host_is_not_shown_the_organizers_id(event_type: Any, people: list[Any]) -> None:
    bob = Client()
    bob.force_login(people[1])
    answer = bob.get(f"{API}hosting/")
    assert str(event_type.pk) in answer.content.decode()
    assert str(people[0].pk) not in answer.content.decode()


def test_hosts_of_one_booking_do_not_see_each_others_ids(
    event_type: Any, people: list[Any]
) -> None:
    visitor = Client()
    booked = [answer for answer in public_answers(visitor, event_type) if answer.status_code == 201]
    ids = [answer.json()["id"] for answer in booked]
    host = Client()
    host.force_login(people[1])
    paths = ["", *(f"{id}/{part}" for id in ids for part in ("", "audit/"))]
    answers = [host.get(f"{API}bookings/{path}") for path in paths]
    served = [answer for answer in answers if answer.status_code == 200]
    assert len(served) > 1
    text = " ".join(answer.content.decode() for answer in served)
    assert not [person for person in people if person != people[1] and str(person.pk) in text]


def test_a_stranger_sees_no_ids_of_others(event_type: Any, people: list[Any], charlie: Any) -> None:
    """Signed in or not: only whose event type it is sees its hosts."""
    stranger = Client()
    stranger.force_login(charlie)
    for path in ("event-types/", f"event-types/{event_type.pk}/", "hosting/", "bookings/"):
        text = stranger.get(f"{API}{path}").content.decode()
        assert not [person for person in people if str(person.pk) in text]
