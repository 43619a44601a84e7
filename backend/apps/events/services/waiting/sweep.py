"""What nobody's transaction did: offers and waits that are over, and time that became free without
anybody freeing it (hours widened, seats added, a calendar that no longer blocks)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import UUID

from django.core.cache import cache
from django.db.models import Q, QuerySet

from apps.events.models import (
    WAITING,
    EventType,
    SoonerRequest,
    WaitingStatus,
    WaitlistEntry,
)
from apps.events.models.waitlist import HANDOVER
from apps.events.selectors.waitlist import in_turn, offerable_entries, offerable_requests
from apps.events.services.waiting.locked_serving import serve_in_transaction
from apps.events.services.waiting.pass_on import expire_entry, lapse_offer
from apps.events.services.waiting.sooner import close_request, lapse_sooner

_ENDED = 200
_EVENT_TYPES = 50
_ENTRIES = 200
_REGIONS = 10
_WIDEST = timedelta(days=31)
_FAR = timedelta(days=5 * 366)
_NEXT = "waiting:sweep-from"


def sweep_waiting(*, now: datetime) -> int:
    """End what is over, then serve who waits for time that is free; how many were moved on.

    Bounded: what is left is done next time. Event types take turns over the rounds, so that a long
    line at one of them does not keep the others waiting. Safe to run twice and at once.
    """
    return _end_offers(now) + _end_waits(now) + _serve_event_types(now)


def _unanswered(rows: QuerySet, now: datetime) -> QuerySet:  # type: ignore[type-arg]
    ended = Q(offer__isnull=True) | Q(offer__expires_at__lte=now + HANDOVER)
    return rows.filter(ended, status=WaitingStatus.NOTIFIED).order_by("notified_at")[:_ENDED]


def _end_offers(now: datetime) -> int:
    entries = WaitlistEntry.objects.select_related("event_type")
    requests = SoonerRequest.objects.select_related("booking", "event_type")
    ended = sum(lapse_offer(entry=entry, now=now) for entry in _unanswered(entries, now))
    return ended + sum(
        lapse_sooner(request=request, now=now) for request in _unanswered(requests, now)
    )


def _end_waits(now: datetime) -> int:
    over = WaitlistEntry.objects.filter(status__in=WAITING, expires_at__lte=now)
    entries = over.select_related("event_type").order_by("expires_at")[:_ENDED]
    asked = SoonerRequest.objects.filter(status__in=WAITING).exclude(
        booking__status="confirmed", booking__start_time__gt=now
    )
    requests = asked.select_related("booking", "event_type").order_by("id")[:_ENDED]
    return sum(expire_entry(entry=entry, now=now) for entry in entries) + sum(
        close_request(request=request, now=now) for request in requests
    )


def _serve_event_types(now: datetime) -> int:
    served = 0
    for event_type in _next_event_types(now):
        for start, end in _regions(event_type, now):
            served += serve_in_transaction(
                event_type=event_type,
                start=start,
                end=end,
                now=now,
                but=_resting(event_type, now),
            )
    return served


def _next_event_types(now: datetime) -> list[EventType]:
    """The event types somebody waits for whose turn it is, from where the last round ended."""
    far = now + _FAR
    entries = offerable_entries(start=now, end=far, now=now).values("event_type")
    requests = offerable_requests(after=now).values("event_type")
    waited_for = (
        EventType.objects.filter(Q(pk__in=entries) | Q(pk__in=requests))
        .select_related("organizer", "schedule")
        .order_by("pk")
    )
    last = cache.get(_NEXT)
    turn = list(waited_for.filter(pk__gt=last)[:_EVENT_TYPES]) if last else []
    if len(turn) < _EVENT_TYPES:
        known = {event_type.pk for event_type in turn}
        begin = waited_for[: _EVENT_TYPES - len(turn)]
        turn += [event_type for event_type in begin if event_type.pk not in known]
    if turn:
        cache.set(_NEXT, turn[-1].pk, None)
    return turn


def _regions(event_type: EventType, now: datetime) -> Iterator[tuple[datetime, datetime]]:
    """Stretches that hold all that is waited for, those first that somebody waits for longest."""
    spans = []
    far = now + _FAR
    entries = offerable_entries(start=now, end=far, now=now).filter(event_type=event_type)
    for entry in in_turn(entries)[:_ENTRIES]:
        first = entry.desired_start_time
        spans.append((max(first, now), entry.desired_end_time or first + timedelta(seconds=1)))
    requests = offerable_requests(after=now).filter(event_type=event_type)
    for request in in_turn(requests).select_related("booking")[:_ENTRIES]:
        last = request.booking.start_time
        spans.append((max(now, last - _WIDEST), last))
    joined: list[tuple[datetime, datetime]] = []
    for start, end in sorted(spans):
        if joined and max(end, joined[-1][1]) - joined[-1][0] <= 2 * _WIDEST:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    yield from joined[:_REGIONS]


def _resting(event_type: EventType, now: datetime) -> tuple[UUID, ...]:
    """Who let an offer end or declined it a short while ago: the time is everybody's meanwhile.

    As long as an offer lasts. Otherwise a single person who never answers would keep a time from
    everybody for hours on end. Time that is freed anew is offered to them all the same.
    """
    since = now - timedelta(minutes=event_type.waitlist_offer_minutes)
    recent = {
        "event_type": event_type,
        "status": WaitingStatus.ACTIVE,
        "notified_at__isnull": False,
    }
    entries = WaitlistEntry.objects.filter(queued_at__gt=since, **recent)
    requests = SoonerRequest.objects.filter(queued_at__gt=since, **recent)
    return (*entries.values_list("pk", flat=True), *requests.values_list("pk", flat=True))
