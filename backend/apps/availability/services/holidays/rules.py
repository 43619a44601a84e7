"""What must hold for the choice of a holiday calendar. Source: semantics.md, 2.4."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from apps.availability.public_holidays import is_country, is_holiday, list_region_codes
from apps.availability.years import FIRST_YEAR, LAST_YEAR
from apps.common.errors import FieldError, ValidationFailed

MAX_OPEN_DATES = 200
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_SHOWN_REGIONS = 60


def check_holidays(*, country: str, region: str, open_dates: Any) -> list[str]:
    """The stored form of `open_dates`: sorted, each once. "" stands for no country or region.

    Raises `ValidationFailed` with everything that is wrong with the three.
    """
    problems = _find_place_problems(country, region)
    dates, wrong_dates = _read_open_dates(open_dates, country, region)
    problems += wrong_dates
    if problems:
        raise ValidationFailed(problems[0].detail, errors=problems)
    return dates


def _find_place_problems(country: str, region: str) -> list[FieldError]:
    if not country:
        cure = "Choose the country first."
        return [FieldError("/region", "no_country", cure)] if region else []
    if not is_country(country):
        cure = "Use a code of the list of countries, such as DE, or leave it empty for no holidays."
        return [FieldError("/country", "unknown_country", cure)]
    regions = list_region_codes(country)
    if region and not regions:
        cure = f"{country} has no regions; leave it empty."
        return [FieldError("/region", "unknown_region", cure)]
    if region and region not in regions:
        cure = f"{country} has no such region. Leave it empty, or use {_enumerate(regions)}."
        return [FieldError("/region", "unknown_region", cure)]
    return []


def _read_open_dates(
    document: Any, country: str, region: str
) -> tuple[list[str], list[FieldError]]:
    """Without a known country only their form is looked at."""
    if not isinstance(document, Sequence) or isinstance(document, str | bytes):
        return [], [FieldError("/open_dates", "invalid", "Must be a list of dates.")]
    if len(document) > MAX_OPEN_DATES:
        cure = f"At most {MAX_OPEN_DATES} are kept; remove {len(document) - MAX_OPEN_DATES}."
        return [], [FieldError("/open_dates", "too_many", cure)]
    if document and not country:
        cure = "Choose the country first; without one no date is a holiday."
        return [], [FieldError("/open_dates", "no_country", cure)]
    dates: set[str] = set()
    problems: list[FieldError] = []
    for index, item in enumerate(document):
        day = _read_date(item)
        if day is None:
            cure = (
                f"Write a date as YYYY-MM-DD, such as 2026-12-26, from {FIRST_YEAR} to {LAST_YEAR}."
            )
            problems.append(FieldError(f"/open_dates/{index}", "invalid_date", cure))
        elif is_country(country) and not is_holiday(country, region, day):
            place = f"{country} ({region})" if region else country
            cure = f"{day} is not a public holiday in {place}: leave it out."
            problems.append(FieldError(f"/open_dates/{index}", "no_holiday", cure))
        else:
            dates.add(day.isoformat())
    return sorted(dates), problems


def _read_date(value: Any) -> date | None:
    if not isinstance(value, str) or not _DATE.fullmatch(value):
        return None
    try:
        day = date.fromisoformat(value)
    except ValueError:
        return None
    return day if FIRST_YEAR <= day.year <= LAST_YEAR else None


def _enumerate(codes: Sequence[str]) -> str:
    if len(codes) > _SHOWN_REGIONS:
        return "a code of the list of countries"
    return f"one of {', '.join(sorted(codes))}"
