"""A series is judged as its dates would be one after the other, each booked before the next."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apps.availability.public import Reason
from apps.events.models import EventType
from apps.events.selectors.offers import load_offer
from apps.events.selectors.series.judging import judge_starts
from apps.events.selectors.slots import judge_start
from tests.cast import ALWAYS, NOW, add_hosts, at, make_event_type, make_host
from tests.rows import write_booking

pytestmark = pytest.mark.django_db

limits = st.lists(
    st.fixed_dictionaries(
        {
            "per": st.sampled_from(["day", "week", "month", "total_minutes_per_week"]),
            "max": st.integers(1, 90),
        }
    ),
    max_size=2,
)
rules = st.fixed_dictionaries(
    {
        "duration": st.sampled_from([30, 60, 24 * 60]),
        "buffer_time_before": st.sampled_from([0, 20]),
        "buffer_time_after": st.sampled_from([0, 30]),
        "limits": limits,
        "slot_interval_minutes": st.sampled_from([0, 30]),
        "slot_alignment": st.sampled_from(["opening", "packed"]),
        "rolling_days": st.sampled_from([None, 9]),
        "min_scheduling_notice": st.sampled_from([0, 36 * 60]),
    }
)
half_hours = st.integers(0, 48 * 20)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rules=rules,
    first=half_hours,
    apart=st.sampled_from([24, 48, 7 * 24]),
    count=st.integers(1, 8),
    others=st.lists(half_hours, max_size=12, unique=True),
    ours=st.lists(half_hours, max_size=3, unique=True),
    organizer_limits=limits,
    has_team=st.booleans(),
)
def test_each_is_judged_as_if_those_before_it_were_booked(
    rules, first, apart, count, others, ours, organizer_limits, has_team
):
    starts = [_half_hour(first) + timedelta(hours=apart * number) for number in range(count)]
    with transaction.atomic():
        host = make_host(weekly=ALWAYS, booking_limits=organizer_limits)
        event_type = _event_type(host, has_team=has_team, rules=rules)
        _book_some(
            (make_event_type(host, name="Other", event_type_slug="other"), others),
            (event_type, ours),
        )
        fresh = EventType.objects.select_related("organizer", "schedule").get(pk=event_type.pk)
        offer = load_offer(fresh)
        together = judge_starts(offer, starts, now=NOW, duration=event_type.duration)
        singly = []
        for start in starts:
            verdict = judge_start(offer, start=start, now=NOW, duration=event_type.duration)
            singly.append((verdict.hosts, _codes(verdict.reasons)))
            if verdict.is_offered:
                write_booking(event_type, start)
        assert [(one.hosts, _codes(one.reasons)) for one in together] == singly
        transaction.set_rollback(True)


def _half_hour(number: int) -> datetime:
    return at(0) + timedelta(minutes=30 * number)


def _codes(reasons: Sequence[Reason]) -> list[str]:
    # Of a team each host may give the same one.
    return list(dict.fromkeys(reason.code for reason in reasons))


def _event_type(host: Any, *, has_team: bool, rules: dict[str, Any]) -> EventType:
    if not has_team:
        return make_event_type(host, **rules)
    event_type = make_event_type(host, kind="collective", **rules)
    return add_hosts(event_type, host, make_host("ben", "Ben", weekly=ALWAYS))


def _book_some(*wishes: tuple[EventType, list[int]]) -> None:
    """Book what is free of the half hours wished for."""
    taken: list[tuple[datetime, datetime]] = []
    for event_type, numbers in wishes:
        for start in map(_half_hour, numbers):
            low = start - timedelta(minutes=event_type.buffer_time_before)
            high = start + timedelta(minutes=event_type.duration + event_type.buffer_time_after)
            if all(high <= begins or ends <= low for begins, ends in taken):
                taken.append((low, high))
                write_booking(event_type, start)
