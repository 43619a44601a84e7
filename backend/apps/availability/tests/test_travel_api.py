"""Travels over HTTP: what is stored, what is refused and with which cure."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.test import Client

from apps.availability.models import Travel

URL = "/api/v1/availability/travel/"
pytestmark = pytest.mark.django_db


def travel(first="2026-07-01", last="2026-07-14", **changes):
    return {"start_date": first, "end_date": last, "timezone": "Asia/Tokyo", **changes}


def send(client, method, url, body, **headers):
    return getattr(client, method)(url, body, content_type="application/json", headers=headers)


def create(client, *dates, **body):
    response = send(client, "post", URL, travel(*dates, **body))
    assert response.status_code == 201, response.content
    return response.json()


def refusals(response, status=422):
    assert response.status_code == status, response.content
    return {error["pointer"]: error["detail"] for error in response.json()["errors"]}


class TestCreate:
    def test_everything_comes_back(self, ana_client):
        made = create(ana_client, note=" Conference ")
        assert made == {
            "id": made["id"],
            **travel(),
            "note": "Conference",
            "created_at": made["created_at"],
        }
        assert ana_client.get(f"{URL}{made['id']}/").json() == made

    def test_a_renamed_zone_is_kept_as_it_was_given(self, ana_client):
        assert create(ana_client, timezone="Asia/Calcutta")["timezone"] == "Asia/Calcutta"

    def test_one_may_begin_the_day_after_another_ended(self, ana_client):
        create(ana_client)
        create(ana_client, "2026-07-15", "2026-07-15")
        create(ana_client, "2026-06-30", "2026-06-30")

    def test_others_may_travel_at_the_same_time(self, ana_client, charlie):
        Travel.objects.create(user=charlie, **travel())
        create(ana_client)


REFUSED = [
    ({"start_date": None}, "/start_date", "null"),
    (travel("2026-07-02", "2026-07-01"), "/end_date", "2026-07-02 or later"),
    (travel("2026-01-01", "2028-01-03"), "/end_date", "two years"),
    (travel("1999-12-31", "2000-01-01"), "/start_date", "2000 to 2199"),
    (travel("2199-12-31", "2200-01-01"), "/end_date", "2000 to 2199"),
    (travel("2026-02-30"), "/start_date", "YYYY-MM-DD"),
    (travel("1 July"), "/start_date", "YYYY-MM-DD"),
    ({"start_date": 20260701}, "/start_date", "YYYY-MM-DD"),
    ({"timezone": "Mars/Olympus"}, "/timezone", "IANA"),
    ({"timezone": "../etc/passwd"}, "/timezone", "IANA"),
    ({"timezone": ""}, "/timezone", "blank"),
    ({"timezone": 1}, "/timezone", ""),
    ({"note": "x" * 201}, "/note", "200"),
    ({"note": "two\nlines"}, "/note", "one line"),
    ({"note": "nul\x00"}, "/note", "NUL"),
]


class TestRefusals:
    @pytest.mark.parametrize(("body", "pointer", "cure"), REFUSED)
    def test_the_field_and_the_cure_are_named(self, ana_client, body, pointer, cure):
        found = refusals(send(ana_client, "post", URL, {**travel(), **body}))
        assert list(found) == [pointer]
        assert cure in found[pointer]
        assert not Travel.objects.exists()

    def test_nothing_at_all_names_what_is_required(self, ana_client):
        assert set(refusals(send(ana_client, "post", URL, {}))) == {
            "/start_date",
            "/end_date",
            "/timezone",
        }

    def test_every_problem_is_told_at_once(self, ana_client):
        body = travel("2026-07-02", "2026-07-01", timezone="Nowhere", note="a\tb")
        found = refusals(send(ana_client, "post", URL, body))
        assert set(found) == {"/end_date", "/timezone", "/note"}

    def test_an_unknown_zone_alone_has_its_own_code(self, ana_client):
        response = send(ana_client, "post", URL, travel(timezone="Nowhere"))
        assert (response.status_code, response.json()["code"]) == (422, "invalid_timezone")

    @pytest.mark.parametrize(
        ("first", "last", "pointer"),
        [
            ("2026-07-14", "2026-07-20", "/start_date"),
            ("2026-06-20", "2026-07-01", "/end_date"),
            ("2026-07-03", "2026-07-04", "/start_date"),
            ("2026-06-20", "2026-07-20", "/end_date"),
        ],
    )
    def test_two_cannot_overlap(self, ana_client, first, last, pointer):
        create(ana_client)
        found = refusals(send(ana_client, "post", URL, travel(first, last)))
        assert list(found) == [pointer]
        assert "You are in Asia/Tokyo from 2026-07-01 to 2026-07-14" in found[pointer]

    def test_five_hundred_are_the_most(self, ana_client, ana):
        days = [date(2020, 1, 1) + timedelta(days=number) for number in range(499)]
        Travel.objects.bulk_create(
            Travel(user=ana, start_date=day, end_date=day, timezone="UTC") for day in days
        )
        create(ana_client)
        again = travel("2027-01-01", "2027-01-01")
        assert "delete" in refusals(send(ana_client, "post", URL, again))[""]


class TestChange:
    def test_patch_changes_only_what_is_sent(self, ana_client):
        made = create(ana_client, note="Fair")
        url = f"{URL}{made['id']}/"
        changed = send(ana_client, "patch", url, {"end_date": "2026-07-20"}).json()
        assert changed == {**made, "end_date": "2026-07-20"}

    def test_put_replaces_everything(self, ana_client):
        made = create(ana_client, note="Fair")
        url = f"{URL}{made['id']}/"
        body = travel("2026-07-02", "2026-07-03", timezone="UTC")
        assert send(ana_client, "put", url, body).json() == {**made, **body, "note": ""}
        assert "/timezone" in refusals(send(ana_client, "put", url, {"note": "x"}))

    def test_into_another_is_refused_and_changes_nothing(self, ana_client):
        create(ana_client)
        made = create(ana_client, "2026-08-01", "2026-08-02")
        url = f"{URL}{made['id']}/"
        found = refusals(send(ana_client, "patch", url, {"start_date": "2026-07-14"}))
        assert list(found) == ["/start_date"]
        assert ana_client.get(url).json() == made

    @pytest.mark.parametrize("method", ["put", "patch", "delete"])
    def test_a_stale_version_is_refused(self, ana_client, method):
        made = create(ana_client)
        url = f"{URL}{made['id']}/"
        etag = ana_client.get(url)["ETag"]
        assert send(ana_client, "patch", url, {"note": "A"}, if_match=etag).status_code == 200
        stale = send(ana_client, method, url, travel(), if_match=etag)
        assert (stale.status_code, stale.json()["code"]) == (412, "etag_mismatch")
        assert ana_client.get(url).json() == {**made, "note": "A"}

    def test_deleting(self, ana_client):
        made = create(ana_client)
        assert ana_client.delete(f"{URL}{made['id']}/").status_code == 204
        assert ana_client.get(f"{URL}{made['id']}/").status_code == 404


class TestOwnership:
    def test_those_of_others_do_not_exist(self, ana_client, charlie):
        theirs = Travel.objects.create(user=charlie, **travel())
        for pk in (theirs.pk, uuid4()):
            url = f"{URL}{pk}/"
            answers = [
                ana_client.get(url),
                send(ana_client, "put", url, travel(timezone="UTC")),
                send(ana_client, "patch", url, {"timezone": "UTC"}),
                ana_client.delete(url),
            ]
            assert [answer.status_code for answer in answers] == [404] * 4
        assert ana_client.get(URL).json()["results"] == []
        assert Travel.objects.get().timezone == "Asia/Tokyo"

    def test_a_visitor_is_asked_to_sign_in(self):
        answers = [Client().get(URL), send(Client(), "post", URL, travel())]
        assert [answer.status_code for answer in answers] == [401, 401]


class TestList:
    def test_the_soonest_come_first_on_every_page(self, ana_client):
        for month in (5, 2, 4, 1, 3):
            create(ana_client, f"2026-{month:02}-01", f"2026-{month:02}-02")
        seen, url = [], f"{URL}?page_size=2"
        while url:
            page = ana_client.get(url).json()
            seen += [item["start_date"] for item in page["results"]]
            url = page["next"]
        assert seen == [f"2026-{month:02}-01" for month in range(1, 6)]

    def test_takes_as_many_queries_for_thirty_as_for_one(
        self, ana_client, django_assert_max_num_queries
    ):
        for day in range(1, 31):
            create(ana_client, f"2026-06-{day:02}", f"2026-06-{day:02}")
        with django_assert_max_num_queries(3):
            assert len(ana_client.get(URL).json()["results"]) == 30
