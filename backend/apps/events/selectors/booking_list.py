"""A list of bookings in several parts, of which a page reads no more than a page of each."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.expressions import Combinable
from django.db.models.sql import Query

from apps.events.models import Booking


@dataclass(frozen=True, slots=True)
class BookingList:
    """The bookings of all `parts`, each once, as far as a paginator asks a queryset.

    Each part has an index of its own. One condition with OR over them would read the whole table,
    and a union of the whole parts all that somebody ever had; so filters, order and the end of the
    page go into each part before these are put together.
    """

    rows: QuerySet[Booking]
    """How the bookings of a page are read."""
    parts: tuple[QuerySet[Booking], ...]
    ordering: tuple[str, ...] = ("start_time", "id")

    @property
    def model(self) -> type[Booking]:
        """What a cursor's position is a field of."""
        return Booking

    @property
    def query(self) -> Query:
        """The annotations that a cursor's position may be one of: all parts have the same."""
        return self.parts[0].query

    def filter(self, *conditions: Q | Combinable, **fields: Any) -> BookingList:
        """As a queryset's."""
        return replace(self, parts=tuple(part.filter(*conditions, **fields) for part in self.parts))

    def order_by(self, *ordering: str) -> BookingList:
        """As a queryset's."""
        return replace(self, ordering=ordering)

    def __getitem__(self, page: slice) -> QuerySet[Booking]:
        """The bookings of a page that has an end; two queries for any number of parts.

        The ids come first: beside the joins of a whole row, PostgreSQL's planner would not see that
        they are few, and read all bookings there are.
        """
        first, *others = [self._upto(part, page.stop) for part in self.parts]
        ids = first.union(*others).values_list("pk", flat=True)
        return self.rows.filter(pk__in=list(ids)).order_by(*self.ordering)[page]

    def _upto(self, part: QuerySet[Booking], end: int) -> QuerySet[Booking, Any]:
        # SQLite puts no limit on the parts of a union, but on a part's own subselect.
        ids = part.order_by(*self.ordering).values("pk")[:end]
        return Booking.objects.order_by().filter(pk__in=ids).values("pk")
