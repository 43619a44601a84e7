"""Days on which the clock changes: instants worked out by hand from the zones' published rules."""

import pytest

from apps.availability.tests.engine.cases import every_day, host, query, schedule, starts

pytestmark = pytest.mark.engine


def on(zone, start, end, window, **rules):
    """Starts on one day of a schedule that is open at the same wall times every day."""
    hosts = [host(schedules=[schedule(timezone=zone, weekly=every_day(start, end))])]
    return starts(query(hosts=hosts, window=window, **rules))


def test_a_window_that_begins_in_the_skipped_hour_opens_when_the_clock_has_jumped():
    # New York, 8 March 2026: 02:00 EST -> 03:00 EDT at 07:00Z. 02:30 to 02:59 do not exist.
    assert on("America/New_York", "02:30", "04:00", ("2026-03-08", "2026-03-09")) == [
        "03-08 07:00",
        "03-08 07:30",
    ]


def test_a_window_inside_the_skipped_hour_does_not_exist():
    assert on("America/New_York", "02:00", "03:00", ("2026-03-08", "2026-03-09")) == []


def test_a_window_that_ends_in_the_skipped_hour_closes_at_the_jump():
    # 01:00 EST is 06:00Z; the readings 01:00 to 01:59 exist, those from 02:00 do not.
    assert on("America/New_York", "01:00", "02:45", ("2026-03-08", "2026-03-09")) == [
        "03-08 06:00",
        "03-08 06:30",
    ]


def test_a_wall_time_that_happens_twice_is_open_twice():
    # New York, 1 November 2026: 02:00 EDT -> 01:00 EST at 06:00Z.
    assert on("America/New_York", "01:00", "02:00", ("2026-11-01", "2026-11-02")) == [
        "11-01 05:00",
        "11-01 05:30",
        "11-01 06:00",
        "11-01 06:30",
    ]


def test_the_hour_between_the_two_openings_of_one_window_is_closed():
    # 01:15 to 01:45 happens at 05:15Z (EDT) and at 06:15Z (EST); 05:45Z on the grid is 01:45 EDT.
    assert on("America/New_York", "01:15", "01:45", ("2026-11-01", "2026-11-02")) == [
        "11-01 05:15",
        "11-01 06:15",
    ]


@pytest.mark.parametrize(
    ("day", "hours"), [("2026-03-08", 23), ("2026-03-09", 24), ("2026-11-01", 25)]
)
def test_a_whole_day_has_the_hours_it_really_has(day, hours):
    whole_day = schedule(
        timezone="America/New_York",
        weekly=[],
        overrides=[{"date": day, "windows": [["00:00", "24:00"]]}],
    )
    window = ("2026-03-01", "2026-04-01") if day < "2026-06" else ("2026-10-20", "2026-11-20")
    assert len(starts(query(hosts=[host(schedules=[whole_day])], window=window, duration=60))) == (
        hours
    )


def test_cairo_skips_the_first_hour_of_the_day():
    # 24 April 2026: 00:00 EET -> 01:00 EEST at 22:00Z the day before; the day ends at 21:00Z.
    found = on("Africa/Cairo", "00:00", "02:00", ("2026-04-23T12:00:00Z", "2026-04-24T12:00:00Z"))
    assert found == ["04-23 22:00", "04-23 22:30"]


def test_cairo_repeats_the_last_hour_of_the_day():
    # 29 October 2026, 24:00 EEST -> 23:00 EET at 21:00Z: 23:00 to 24:00 is 20:00Z to 22:00Z.
    found = on("Africa/Cairo", "23:00", "24:00", ("2026-10-29T12:00:00Z", "2026-10-30T12:00:00Z"))
    assert found == ["10-29 20:00", "10-29 20:30", "10-29 21:00", "10-29 21:30"]


def test_lord_howe_jumps_by_half_an_hour():
    # 4 October 2026: 02:00 +10:30 -> 02:30 +11 at 15:30Z the day before.
    found = on(
        "Australia/Lord_Howe", "02:00", "03:00", ("2026-10-03T12:00:00Z", "2026-10-04T12:00:00Z")
    )
    assert found == ["10-03 15:30"]


def test_beirut_and_havana_and_santiago_jump_at_midnight():
    # Beirut, 29 March 2026: 00:00 EET -> 01:00 EEST at 22:00Z.
    assert on(
        "Asia/Beirut", "00:00", "01:30", ("2026-03-28T12:00:00Z", "2026-03-29T12:00:00Z")
    ) == ["03-28 22:00"]
    # Havana, 8 March 2026: 00:00 CST -> 01:00 CDT at 05:00Z.
    assert on(
        "America/Havana", "00:30", "01:30", ("2026-03-08T00:00:00Z", "2026-03-09T00:00:00Z")
    ) == ["03-08 05:00"]
    # Santiago, 6 September 2026: 00:00 -04 -> 01:00 -03 at 04:00Z.
    assert on(
        "America/Santiago", "00:00", "02:00", ("2026-09-06T00:00:00Z", "2026-09-07T00:00:00Z")
    ) == ["09-06 04:00", "09-06 04:30"]


def test_an_evening_stays_an_evening_by_the_clock():
    # Santiago again: 18:00 is 22:00Z before the change and 21:00Z after it.
    found = on(
        "America/Santiago", "18:00", "19:00", ("2026-09-05T12:00:00Z", "2026-09-07T12:00:00Z")
    )
    assert found == ["09-05 22:00", "09-05 22:30", "09-06 21:00", "09-06 21:30"]


def test_a_date_that_never_was_has_no_hours():
    # Samoa left out 30 December 2011: 29 December ends, and the 31st begins, at 10:00Z on the 30th.
    days = [{"date": f"2011-12-{day}", "windows": [["09:00", "10:00"]]} for day in (29, 30, 31)]
    hosts = [host(schedules=[schedule(timezone="Pacific/Apia", weekly=[], overrides=days)])]
    found = starts(
        query(
            hosts=hosts,
            now="2011-01-01T00:00:00Z",
            window=("2011-12-28", "2012-01-02"),
            duration=60,
        )
    )
    assert found == ["12-29 19:00", "12-30 19:00"]


def test_dublin_whose_winter_time_is_the_exception_in_the_database():
    # 29 March 2026: 01:00 GMT -> 02:00 IST at 01:00Z. 09:00 is 09:00Z before, 08:00Z after.
    found = on("Europe/Dublin", "09:00", "10:00", ("2026-03-28", "2026-03-30"), duration=60)
    assert found == ["03-28 09:00", "03-29 08:00"]


def test_a_slot_may_span_the_change_and_lasts_as_long_as_it_says():
    # 00:00 to 03:30 EDT on the spring day is 05:00Z to 07:30Z: two and a half hours.
    assert on("America/New_York", "00:00", "03:30", ("2026-03-08", "2026-03-09"), duration=150) == [
        "03-08 05:00"
    ]


def test_clock_aligned_starts_follow_the_clock_through_a_half_hour_jump():
    # Lord Howe: the hour 02:00 to 03:00 has only its second half; full hours by the clock are 01:00
    # (14:30Z) and 03:00 (16:00Z).
    found = on(
        "Australia/Lord_Howe",
        "01:00",
        "04:00",
        ("2026-10-03T12:00:00Z", "2026-10-04T12:00:00Z"),
        slot_alignment="clock",
        slot_interval=60,
    )
    assert found == ["10-03 14:30", "10-03 16:00"]
