"""How much a query must know, and instants at the ends of time."""

import copy
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings

from apps.availability.engine import compute_slots, explain, needed_span, parse_query
from apps.availability.tests.engine.cases import query
from apps.availability.tests.engine.proofs import examples
from apps.availability.tests.engine.strategies import queries

pytestmark = pytest.mark.engine
FAR = [datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)]


@settings(max_examples=examples(60), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(queries())
def test_what_lies_outside_the_needed_span_does_not_matter(document):
    full = parse_query(document)
    low, high = needed_span(full.event_type, full.window_start, full.window_end, now=full.now)
    known = copy.deepcopy(document)
    for host in known["hosts"]:
        for name in ("busy", "holds"):
            host[name] = [span for span in host[name] if meets(span[0], span[1], low, high)]
        host["bookings"] = [
            booking
            for booking in host["bookings"]
            if meets(booking["start"], booking["end"], low, high, occupancy=booking)
        ]
    assert compute_slots(parse_query(known)) == compute_slots(full)


def meets(start, end, low, high, occupancy=None):
    before = timedelta(minutes=occupancy["buffer_before"] if occupancy else 0)
    after = timedelta(minutes=occupancy["buffer_after"] if occupancy else 0)
    first, last = (datetime.fromisoformat(text) for text in (start, end))
    return first - before < high and low < last + after


def test_the_span_reaches_over_the_periods_of_limits():
    rules = parse_query(query(limits=[{"per": "month", "max": 1}])).event_type
    start = datetime(2026, 3, 10, tzinfo=UTC)
    low, high = needed_span(rules, start, start + timedelta(days=1), now=start)
    assert low <= datetime(2026, 3, 1, tzinfo=UTC)
    assert high >= datetime(2026, 4, 1, tzinfo=UTC)


@pytest.mark.parametrize("far", FAR)
def test_no_instant_is_too_far_for_an_answer(far):
    parsed = parse_query(query())
    wide = replace(
        parsed, window_start=FAR[0], window_end=far, now=datetime(2099, 12, 31, tzinfo=UTC)
    )
    low, high = needed_span(wide.event_type, wide.window_start, wide.window_end, now=wide.now)
    assert low <= high
    assert len(compute_slots(wide)) == (6 if far == FAR[1] else 0)
    (reason,) = explain(parsed, far)
    assert reason.code == ("too_far" if far == FAR[1] else "too_soon")
