"""A host sees and leaves the event types of others."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.test import Client

from apps.availability.models import Schedule
from apps.events.models import EventType, EventTypeHost, Occupancy
from apps.events.selectors.hosts import list_hosts
from apps.events.services.event_types import (
    archive_event_type,
    create_event_type,
    update_event_type,
)
from apps.users.models import User
from tests.cast import NOW, at, book, make_event_type, make_host

WEEK = range(1, 8)
URL = "/api/v1/events/hosting/"
pytestmark = pytest.mark.django_db


@pytest.fixture
def bob():
    return make_host("bob", "Bob Host")


@pytest.fixture
def carla():
    return make_host("carla", "Carla Host")


@pytest.fixture
def bob_client(bob):
    client = Client()
    client.force_login(bob)
    return client


def make_team(organizer, kind, hosts, name="Team call"):
    """`hosts` are (user, required)."""
    entries = [{"user": user.pk, "required": required} for user, required in hosts]
    fields = {"name": name, "kind": kind, "hosts": entries}
    return create_event_type(organizer_id=organizer.pk, fields=fields)


def hosts_of(event_type):
    """The effective ones as (slug, required)."""
    rows = list_hosts(EventType.objects.get(pk=event_type.pk))
    return [(row.user.slug, row.required) for row in rows]


def leave(client, event_type):
    return client.delete(f"{URL}{event_type.pk}/")


def test_a_host_of_a_collective_reads_that_they_always_attend(ana, bob, bob_client):
    make_team(ana, "collective", [(ana, False), (bob, False)])
    assert [part["required"] for part in bob_client.get(URL).json()["results"]] == [True]


def test_a_host_sees_what_they_serve_for_others(ana, bob, bob_client):
    team = make_team(ana, "round_robin", [(ana, False), (bob, True)])
    own = make_event_type(bob)
    EventTypeHost.objects.create(event_type=own, user=bob)
    gone = make_team(ana, "collective", [(bob, False)], name="Old call")
    archive_event_type(organizer_id=ana.pk, event_type_id=gone.pk, now=NOW)
    assert bob_client.get(URL).json() == {
        "next": None,
        "previous": None,
        "results": [
            {
                "event_type": str(team.pk),
                "name": "Team call",
                "organizer_name": "Ana Duarte",
                "booking_url": "http://testserver/ana/team-call",
                "kind": "round_robin",
                "is_active": True,
                "required": True,
            }
        ],
    }


def test_the_list_is_paged_in_few_queries(ana, bob, bob_client, django_assert_max_num_queries):
    names = [f"Call {number}" for number in range(12)]
    for name in names:
        make_team(ana, "collective", [(ana, False), (bob, False)], name=name)
    with django_assert_max_num_queries(3):
        page = bob_client.get(f"{URL}?page_size=5").json()
    seen = [entry["name"] for entry in page["results"]]
    while page["next"]:
        page = bob_client.get(page["next"]).json()
        seen += [entry["name"] for entry in page["results"]]
    assert seen == names


def test_who_leaves_serves_no_longer(ana, bob, carla, bob_client):
    team = make_team(ana, "collective", [(ana, False), (bob, False), (carla, False)])
    assert leave(bob_client, team).status_code == 204
    assert hosts_of(team) == [("ana", False), ("carla", False)]
    assert bob_client.get(URL).json()["results"] == []
    assert leave(bob_client, team).status_code == 404


def test_leaving_a_one_on_one_makes_the_organizer_its_host(ana, bob, bob_client, ana_client):
    team = make_team(ana, "one_on_one", [(bob, False)])
    assert leave(bob_client, team).status_code == 204
    hosts = ana_client.get(f"/api/v1/events/event-types/{team.pk}/").json()["hosts"]
    assert [(entry["user"], entry["required"]) for entry in hosts] == [(str(ana.pk), True)]


@pytest.mark.parametrize(
    ("others", "left"),
    [
        ([], [("ana", False)]),
        (["ana"], [("ana", False)]),
        (["carla"], [("carla", True), ("ana", False)]),
        (["ana", "carla"], [("carla", True), ("ana", False)]),
    ],
)
def test_the_organizer_takes_the_turns_of_the_last_who_did(
    ana, bob, carla, bob_client, others, left
):
    required = [(User.objects.get(slug=slug), True) for slug in others]
    team = make_team(ana, "round_robin", [(bob, False), *required])
    assert leave(bob_client, team).status_code == 204
    assert hosts_of(team) == left


def test_somebody_required_may_leave_too(ana, bob, bob_client):
    team = make_team(ana, "round_robin", [(bob, True), (ana, False)])
    assert leave(bob_client, team).status_code == 204
    assert hosts_of(team) == [("ana", False)]


@pytest.mark.django_db(transaction=True)
def test_the_next_visitor_is_offered_what_is_left(bob_client, bob):
    """Bob has evenings, the organizer mornings: no page is kept over a change of hosts."""
    Schedule.objects.filter(user=bob).update(
        timezone="UTC", weekly=[{"weekday": day, "start": "18:00", "end": "20:00"} for day in WEEK]
    )
    mornings = [{"weekday": day, "start": "06:00", "end": "08:00"} for day in WEEK]
    ana = make_host(weekly=mornings, timezone="UTC")
    team = make_team(ana, "one_on_one", [(bob, False)])
    day = (datetime.now(UTC) + timedelta(days=3)).date()
    query = {"start_date": day, "end_date": day, "timezone": "UTC"}

    def hours():
        slots = Client().get("/api/v1/events/slots/ana/team-call/", query).json()["slots"]
        return {slot["start"][11:13] for slot in slots}

    assert hours() == {"18", "19"}
    assert leave(bob_client, team).status_code == 204
    assert hours() == {"06", "07"}
    again = [{"user": bob.pk}]
    update_event_type(organizer_id=ana.pk, event_type_id=team.pk, fields={"hosts": again})
    assert hours() == {"18", "19"}


def test_bookings_stand(ana, bob, bob_client):
    team = make_team(ana, "one_on_one", [(bob, False)])
    booking = book(team, at(10, days=1))
    assert leave(bob_client, team).status_code == 204
    booking.refresh_from_db()
    assert (booking.status, booking.host_id) == ("confirmed", bob.pk)
    assert Occupancy.objects.get(booking=booking).host_id == bob.pk


def test_nobody_else_is_taken_out(ana, bob, carla, bob_client):
    theirs = make_team(ana, "one_on_one", [(carla, False)])
    own = create_event_type(organizer_id=bob.pk, fields={"name": "Mine"})
    archived = make_team(ana, "collective", [(ana, False), (bob, False)], name="Old")
    archive_event_type(organizer_id=ana.pk, event_type_id=archived.pk, now=NOW)
    for event_type_id in (theirs.pk, own.pk, archived.pk, uuid4()):
        answer = bob_client.delete(f"{URL}{event_type_id}/")
        assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
    assert hosts_of(theirs) == [("carla", False)]


def test_an_organizer_who_read_the_hosts_before_must_read_again(ana, bob, bob_client, ana_client):
    team = make_team(ana, "collective", [(ana, False), (bob, False)])
    url = f"/api/v1/events/event-types/{team.pk}/"
    read = ana_client.get(url)
    leave(bob_client, team)
    stale = ana_client.put(
        url, read.json(), content_type="application/json", headers={"if-match": read["ETag"]}
    )
    assert stale.status_code == 412
    assert hosts_of(team) == [("ana", False)]


def test_only_who_is_signed_in(db):
    assert Client().get(URL).status_code == 401
    assert Client().delete(f"{URL}{uuid4()}/").status_code == 401
