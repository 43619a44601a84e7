"""What a booking spends: budgets of the client, of each address that gets a mail, of the event type.

Only what was accepted counts. All parts are taken before the booking is tried, so that a hundred
calls at once cannot all find something left, and given back when nothing came of it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass

from django.conf import settings
from django.http import HttpRequest

from apps.common.addresses import address_key
from apps.common.rate_limits import Spent, give_back, spend
from apps.events.models import EventType


def path_of(event_type: EventType) -> str:
    """An event type as budgets name it."""
    return f"{event_type.organizer.slug}/{event_type.event_type_slug}"


def spend_attempt(request: HttpRequest) -> None:
    """Count an attempt, whatever becomes of it: a high cap. Raises `RateLimited`."""
    spend(request, group="booking-attempts", rate=settings.RATE_LIMIT_BOOKING_ATTEMPTS)


@dataclass(frozen=True, slots=True)
class _Part:
    """What is taken from one budget; `key` None is the client's own."""

    group: str
    rate: str
    key: str | None = None
    amount: int = 1
    whose: str = "from your address"


@contextmanager
def budget_of_booking(
    request: HttpRequest, *, emails: Collection[str], event_type: str
) -> Iterator[None]:
    """Around the call that books seats for these addresses; `event_type` as `path_of` names it.

    The limits are on mails to people who may not have asked for them: one goes to each seat.
    Raises `RateLimited` when nothing is left; any exception inside gives back what was taken.
    """
    parts = [_Part("bookings", settings.RATE_LIMIT_BOOKINGS, amount=len(emails))]
    parts += [
        _Part(
            "bookings-per-email",
            settings.RATE_LIMIT_BOOKINGS_PER_EMAIL,
            key=address,
            amount=seats,
            whose="for this e-mail address",
        )
        for address, seats in Counter(map(address_key, emails)).items()
    ]
    parts.append(
        _Part(
            "bookings-per-event-type",
            settings.RATE_LIMIT_BOOKINGS_PER_EVENT_TYPE,
            key=event_type.lower(),
            whose="for this event type",
        )
    )
    with _taken(request, parts):
        yield


@contextmanager
def budget_of_code(request: HttpRequest, *, email: str) -> Iterator[None]:
    """Around the call that mails a code. Raises `RateLimited`; exceptions give back as above."""
    parts = [
        _Part("email-codes", settings.RATE_LIMIT_EMAIL_CODES),
        _Part(
            "email-codes-per-email",
            settings.RATE_LIMIT_EMAIL_CODES_PER_EMAIL,
            key=address_key(email),
            whose="for this e-mail address",
        ),
    ]
    with _taken(request, parts):
        yield


@contextmanager
def _taken(request: HttpRequest, parts: Iterable[_Part]) -> Iterator[None]:
    taken: list[Spent | None] = []
    try:
        for part in parts:
            taken.append(spend(request, **asdict(part)))  # noqa: PERF401 (kept when one refuses)
        yield
    except BaseException:
        give_back(taken, request=request)
        raise
