"""Who serves an event type: kinds, hosts and their settings over HTTP."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.test import Client

from apps.availability.models import Schedule
from apps.events.models import EventType, EventTypeHost
from apps.users.models import User
from tests.cast import make_event_type, make_host

URL = "/api/v1/events/event-types/"
pytestmark = pytest.mark.django_db


@pytest.fixture
def bob():
    return make_host("bob", "Bob Host")


@pytest.fixture
def carla():
    return make_host("carla", "Carla Host")


def send(client, method, url, body):
    return getattr(client, method)(url, body, content_type="application/json")


def create(client, **body):
    response = send(client, "post", URL, {"name": "Team call", **body})
    assert response.status_code == 201, response.content
    return response.json()


def refusals(response):
    assert response.status_code == 422, response.content
    return {
        error["pointer"]: (error["code"], error["detail"]) for error in response.json()["errors"]
    }


def host(user, **settings):
    """A host as it is sent."""
    return {"user": str(user.pk), **settings}


def answered(user, **settings):
    """A host as it is answered."""
    plain = {"required": False, "weight": 1, "priority": 0, "schedule": None}
    return {"user": str(user.pk), "name": user.name, **plain, **settings}


class TestHosts:
    def test_an_organizer_serves_alone_unless_told_otherwise(self, ana, ana_client):
        for body in ({}, {"name": "B", "hosts": []}, {"name": "C", "hosts": None}):
            made = create(ana_client, **body)
            assert made["hosts"] == [answered(ana, required=True)]
        assert not EventTypeHost.objects.exists()

    @pytest.mark.parametrize("row", [{}, {"weight": 2}])
    @pytest.mark.parametrize("method", ["patch", "put"])
    def test_a_host_without_a_user_is_refused_in_every_change(self, ana_client, method, row):
        made = create(ana_client)
        body = {"name": "Team call", "hosts": [row]}
        refused = send(ana_client, method, f"{URL}{made['id']}/", body)
        assert refusals(refused) == {"/hosts/0/user": ("required", "This field is required.")}

    @pytest.mark.parametrize("row", [None, 1, "x", []])
    def test_what_is_no_host_is_refused(self, ana_client, row):
        made = create(ana_client)
        for method in ("patch", "put"):
            body = {"name": "Team call", "hosts": [row]}
            refused = send(ana_client, method, f"{URL}{made['id']}/", body)
            assert [pointer.split("/")[1:3] for pointer in refusals(refused)] == [["hosts", "0"]]

    def test_an_organizer_alone_takes_every_turn(self, ana, ana_client):
        made = create(ana_client)
        url = f"{URL}{made['id']}/"
        changed = send(ana_client, "patch", url, {"kind": "round_robin"}).json()
        assert changed["hosts"] == [answered(ana, required=False)]
        back = send(ana_client, "patch", url, {"kind": "one_on_one"}).json()
        assert back["hosts"] == [answered(ana, required=True)]

    def test_hosts_keep_their_order_and_settings(self, ana, bob, carla, ana_client):
        schedule = str(Schedule.objects.get(user=bob).pk)
        hosts = [
            host(carla, weight=100, priority=100),
            host(ana, required=True),
            host(bob, schedule=schedule),
        ]
        made = create(ana_client, kind="round_robin", hosts=hosts)
        assert (made["kind"], made["max_attendees"]) == ("round_robin", 1)
        assert made["hosts"] == [
            answered(carla, weight=100, priority=100),
            answered(ana, required=True),
            answered(bob, schedule=schedule),
        ]
        assert ana_client.get(f"{URL}{made['id']}/").json() == made

    @pytest.mark.parametrize("kind", ["one_on_one", "group"])
    def test_somebody_else_may_serve_for_the_organizer(self, bob, ana_client, kind):
        seats = 5 if kind == "group" else 1
        made = create(ana_client, kind=kind, max_attendees=seats, hosts=[host(bob)])
        assert made["hosts"] == [answered(bob, required=True)]

    def test_a_thousand_hosts_are_taken_in_few_queries(
        self, ana, ana_client, django_assert_max_num_queries
    ):
        people = User.objects.bulk_create(
            User(email=f"h{n}@example.com", name=f"Host {n}", slug=f"h{n}", timezone="UTC")
            for n in range(1000)
        )
        schedules = Schedule.objects.bulk_create(
            Schedule(user=person, name="Hours", timezone="UTC", is_default=True)
            for person in people
        )
        hosts = [host(s.user, required=True, schedule=str(s.pk)) for s in schedules]
        # Savepoints and the batches in which a database takes a thousand rows are among them.
        with django_assert_max_num_queries(40):
            made = create(ana_client, kind="collective", hosts=hosts)
        assert [entry["user"] for entry in made["hosts"]] == [entry["user"] for entry in hosts]
        one_more = send(ana_client, "patch", f"{URL}{made['id']}/", {"hosts": [*hosts, host(ana)]})
        assert list(refusals(one_more)) == ["/hosts"]

    def test_an_answer_can_be_sent_back(self, ana, bob, ana_client):
        made = create(ana_client, kind="collective", hosts=[host(bob), host(ana, required=True)])
        again = send(ana_client, "put", f"{URL}{made['id']}/", made)
        assert again.json() == {**made, "updated_at": again.json()["updated_at"]}

    def test_all_hosts_of_a_collective_are_required(self, ana, bob, ana_client):
        made = create(ana_client, kind="collective", hosts=[host(ana), host(bob, required=False)])
        assert made["hosts"] == [answered(ana, required=True), answered(bob, required=True)]
        assert ana_client.get(f"{URL}{made['id']}/").json()["hosts"] == made["hosts"]

    def test_an_answer_sent_back_keeps_nobody_from_taking_turns(self, ana, bob, ana_client):
        made = create(ana_client, kind="collective", hosts=[host(ana), host(bob)])
        url = f"{URL}{made['id']}/"
        send(ana_client, "put", url, made)
        changed = send(ana_client, "patch", url, {"kind": "round_robin"})
        assert changed.json()["hosts"] == [answered(ana), answered(bob)]

    def test_the_list_takes_as_many_queries_for_many_hosts(
        self, ana, bob, carla, ana_client, django_assert_max_num_queries
    ):
        for number in range(20):
            event_type = make_event_type(ana, name=f"N{number}", event_type_slug=f"n{number}")
            for person in (ana, bob, carla):
                EventTypeHost.objects.create(event_type=event_type, user=person)
        with django_assert_max_num_queries(6):
            results = ana_client.get(URL).json()["results"]
        names = {tuple(entry["name"] for entry in item["hosts"]) for item in results}
        assert names == {("Ana Duarte", "Bob Host", "Carla Host")}


class TestRefusals:
    def refused(self, client, **body):
        found = refusals(send(client, "post", URL, {"name": "Team call", **body}))
        assert not EventType.objects.exists()
        return found

    def test_unknown_and_closed_accounts_look_alike(self, ana, bob, carla, ana_client):
        User.objects.filter(pk=carla.pk).update(is_active=False)
        hosts = [host(ana), host(bob), host(carla), {"user": str(uuid4())}]
        found = self.refused(ana_client, kind="collective", hosts=hosts)
        assert list(found) == ["/hosts/2/user", "/hosts/3/user"]
        assert found["/hosts/2/user"] == found["/hosts/3/user"]
        assert found["/hosts/2/user"] == ("unknown", "There is no account with this id.")

    def test_a_host_is_named_once(self, ana, bob, ana_client):
        found = self.refused(ana_client, kind="collective", hosts=[host(ana), host(bob), host(ana)])
        assert found == {"/hosts/2/user": ("duplicate", "Name each host once.")}

    def test_a_schedule_is_the_hosts_own(self, ana, bob, carla, ana_client):
        organizers = str(Schedule.objects.get(user=ana).pk)
        hosts = [host(bob, schedule=organizers), host(carla, schedule=str(uuid4()))]
        found = self.refused(ana_client, kind="collective", hosts=hosts)
        assert list(found) == ["/hosts/0/schedule", "/hosts/1/schedule"]
        assert found["/hosts/0/schedule"] == found["/hosts/1/schedule"]
        assert "no schedule with this id" in found["/hosts/0/schedule"][1]

    @pytest.mark.parametrize(
        ("settings", "field"),
        [
            ({"weight": 0}, "weight"),
            ({"weight": 101}, "weight"),
            ({"priority": -1}, "priority"),
            ({"priority": 101}, "priority"),
            ({"required": "maybe"}, "required"),
            ({"schedule": "default"}, "schedule"),
        ],
    )
    def test_settings_are_in_range(self, ana, bob, ana_client, settings, field):
        hosts = [host(ana), host(bob, **settings)]
        assert list(self.refused(ana_client, kind="collective", hosts=hosts)) == [
            f"/hosts/1/{field}"
        ]

    @pytest.mark.parametrize("entry", [{}, {"user": "bob@example.com"}, {"user": None}])
    def test_a_host_is_named_by_id(self, ana_client, entry):
        assert list(self.refused(ana_client, hosts=[entry])) == ["/hosts/0/user"]

    @pytest.mark.parametrize("hosts", [{"user": str(uuid4())}, "bob", [[]], ["bob"]])
    def test_what_is_no_list_of_hosts(self, ana_client, hosts):
        assert all(
            pointer.startswith("/hosts") for pointer in self.refused(ana_client, hosts=hosts)
        )

    @pytest.mark.parametrize("body", [{}, {"kind": "one_on_one"}, {"max_attendees": 4}])
    def test_one_host_where_the_kind_has_one(self, ana, bob, ana_client, body):
        found = self.refused(ana_client, hosts=[host(ana), host(bob)], **body)
        assert list(found) == ["/hosts"]
        assert "collective or round_robin" in found["/hosts"][1]

    def test_round_robin_needs_somebody_who_takes_turns(self, ana, bob, ana_client):
        hosts = [host(ana, required=True), host(bob, required=True)]
        found = self.refused(ana_client, kind="round_robin", hosts=hosts)
        assert found["/hosts"][0] == "nobody_rotates"


class TestChange:
    @pytest.fixture
    def team(self, ana, bob, carla, ana_client):
        hosts = [host(ana, required=True), host(bob, weight=2), host(carla, weight=3)]
        made = create(ana_client, kind="round_robin", hosts=hosts)
        return {**made, "url": f"{URL}{made['id']}/"}

    def test_patch_keeps_hosts_and_the_kind_of_a_team(self, ana_client, team):
        changed = send(ana_client, "patch", team["url"], {"duration": 45}).json()
        assert (changed["hosts"], changed["kind"]) == (team["hosts"], "round_robin")

    def test_hosts_are_replaced_whole(self, bob, carla, ana_client, team):
        hosts = [host(carla, weight=9), host(bob)]
        changed = send(ana_client, "patch", team["url"], {"hosts": hosts}).json()
        assert changed["hosts"] == [answered(carla, weight=9), answered(bob)]
        assert EventTypeHost.objects.count() == 2

    def test_rows_that_stay_are_the_same_rows(self, ana, bob, ana_client, team):
        before = dict(EventTypeHost.objects.values_list("user_id", "pk"))
        hosts = [host(bob, weight=2), host(ana, required=True)]
        send(ana_client, "patch", team["url"], {"hosts": hosts})
        after = dict(EventTypeHost.objects.values_list("user_id", "pk"))
        assert after == {ana.pk: before[ana.pk], bob.pk: before[bob.pk]}

    def test_put_returns_to_the_organizer_alone(self, ana, ana_client, team):
        changed = send(ana_client, "put", team["url"], {"name": "Plain"}).json()
        assert changed["kind"] == "one_on_one"
        assert changed["hosts"] == [answered(ana, required=True)]

    def test_seats_tell_the_kind_of_what_is_no_team(self, ana_client):
        made = create(ana_client, max_attendees=5)
        assert made["kind"] == "group"
        changed = send(ana_client, "patch", f"{URL}{made['id']}/", {"max_attendees": 1}).json()
        assert changed["kind"] == "one_on_one"

    def test_a_kind_that_does_not_fit_what_is_stored_is_refused(self, ana_client, team):
        found = refusals(send(ana_client, "patch", team["url"], {"kind": "one_on_one"}))
        assert list(found) == ["/hosts"]
        assert ana_client.get(team["url"]).json()["kind"] == "round_robin"

    def test_a_host_whose_account_was_closed_does_not_stop_changes(self, bob, ana_client, team):
        User.objects.filter(pk=bob.pk).update(is_active=False)
        changed = send(ana_client, "patch", team["url"], {"duration": 45})
        assert (changed.status_code, changed.json()["hosts"]) == (200, team["hosts"])
        again = send(ana_client, "put", team["url"], team)
        assert (again.status_code, again.json()["hosts"]) == (200, team["hosts"])

    def test_a_refused_change_leaves_the_hosts(self, bob, ana_client, team):
        body = {"hosts": [host(bob)], "duration": 0}
        assert send(ana_client, "patch", team["url"], body).status_code == 422
        body = {"hosts": [host(bob), {"user": str(uuid4())}]}
        assert send(ana_client, "patch", team["url"], body).status_code == 422
        assert ana_client.get(team["url"]).json()["hosts"] == team["hosts"]

    def test_a_deleted_schedule_gives_way_to_the_hosts_default(self, bob, ana_client, team):
        extra = Schedule.objects.create(user=bob, name="Extra", timezone="UTC")
        hosts = [host(bob, schedule=str(extra.pk))]
        send(ana_client, "patch", team["url"], {"hosts": hosts})
        client = Client()
        client.force_login(bob)
        assert client.delete(f"/api/v1/availability/schedules/{extra.pk}/").status_code == 204
        assert ana_client.get(team["url"]).json()["hosts"] == [answered(bob)]

    def test_a_host_whose_account_was_deleted_is_gone(self, ana, carla, ana_client, team):
        User.objects.get(slug="bob").delete()
        left = [entry["name"] for entry in ana_client.get(team["url"]).json()["hosts"]]
        assert left == ["Ana Duarte", "Carla Host"]

    def test_a_copy_has_the_same_hosts(self, ana_client, team):
        copy = ana_client.post(f"{team['url']}duplicate/").json()
        assert (copy["hosts"], copy["kind"]) == (team["hosts"], "round_robin")
        assert EventTypeHost.objects.count() == 6
        assert ana_client.get(team["url"]).json()["hosts"] == team["hosts"]

    def test_archiving_leaves_no_part_in_it(self, bob, ana_client, team):
        ana_client.delete(team["url"])
        client = Client()
        client.force_login(bob)
        assert client.get("/api/v1/events/hosting/").json()["results"] == []


class TestRollingDays:
    def test_they_and_a_date_range_exclude_each_other(self, ana_client):
        made = create(ana_client, rolling_days=30, rolling_days_kind="available")
        url = f"{URL}{made['id']}/"
        assert (made["rolling_days"], made["rolling_days_kind"]) == (30, "available")
        dates = {"date_range": {"start": "2026-12-01", "end": None}}
        assert list(refusals(send(ana_client, "patch", url, dates))) == ["/rolling_days"]
        changed = send(ana_client, "patch", url, {**dates, "rolling_days": None}).json()
        assert (changed["rolling_days"], changed["date_range"]) == (None, dates["date_range"])
