"""Times off over HTTP: what is stored, what is refused and with which cure."""

from uuid import uuid4

import pytest
from django.test import Client

from apps.availability.models import OutOfOffice

URL = "/api/v1/availability/out-of-office/"
DAYS = {"start_date": "2026-07-01", "end_date": "2026-07-14"}
HOURS = {"start": "2026-07-01T08:00:00Z", "end": "2026-07-01T09:30:00Z"}
pytestmark = pytest.mark.django_db


def send(client, method, url, body, **headers):
    return getattr(client, method)(url, body, content_type="application/json", headers=headers)


def create(client, **body):
    response = send(client, "post", URL, body)
    assert response.status_code == 201, response.content
    return response.json()


def refusals(response, status=422):
    assert response.status_code == status, response.content
    return {error["pointer"]: error["detail"] for error in response.json()["errors"]}


class TestCreate:
    def test_whole_days(self, ana_client):
        made = create(ana_client, **DAYS, note=" Summer ")
        assert made == {
            "id": made["id"],
            **DAYS,
            "start": None,
            "end": None,
            "note": "Summer",
            "created_at": made["created_at"],
        }
        assert ana_client.get(f"{URL}{made['id']}/").json() == made

    def test_a_span_of_instants_leaves_in_utc(self, ana_client):
        made = create(ana_client, start="2026-07-01T10:00:00+02:00", end="2026-07-01T09:30:00Z")
        assert (made["start"], made["end"]) == (HOURS["start"], HOURS["end"])
        assert (made["start_date"], made["end_date"], made["note"]) == (None, None, "")

    def test_they_may_overlap_and_a_day_may_be_alone(self, ana_client, ana):
        create(ana_client, **DAYS)
        create(ana_client, **HOURS)
        create(ana_client, start_date="2026-07-01", end_date="2026-07-01")
        assert OutOfOffice.objects.filter(user=ana).count() == 3

    def test_two_years_are_the_most(self, ana_client):
        create(ana_client, start_date="2026-01-01", end_date="2028-01-02")
        create(ana_client, start="2026-01-01T00:00:00Z", end="2028-01-03T00:00:00Z")


REFUSED = [
    ({}, "/start_date", "start_date and end_date"),
    ({"note": "x", "start": None}, "/start_date", "start_date and end_date"),
    ({**DAYS, **HOURS}, "/start", "leave the other two out"),
    ({"start_date": "2026-07-01", "end": HOURS["end"]}, "/start", "leave the other two out"),
    ({"start_date": "2026-07-01"}, "/end_date", "both dates"),
    ({"end_date": "2026-07-01"}, "/start_date", "both dates"),
    ({"start": HOURS["start"]}, "/end", "both start and end"),
    ({"end": HOURS["end"]}, "/start", "both start and end"),
    ({"start_date": "2026-07-02", "end_date": "2026-07-01"}, "/end_date", "2026-07-02 or later"),
    ({"start": HOURS["end"], "end": HOURS["start"]}, "/end", "later than the start"),
    ({"start": HOURS["end"], "end": HOURS["end"]}, "/end", "later than the start"),
    ({"start_date": "2026-01-01", "end_date": "2028-01-03"}, "/end_date", "two years"),
    ({"start": "2026-01-01T00:00:00Z", "end": "2028-01-03T00:00:01Z"}, "/end", "two years"),
    ({"start_date": "1999-12-31", "end_date": "2000-01-01"}, "/start_date", "2000 to 2199"),
    ({"start_date": "2199-12-31", "end_date": "2200-01-01"}, "/end_date", "2000 to 2199"),
    ({"start": "1999-12-31T23:59:59Z", "end": "2000-01-01T00:00:00Z"}, "/start", "2000 to 2199"),
    ({"start_date": "2026-02-30", "end_date": "2026-03-01"}, "/start_date", "YYYY-MM-DD"),
    ({"start_date": "20260701", "end_date": "2026-07-01"}, "/start_date", "YYYY-MM-DD"),
    ({"start_date": "2026-W10-1", "end_date": "2026-07-01"}, "/start_date", "YYYY-MM-DD"),
    ({"start_date": 20260701, "end_date": "2026-07-01"}, "/start_date", "YYYY-MM-DD"),
    ({"start": "2026-07-01T08:00:00", "end": HOURS["end"]}, "/start", "offset"),
    ({"start": 1782892800, "end": HOURS["end"]}, "/start", "offset"),
    ({**DAYS, "note": "x" * 201}, "/note", "200"),
    ({**DAYS, "note": "two\nlines"}, "/note", "one line"),
    ({**DAYS, "note": "nul\x00"}, "/note", "NUL"),
    ({**DAYS, "note": None}, "/note", "null"),
]


class TestRefusals:
    @pytest.mark.parametrize(("body", "pointer", "cure"), REFUSED)
    def test_the_field_and_the_cure_are_named(self, ana_client, body, pointer, cure):
        found = refusals(send(ana_client, "post", URL, body))
        assert list(found) == [pointer]
        assert cure in found[pointer]
        assert not OutOfOffice.objects.exists()

    def test_every_problem_is_told_at_once(self, ana_client):
        body = {"start_date": "1990-01-01", "end_date": "2300-01-01", "note": "a\tb"}
        assert set(refusals(send(ana_client, "post", URL, body))) == {
            "/start_date",
            "/end_date",
            "/note",
        }

    def test_five_hundred_are_the_most(self, ana_client, ana):
        day = {"start_date": "2026-01-01", "end_date": "2026-01-01"}
        OutOfOffice.objects.bulk_create(OutOfOffice(user=ana, **day) for _ in range(499))
        create(ana_client, **DAYS)
        assert "delete" in refusals(send(ana_client, "post", URL, DAYS))[""]


class TestChange:
    def test_patch_changes_only_what_is_sent(self, ana_client):
        made = create(ana_client, **DAYS, note="Summer")
        changed = send(
            ana_client, "patch", f"{URL}{made['id']}/", {"end_date": "2026-07-20"}
        ).json()
        assert changed == {**made, "end_date": "2026-07-20"}

    def test_one_pair_takes_the_place_of_the_other(self, ana_client):
        made = create(ana_client, **DAYS)
        url = f"{URL}{made['id']}/"
        changed = send(ana_client, "patch", url, HOURS).json()
        assert changed == {**made, **HOURS, "start_date": None, "end_date": None}
        assert send(ana_client, "patch", url, DAYS).json() == made

    def test_half_a_pair_does_not(self, ana_client):
        made = create(ana_client, **DAYS)
        url = f"{URL}{made['id']}/"
        found = refusals(send(ana_client, "patch", url, {"end": HOURS["end"]}))
        assert list(found) == ["/start"]
        assert ana_client.get(url).json() == made

    def test_put_replaces_everything(self, ana_client):
        made = create(ana_client, **DAYS, note="Summer")
        changed = send(ana_client, "put", f"{URL}{made['id']}/", HOURS).json()
        assert changed == {**made, **HOURS, "start_date": None, "end_date": None, "note": ""}
        assert list(refusals(send(ana_client, "put", f"{URL}{made['id']}/", {}))) == ["/start_date"]

    @pytest.mark.parametrize("method", ["put", "patch", "delete"])
    def test_a_stale_version_is_refused(self, ana_client, method):
        made = create(ana_client, **HOURS)
        url = f"{URL}{made['id']}/"
        etag = ana_client.get(url)["ETag"]
        assert send(ana_client, "patch", url, {"note": "A"}, if_match=etag).status_code == 200
        stale = send(ana_client, method, url, DAYS, if_match=etag)
        assert (stale.status_code, stale.json()["code"]) == (412, "etag_mismatch")
        assert ana_client.get(url).json() == {**made, "note": "A"}

    def test_an_answers_version_is_the_stored_ones(self, ana_client):
        response = send(ana_client, "post", URL, {**HOURS, "start": "2026-07-01T08:00:00.123Z"})
        url = f"{URL}{response.json()['id']}/"
        assert response["ETag"] == ana_client.get(url)["ETag"]
        assert send(ana_client, "put", url, DAYS, if_match=response["ETag"]).status_code == 200

    def test_deleting(self, ana_client):
        made = create(ana_client, **DAYS)
        assert ana_client.delete(f"{URL}{made['id']}/").status_code == 204
        assert ana_client.get(f"{URL}{made['id']}/").status_code == 404


class TestOwnership:
    def test_those_of_others_do_not_exist(self, ana_client, charlie):
        theirs = OutOfOffice.objects.create(
            user=charlie, start_date="2026-07-01", end_date="2026-07-02"
        )
        for pk in (theirs.pk, uuid4()):
            url = f"{URL}{pk}/"
            answers = [
                ana_client.get(url),
                send(ana_client, "put", url, DAYS),
                send(ana_client, "patch", url, DAYS),
                ana_client.delete(url),
            ]
            assert [answer.status_code for answer in answers] == [404] * 4
        assert ana_client.get(URL).json()["results"] == []
        assert OutOfOffice.objects.get().end_date.isoformat() == "2026-07-02"

    def test_a_visitor_is_asked_to_sign_in(self, db):
        answers = [Client().get(URL), send(Client(), "post", URL, DAYS)]
        assert [answer.status_code for answer in answers] == [401, 401]


class TestList:
    @pytest.fixture
    def notes(self, ana_client):
        """Six of them, made in no order; Ana is in Lisbon, an hour ahead of UTC in summer."""
        for note, body in [
            ("4 afternoon", {"start": "2026-07-02T13:00:00Z", "end": "2026-07-02T14:00:00Z"}),
            ("5 next week", {"start_date": "2026-07-08", "end_date": "2026-07-09"}),
            ("3 late evening", {"start": "2026-07-01T23:30:00Z", "end": "2026-07-02T00:30:00Z"}),
            ("1 day", {"start_date": "2026-07-01", "end_date": "2026-07-02"}),
            ("2 morning", {"start": "2026-07-01T07:00:00Z", "end": "2026-07-01T08:00:00Z"}),
            ("6 winter", {"start_date": "2026-12-24", "end_date": "2027-01-03"}),
        ]:
            create(ana_client, **body, note=note)
        return [
            "1 day", "2 morning", "3 late evening", "4 afternoon", "5 next week", "6 winter",
        ]  # fmt: skip

    def test_the_soonest_come_first(self, ana_client, notes):
        assert [item["note"] for item in ana_client.get(URL).json()["results"]] == notes

    def test_pages_by_cursor_there_and_back(self, ana_client, notes):
        seen, url = [], f"{URL}?page_size=2"
        while url:
            page = ana_client.get(url).json()
            seen += [item["note"] for item in page["results"]]
            last, url = page, page["next"]
        assert seen == notes
        before = ana_client.get(last["previous"]).json()["results"]
        assert [item["note"] for item in before] == notes[2:4]

    def test_many_on_one_date_are_paged_through_once_each(self, ana_client):
        made = {create(ana_client, **DAYS)["id"] for _ in range(7)}
        seen, url = [], f"{URL}?page_size=2"
        while url:
            page = ana_client.get(url).json()
            seen += [item["id"] for item in page["results"]]
            url = page["next"]
        assert (len(seen), set(seen)) == (7, made)

    @pytest.mark.parametrize(
        ("ends_after", "first"),
        [
            ("2026-07-02T22:59:59Z", "1 day"),  # still the second of July in Lisbon
            ("2026-07-02T23:00:00Z", "5 next week"),
            ("2027-01-03T12:00:00+00:00", "6 winter"),
        ],
    )
    def test_what_is_over_is_left_out(self, ana_client, notes, ends_after, first):
        results = ana_client.get(URL, {"ends_after": ends_after}).json()["results"]
        assert results[0]["note"] == first

    def test_what_ends_at_that_instant_is_over(self, ana_client):
        create(ana_client, **HOURS)
        assert ana_client.get(URL, {"ends_after": HOURS["end"]}).json()["results"] == []
        earlier = ana_client.get(URL, {"ends_after": "2026-07-01T09:29:59Z"})
        assert len(earlier.json()["results"]) == 1

    @pytest.mark.parametrize("value", ["soon", "2026-07-01", "", "2026-07-01T08:00:00"])
    def test_a_wrong_instant_is_named(self, ana_client, value):
        found = refusals(ana_client.get(URL, {"ends_after": value}), status=400)
        assert "offset" in found["/ends_after"]

    @pytest.mark.parametrize("cursor", ["x", "cD0yMDI2", "cD1ub25zZW5zZQ==", "cD0yMDI2LTAyLTMw"])
    def test_a_cursor_that_is_none_is_not_found(self, ana_client, cursor):
        create(ana_client, **DAYS)
        answer = ana_client.get(URL, {"cursor": cursor})
        assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")

    def test_takes_as_many_queries_for_thirty_as_for_one(
        self, ana_client, django_assert_max_num_queries
    ):
        for _ in range(30):
            create(ana_client, **DAYS)
        with django_assert_max_num_queries(3):
            assert len(ana_client.get(URL).json()["results"]) == 30
