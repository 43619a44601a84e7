"""Weekly hours, joins, overrides, rules, absences, travel, several schedules."""

import pytest

from apps.availability.tests.engine.cases import (
    every_day,
    host,
    query,
    schedule,
    starts,
    times,
)

pytestmark = pytest.mark.engine


def test_weekly_hours_on_their_weekdays():
    tuesday = [{"weekday": 2, "start": "09:00", "end": "10:00"}]
    hosts = [host(schedules=[schedule(weekly=tuesday)])]
    assert starts(query(hosts=hosts, window=("2026-03-02", "2026-03-09"))) == [
        "03-03 09:00",
        "03-03 09:30",
    ]


def test_touching_and_overlapping_windows_join_but_keep_their_own_grids():
    windows = [["09:00", "10:00"], ["09:50", "10:40"]]
    day = schedule(overrides=[{"date": "2026-03-02", "windows": windows}])
    assert times(query(hosts=[host(schedules=[day])])) == ["09:00", "09:30", "09:50"]


def test_a_slot_may_span_midnight_where_windows_meet():
    night = [{"date": "2026-03-02", "windows": [["23:00", "24:00"]]}]
    morning = [{"date": "2026-03-03", "windows": [["00:00", "01:00"]]}]
    days = schedule(weekly=[], overrides=night + morning)
    found = starts(
        query(hosts=[host(schedules=[days])], window=("2026-03-02", "2026-03-04"), duration=90)
    )
    assert found == ["03-02 23:00"]


def test_open_around_the_clock_the_grid_begins_anew_each_midnight():
    hosts = [host(schedules=[schedule(weekly=every_day("00:00", "24:00"))])]
    found = starts(
        query(hosts=hosts, window=("2026-03-02T20:00:00Z", "2026-03-03T08:00:00Z"), duration=420)
    )
    assert found == ["03-02 21:00", "03-03 00:00", "03-03 07:00"]


def test_an_override_replaces_weekly_hours_and_rules_of_its_date():
    day = schedule(
        rules=[
            {
                "rrule": "FREQ=DAILY",
                "dtstart": "2026-03-01",
                "start": "14:00",
                "end": "15:00",
                "kind": "open",
            },
            {
                "rrule": "FREQ=DAILY",
                "dtstart": "2026-03-01",
                "start": "10:00",
                "end": "10:30",
                "kind": "closed",
            },
        ],
        overrides=[{"date": "2026-03-02", "windows": [["10:00", "11:00"]]}],
    )
    found = starts(query(hosts=[host(schedules=[day])], window=("2026-03-02", "2026-03-04")))
    assert found == [
        "03-02 10:00",
        "03-02 10:30",
        "03-03 09:00",
        "03-03 09:30",
        "03-03 10:30",
        "03-03 11:00",
        "03-03 11:30",
        "03-03 14:00",
        "03-03 14:30",
    ]


def test_an_empty_override_closes_its_date():
    day = schedule(overrides=[{"date": "2026-03-02", "windows": []}])
    assert times(query(hosts=[host(schedules=[day])])) == []


def test_a_closed_rule_removes_starts_and_shifts_none():
    lunch = {
        "rrule": "FREQ=WEEKLY;BYDAY=MO",
        "dtstart": "2026-01-05",
        "start": "09:20",
        "end": "09:50",
        "kind": "closed",
    }
    hosts = [host(schedules=[schedule(rules=[lunch])])]
    assert times(query(hosts=hosts)) == ["10:00", "10:30", "11:00", "11:30"]


def test_out_of_office_removes_starts_and_shifts_none():
    away = {"start": "2026-03-02T08:00:00Z", "end": "2026-03-02T10:10:00Z"}
    hosts = [host(schedules=[schedule(out_of_office=[away])])]
    assert times(query(hosts=hosts)) == ["10:30", "11:00", "11:30"]


def test_travel_reads_the_same_wall_times_in_another_zone():
    # Tokyo is nine hours ahead: 09:00 to 12:00 there is 00:00Z to 03:00Z. Both dates included.
    trip = {"from": "2026-03-03", "to": "2026-03-04", "timezone": "Asia/Tokyo"}
    hosts = [host(schedules=[schedule(travel=[trip])])]
    found = starts(query(hosts=hosts, window=("2026-03-02", "2026-03-06"), duration=180))
    assert found == ["03-02 09:00", "03-03 00:00", "03-04 00:00", "03-05 09:00"]


def test_several_schedules_of_a_host_unite():
    early = schedule(weekly=every_day("09:00", "10:00"))
    late = schedule(weekly=every_day("10:00", "11:00"), timezone="Europe/London")
    found = times(query(hosts=[host(schedules=[early, late])], duration=60, slot_interval=30))
    assert found == ["09:00", "09:30", "10:00"]


def test_a_host_without_a_schedule_is_never_open():
    hosts = [{"id": "h0", "schedules": []}]
    assert times(query(hosts=hosts)) == []


def test_the_window_asked_for_includes_its_start_and_not_its_end():
    document = query(window=("2026-03-02T09:30:00Z", "2026-03-02T10:30:00Z"))
    assert times(document) == ["09:30", "10:00"]


def test_a_window_in_the_past_is_empty_and_one_that_began_is_clipped():
    assert times(query(now="2026-03-05T00:00:00Z")) == []
    assert times(query(now="2026-03-02T10:30:00.000001Z")) == ["11:00", "11:30"]
    assert times(query(now="2026-03-02T10:30:00Z")) == ["10:30", "11:00", "11:30"]


def test_notice_and_horizon_include_their_last_instant():
    document = query(now="2026-03-02T08:00:00Z", min_notice=90, max_horizon=150)
    assert times(document) == ["09:30", "10:00", "10:30"]


def test_a_date_range_speaks_of_dates_in_the_schedules_zone():
    # 4 March in Tokyo begins at 15:00Z on the 3rd.
    tokyo = schedule(timezone="Asia/Tokyo", weekly=every_day("00:00", "24:00"))
    document = query(
        hosts=[host(schedules=[tokyo])],
        window=("2026-03-02", "2026-03-09"),
        duration=720,
        date_range={"start": "2026-03-04", "end": "2026-03-04"},
    )
    assert starts(document) == ["03-03 15:00", "03-04 03:00"]
