"""VTIMEZONE components from zoneinfo (RFC 5545, 3.6.5).

Not icalendar's own generator: it writes the onset of a clock change in the new offset, RFC 5545
wants it in the old one (TZOFFSETFROM); read by the book its summer begins an hour late.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard
from icalendar.prop import vRecur

_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
# A yearly rule is written only when the tz database agrees with it for this many years.
_RULE_YEARS = 8
_DAY = timedelta(days=1)
_SECOND = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Transition:
    """A change of offset: `onset` is the wall time at which it happens, by the old offset."""

    onset: datetime
    offset_from: timedelta
    offset_to: timedelta
    name: str

    @property
    def is_daylight(self) -> bool:
        """Forward is daylight time; so Dublin reads like its neighbours."""
        return self.offset_to > self.offset_from


def vtimezone(zone: ZoneInfo, *, starts_at: datetime, ends_at: datetime) -> Timezone:
    """The zone's rules around an event between two UTC instants.

    Yearly rules (RRULE) where the zone has them, for old clients know no other; else each
    change of offset from a year before to a year after the event.
    """
    component = Timezone()
    component.add("TZID", zone.key)
    for observance in _observances(zone, starts_at.year, ends_at.year):
        component.add_component(_component(*observance))
    return component


@lru_cache(maxsize=256)
def _observances(
    zone: ZoneInfo, first_year: int, last_year: int
) -> tuple[tuple[Transition, str | None], ...]:
    """The changes to write, each with its yearly rule or None."""
    transitions = list(find_transitions(zone, first_year - 2, last_year + _RULE_YEARS))
    yearly = _yearly_rules(transitions, first_year - 1, last_year + _RULE_YEARS)
    if yearly:
        return yearly
    before = [change for change in transitions if change.onset.year < first_year]
    around = [change for change in transitions if first_year <= change.onset.year <= last_year + 1]
    chosen = [*before[-1:], *around]
    if not before:
        chosen.insert(0, _initial(zone, first_year))
    return tuple((change, None) for change in chosen)


def find_transitions(zone: ZoneInfo, first_year: int, last_year: int) -> Iterator[Transition]:
    """Every change of offset between the beginnings of two years, to the second."""
    moment = datetime(max(first_year, 1970), 1, 1, tzinfo=UTC)
    end = datetime(min(last_year + 1, 9990), 1, 1, tzinfo=UTC)
    while moment < end:
        following = moment + _DAY
        if _offset(zone, following) != _offset(zone, moment):
            low, high = moment, following
            while high - low > _SECOND:
                middle = low + ((high - low) // 2 // _SECOND) * _SECOND
                if _offset(zone, middle) == _offset(zone, low):
                    low = middle
                else:
                    high = middle
            old, new = _offset(zone, low), _offset(zone, high)
            onset = (high + old).replace(tzinfo=None)
            yield Transition(onset, old, new, high.astimezone(zone).tzname() or zone.key)
        moment = following


def _yearly_rules(
    transitions: list[Transition], first_year: int, last_year: int
) -> tuple[tuple[Transition, str | None], ...]:
    """Two rules when the zone changes twice a year by the same rule throughout, else nothing."""
    found: list[tuple[Transition, str | None]] = []
    for is_daylight in (False, True):
        changes = {
            change.onset.year: change
            for change in transitions
            if change.is_daylight is is_daylight and first_year <= change.onset.year <= last_year
        }
        count = sum(
            change.is_daylight is is_daylight and first_year <= change.onset.year <= last_year
            for change in transitions
        )
        if count != last_year - first_year + 1 or len(changes) != count:
            return ()
        rule = _common_rule(list(changes.values()))
        if rule is None:
            return ()
        found.append((changes[first_year], rule))
    return tuple(found)


def _common_rule(changes: list[Transition]) -> str | None:
    """ "BYMONTH=3;BYDAY=-1SU" if all changes agree on it and on clock and offsets."""
    first = changes[0]
    for position in (_from_start, _from_end):
        facts = {
            (
                change.onset.month,
                change.onset.weekday(),
                change.onset.time(),
                change.offset_from,
                change.offset_to,
                position(change.onset),
            )
            for change in changes
        }
        if len(facts) == 1:
            day = _WEEKDAYS[first.onset.weekday()]
            return f"FREQ=YEARLY;BYMONTH={first.onset.month};BYDAY={position(first.onset)}{day}"
    return None


def _from_start(day: datetime) -> int:
    return (day.day - 1) // 7 + 1


def _from_end(day: datetime) -> int:
    weeks = 0
    while (day + timedelta(weeks=weeks)).month == day.month:
        weeks += 1
    return -weeks


def _initial(zone: ZoneInfo, year: int) -> Transition:
    offset = _offset(zone, datetime(year, 1, 1, tzinfo=UTC))
    name = datetime(year, 1, 1, tzinfo=zone).tzname() or zone.key
    return Transition(datetime.fromisoformat("1970-01-01T00:00:00"), offset, offset, name)


def _offset(zone: ZoneInfo, instant: datetime) -> timedelta:
    offset = instant.astimezone(zone).utcoffset()
    assert offset is not None
    return offset


def _component(change: Transition, rule: str | None) -> TimezoneStandard | TimezoneDaylight:
    component = TimezoneDaylight() if change.is_daylight else TimezoneStandard()
    component.DTSTART = change.onset
    component.TZOFFSETFROM = change.offset_from
    component.TZOFFSETTO = change.offset_to
    component.add("TZNAME", change.name)
    if rule is not None:
        component.add("RRULE", vRecur.from_ical(rule))
    return component
