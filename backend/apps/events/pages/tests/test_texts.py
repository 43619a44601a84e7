"""Catalogues are complete, and dates are said as each language says them."""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from babel import Locale
from django.test import RequestFactory

from apps.events.pages import catalogue
from apps.events.pages.wording import Wording, place_of

FOLDER = Path(catalogue.__file__).parent / "messages"
ENGLISH = json.loads((FOLDER / "en.json").read_text())
_PLURAL = re.compile(r"_(zero|one|two|few|many|other)$")
_HOLE = re.compile(r"\{(\w+)\}")


def _holes(message: str) -> set[str]:
    # A plural form may say its number in a word.
    return set(_HOLE.findall(message)) - {"count"}


@pytest.mark.parametrize("language", sorted(catalogue.languages()))
@pytest.mark.parametrize("part", ["script", "page"])
def test_each_catalogue_says_everything_with_the_same_holes(language, part):
    table = json.loads((FOLDER / f"{language}.json").read_text())[part]
    stems = {_PLURAL.sub("", key) for key in ENGLISH[part]}
    assert {_PLURAL.sub("", key) for key in table} == stems
    for key, message in table.items():
        model = ENGLISH[part].get(key) or ENGLISH[part][_PLURAL.sub("_other", key)]
        assert _holes(message) == _holes(model), key


@pytest.mark.parametrize("language", sorted(catalogue.languages()))
def test_each_catalogue_has_the_plural_forms_of_its_language(language):
    table = json.loads((FOLDER / f"{language}.json").read_text())["script"]
    forms = set(Locale(language).plural_form.tags) | {"other"}
    for stem in ("day_times", "error_rate", "seats_left"):
        assert {
            key.removeprefix(f"{stem}_") for key in table if key.startswith(f"{stem}_")
        } == forms


def test_the_catalogue_has_no_text_that_no_page_uses():
    """The other direction is TypeScript's: its keys are typed from the English catalogue."""
    events = Path(catalogue.__file__).parent.parent
    public = events.parents[2] / "frontend" / "src" / "public"
    scripts = "".join(path.read_text() for path in public.rglob("*.ts*"))
    # Parts of the day are looked up by the name that the grouping gives them.
    scripts += "morning afternoon evening"
    pages = "".join(path.read_text() for path in events.rglob("*.py"))
    pages += "".join(path.read_text() for path in events.rglob("*.html"))
    assert {key for key in ENGLISH["script"] if _PLURAL.sub("", key) not in scripts} == set()
    states = re.compile(r"(status_\w+|\w+_title|\w+_lead)")
    named = {key for key in ENGLISH["page"] if states.fullmatch(key) or f'"{key}"' in pages}
    assert set(ENGLISH["page"]) - named == set()


@pytest.mark.parametrize(
    ("query", "header", "fallback", "expected"),
    [
        ({}, "en-GB,de;q=0.5", "ar", "en_GB"),
        ({}, "fr,de-AT;q=0.8,en;q=0.1", "en", "de_AT"),
        ({}, "fr", "ar", "ar"),
        ({}, "", "xx", "en"),
        ({"lang": "ar"}, "en", "en", "ar"),
        ({"lang": "../../etc"}, "*;q=garbage", "en", "en"),
    ],
)
def test_the_visitors_language_as_far_as_there_is_a_catalogue(query, header, fallback, expected):
    request = RequestFactory().get("/", query, HTTP_ACCEPT_LANGUAGE=header)
    assert str(catalogue.choose_locale(request, fallback=fallback)) == expected


def test_days_and_times_in_words():
    noon = datetime(2027, 3, 11, 12, 5, tzinfo=UTC)
    british = Wording(Locale("en", "GB"))
    assert british.moment(noon, "Europe/Berlin") == "Thursday 11 March, 13:05"
    german = Wording(Locale("de"))
    assert german.day(date(2027, 3, 11)) == "Donnerstag 11. März"
    assert Wording(Locale("ar")).direction == "rtl"
    egyptian = Wording(Locale("ar", "EG"))
    assert "١١" in egyptian.day(date(2027, 3, 11))
    assert egyptian.text("minutes", count=30).startswith("٣٠")


def test_seats_in_the_plural_of_the_language():
    seats = {1: "1 seat left", 6: "6 seats left"}
    british = Wording(Locale("en", "GB"))
    assert {count: british.plural("seats_left", count) for count in seats} == seats
    assert Wording(Locale("ar", "EG")).plural("seats_left", 3).startswith("٣ ")


def test_the_hosts_time_is_said_when_it_differs():
    british = Wording(Locale("en", "GB"))
    late = datetime(2027, 3, 11, 23, 30, tzinfo=UTC)

    def at(zone: str) -> str:
        return british.host_time(late, zone=zone, host_zone="Europe/Lisbon", name="Ana Duarte")

    assert at("Europe/London") == ""
    assert at("America/New_York") == "23:30 for Ana"
    assert at("Asia/Tokyo") == "Thursday 11 March, 23:30 for Ana"


def test_zones_are_called_by_their_place():
    assert place_of("America/Argentina/Buenos_Aires") == "Buenos Aires, Argentina"
    assert place_of("UTC") == "UTC"
