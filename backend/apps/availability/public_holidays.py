"""Public holidays by country and region: the only module that knows the `holidays` library.

The library is imported when it is first asked for something: it costs megabytes, and most
processes never need it.
"""

from __future__ import annotations

import unicodedata
import warnings
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from types import ModuleType
from typing import Any

from babel import Locale, UnknownLocaleError

from apps.availability.years import FIRST_YEAR, LAST_YEAR

_LANGUAGE = "en_US"
# The library speaks of one Norwegian, locales of two.
_SAME_LANGUAGE = {"nb": "no", "nn": "no"}


@dataclass(frozen=True, slots=True)
class Region:
    """A part of a country with holidays of its own; `code` is the library's, mostly ISO 3166-2."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Country:
    """A country with a calendar; `code` is ISO 3166-1 alpha-2."""

    code: str
    name: str
    regions: tuple[Region, ...]


@lru_cache(maxsize=1)
def _library() -> ModuleType:
    import holidays

    # Some calendars (India's) end after some years; then there are no holidays, which is fine.
    warnings.filterwarnings("ignore", message="Requested Holidays", category=UserWarning)
    return holidays


@lru_cache(maxsize=1)
def _regions_by_country() -> dict[str, tuple[str, ...]]:
    countries = _library().list_supported_countries(include_aliases=False)
    return {code: tuple(regions) for code, regions in countries.items()}


def is_country(country: str) -> bool:
    """Whether there is a calendar of that ISO 3166-1 alpha-2 code, in capitals."""
    return country in _regions_by_country()


def list_region_codes(country: str) -> tuple[str, ...]:
    """The codes of the country's regions; none for an unknown country."""
    return _regions_by_country().get(country, ())


@lru_cache(maxsize=1024)
def list_holiday_dates(country: str, region: str, year: int) -> tuple[date, ...]:
    """The dates of a year's public holidays, sorted; `region` "" means the whole country's.

    None at all for a country that the library does not know (any more), and outside 2000 to 2199;
    an unknown region has its country's.
    """
    return tuple(sorted(_calendar(country, region, year, _LANGUAGE)))


def is_holiday(country: str, region: str, day: date) -> bool:
    """Whether that date is a public holiday there."""
    return day in list_holiday_dates(country, region, day.year)


def get_holiday_names(country: str, region: str, year: int, locale: str) -> dict[date, str]:
    """The names of the same dates, sorted, in a BCP 47 locale where the library has it.

    Else in English, else in the country's own language.
    """
    if not is_country(country):
        return {}
    known = getattr(_library(), country).supported_languages
    names = _calendar(country, region, year, _choose_language(known, _parse(locale)))
    return dict(sorted(names.items()))


def list_countries(locale: str) -> tuple[Country, ...]:
    """Every country with a calendar by its name in a BCP 47 locale (else in English), sorted."""
    return _list_countries(str(_parse(locale)))


@lru_cache(maxsize=16)
def _list_countries(locale: str) -> tuple[Country, ...]:
    names = Locale.parse(locale).territories
    countries = (
        Country(code, names.get(code, code), _name_regions(code, regions))
        for code, regions in _regions_by_country().items()
    )
    return tuple(sorted(countries, key=lambda country: _sort_key(country.name)))


def _name_regions(country: str, codes: Iterable[str]) -> tuple[Region, ...]:
    names: dict[str, str] = {}
    for name, code in getattr(_library(), country).subdivisions_aliases.items():
        # Several spellings may lead to a code, some of them old codes themselves.
        if not name.isupper():
            names.setdefault(code, name)
    regions = (Region(code, names.get(code, code)) for code in codes)
    return tuple(sorted(regions, key=lambda region: _sort_key(region.name)))


def _sort_key(name: str) -> str:
    """Letters with marks beside those without."""
    parts = unicodedata.normalize("NFKD", name)
    return "".join(char for char in parts if not unicodedata.combining(char)).casefold()


def _parse(locale: str) -> Locale:
    try:
        return Locale.parse(locale.replace("_", "-"), sep="-")
    except (ValueError, UnknownLocaleError):
        return Locale("en")


def _choose_language(known: Iterable[str], locale: Locale) -> str:
    """The one of `known` (such as "de", "en_GB") that is nearest to the locale."""
    language = _SAME_LANGUAGE.get(locale.language, locale.language)
    wishes = (f"{language}_{locale.territory}", language, f"{language}_", _LANGUAGE)
    for wish in wishes:
        for name in known:
            if name == wish or (wish.endswith("_") and name.startswith(wish)):
                return name
    return _LANGUAGE


def _calendar(country: str, region: str, year: int, language: str) -> dict[date, str]:
    """Names by date. The library would take a language left out from the process's environment."""
    if not is_country(country) or not FIRST_YEAR <= year <= LAST_YEAR:
        return {}
    calendar: Any = _library().country_holidays(
        country,
        subdiv=region if region in list_region_codes(country) else None,
        years=year,
        expand=False,
        language=language,
    )
    return {day: name for day, name in calendar.items() if day.year == year}
