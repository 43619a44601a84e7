"""Public holidays over HTTP: what can be chosen, what is refused and with which cure."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.db import connection
from django.test import Client

from apps.availability.models import HolidayCalendar
from apps.availability.public_holidays import list_countries, list_holiday_dates
from tests.cast import NOW

URL = "/api/v1/availability/holidays/"
NOTHING = {"country": "", "region": "", "open_dates": [], "days": []}
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel(NOW, tick=False):
        yield


def send(client, method, body, **headers):
    return getattr(client, method)(URL, body, content_type="application/json", headers=headers)


def choose(client, **body):
    response = send(client, "put", body)
    assert response.status_code == 200, response.content
    return response.json()


def refusals(response, status=422):
    assert response.status_code == status, response.content
    return {error["pointer"]: error["detail"] for error in response.json()["errors"]}


def speak(user, locale):
    user.locale = locale
    user.save()


class TestChoice:
    def test_at_first_there_is_none(self, ana_client):
        assert ana_client.get(URL).json() == NOTHING

    def test_a_country_and_region_with_a_day_kept_open(self, ana_client):
        made = choose(ana_client, country="DE", region="BY", open_dates=["2026-12-26"])
        assert (made["country"], made["region"], made["open_dates"]) == ("DE", "BY", ["2026-12-26"])
        days = {day["date"]: day for day in made["days"]}
        assert days["2026-12-26"]["is_open"] is True
        assert days["2026-12-25"]["is_open"] is False
        assert "2026-01-06" in days  # Epiphany: Bavaria's, not the whole country's
        assert ana_client.get(URL).json() == made

    def test_days_reach_from_this_new_year_to_the_end_of_the_next_year(self, ana_client):
        dates = [day["date"] for day in choose(ana_client, country="DE")["days"]]
        assert dates == sorted(dates)
        assert (dates[0], dates[-1]) == ("2026-01-01", "2027-12-26")

    def test_this_year_is_the_users(self, client, ana):
        ana.timezone = "Pacific/Kiritimati"  # 14 hours ahead of UTC
        ana.save()
        with time_machine.travel(datetime(2026, 12, 31, 12, tzinfo=UTC), tick=False):
            client.force_login(ana)
            dates = [day["date"] for day in choose(client, country="DE")["days"]]
        assert (dates[0], dates[-1]) == ("2027-01-01", "2028-12-26")

    def test_open_dates_are_kept_in_order_and_once(self, ana_client):
        dates = ["2026-12-26", "2026-12-25", "2026-12-26"]
        made = choose(ana_client, country="DE", open_dates=dates)
        assert made["open_dates"] == ["2026-12-25", "2026-12-26"]

    def test_put_forgets_what_is_left_out(self, ana_client):
        choose(ana_client, country="DE", region="BY", open_dates=["2026-12-26"])
        made = choose(ana_client, country="DE")
        assert (made["region"], made["open_dates"]) == ("", [])
        assert "2026-01-06" not in {day["date"] for day in made["days"]}

    def test_patch_keeps_what_is_left_out(self, ana_client):
        choose(ana_client, country="DE", region="BY")
        made = send(ana_client, "patch", {"open_dates": ["2026-12-26"]}).json()
        assert (made["country"], made["region"]) == ("DE", "BY")
        made = send(ana_client, "patch", {"region": "BE"}).json()
        assert (made["region"], made["open_dates"]) == ("BE", ["2026-12-26"])

    def test_moving_keeps_open_dates_that_are_holidays_there(self, ana_client):
        choose(ana_client, country="DE", region="BY", open_dates=["2026-01-06", "2026-12-25"])
        made = send(ana_client, "patch", {"country": "FR"}).json()
        assert (made["country"], made["region"]) == ("FR", "")
        assert made["open_dates"] == ["2026-12-25"]

    def test_what_is_answered_can_be_sent_back(self, ana, ana_client):
        # The second of February was a holiday when it was stored, and is none any more.
        dates = ["2026-02-02", "2026-12-26", "2031-12-26"]
        HolidayCalendar.objects.create(user=ana, country="DE", open_dates=dates)
        seen = ana_client.get(URL).json()["open_dates"]
        assert seen == ["2026-12-26", "2031-12-26"]
        assert send(ana_client, "patch", {"open_dates": seen}).json()["open_dates"] == seen

    @pytest.mark.parametrize("method", ["put", "patch"])
    def test_no_country_ends_it(self, ana_client, method):
        choose(ana_client, country="DE", region="BY", open_dates=["2026-12-26"])
        assert send(ana_client, method, {"country": ""}).json() == NOTHING
        assert not HolidayCalendar.objects.exists()

    def test_deleting_ends_it_too(self, ana_client):
        choose(ana_client, country="DE")
        assert [ana_client.delete(URL).status_code for _ in range(2)] == [204, 204]
        assert ana_client.get(URL).json() == NOTHING

    def test_each_user_has_their_own(self, ana_client, charlie):
        HolidayCalendar.objects.create(user=charlie, country="FR")
        assert ana_client.get(URL).json() == NOTHING
        choose(ana_client, country="DE")
        ana_client.delete(URL)
        assert HolidayCalendar.objects.get().country == "FR"

    def test_a_stale_version_is_refused(self, ana_client):
        etag = ana_client.get(URL)["ETag"]
        made = send(ana_client, "put", {"country": "DE"}, if_match=etag)
        assert made["ETag"] == ana_client.get(URL)["ETag"] != etag
        stale = [
            send(ana_client, method, {"country": "FR"}, if_match=etag)
            for method in ("put", "patch", "delete")
        ]
        assert [answer.status_code for answer in stale] == [412] * 3
        assert ana_client.get(URL).json()["country"] == "DE"

    def test_a_visitor_is_asked_to_sign_in(self):
        answers = [Client().get(URL), send(Client(), "put", {}), Client().get(f"{URL}countries/")]
        assert [answer.status_code for answer in answers] == [401] * 3


def test_the_library_is_not_waited_for_under_the_lock(ana_client):
    """On SQLite nobody else can write then."""
    list_holiday_dates.cache_clear()
    computed = []

    def note(execute, sql, params, many, context):
        if not sql.startswith("SELECT"):
            computed.append(list_holiday_dates.cache_info().misses)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        choose(ana_client, country="TR", open_dates=["2025-01-01", "2031-01-01"])
    assert len(computed) >= 2
    assert set(computed) == {2}


REFUSED = [
    ({"country": "XX"}, "/country", "list of countries"),
    ({"country": "de"}, "/country", "such as DE"),
    ({"country": "DEU"}, "/country", "list of countries"),
    ({"country": "date"}, "/country", "list of countries"),
    ({"country": "__class__"}, "/country", "list of countries"),
    ({"country": "ß"}, "/country", "list of countries"),
    ({"country": "nul\x00"}, "/country", "NUL"),
    ({"country": None}, "/country", "null"),
    ({"country": 49}, "/country", ""),
    ({}, "/country", "required"),
    ({"country": "DE", "region": "Bayern"}, "/region", "BY"),
    ({"country": "DE", "region": "75"}, "/region", "Leave it empty"),
    ({"country": "DE", "region": None}, "/region", "null"),
    ({"country": "MC", "region": "X"}, "/region", "no regions"),
    ({"country": "", "region": "BY"}, "/region", "country first"),
    ({"country": "", "open_dates": ["2026-12-25"]}, "/open_dates", "country first"),
    ({"country": "DE", "open_dates": "2026-12-25"}, "/open_dates", "list"),
    ({"country": "DE", "open_dates": {"0": "2026-12-25"}}, "/open_dates", "list"),
    ({"country": "DE", "open_dates": ["2026-12-25", "Easter"]}, "/open_dates/1", "YYYY-MM-DD"),
    ({"country": "DE", "open_dates": ["2026-02-30"]}, "/open_dates/0", "YYYY-MM-DD"),
    ({"country": "DE", "open_dates": ["1999-12-25"]}, "/open_dates/0", "2000 to 2199"),
    ({"country": "DE", "open_dates": ["2200-12-25"]}, "/open_dates/0", "2000 to 2199"),
    ({"country": "DE", "open_dates": [20261225]}, "/open_dates/0", ""),
    ({"country": "DE", "open_dates": [None]}, "/open_dates/0", "null"),
    ({"country": "DE", "open_dates": ["2026-12-24"]}, "/open_dates/0", "not a public holiday"),
    (
        {"country": "DE", "region": "BE", "open_dates": ["2026-01-06"]},
        "/open_dates/0",
        "DE (BE): leave it out",
    ),
    ({"country": "DE", "open_dates": ["2026-12-25"] * 201}, "/open_dates", "200"),
]


class TestRefusals:
    @pytest.mark.parametrize(("body", "pointer", "cure"), REFUSED)
    def test_the_field_and_the_cure_are_named(self, ana_client, body, pointer, cure):
        found = refusals(send(ana_client, "put", body))
        assert list(found) == [pointer]
        assert cure in found[pointer]
        assert not HolidayCalendar.objects.exists()

    def test_every_problem_is_told_at_once(self, ana_client):
        body = {"country": "DE", "region": "XX", "open_dates": ["2026-12-24", "soon"]}
        assert set(refusals(send(ana_client, "put", body))) == {
            "/region",
            "/open_dates/0",
            "/open_dates/1",
        }

    def test_a_refused_change_leaves_everything_as_it_was(self, ana_client):
        made = choose(ana_client, country="DE", region="BY", open_dates=["2026-12-26"])
        refusals(send(ana_client, "patch", {"country": "", "region": "BY"}))
        refusals(send(ana_client, "patch", {"region": "XX"}))
        assert ana_client.get(URL).json() == made


class TestNames:
    @pytest.mark.parametrize(
        ("country", "locale", "name"),
        [
            ("DE", "en", "Christmas Day"),
            ("DE", "de-AT", "Erster Weihnachtstag"),
            ("DE", "xx", "Christmas Day"),
            ("CH", "fr", "Noël"),
            ("BR", "pt-PT", "Natal"),
            ("CN", "zh-Hans", None),
            ("NO", "nb", "Første juledag"),
        ],
    )
    def test_holidays_are_named_in_the_users_language(self, ana_client, ana, country, locale, name):
        speak(ana, locale)
        days = {day["date"]: day["name"] for day in choose(ana_client, country=country)["days"]}
        assert days.get("2026-12-25") == name

    def test_the_machines_language_does_not_matter(self, ana_client, monkeypatch):
        monkeypatch.setenv("LANGUAGE", "th")
        names = [day["name"] for day in choose(ana_client, country="BB")["days"]]
        assert all(name.isascii() for name in names)


class TestCountries:
    def countries(self, client):
        return {
            country["code"]: country
            for country in client.get(f"{URL}countries/").json()["countries"]
        }

    def test_with_their_regions(self, ana_client):
        found = self.countries(ana_client)
        assert len(found) > 200
        assert found["MC"] == {"code": "MC", "name": "Monaco", "regions": []}
        assert {"code": "BY", "name": "Bayern"} in found["DE"]["regions"]
        assert {"code": "BW", "name": "Baden-Württemberg"} in found["DE"]["regions"]

    def test_by_name_in_the_users_language(self, ana_client, ana):
        speak(ana, "de")
        names = [country["name"] for country in self.countries(ana_client).values()]
        assert "Deutschland" in names
        assert names.index("Ägypten") < names.index("Albanien")
        assert names.index("Österreich") < names.index("Portugal")

    def test_an_unknown_language_is_english(self, ana_client, ana):
        for locale in ("xx", "", "en_GB", "-", "zz-ZZ-zz"):
            speak(ana, locale)
            assert self.countries(ana_client)["DE"]["name"] == "Germany"

    def test_every_one_can_be_chosen(self, ana_client):
        """Each country and its last region answer, whatever the library does with them."""
        for country in list_countries("en"):
            region = country.regions[-1].code if country.regions else ""
            made = choose(ana_client, country=country.code, region=region)
            assert (made["country"], made["region"]) == (country.code, region)

    def test_region_codes_fit_and_no_two_countries_share_a_code(self):
        countries = list_countries("en")
        assert len({country.code for country in countries}) == len(countries)
        column = HolidayCalendar._meta.get_field("region").max_length
        assert max(len(r.code) for country in countries for r in country.regions) <= column
