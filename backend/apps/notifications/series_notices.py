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
    """In nobody's calendar: cancelled, declined, expired, or not confirmed yet."""
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
    hosts: tuple[Party, ...] = ()
    """Everybody who serves one of those that were changed, in the notice that copies are made of."""

    @property
    def other_hosts(self) -> tuple[Party, ...]:
        """Of the hosts those who are somebody else than the organizer, each address once."""
        own = self.booking.organizer.email.casefold()
        others = {host.email.casefold(): host for host in self.hosts}
        return tuple(host for address, host in others.items() if address != own)

    @property
    def live(self) -> tuple[SeriesOccurrence, ...]:
        """Those that take place, or took place."""
        return tuple(one for one in self.occurrences if not one.is_off)

    @property
    def changed(self) -> tuple[SeriesOccurrence, ...]:
        """Those that the notice tells of."""
        return tuple(one for one in self.occurrences if one.is_changed)

    def abridged(self) -> SeriesNotice:
        """A copy without who serves which occurrence, which only the making of copies asks for."""
        occurrences = tuple(replace(one, hosts=()) for one in self.occurrences)
        return replace(self, booking=self.booking.abridged(), occurrences=occurrences, hosts=())

    def for_host(self, host: Party) -> SeriesNotice:
        """The copy that one of the hosts reads: with the occurrences that they serve."""
        address = host.email.casefold()
        theirs = tuple(one for one in self.occurrences if address in one.hosts)
        others = tuple(one.wall for one in self.occurrences if address not in one.hosts)
        first = next(one for one in theirs if one.is_changed)
        booking = replace(
            self.booking,
            starts_at=first.starts_at,
            ends_at=first.ends_at,
            previous_starts_at=first.previous_starts_at,
            dashboard_url=first.dashboard_url,
        )
        if all(one.email.casefold() != address for one in booking.hosts):
            booking = replace(booking, host=host, co_hosts=())
        copy = replace(
            self,
            booking=booking.for_host(host),
            occurrences=theirs,
            skipped=(*self.skipped, *others),
        )
        return copy.abridged()

    def to_json(self) -> dict[str, Any]:
        """As JSON members; instants in RFC 3339."""
        data = asdict(replace(self, occurrences=(), hosts=()))
        data["booking"] = self.booking.to_json()
        data["occurrences"] = [_to_json(one) for one in self.occurrences]
        return data

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> SeriesNotice:
        """The notice that `to_json` wrote; members of other versions are ignored."""
        values = {field.name: data[field.name] for field in fields(cls) if field.name != "hosts"}
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
