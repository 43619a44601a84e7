"""Everything that decides when hosts are open, in a few queries for any number of hosts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import TypeVar
from uuid import UUID

from django.db.models import Q

from apps.availability import engine
from apps.availability.models import HolidayCalendar, OutOfOffice, Schedule, Travel
from apps.availability.public_holidays import list_holiday_dates
from apps.availability.selectors.stored_hours import to_engine
from apps.availability.years import FIRST_YEAR, LAST_YEAR

_KEPT_RANGES = 16
_Item = TypeVar("_Item")


@dataclass(frozen=True, slots=True)
class _Holidays:
    """A host's holiday calendar: on `open_dates` the host is open nevertheless."""

    country: str
    region: str
    open_dates: frozenset[str]

    def between(self, first_year: int, last_year: int) -> tuple[engine.DayOff, ...]:
        return tuple(
            day
            for year in range(first_year, last_year + 1)
            for day in _days_of_year(self.country, self.region, year)
            if day.first.isoformat() not in self.open_dates
        )


@lru_cache(maxsize=1024)
def _days_of_year(country: str, region: str, year: int) -> tuple[engine.DayOff, ...]:
    return tuple(
        engine.DayOff(day, day, "holiday", f"holiday:{day}")
        for day in list_holiday_dates(country, region, year)
    )


class Hours:
    """A host's chosen schedule with their travel, time off and public holidays.

    Shared between requests and threads: nothing that can be seen of it ever changes.
    """

    __slots__ = ("_by_years", "_holidays", "_schedules", "timezone")

    def __init__(self, schedule: engine.Schedule | None, holidays: _Holidays | None) -> None:
        self._schedules = () if schedule is None else (schedule,)
        self._holidays = holidays
        self._by_years: dict[tuple[int, int], tuple[engine.Schedule, ...]] = {}
        self.timezone = schedule and schedule.timezone
        """The IANA zone of the chosen schedule; None when the host has no schedule at all."""

    def schedules(self, first: date, last: date) -> tuple[engine.Schedule, ...]:
        """What the engine takes, with the holidays of these local dates and some around them.

        The same objects for the same years, so the engine expands them once. Empty (never open)
        for a host without a schedule.
        """
        if self._holidays is None or not self._schedules:
            return self._schedules
        # Two days more on either side: dates differ between zones.
        years = (
            max(first.year - (first.month == 1 and first.day <= 2), FIRST_YEAR),
            min(last.year + (last.month == 12 and last.day >= 30), LAST_YEAR),
        )
        found = self._by_years.get(years)
        if found is None:
            if len(self._by_years) >= _KEPT_RANGES:
                self._by_years.clear()
            found = self._by_years.setdefault(years, self._with_holidays(*years))
        return found

    def _with_holidays(self, first_year: int, last_year: int) -> tuple[engine.Schedule, ...]:
        days = self._holidays.between(first_year, last_year) if self._holidays else ()
        return tuple(
            replace(schedule, days_off=(*schedule.days_off, *days)) for schedule in self._schedules
        )


def hours_of(*, choices: Mapping[UUID, UUID | None]) -> dict[UUID, Hours]:
    """Each host's hours, by host, in four queries for any number of hosts.

    `choices` are hosts' ids with the id of the schedule that they chose; None, a schedule that is
    gone and one of somebody else mean the host's default. Times off are read however long they are
    over: hours are kept for long and know no clock.
    """
    travels = _travels_of(choices)
    absences, days_off = _times_off_of(choices)
    holidays = _holidays_of(choices)
    schedules = {
        host: replace(
            schedule,
            travel=tuple(travels.get(host, ())),
            out_of_office=tuple(absences.get(host, ())),
            days_off=tuple(days_off.get(host, ())),
        )
        for host, schedule in _schedules_of(choices).items()
    }
    return {host: Hours(schedules.get(host), holidays.get(host)) for host in choices}


def _schedules_of(choices: Mapping[UUID, UUID | None]) -> dict[UUID, engine.Schedule]:
    chosen = {schedule for schedule in choices.values() if schedule}
    rows = Schedule.objects.filter(
        Q(is_default=True) | Q(id__in=chosen), user_id__in=list(choices)
    ).values_list("user_id", "is_default", "id", "timezone", "weekly", "overrides", "rules")
    best = {}
    # The default ones first, so that the chosen ones replace them.
    for host, is_default, id, *hours in sorted(rows, key=lambda row: not row[1]):
        if is_default or choices[host] == id:
            best[host] = (str(id), *hours)
    return {host: to_engine(*row) for host, row in best.items()}


def _travels_of(hosts: Collection[UUID]) -> dict[UUID, list[engine.Travel]]:
    rows = Travel.objects.filter(user_id__in=list(hosts)).order_by("start_date")
    return _by_host(
        (host, engine.Travel(first, last, timezone))
        for host, first, last, timezone in rows.values_list(
            "user_id", "start_date", "end_date", "timezone"
        )
    )


def _times_off_of(
    hosts: Collection[UUID],
) -> tuple[dict[UUID, list[engine.Busy]], dict[UUID, list[engine.DayOff]]]:
    """Spans of instants, and whole local dates."""
    spans: list[tuple[UUID, engine.Busy]] = []
    days: list[tuple[UUID, engine.DayOff]] = []
    rows = OutOfOffice.objects.filter(user_id__in=list(hosts)).values_list(
        "user_id", "id", "start_date", "end_date", "starts_at", "ends_at"
    )
    for host, id, first, last, start, end in rows.order_by("start_date", "starts_at", "id"):
        if first and last:
            days.append((host, engine.DayOff(first, last, "out_of_office", str(id))))
        elif start and end:
            spans.append((host, engine.Busy.between(start, end, str(id))))
    return _by_host(spans), _by_host(days)


def _holidays_of(hosts: Collection[UUID]) -> dict[UUID, _Holidays]:
    rows = HolidayCalendar.objects.filter(user_id__in=list(hosts))
    return {
        host: _Holidays(country, region, frozenset(map(str, open_dates)))
        for host, country, region, open_dates in rows.values_list(
            "user_id", "country", "region", "open_dates"
        )
    }


def _by_host(pairs: Iterable[tuple[UUID, _Item]]) -> dict[UUID, list[_Item]]:
    grouped: dict[UUID, list[_Item]] = defaultdict(list)
    for host, item in pairs:
        grouped[host].append(item)
    return grouped
