"""How far ahead one may book: so many dates, working days, or dates that have slots.

2 March 2026 is a Monday; the host is open every day at 09:00 unless told otherwise.
"""

from datetime import UTC, date, datetime, timedelta

import pytest

from apps.availability.engine import RollingDays, needed_span, parse_query
from apps.availability.engine.bounds import last_rolling_day
from apps.availability.engine.rolling import dates_with_slots, search_end
from apps.availability.tests.engine.cases import (
    at,
    booking,
    codes,
    every_day,
    host,
    query,
    reasons,
    schedule,
    slots,
    starts,
)

pytestmark = pytest.mark.engine
MORNINGS = schedule(weekly=every_day("09:00", "09:30"))
WORKDAYS = schedule(weekly=every_day("09:00", "09:30")[:5])


def rolling(
    unit, days, schedule=MORNINGS, now="2026-03-02T08:00:00Z", until="2026-03-30", **changes
):
    return query(
        hosts=changes.pop("hosts", [host(schedules=[schedule])]),
        window=changes.pop("window", ("2026-03-01", until)),
        now=now,
        rolling_days=days,
        rolling_days_kind=unit,
        **changes,
    )


def dates(document):
    return [start[:5] for start in starts(document)]


def test_calendar_days_are_counted_from_tomorrow():
    assert dates(rolling("calendar", 2)) == ["03-02", "03-03", "03-04"]


def test_calendar_is_what_is_meant_when_no_kind_is_given():
    assert dates(rolling(None, 2)) == ["03-02", "03-03", "03-04"]


def test_today_is_the_date_where_the_event_type_lives():
    # 22:00 UTC on 2 March is 3 March in Auckland; 09:00 there is 20:00 UTC the day before.
    auckland = schedule(timezone="Pacific/Auckland", weekly=every_day("09:00", "09:30"))
    document = rolling("calendar", 1, auckland, now="2026-03-02T22:00:00Z")
    assert starts(document) == ["03-03 20:00"]


def test_working_days_leave_the_weekend_uncounted_but_open():
    thursday = "2026-03-05T08:00:00Z"
    assert dates(rolling("business", 1, now=thursday)) == ["03-05", "03-06"]
    assert dates(rolling("business", 2, now=thursday))[-1] == "03-09"
    assert "03-07" in dates(rolling("business", 2, now=thursday))


@pytest.mark.parametrize("weekday", range(7))
@pytest.mark.parametrize("days", [1, 2, 4, 5, 6, 10, 365])
def test_working_days_are_those_one_counts_on_the_calendar(weekday, days):
    today = date(2026, 3, 2) + timedelta(days=weekday)
    day, left = today, days
    while left:
        day += timedelta(days=1)
        left -= day.isoweekday() < 6
    found = last_rolling_day(RollingDays(days, "business"), today.toordinal())
    assert date.fromordinal(found) == day


def test_days_with_slots_leave_out_the_days_without():
    friday = "2026-03-06T08:00:00Z"
    assert dates(rolling("available", 3, WORKDAYS, now=friday)) == ["03-06", "03-09", "03-10"]


def test_today_counts_only_while_it_has_a_slot():
    late = "2026-03-06T09:01:00Z"
    assert dates(rolling("available", 3, WORKDAYS, now=late)) == ["03-09", "03-10", "03-11"]


def test_full_days_are_replaced_by_later_ones():
    taken = host(schedules=[WORKDAYS], busy=[[at("09:00"), at("09:10")]])
    assert dates(rolling("available", 2, hosts=[taken])) == ["03-03", "03-04"]


def test_other_rules_decide_which_days_have_slots():
    document = rolling("available", 2, limits=[{"per": "week", "max": 0}])
    assert dates(document) == []
    document = rolling("available", 2, min_notice=2 * 1440 + 120)
    assert dates(document) == ["03-05", "03-06"]


def test_the_window_asked_for_does_not_matter():
    whole = dates(rolling("available", 5, WORKDAYS))
    for first in range(2, 12):
        window = (f"2026-03-{first:02}", f"2026-03-{first + 2:02}")
        part = dates(rolling("available", 5, WORKDAYS, window=window))
        assert part == [day for day in whole if window[0][5:] <= day < window[1][5:]]
    assert whole == ["03-02", "03-03", "03-04", "03-05", "03-06"]


def test_a_day_whose_sessions_are_all_full_does_not_count():
    full = booking("09:00", "09:30", event_type="e1", attendees=2)
    team = [host(schedules=[MORNINGS], bookings=[full])]
    document = rolling("available", 1, kind="group", capacity=2, hosts=team, include_full=True)
    listed = [(f"{slot.start:%m-%d}", slot.seats_left) for slot in slots(document)]
    assert listed == [("03-02", 0), ("03-03", 2)]


@pytest.mark.parametrize(
    ("kind", "days", "detail", "cure"),
    [
        ("calendar", 6, "bookable 6 days ahead", "raise rolling_days to 7"),
        ("business", 4, "bookable 4 working days ahead", "raise rolling_days to 5"),
        ("available", 4, "bookable 4 days with slots ahead", "raise rolling_days to 6"),
    ],
)
def test_explain_names_the_rule_and_how_far_it_would_have_to_reach(kind, days, detail, cure):
    document = rolling(kind, days, WORKDAYS)
    (reason,) = reasons(document, "2026-03-09T09:00:00Z")
    assert (reason.code, reason.cause_kind, reason.cause_id) == ("too_far", "rolling_days", "e1")
    assert (reason.detail, reason.cure) == (detail, cure)
    reach = int(cure.rpartition(" ")[2])
    assert codes(rolling(kind, reach, WORKDAYS), "2026-03-09T09:00:00Z") == []
    assert codes(rolling(kind, reach - 1, WORKDAYS), "2026-03-09T09:00:00Z") == ["too_far"]


def test_a_weekend_is_reached_with_the_monday_after_it():
    document = rolling("business", 1)
    (reason,) = reasons(document, "2026-03-07T09:00:00Z")
    assert reason.cure == "raise rolling_days to 5"


def test_the_search_for_days_with_slots_ends_after_two_years():
    closed = schedule(weekly=[])
    override = {"date": "2029-01-01", "windows": [["09:00", "10:00"]]}
    document = rolling(
        "available",
        1,
        schedule(weekly=[], overrides=[override]),
        window=("2029-01-01", "2029-01-02"),
    )
    assert dates(document) == []
    (reason,) = reasons(document, "2029-01-01T09:00:00Z")
    assert (reason.code, reason.cause_kind, reason.cure) == ("too_far", "rolling_days", "")
    parsed = parse_query(rolling("available", 1, closed))
    assert search_end(parsed) == parsed.now.timestamp() + 731 * 86_400


def test_a_fine_grid_ends_the_search_after_so_many_steps():
    parsed = parse_query(rolling("available", 1, duration=1))
    assert search_end(parsed) == parsed.now.timestamp() + 200_000 * 60


def test_the_search_stops_at_the_last_day_it_needs():
    """It looks in stretches of fourteen days and more, each only when it is asked for."""
    parsed = parse_query(rolling("available", 365))
    found = dates_with_slots(parsed, search_end(parsed))
    assert [date.fromordinal(next(found)).day for _ in range(3)] == [2, 3, 4]


def test_the_needed_span_reaches_back_to_now_where_slots_are_counted():
    now = datetime(2026, 3, 2, 8, tzinfo=UTC)
    later = now + timedelta(days=20)
    spans = {
        kind: needed_span(
            parse_query(rolling(kind, 3)).event_type, later, later + timedelta(days=1), now=now
        )[0]
        for kind in ("calendar", "available")
    }
    assert spans["available"] <= now < spans["calendar"]
