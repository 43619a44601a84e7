"""Schedules over HTTP: what is stored, what is refused and with which cure."""

from uuid import uuid4

import pytest
from django.test import Client

from apps.availability.models import Schedule
from apps.availability.public import ensure_default_schedule
from apps.users.models import User

URL = "/api/v1/availability/schedules/"
pytestmark = pytest.mark.django_db


def make_user(name="ana", timezone="Europe/Berlin"):
    return User.objects.create_user(
        f"{name}@example.com", "a long password", name=name, slug=name, timezone=timezone
    )


@pytest.fixture
def user():
    return make_user()


@pytest.fixture
def client(user):
    client = Client()
    client.force_login(user)
    return client


def send(client, method, url, body, **headers):
    return getattr(client, method)(url, body, content_type="application/json", headers=headers)


def create(client, **body):
    response = send(client, "post", URL, {"name": "Hours", **body})
    assert response.status_code == 201, response.content
    return response.json()


def refusals(response, status=422):
    assert response.status_code == status, response.content
    assert response["Content-Type"] == "application/problem+json"
    return {error["pointer"]: error["detail"] for error in response.json()["errors"]}


class TestCreate:
    def test_everything_comes_back_in_the_shape_it_was_sent(self, client):
        sent = {
            "name": "Summer",
            "timezone": "America/New_York",
            "weekly": [
                {"weekday": 1, "start": "09:00", "end": "12:00"},
                {"weekday": 1, "start": "12:00", "end": "24:00"},
            ],
            "overrides": [
                {"date": "2026-03-03", "windows": [["10:00", "12:00"]]},
                {"date": "2026-03-04", "windows": []},
            ],
            "rules": [
                {
                    "id": str(uuid4()),
                    "rrule": "FREQ=MONTHLY;BYDAY=1MO",
                    "dtstart": "2026-01-05",
                    "start": "18:00",
                    "end": "20:00",
                    "kind": "closed",
                }
            ],
        }
        made = create(client, **sent)
        assert {name: made[name] for name in sent} == sent
        assert client.get(f"{URL}{made['id']}/").json() == made

    def test_the_first_schedule_is_the_default_in_the_users_zone(self, client):
        first, second = create(client, name="One"), create(client, name="Two")
        assert (first["is_default"], second["is_default"]) == (True, False)
        assert first["timezone"] == "Europe/Berlin"

    def test_a_rule_gets_an_id(self, client):
        rule = {"rrule": "FREQ=DAILY", "dtstart": "2026-01-05", "start": "08:00", "end": "09:00"}
        made = create(client, rules=[rule])
        assert made["rules"] == [{**rule, "kind": "open", "id": made["rules"][0]["id"]}]

    def test_hours_are_kept_in_order(self, client):
        made = create(
            client,
            weekly=[
                {"weekday": 2, "start": "13:00", "end": "14:00"},
                {"weekday": 2, "start": "09:00", "end": "10:00"},
                {"weekday": 1, "start": "09:00", "end": "10:00"},
            ],
        )
        assert [(item["weekday"], item["start"]) for item in made["weekly"]] == [
            (1, "09:00"),
            (2, "09:00"),
            (2, "13:00"),
        ]


def rule(**changes):
    return {
        "rrule": "FREQ=WEEKLY;BYDAY=MO",
        "dtstart": "2026-01-05",
        "start": "18:00",
        "end": "20:00",
        **changes,
    }


def window(weekday=1, start="09:00", end="17:00"):
    return {"weekday": weekday, "start": start, "end": end}


REFUSED = [
    ({"weekly": [window(), window(2), window(end="9:00")]}, "/weekly/2/end", "HH:MM"),
    ({"weekly": [window(start="24:00", end="24:00")]}, "/weekly/0/end", "later than the start"),
    ({"weekly": [window(end="24:01")]}, "/weekly/0/end", "HH:MM"),
    ({"weekly": [window(end="09:00")]}, "/weekly/0/end", "past midnight"),
    ({"weekly": [window(start="22:00", end="02:00")]}, "/weekly/0/end", "past midnight"),
    ({"weekly": [window(start="٠٩:00")]}, "/weekly/0/start", "HH:MM"),
    ({"weekly": [window(), window(start="16:59", end="18:00")]}, "/weekly/1/start", "overlaps"),
    ({"weekly": [window(0)]}, "/weekly/0/weekday", "1"),
    ({"weekly": [window(8)]}, "/weekly/0/weekday", "7"),
    ({"weekly": [{"weekday": 1, "start": "09:00"}]}, "/weekly/0/end", "required"),
    ({"weekly": "always"}, "/weekly", "list"),
    ({"weekly": [window(n % 7 + 1) for n in range(51)]}, "/weekly", "50"),
    ({"overrides": [{"date": "2026-02-30", "windows": []}]}, "/overrides/0/date", "YYYY-MM-DD"),
    ({"overrides": [{"date": "3 March", "windows": []}]}, "/overrides/0/date", "YYYY-MM-DD"),
    (
        {"overrides": [{"date": "2026-03-03", "windows": []}] * 2},
        "/overrides/1/date",
        "already",
    ),
    (
        {"overrides": [{"date": "2026-03-03", "windows": [["10:00"]]}]},
        "/overrides/0/windows/0",
        "09:00",
    ),
    (
        {
            "overrides": [
                {"date": "2026-03-03", "windows": [["10:00", "12:00"], ["11:00", "13:00"]]}
            ]
        },
        "/overrides/0/windows/1/0",
        "overlaps",
    ),
    ({"overrides": [{"date": "2026-03-03"}]}, "/overrides/0/windows", "required"),
    ({"rules": [rule(rrule="FREQ=HOURLY")]}, "/rules/0/rrule", "FREQ=HOURLY"),
    ({"rules": [rule(rrule="FREQ=MINUTELY")]}, "/rules/0/rrule", "FREQ=MINUTELY"),
    ({"rules": [rule(rrule="FREQ=SECONDLY")]}, "/rules/0/rrule", "FREQ=SECONDLY"),
    ({"rules": [rule(rrule="every Friday")]}, "/rules/0/rrule", "Not a rule"),
    ({"rules": [rule(dtstart="2026-13-01")]}, "/rules/0/dtstart", "YYYY-MM-DD"),
    ({"rules": [rule(end="17:00")]}, "/rules/0/end", "later than the start"),
    ({"rules": [rule(kind="perhaps")]}, "/rules/0/kind", "perhaps"),
    ({"rules": [rule(id="one")]}, "/rules/0/id", "UUID"),
    ({"rules": [rule(id=(one := str(uuid4()))), rule(id=one)]}, "/rules/1/id", "Another rule"),
    ({"rules": [rule()] * 51}, "/rules", "50"),
    ({"timezone": "Mars/Olympus"}, "/timezone", "IANA"),
    ({"timezone": "../etc/passwd"}, "/timezone", "IANA"),
    ({"name": ""}, "/name", "blank"),
    ({"name": "x" * 121}, "/name", "120"),
    ({"name": "nul\x00"}, "/name", "NUL"),
]


class TestRefusals:
    @pytest.mark.parametrize(("body", "pointer", "cure"), REFUSED)
    def test_the_field_and_the_cure_are_named(self, client, user, body, pointer, cure):
        found = refusals(send(client, "post", URL, {"name": "Hours", **body}))
        assert list(found) == [pointer]
        assert cure in found[pointer]
        assert not Schedule.objects.filter(user=user).exists()

    def test_every_problem_is_told_at_once(self, client):
        body = {"name": "H", "weekly": [window(end="08:00")], "rules": [rule(rrule="FREQ=NEVER")]}
        body["timezone"] = "Nowhere"
        found = refusals(send(client, "post", URL, body))
        assert set(found) == {"/weekly/0/end", "/rules/0/rrule", "/timezone"}

    def test_an_unknown_zone_alone_has_its_own_code(self, client):
        response = send(client, "post", URL, {"name": "H", "timezone": "Nowhere"})
        assert (response.status_code, response.json()["code"]) == (422, "invalid_timezone")

    def test_names_are_unique_whatever_their_case(self, client):
        create(client, name="Überstunden")
        response = send(client, "post", URL, {"name": "überStunden"})
        assert "already" in refusals(response)["/name"]


class TestChange:
    def test_patch_replaces_only_the_lists_that_are_sent(self, client):
        made = create(client, weekly=[window()], rules=[rule()])
        changed = send(client, "patch", f"{URL}{made['id']}/", {"weekly": [window(3)]}).json()
        assert changed["weekly"] == [window(3)]
        assert changed["rules"] == made["rules"]

    def test_put_empties_the_lists_that_are_left_out(self, client):
        made = create(client, weekly=[window()], rules=[rule()])
        changed = send(client, "put", f"{URL}{made['id']}/", {"name": "New"}).json()
        assert (changed["weekly"], changed["rules"], changed["name"]) == ([], [], "New")
        assert changed["is_default"] is True

    def test_a_refused_change_leaves_everything_as_it_was(self, client):
        made = create(client, weekly=[window()])
        refusals(send(client, "patch", f"{URL}{made['id']}/", {"weekly": [window(end="1")]}))
        assert client.get(f"{URL}{made['id']}/").json() == made

    def test_a_new_default_ends_the_old_one(self, client):
        first, second = create(client, name="One"), create(client, name="Two")
        send(client, "patch", f"{URL}{second['id']}/", {"is_default": True})
        defaults = {item["id"]: item["is_default"] for item in client.get(URL).json()["results"]}
        assert defaults == {first["id"]: False, second["id"]: True}

    def test_the_default_cannot_just_be_switched_off(self, client):
        made = create(client)
        found = refusals(send(client, "patch", f"{URL}{made['id']}/", {"is_default": False}))
        assert "another one" in found["/is_default"]

    def test_a_stale_version_is_refused(self, client):
        made = create(client)
        url = f"{URL}{made['id']}/"
        etag = client.get(url)["ETag"]
        assert send(client, "patch", url, {"name": "A"}, if_match=etag).status_code == 200
        stale = send(client, "patch", url, {"name": "B"}, if_match=etag)
        assert (stale.status_code, stale.json()["code"]) == (412, "etag_mismatch")
        assert client.get(url).json()["name"] == "A"

    def test_every_write_moves_the_owners_version(self, client, user):
        def version():
            return User.objects.get(pk=user.pk).availability_version

        seen = [version()]
        create(client, name="One")
        seen.append(version())
        made = create(client, name="Two")
        seen.append(version())
        send(client, "patch", f"{URL}{made['id']}/", {"weekly": [window()]})
        seen.append(version())
        client.delete(f"{URL}{made['id']}/")
        seen.append(version())
        assert seen == sorted(set(seen))


class TestDelete:
    def test_one_that_is_not_the_default_goes(self, client):
        create(client, name="One")
        second = create(client, name="Two")
        assert client.delete(f"{URL}{second['id']}/").status_code == 204
        assert client.get(f"{URL}{second['id']}/").status_code == 404

    def test_the_default_stays(self, client):
        made = create(client)
        response = client.delete(f"{URL}{made['id']}/")
        assert (response.status_code, response.json()["code"]) == (409, "conflict")
        assert "default" in response.json()["detail"]
        assert client.get(f"{URL}{made['id']}/").status_code == 200


class TestOwnership:
    def test_schedules_of_others_do_not_exist(self, client):
        theirs = ensure(make_user("bob"))
        url = f"{URL}{theirs.pk}/"
        answers = [
            client.get(url),
            send(client, "put", url, {"name": "Mine"}),
            send(client, "patch", url, {"name": "Mine"}),
            client.delete(url),
        ]
        assert [answer.status_code for answer in answers] == [404] * 4
        assert client.get(URL).json()["results"] == []
        theirs.refresh_from_db()
        assert theirs.name != "Mine"

    def test_a_visitor_is_asked_to_sign_in(self):
        answers = [Client().get(URL), send(Client(), "post", URL, {"name": "x"})]
        assert [answer.status_code for answer in answers] == [401, 401]


def ensure(user):
    ensure_default_schedule(user.pk)
    return Schedule.objects.get(user=user)


class TestList:
    def test_takes_as_many_queries_for_thirty_as_for_one(
        self, client, django_assert_max_num_queries
    ):
        for number in range(30):
            create(client, name=f"S{number}", weekly=[window()])
        with django_assert_max_num_queries(3):
            page = client.get(URL).json()
        assert len(page["results"]) == 30
        assert (page["next"], page["previous"]) == (None, None)

    def test_pages_by_cursor(self, client):
        for number in range(5):
            create(client, name=f"S{number}")
        names, url = [], f"{URL}?page_size=2"
        while url:
            page = client.get(url).json()
            names += [item["name"] for item in page["results"]]
            url = page["next"]
        assert names == ["S0", "S1", "S2", "S3", "S4"]
