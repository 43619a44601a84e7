"""Public holidays by country and region: the only module that knows the `holidays` library.

The library is imported when it is first asked for something: it costs megabytes, and most
installations' processes never need it.
"""

from __future__ import annotations

import warnings
from datetime import date
from functools import lru_cache
from types import ModuleType
from typing import Any

FIRST_YEAR, LAST_YEAR = 2000, 2199


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


def is_region(country: str, region: str) -> bool:
    """Whether the country's calendar knows a region of that code."""
    return region in _regions_by_country().get(country, ())


@lru_cache(maxsize=1024)
def holidays_of_year(country: str, region: str, year: int) -> tuple[date, ...]:
    """The dates of a year's public holidays, sorted; `region` "" means the whole country's.

    None at all for a country that the library does not know, and outside 2000 to 2199; a region
    that it does not know (any more) has its country's.
    """
    return tuple(sorted(_calendar(country, region, year)))


def _calendar(country: str, region: str, year: int, language: str = "en_US") -> dict[date, str]:
    """Names by date. The language is never left to the process's environment."""
    if not is_country(country) or not FIRST_YEAR <= year <= LAST_YEAR:
        return {}
    calendar: Any = _library().country_holidays(
        country,
        subdiv=region if is_region(country, region) else None,
        years=year,
        expand=False,
        language=language,
    )
    return {day: name for day, name in calendar.items() if day.year == year}
