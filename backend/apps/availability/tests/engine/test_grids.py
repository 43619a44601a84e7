"""Where starts stand: the three alignments and their steps."""

import pytest

from apps.availability.tests.engine.cases import booking, every_day, host, query, schedule, times

pytestmark = pytest.mark.engine


def team(start, end, **changes):
    return [host(schedules=[schedule(weekly=every_day(start, end))], **changes)]


def test_opening_counts_from_each_windows_opening():
    assert times(query(hosts=team("09:10", "11:00"))) == ["09:10", "09:40", "10:10"]


@pytest.mark.parametrize("unset", [None, 0])
def test_without_a_step_starts_are_a_duration_apart(unset):
    document = query(hosts=team("09:00", "12:00"), duration=60, slot_interval=unset)
    assert times(document) == ["09:00", "10:00", "11:00"]


def test_the_last_start_still_fits():
    document = query(hosts=team("09:00", "10:10"), duration=60, slot_interval=5)
    assert times(document) == ["09:00", "09:05", "09:10"]


def test_busy_time_removes_starts_and_shifts_none():
    document = query(hosts=team("09:00", "11:00", bookings=[booking("09:10", "09:20")]))
    assert times(document) == ["09:30", "10:00", "10:30"]


def test_clock_aligned_starts_are_multiples_of_the_step_by_the_clock():
    document = query(hosts=team("09:10", "11:00"), slot_alignment="clock", slot_interval=20)
    assert times(document) == ["09:20", "09:40", "10:00", "10:20"]


def test_clock_aligned_starts_count_from_midnight_even_if_the_step_does_not_divide_the_day():
    # Multiples of 50 minutes from midnight: 09:10 (550), 10:00, 10:50.
    document = query(hosts=team("09:00", "11:30"), slot_alignment="clock", slot_interval=50)
    assert times(document) == ["09:10", "10:00", "10:50"]


def test_clock_aligned_starts_follow_the_hosts_clock():
    # Kathmandu is 5:45 ahead: its full hours are at a quarter past in UTC.
    there = schedule(timezone="Asia/Kathmandu", weekly=every_day("09:00", "11:00"))
    document = query(
        hosts=[host(schedules=[there])], slot_alignment="clock", duration=60, slot_interval=60
    )
    assert times(document) == ["03:15", "04:15"]


def test_packed_starts_anew_where_taken_time_ends():
    document = query(
        hosts=team("09:00", "12:00", bookings=[booking("09:40", "10:10")]), slot_alignment="packed"
    )
    assert times(document) == ["09:00", "10:10", "10:40", "11:10"]


def test_packed_leaves_the_buffer_before_and_sees_merged_time():
    taken = {
        "bookings": [booking("09:40", "10:00", buffer_after=10)],
        "busy": [["2026-03-02T10:05:00Z", "2026-03-02T10:20:00Z"]],
        "holds": [["2026-03-02T11:00:00Z", "2026-03-02T11:05:00Z"]],
    }
    document = query(
        hosts=team("09:00", "12:00", **taken), slot_alignment="packed", buffer_before=5
    )
    assert times(document) == ["09:00", "10:25", "11:10"]


def test_packed_restarts_to_the_second():
    taken = {"busy": [["2026-03-02T09:00:00Z", "2026-03-02T09:20:17Z"]]}
    rules = {"slot_alignment": "packed", "duration": 15}
    hosts = team("09:00", "10:00", **taken)
    assert times(query(hosts=hosts, **rules)) == ["09:20", "09:35"]
    # 09:20:17 is a second later than 20 minutes after 09:00:16.5 reach.
    now = "2026-03-02T09:00:16.5Z"
    assert times(query(hosts=hosts, now=now, max_horizon=20, **rules)) == []
    now = "2026-03-02T09:00:17Z"
    assert times(query(hosts=hosts, now=now, max_horizon=20, **rules)) == ["09:20"]
    now = "2026-03-02T09:00:17.5Z"
    assert times(query(hosts=hosts, now=now, min_notice=20, **rules)) == ["09:35"]


def test_packed_fits_exactly_between_two_spans_to_the_second():
    taken = {
        "busy": [
            ["2026-03-02T09:00:00Z", "2026-03-02T09:20:17Z"],
            ["2026-03-02T09:50:17Z", "2026-03-02T12:00:00Z"],
        ]
    }
    found = query(hosts=team("09:00", "12:00", **taken), slot_alignment="packed")
    assert times(found) == ["09:20"]
    tighter = query(hosts=team("09:00", "12:00", **taken), slot_alignment="packed", buffer_after=1)
    assert times(tighter) == []


def test_the_step_may_be_longer_than_the_duration():
    document = query(hosts=team("09:00", "12:00"), slot_interval=90)
    assert times(document) == ["09:00", "10:30"]
