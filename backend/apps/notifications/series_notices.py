"""What a message about a whole series needs to know: a snapshot, as `BookingNotice` is of one."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields, replace
from datetime import UTC, datetime
from typing import Any

from apps.notifications.notices import BookingNotice, Party

_INSTANTS = ("starts_at", "ends_at", "previous_starts_at")


@dataclass(frozen=True, slots=True)
class SeriesOccurrence:
    """One booking of the series. `wall` (naive ISO) is where the rule has it: its RECURRENCE-ID."""

    position: int
    wall: str
    starts_at: datetime
    ends_at: datetime
    is_off: bool
    """Cancelled, rejected or expired."""
    is_changed: bool
    """Whether the change that the notice tells of is one of it."""
    manage_url: str
    dashboard_url: str
    hosts: tuple[str, ...]
    """Addresses, case folded."""
    previous_starts_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class SeriesNotice:
    """A change of several occurrences at once.

    `booking` tells of the first that was changed, and of all that they have in common: people,
    place, what happened. Its `sequence` is the SEQUENCE of the whole. `rule` is an RRULE with COUNT
    from `wall_start` by the clock of `timezone`, or empty: then the dates are those of the
    occurrences. `skipped` are walls that the rule has and nobody booked.
    """

    booking: BookingNotice
    rule: str
    timezone: str
    wall_start: str
    skipped: tuple[str, ...]
    occurrences: tuple[SeriesOccurrence, ...]

    @property
    def live(self) -> tuple[SeriesOccurrence, ...]:
        """Those that take place, or took place."""
        return tuple(one for one in self.occurrences if not one.is_off)

    @property
    def changed(self) -> tuple[SeriesOccurrence, ...]:
        """Those that the notice tells of."""
        return tuple(one for one in self.occurrences if one.is_changed)

    def abridged(self) -> SeriesNotice:
        """As `BookingNotice.abridged`."""
        return replace(self, booking=self.booking.abridged())

    def for_host(self, host: Party) -> SeriesNotice:
        """The copy that one of the hosts reads: with the occurrences that they serve."""
        address = host.email.casefold()
        theirs = tuple(one for one in self.occurrences if address in one.hosts)
        others = tuple(one.wall for one in self.occurrences if address not in one.hosts)
        return replace(
            self,
            booking=self.booking.for_host(host),
            occurrences=theirs,
            skipped=(*self.skipped, *others),
        )

    def to_json(self) -> dict[str, Any]:
        """As JSON members; instants in RFC 3339."""
        data = asdict(replace(self, occurrences=()))
        data["booking"] = self.booking.to_json()
        data["occurrences"] = [_to_json(one) for one in self.occurrences]
        return data

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> SeriesNotice:
        """The notice that `to_json` wrote; members of other versions are ignored."""
        values = {field.name: data[field.name] for field in fields(cls)}
        values["booking"] = BookingNotice.from_json(data["booking"])
        values["skipped"] = tuple(data["skipped"])
        values["occurrences"] = tuple(map(_from_json, data["occurrences"]))
        return cls(**values)


def _to_json(occurrence: SeriesOccurrence) -> dict[str, Any]:
    data = asdict(occurrence)
    for name in _INSTANTS:
        if data[name] is not None:
            data[name] = data[name].astimezone(UTC).isoformat()
    return data


def _from_json(data: dict[str, Any]) -> SeriesOccurrence:
    values = {field.name: data[field.name] for field in fields(SeriesOccurrence)}
    for name in _INSTANTS:
        if values[name] is not None:
            values[name] = datetime.fromisoformat(values[name])
    values["hosts"] = tuple(values["hosts"])
    return SeriesOccurrence(**values)
