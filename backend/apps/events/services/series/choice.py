"""Which occurrences of a series somebody books."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from apps.availability.public import Occurrence
from apps.common.errors import FieldError, ValidationFailed


def choose_occurrences(
    occurrences: Sequence[Occurrence], wanted: Literal["all"] | tuple[datetime, ...] | None
) -> list[int]:
    """The places of those that are wanted, in order; all of them unless they are told.

    Raises `ValidationFailed` for an empty choice, and at /occurrences/<n> for each start that the
    series does not have or that is named twice.
    """
    if wanted is None or wanted == "all":
        return list(range(len(occurrences)))
    if not wanted:
        raise ValidationFailed.of(
            "/occurrences", "empty", 'Choose at least one start, or say "all" for the whole series.'
        )
    places = {occurrence.start: place for place, occurrence in enumerate(occurrences)}
    errors = []
    chosen: set[int] = set()
    for number, start in enumerate(wanted):
        place = places.get(start)
        if place is None:
            cure = "The series has no such start; the preview lists those that it has."
            errors.append(FieldError(f"/occurrences/{number}", "not_in_series", cure))
        elif place in chosen:
            errors.append(FieldError(f"/occurrences/{number}", "twice", "Name each start once."))
        else:
            chosen.add(place)
    if errors:
        raise ValidationFailed(errors[0].detail, errors=errors)
    return sorted(chosen)
