"""What must hold whatever the query: order does not matter, taken time never adds a start, …"""

import copy
import random
from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from apps.availability.engine import compute_slots, parse_query
from apps.availability.tests.engine.proofs import examples, tried
from apps.availability.tests.engine.strategies import iso, queries

pytestmark = pytest.mark.engine
often = settings(
    max_examples=examples(80), deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
STILL = ("opening", "clock")
"""A packed grid moves with taken time: neither monotone nor in this list."""
BY_CALENDAR = ("calendar", "business")
"""Days that are counted by their slots reach further when there are fewer slots: not monotone."""


def listed(document):
    tried["computations for properties"] += 1
    return {
        slot.start: (set(slot.hosts), slot.seats_left)
        for slot in compute_slots(parse_query(document))
    }


@often
@given(queries(), st.randoms(use_true_random=False))
def test_the_order_of_lists_does_not_matter(document, chance):
    shuffled = copy.deepcopy(document)
    # Limits are counted in the zone of the first host's first schedule: that one stays first.
    zone = document["hosts"][0]["schedules"][0]["timezone"]
    for host in shuffled["hosts"]:
        for name in ("schedules", "bookings", "busy", "holds"):
            chance.shuffle(host[name])
        for schedule in host["schedules"]:
            for name in ("weekly", "overrides", "rules", "out_of_office", "days_off"):
                chance.shuffle(schedule[name])
    chance.shuffle(shuffled["hosts"])
    assume(shuffled["hosts"][0]["schedules"][0]["timezone"] == zone)
    assert listed(shuffled) == listed(document)


@often
@given(
    queries(alignments=STILL, rolling=BY_CALENDAR),
    st.integers(-1500, 4500),
    st.integers(1, 600),
    st.integers(0, 2),
)
def test_taken_time_never_adds_a_start(document, offset, length, host):
    fuller = copy.deepcopy(document)
    start = datetime.fromisoformat(document["window"]["start"]) + timedelta(minutes=offset)
    span = [iso(start), iso(start + timedelta(minutes=length))]
    fuller["hosts"][host % len(fuller["hosts"])]["busy"].append(span)
    before, after = listed(document), listed(fuller)
    assert after.keys() <= before.keys()
    assert all(hosts <= before[start][0] for start, (hosts, _) in after.items())


@often
@given(queries(rolling=BY_CALENDAR), st.integers(-1, 4), st.integers(0, 2))
def test_a_day_off_never_adds_a_start(document, offset, length):
    """Nor does it move a packed grid."""
    fuller = copy.deepcopy(document)
    first = datetime.fromisoformat(document["window"]["start"]).date() + timedelta(days=offset)
    last = first + timedelta(days=length)
    schedule = fuller["hosts"][0]["schedules"][0]
    schedule["days_off"].append({"first": first.isoformat(), "last": last.isoformat()})
    before, after = listed(document), listed(fuller)
    assert after.keys() <= before.keys()
    assert all(hosts <= before[start][0] for start, (hosts, _) in after.items())


@often
@given(
    queries(rolling=BY_CALENDAR),
    st.sampled_from(["buffer_before", "buffer_after", "min_notice"]),
    st.integers(1, 90),
)
def test_stricter_rules_never_add_a_start(document, name, more):
    assume(document["event_type"]["slot_alignment"] in STILL)
    stricter = copy.deepcopy(document)
    stricter["event_type"][name] += more
    assert listed(stricter).keys() <= listed(document).keys()


@often
@given(queries(), st.integers(0, 100))
def test_a_window_lists_what_its_parts_list(document, percent):
    low, high = (datetime.fromisoformat(document["window"][side]) for side in ("start", "end"))
    middle = iso(low + (high - low) * percent / 100)
    first, second = copy.deepcopy(document), copy.deepcopy(document)
    first["window"]["end"] = second["window"]["start"] = middle
    assert listed(first) | listed(second) == listed(document)
    assert not listed(first).keys() & listed(second).keys()


@often
@given(queries(limited=False), st.integers(-30, 30))
def test_whole_weeks_later_everything_is_the_same(document, weeks):
    """In a zone without changes. Not true with limits per month, monthly rules, holidays by date.

    Days off are moved here along with everything else.
    """
    shift = timedelta(weeks=weeks)
    document = copy.deepcopy(document)
    for host in document["hosts"]:
        for schedule in host["schedules"]:
            schedule.update(timezone="Asia/Kathmandu", rules=[], travel=[])
    later = shifted(document, shift)
    assert listed(later) == {start + shift: slot for start, slot in listed(document).items()}


def shifted(document, shift):
    """The document with every instant and date moved."""
    if isinstance(document, dict):
        return {name: shifted(value, shift) for name, value in document.items()}
    if isinstance(document, list):
        return [shifted(value, shift) for value in document]
    if isinstance(document, str) and document[:2] == "20" and len(document) >= 10:
        moved = datetime.fromisoformat(document) + shift
        return iso(moved) if "T" in document else moved.date().isoformat()
    return document


def test_nothing_is_mutated_and_the_answer_is_the_same_twice():
    chance = random.Random(1)
    weekly = [{"weekday": day, "start": "09:00", "end": "17:00"} for day in range(1, 6)]
    document = {
        "now": "2026-03-01T00:00:00Z",
        "window": {"start": "2026-03-02T00:00:00Z", "end": "2026-04-02T00:00:00Z"},
        "timezone": "UTC",
        "event_type": {"id": "e1", "duration": 30, "slot_interval": 15},
        "hosts": [
            {
                "id": "h0",
                "schedules": [{"timezone": "Europe/Berlin", "weekly": weekly}],
                "busy": [
                    [f"2026-03-{day:02}T10:00:00Z", f"2026-03-{day:02}T11:00:00Z"]
                    for day in chance.sample(range(1, 31), 20)
                ],
            }
        ],
    }
    parsed, again = parse_query(document), parse_query(copy.deepcopy(document))
    first = compute_slots(parsed)
    assert first
    assert compute_slots(parsed) == first
    assert parsed == again
