"""A malformed query gets a message that names the field; a large one a bounded answer."""

import copy
import re
import tracemalloc
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.availability.engine import QueryError, compute_slots, parse_query, parse_schedule
from apps.availability.tests.engine.cases import booking, every_day, host, query, schedule
from apps.availability.tests.engine.proofs import examples

pytestmark = pytest.mark.engine

FULL = query(
    slot_interval=15,
    slot_alignment="clock",
    buffer_before=0,
    buffer_after=0,
    min_notice=0,
    max_horizon=100,
    date_range={"start": "2026-03-01", "end": "2026-03-09"},
    rolling_days=9,
    rolling_days_kind="available",
    limits=[{"per": "day", "max": 3}],
    kind="group",
    capacity=3,
    attendee_count=1,
    include_full=True,
    hosts=[
        host(
            schedules=[
                schedule(
                    overrides=[{"date": "2026-03-03", "windows": [["10:00", "12:00"]]}],
                    rules=[
                        {
                            "rrule": "FREQ=DAILY",
                            "dtstart": "2026-01-05",
                            "start": "18:00",
                            "end": "20:00",
                            "kind": "open",
                        }
                    ],
                    travel=[{"from": "2026-03-10", "to": "2026-03-12", "timezone": "Asia/Tokyo"}],
                    out_of_office=[
                        {"start": "2026-03-05T00:00:00Z", "end": "2026-03-06T00:00:00Z"}
                    ],
                    days_off=[
                        {"first": "2026-03-06", "last": "2026-03-07", "kind": "holiday", "id": "x"}
                    ],
                )
            ],
            bookings=[booking("10:00", "10:30", buffer_before=0, buffer_after=0, attendees=1)],
            busy=[["2026-03-02T10:00:00Z", "2026-03-02T10:30:00Z"]],
            holds=[["2026-03-02T10:00:00Z", "2026-03-02T10:30:00Z"]],
            required=True,
        )
    ],
)


FULL["organizer_limits"] = [{"per": "total_minutes_per_month", "max": 100_000}]
FULL["organizer_bookings"] = [booking("10:00", "10:30")]


def put(document, path, value):
    """A copy of the document with `value` at a path like `hosts[0].id`; `...` takes it away."""
    changed = copy.deepcopy(document)
    *parents, last = [int(part) if part.isdigit() else part for part in re.findall(r"\w+", path)]
    node = changed
    for part in parents:
        node = node[part]
    if value is ...:
        del node[last]
    else:
        node[last] = value
    return changed


HOST = "hosts[0]"
SCHEDULE = "hosts[0].schedules[0]"
WRONG = [
    ("now", ..., "now: is missing"),
    ("now", None, "now: None is not an instant"),
    ("now", 1772442000, "now: 1772442000 is not an instant"),
    ("now", "2026-03-02", "now: '2026-03-02' is not an instant"),
    ("now", "2026-03-02T10:00:00", "is not an instant like"),
    ("now", "2026-02-30T10:00:00Z", "is not an instant that exists"),
    ("now", "0001-01-01T00:00:00+14:00", "is not an instant that exists"),
    ("now", "9999-01-01T00:00:00Z", "is not in the years 1970 to 2099"),
    ("window", ..., "window: is missing"),
    ("window", [], "window: a list is not an object"),
    ("window.end", "2026-03-01T00:00:00Z", "window.end: is before window.start"),
    ("window.end", "2031-03-01T00:00:00Z", "window: is longer than 366 days"),
    ("timezone", "Mars/Olympus", "timezone: unknown time zone 'Mars/Olympus'"),
    ("timezone", 7, "timezone: 7 is not a text"),
    ("event_type", "e1", "event_type: 'e1' is not an object"),
    ("event_type.duration", ..., "event_type.duration: is missing"),
    ("event_type.duration", 0, "event_type.duration: 0 is not from 1"),
    ("event_type.duration", -30, "event_type.duration: -30 is not from 1"),
    ("event_type.duration", "30", "event_type.duration: '30' is not a whole number"),
    ("event_type.duration", 30.5, "event_type.duration: 30.5 is not a whole number"),
    ("event_type.duration", True, "event_type.duration: True is not a whole number"),
    ("event_type.duration", float("nan"), "event_type.duration: nan is not a whole number"),
    ("event_type.duration", 10**400, "event_type.duration: a huge number is not from 1"),
    ("event_type.duration", 1e300, "event_type.duration: 1e+300 is not a whole number"),
    ("event_type.slot_interval", -1, "event_type.slot_interval: -1 is not from 0"),
    ("event_type.slot_alignment", "loose", "event_type.slot_alignment: 'loose' is not one of"),
    ("event_type.buffer_before", -1, "event_type.buffer_before: -1 is not from 0"),
    ("event_type.min_notice", [], "event_type.min_notice: a list is not a whole number"),
    ("event_type.max_horizon", -1, "event_type.max_horizon: -1 is not from 0"),
    ("event_type.date_range.start", "2026-3-1", "event_type.date_range.start: '2026-3-1' is not"),
    ("event_type.date_range.end", "2026-02-01", "event_type.date_range.end: is before start"),
    ("event_type.rolling_days", 0, "event_type.rolling_days: 0 is not from 1 to 365"),
    ("event_type.rolling_days", 366, "event_type.rolling_days: 366 is not from 1 to 365"),
    ("event_type.rolling_days_kind", "moon", "rolling_days_kind: 'moon' is not one of calendar"),
    ("event_type.limits", {}, "event_type.limits: an object is not a list"),
    ("event_type.limits[0].per", "hour", "event_type.limits[0].per: 'hour' is not one of day"),
    ("event_type.limits[0].max", -1, "event_type.limits[0].max: -1 is not from 0"),
    ("event_type.kind", ["group"], "event_type.kind: a list is not one of one_on_one"),
    ("event_type.capacity", 0, "event_type.capacity: 0 is not from 1"),
    ("event_type.include_full", 1, "event_type.include_full: 1 is not true or false"),
    ("organizer_limits[0].per", "year", "organizer_limits[0].per: 'year' is not one of day"),
    ("organizer_bookings[0].start", "noon", "organizer_bookings[0].start: 'noon' is not an"),
    ("hosts", ..., "hosts: is missing"),
    ("hosts", [], "hosts: at least one host is needed"),
    ("hosts", "h0", "hosts: 'h0' is not a list"),
    (HOST, 5, "hosts[0]: 5 is not an object"),
    (f"{HOST}.id", ..., "hosts[0].id: is missing"),
    (f"{HOST}.schedules", ..., "hosts[0].schedules: is missing"),
    (f"{HOST}.required", "yes", "hosts[0].required: 'yes' is not true or false"),
    (f"{SCHEDULE}.timezone", ..., "hosts[0].schedules[0].timezone: is missing"),
    (f"{SCHEDULE}.timezone", "", "hosts[0].schedules[0].timezone: unknown time zone ''"),
    (f"{SCHEDULE}.timezone", "../etc/passwd", "schedules[0].timezone: unknown time zone"),
    (f"{SCHEDULE}.timezone", "right/Europe/Berlin", "schedules[0].timezone: unknown time zone"),
    (f"{SCHEDULE}.timezone", "localtime", "schedules[0].timezone: unknown time zone"),
    (f"{SCHEDULE}.timezone", "Europe", "schedules[0].timezone: unknown time zone"),
    (f"{SCHEDULE}.timezone", "Europe/Ber\0lin", "schedules[0].timezone: unknown time zone"),
    (f"{SCHEDULE}.timezone", "\ud800", "schedules[0].timezone: unknown time zone"),
    (f"{SCHEDULE}.timezone", "x" * 5000, "schedules[0].timezone: unknown time zone"),
    (f"{SCHEDULE}.weekly[0].weekday", 0, "schedules[0].weekly[0].weekday: 0 is not from 1 to 7"),
    (f"{SCHEDULE}.weekly[0].weekday", 8, "schedules[0].weekly[0].weekday: 8 is not from 1 to 7"),
    (f"{SCHEDULE}.weekly[1].start", "9:00", "weekly[1].start: '9:00' is not a time from 00:00"),
    (f"{SCHEDULE}.weekly[1].start", "08:60", "weekly[1].start: '08:60' is not a time"),
    (f"{SCHEDULE}.weekly[1].end", "24:01", "weekly[1].end: '24:01' is not a time"),
    (f"{SCHEDULE}.weekly[1].end", "09:00", "weekly[1]: ends at 09:00, not after its start 09:00"),
    (f"{SCHEDULE}.weekly[1].end", "08:00", "weekly[1]: ends at 08:00, not after its start 09:00"),
    (f"{SCHEDULE}.weekly[1].start", "24:00", "weekly[1]: ends at 12:00, not after its start"),
    (f"{SCHEDULE}.overrides[0].date", "2026-02-29", "overrides[0].date: '2026-02-29' is not"),
    (f"{SCHEDULE}.overrides[0].windows", None, "overrides[0].windows: None is not a list"),
    (f"{SCHEDULE}.overrides[0].windows[0]", ["10:00"], "windows[0]: a list is not a pair"),
    (f"{SCHEDULE}.overrides[0].windows[0]", ["12:00", "10:00"], "windows[0]: ends at 10:00"),
    (f"{SCHEDULE}.rules[0].rrule", "FREQ=MINUTELY", "rules[0].rrule: FREQ=MINUTELY is not"),
    (f"{SCHEDULE}.rules[0].dtstart", "soon", "rules[0].dtstart: 'soon' is not a date"),
    (f"{SCHEDULE}.rules[0].kind", "shut", "rules[0].kind: 'shut' is not one of open, closed"),
    (f"{SCHEDULE}.rules", [FULL["hosts"][0]["schedules"][0]["rules"][0]] * 101, "more than 100"),
    (f"{SCHEDULE}.travel[0].to", "2026-03-09", "travel[0].to: is before from"),
    (f"{SCHEDULE}.travel[0].timezone", "Nowhere", "travel[0].timezone: unknown time zone"),
    (f"{SCHEDULE}.out_of_office[0].end", "2026-03-04T00:00:00Z", "is before its start"),
    (f"{SCHEDULE}.days_off[0].first", ..., "schedules[0].days_off[0].first: is missing"),
    (f"{SCHEDULE}.days_off[0].last", "2026-03-05", "days_off[0].last: is before first"),
    (f"{SCHEDULE}.days_off[0].kind", "party", "days_off[0].kind: 'party' is not one of out_of"),
    (f"{HOST}.bookings[0].id", ..., "hosts[0].bookings[0].id: is missing"),
    (f"{HOST}.bookings[0].end", "2026-03-02T10:00:00Z", "bookings[0].end: is not after start"),
    (f"{HOST}.bookings[0].buffer_after", 1e9, "bookings[0].buffer_after: 1000000000 is not from"),
    (f"{HOST}.busy[0]", "10:00", "hosts[0].busy[0]: '10:00' is not a pair [start, end]"),
    (f"{HOST}.busy[0][1]", "2026-03-01T10:00:00Z", "hosts[0].busy[0][1]: is before its start"),
    (f"{HOST}.holds[0][0]", {}, "hosts[0].holds[0][0]: an object is not an instant"),
]


def test_the_query_that_is_broken_below_is_sound():
    assert compute_slots(parse_query(FULL)) == []
    assert compute_slots(parse_query(put(FULL, "event_type.max_horizon", None)))


@pytest.mark.parametrize(("path", "value", "told"), WRONG)
def test_what_is_wrong_is_named(path, value, told):
    with pytest.raises(QueryError) as caught:
        parse_query(put(FULL, path, value))
    assert told in str(caught.value)


@pytest.mark.parametrize("document", [None, [], "query", 1, True])
def test_a_query_that_is_no_object_is_refused(document):
    with pytest.raises(QueryError, match=r"^query: .* is not an object$"):
        parse_query(document)


def test_two_hosts_of_one_id_are_refused():
    with pytest.raises(QueryError, match=r"^hosts\[1\].id: 'h0' is given twice$"):
        parse_query(query(hosts=[host(), host()]))


def test_a_schedule_alone_can_be_read_with_a_path_of_ones_own():
    rule = {"rrule": "COUNT=1", "dtstart": "2026-01-01", "start": "09:00", "end": "10:00"}
    with pytest.raises(QueryError, match=r"^rules\[0\].rrule: FREQ is missing$") as caught:
        parse_schedule({"timezone": "UTC", "rules": [rule]})
    assert caught.value.path == "rules[0].rrule"


def test_renamed_zones_are_accepted():
    assert parse_schedule({"timezone": "Asia/Calcutta"}).timezone == "Asia/Calcutta"
    assert parse_schedule({"timezone": "US/Eastern"}).timezone == "US/Eastern"


def test_instants_may_have_an_offset_and_fractions():
    document = put(FULL, "now", "2026-03-02T10:00:00.123456789+05:30")
    assert parse_query(document).now.isoformat() == "2026-03-02T04:30:00.123456+00:00"
    document = put(FULL, "now", "2026-03-02t10:00:00.5z")
    assert parse_query(document).now.isoformat() == "2026-03-02T10:00:00.500000+00:00"


def test_null_means_unset_for_what_is_optional():
    document = query(
        slot_interval=None,
        slot_alignment=None,
        max_horizon=None,
        date_range=None,
        limits=None,
        kind=None,
        buffer_before=None,
    )
    assert parse_query(document).event_type == parse_query(query()).event_type


JUNK = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=12),
    st.sampled_from(["2026-03-02T10:00:00Z", "2026-03-02", "24:00", "UTC", "FREQ=DAILY", "group"]),
    st.just([]),
    st.just({}),
    st.lists(st.integers(), max_size=3),
)


def leaves(document, path=""):
    """The paths of all fields and elements."""
    items = []
    if isinstance(document, dict):
        items = [(f"{path}.{name}" if path else name, value) for name, value in document.items()]
    elif isinstance(document, list):
        items = [(f"{path}[{index}]", value) for index, value in enumerate(document)]
    for name, value in items:
        yield name
        yield from leaves(value, name)


@settings(max_examples=examples(300), deadline=None)
@given(st.sampled_from(sorted(leaves(FULL))), JUNK)
def test_junk_anywhere_is_refused_or_understood(path, junk):
    try:
        parsed = parse_query(put(FULL, path, junk))
    except QueryError:
        return  # anything else fails the test
    assert compute_slots(parsed) is not None


def test_a_hundred_thousand_busy_intervals_take_less_than_a_second():
    busy = [
        [f"2026-{month:02}-{day:02}T{hour:02}:{minute:02}:00Z"] * 2
        for month in range(1, 13)
        for day in range(1, 29)
        for hour in range(24)
        for minute in range(0, 60, 5)
    ]
    for span in busy:
        span[1] = span[1].replace(":00Z", ":59Z")
    parsed = parse_query(
        query(hosts=[host(busy=busy[:100_000])], window=("2026-01-01", "2027-01-01"))
    )
    began = process_time()
    compute_slots(parsed)
    assert process_time() - began < 1


def test_the_finest_grid_is_answered_and_refused_beyond():
    always = [host(schedules=[schedule(weekly=every_day("00:00", "24:00"))])]
    fine = {"hosts": always, "duration": 1, "slot_interval": 1}
    parsed = parse_query(query(window=("2026-01-01", "2026-05-19"), **fine))
    assert seconds(parsed) < AT_ONCE
    assert megabytes(parsed) < 200
    assert len(compute_slots(parsed)) == 138 * 1440
    with pytest.raises(QueryError, match=r"^window: has more than 200000 steps"):
        parse_query(query(window=("2026-01-01", "2026-05-20"), **fine))


def test_a_fine_grid_of_many_hosts_is_bounded_too():
    always = [schedule(weekly=every_day("00:00", "24:00"))]
    team = [host(f"h{number}", required=False, schedules=always) for number in range(1000)]
    rules = {"hosts": team, "kind": "round_robin"}
    parsed = parse_query(query(window=("2026-01-01", "2026-02-01"), duration=5, **rules))
    assert seconds(parsed) < AT_ONCE
    assert megabytes(parsed) < 200
    with pytest.raises(QueryError, match=r"^window: has more than 10000000 steps times hosts$"):
        parse_query(query(window=("2026-01-01", "2026-02-01"), duration=4, **rules))


def test_a_query_of_years_is_refused_and_one_of_a_year_is_answered():
    with pytest.raises(QueryError, match=r"^window: is longer than 366 days$"):
        parse_query(query(window=("2026-01-01", "2028-01-01")))
    parsed = parse_query(query(window=("2026-01-01", "2027-01-02")))
    assert seconds(parsed) < AT_ONCE
    assert len(compute_slots(parsed)) == 366 * 6


@pytest.mark.parametrize("now", ["2026-01-01T00:00:00Z", "1971-01-01T00:00:00Z"])
def test_days_with_slots_are_not_searched_for_until_the_end_of_time(now):
    never = host(schedules=[schedule(weekly=[])])
    document = query(
        hosts=[never],
        now=now,
        window=("2099-01-01", "2099-12-01"),
        rolling_days=365,
        rolling_days_kind="available",
    )
    parsed = parse_query(document)
    assert seconds(parsed) < AT_ONCE
    assert compute_slots(parsed) == []


def test_rules_that_never_end_or_yield_nothing_are_bounded():
    def rule(text):
        return {"rrule": text, "dtstart": "2023-01-01", "start": "13:00", "end": "13:30"}

    endless = [rule(f"FREQ=DAILY;INTERVAL={number}") for number in range(1, 50)]
    nothing = [rule(f"FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30;COUNT={n}") for n in range(1, 50)]
    parsed = parse_query(query(hosts=[host(schedules=[schedule(rules=endless + nothing)])]))
    assert seconds(parsed, warm=False) < AT_ONCE
    assert seconds(parsed) < AT_ONCE


def test_rules_from_long_ago_cost_no_more_than_those_of_today():
    rule = {"rrule": "FREQ=DAILY", "dtstart": "1970-01-01", "start": "13:00", "end": "13:30"}
    many = [{**rule, "rrule": f"FREQ=DAILY;INTERVAL={number}"} for number in range(1, 100)]
    parsed = parse_query(query(hosts=[host(schedules=[schedule(rules=many)])]))
    assert seconds(parsed, warm=False) < AT_ONCE


def test_a_host_without_schedule_is_never_open():
    nobody = {"id": "h0", "schedules": []}
    assert compute_slots(parse_query(query(hosts=[nobody]))) == []
    team = query(hosts=[{**nobody, "required": False}, host("h1", required=False)])
    team["event_type"]["kind"] = "round_robin"
    assert {slot.hosts for slot in compute_slots(parse_query(team))} == {("h1",)}


# CPU seconds, far above what any machine takes: what is bounded must not run away.
AT_ONCE = 20


def seconds(parsed, *, warm=True):
    """CPU time of one computation."""
    if warm:
        compute_slots(parsed)
    began = process_time()
    compute_slots(parsed)
    return process_time() - began


def megabytes(parsed):
    tracemalloc.start()
    try:
        compute_slots(parsed)
        return tracemalloc.get_traced_memory()[1] / 1e6
    finally:
        tracemalloc.stop()
