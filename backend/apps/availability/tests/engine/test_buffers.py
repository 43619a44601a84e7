"""The truth table of buffers: own bookings, other event types, calendars, holds, opening hours."""

import pytest

from apps.availability.tests.engine.cases import booking, codes, host, query, times

pytestmark = pytest.mark.engine

ALL = ["09:00", "09:30", "10:00", "10:30", "11:00", "11:30"]


def without(*removed):
    return [time for time in ALL if time not in removed]


@pytest.mark.parametrize("event_type", ["e1", "other"])
@pytest.mark.parametrize(
    ("own", "theirs", "removed"),
    [
        # (before, after) of the new booking; of the booking 10:00 to 10:30; starts that go
        ((0, 0), (0, 0), ["10:00"]),
        ((30, 0), (0, 0), ["10:00", "10:30"]),
        ((0, 30), (0, 0), ["09:30", "10:00"]),
        ((0, 0), (30, 0), ["09:30", "10:00"]),
        ((0, 0), (0, 30), ["10:00", "10:30"]),
        ((30, 0), (0, 30), ["10:00", "10:30", "11:00"]),  # they add up: an hour between the two
        ((0, 30), (30, 0), ["09:00", "09:30", "10:00"]),
        ((1, 1), (0, 0), ["09:30", "10:00", "10:30"]),
        ((1, 0), (0, 29), ["10:00", "10:30"]),  # exactly the half hour between the two
        ((1, 0), (0, 30), ["10:00", "10:30", "11:00"]),
    ],
)
def test_buffers_of_bookings_add_up(own, theirs, removed, event_type):
    taken = booking(
        "10:00", "10:30", event_type=event_type, buffer_before=theirs[0], buffer_after=theirs[1]
    )
    document = query(hosts=[host(bookings=[taken])], buffer_before=own[0], buffer_after=own[1])
    assert times(document) == without(*removed)


@pytest.mark.parametrize("kind", ["busy", "holds"])
@pytest.mark.parametrize(
    ("own", "removed"),
    [
        ((0, 0), ["10:00"]),
        ((30, 0), ["10:00", "10:30"]),
        ((0, 30), ["09:30", "10:00"]),
        ((15, 15), ["09:30", "10:00", "10:30"]),
    ],
)
def test_the_new_bookings_buffers_keep_clear_of_calendars_and_holds(own, removed, kind):
    spans = [["2026-03-02T10:00:00Z", "2026-03-02T10:30:00Z"]]
    document = query(hosts=[host(**{kind: spans})], buffer_before=own[0], buffer_after=own[1])
    assert times(document) == without(*removed)


def test_buffers_may_lie_outside_open_hours_and_never_widen_the_grid():
    assert times(query(buffer_before=60, buffer_after=60)) == ALL


def test_a_start_at_the_instant_another_booking_ends_is_offered():
    document = query(hosts=[host(bookings=[booking("09:00", "10:00")])])
    assert times(document)[0] == "10:00"


def test_a_calendar_event_without_length_takes_no_time():
    spans = [["2026-03-02T10:10:00Z", "2026-03-02T10:10:00Z"]]
    assert times(query(hosts=[host(busy=spans)])) == ALL


def test_a_second_of_overlap_is_an_overlap():
    spans = [["2026-03-02T09:29:59Z", "2026-03-02T10:00:00.5Z"]]
    assert times(query(hosts=[host(busy=spans)])) == without("09:00", "09:30", "10:00")


@pytest.mark.parametrize("before", [0, 1, 30, 90])
def test_taken_time_at_the_edges_of_the_window_asked_for_counts(before):
    # Only 10:00 is asked for: 10:29 to 11:30 begins in it, 08:00 to 09:00 ends an hour before it.
    window = ("2026-03-02T10:00:00Z", "2026-03-02T10:00:01Z")
    late = [["2026-03-02T10:29:00Z", "2026-03-02T11:30:00Z"]]
    early = [["2026-03-02T08:00:00Z", "2026-03-02T09:00:00Z"]]
    rules = {"window": window, "buffer_before": before}
    assert times(query(hosts=[host(busy=late)], **rules)) == []
    assert times(query(hosts=[host(busy=early)], **rules)) == (["10:00"] if before <= 60 else [])


@pytest.mark.parametrize(
    ("own", "start", "code"),
    [
        ((0, 0), "10:00", "booked"),
        ((30, 0), "10:30", "buffer"),
        ((0, 30), "09:30", "buffer"),
        ((30, 30), "10:00", "booked"),
    ],
)
def test_only_a_touching_buffer_is_told_from_a_booking(own, start, code):
    document = query(
        hosts=[host(bookings=[booking("10:00", "10:30")])],
        buffer_before=own[0],
        buffer_after=own[1],
    )
    assert codes(document, start) == [code]
