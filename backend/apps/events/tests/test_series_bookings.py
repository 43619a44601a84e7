"""Booking what repeats: every occurrence is judged, all or the chosen ones are booked, or none."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.common.errors import ValidationFailed
from apps.common.idempotency import OnceOnly, Replay
from apps.common.models import IdempotencyRecord, OutboxRow
from apps.events import errors
from apps.events.audit_chain import hash_of
from apps.events.models import Booking, BookingAuditLog, BookingSeries, Hold, Occupancy
from apps.events.services.holds import FormHoldRequest, find_hold, hold_for_form
from apps.events.tests.series_cast import book_series, make_weekly, preview
from tests.cast import ALWAYS, NOW, add_hosts, at, book, make_event_type, make_host
from tests.races import run_at_once

pytestmark = pytest.mark.django_db


@pytest.fixture
def lesson(ana):
    return make_weekly(ana)


# Monday 2 March at 10:00 in Lisbon, which goes to summer time on 29 March.
FOUR = [at(10), at(10, days=7), at(10, days=14), at(10, days=21)]


def hold(event_type: Any, start: Any) -> Hold:
    """A visitor's hold of a start, taken at `NOW`."""
    asked = FormHoldRequest(
        organizer_slug=event_type.organizer.slug,
        event_type_slug=event_type.event_type_slug,
        start=start,
        client="203.0.113.7",
    )
    return find_hold(hold_for_form(request=asked, now=NOW).token, NOW)


def starts_of(bookings: list[Booking]) -> list[object]:
    return [booking.start_time for booking in bookings]


def test_the_preview_tells_every_occurrence_and_what_is_in_its_way(lesson):
    book(make_event_type(lesson.organizer), at(10, days=7), occurrences=None)
    shown = preview(lesson, at(10))
    assert [one.start for one in shown.occurrences] == FOUR
    assert [one.codes for one in shown.occurrences] == [[], ["booked"], [], []]
    assert (shown.rule, shown.timezone) == ("FREQ=WEEKLY;COUNT=4", "Europe/Lisbon")


def test_all_are_booked_with_what_they_have_in_common(lesson):
    bookings = book_series(lesson, at(10))
    series = BookingSeries.objects.get()

    assert starts_of(bookings) == FOUR
    assert [one.recurrence_sequence for one in bookings] == [1, 2, 3, 4]
    assert [one.recurrence_start for one in bookings] == FOUR
    assert {one.ical_uid for one in bookings} == {series.ical_uid}
    assert len({one.access_token for one in bookings}) == 4
    assert not any(one.is_recurring_exception for one in bookings)
    assert (series.rule, series.wall_start) == ("FREQ=WEEKLY;COUNT=4", "2026-03-02T10:00:00")
    assert series.skipped == []
    assert Occupancy.objects.count() == 4
    # One row in each chain, and one mail to each side for all.
    rows = BookingAuditLog.objects.all()
    assert [row.action for row in rows] == ["booking_created"] * 4
    assert {row.booking_id for row in rows} == {one.pk for one in bookings}
    assert all(row.sequence == 1 and row.hash == hash_of(row) for row in rows)
    assert sorted(row.name for row in OutboxRow.objects.all()) == [
        "notifications.send_series_mail",
        "notifications.send_series_mail",
    ]


def test_occurrences_left_out_of_the_request_mean_all(lesson):
    assert len(book_series(lesson, at(10), occurrences=None)) == 4


def test_a_chosen_subset_is_booked_and_the_rest_is_left_out(lesson):
    chosen = (FOUR[3], FOUR[0])
    bookings = book_series(lesson, at(10), occurrences=chosen)
    assert starts_of(bookings) == [FOUR[0], FOUR[3]]
    assert [one.recurrence_sequence for one in bookings] == [1, 4]
    assert BookingSeries.objects.get().skipped == ["2026-03-09T10:00:00", "2026-03-16T10:00:00"]


def test_one_that_is_refused_refuses_all(lesson):
    book(make_event_type(lesson.organizer), at(10, days=14))
    with pytest.raises(errors.SlotTaken) as refused:
        book_series(lesson, at(10))
    extra = refused.value.extra
    assert extra["occurrences"] == [
        {
            "start": "2026-03-16T10:00:00Z",
            "end": "2026-03-16T10:30:00Z",
            "reasons": ["booked"],
        }
    ]
    assert "2026-03-16T09:30:00Z" in extra["alternatives"]
    assert not BookingSeries.objects.exists()
    assert Booking.objects.count() == 1
    # Without it the others are free.
    assert len(book_series(lesson, at(10), occurrences=(FOUR[0], FOUR[1], FOUR[3]))) == 3


@pytest.mark.parametrize(
    ("wanted", "pointer", "code"),
    [
        ((), "/occurrences", "empty"),
        ((FOUR[0], FOUR[1] + timedelta(minutes=30)), "/occurrences/1", "not_in_series"),
        ((FOUR[0], at(10, days=28)), "/occurrences/1", "not_in_series"),
        ((FOUR[1], FOUR[0], FOUR[1]), "/occurrences/2", "twice"),
    ],
)
def test_a_choice_that_makes_no_sense_is_named(lesson, wanted, pointer, code):
    with pytest.raises(ValidationFailed) as refused:
        book_series(lesson, at(10), occurrences=wanted)
    assert [(one.pointer, one.code) for one in refused.value.errors] == [(pointer, code)]
    assert not Booking.objects.exists()


def test_what_does_not_repeat_has_no_occurrences(intro):
    with pytest.raises(ValidationFailed) as refused:
        book_series(intro, at(10))
    assert refused.value.errors[0].pointer == "/occurrences"


def test_nobody_can_be_brought_to_a_series(lesson):
    from apps.events.services.bookings import Guest

    with pytest.raises(ValidationFailed) as refused:
        book_series(lesson, at(10), guests=(Guest("Mia", "mia@example.net"),))
    assert refused.value.errors[0].pointer == "/attendees"


def test_limits_count_the_occurrences_before(ana):
    daily = make_weekly(
        ana,
        recurrence_type="daily",
        limits=[{"per": "week", "max": 2}],
    )
    shown = preview(daily, at(10))
    assert [one.codes for one in shown.occurrences] == [
        [],
        [],
        ["limit_reached"],
        ["limit_reached"],
    ]
    with pytest.raises(errors.LimitReached):
        book_series(daily, at(10))


def test_limits_of_the_organizer_count_them_too(ana):
    ana.booking_limits = [{"per": "month", "max": 3}]
    ana.save()
    shown = preview(make_weekly(ana), at(10))
    assert [one.is_offered for one in shown.occurrences] == [True, True, True, False]


def test_one_that_is_refused_does_not_count_for_those_after(ana):
    daily = make_weekly(
        ana, recurrence_type="daily", max_occurrences=3, limits=[{"per": "week", "max": 2}]
    )
    book(make_event_type(ana), at(10, days=1))
    shown = preview(daily, at(10))
    assert [one.codes for one in shown.occurrences] == [[], ["booked"], []]


def test_occurrences_must_not_overlap_each_other(db):
    host = make_host("ola", weekly=ALWAYS)
    long = make_weekly(
        host, recurrence_type="daily", duration=24 * 60, buffer_time_after=60, max_occurrences=3
    )
    shown = preview(long, at(0, days=1))
    assert [one.codes for one in shown.occurrences] == [[], ["buffer"], []]


def test_notice_dates_and_horizon_count_for_each(ana):
    event_type = make_weekly(ana, date_range_end=at(0, days=10).date())
    assert [one.codes for one in preview(event_type, at(10)).occurrences][2:] == [
        ["too_far"],
        ["too_far"],
    ]
    rolling = make_weekly(ana, name="R", event_type_slug="r", rolling_days=8)
    assert [one.is_offered for one in preview(rolling, at(10)).occurrences] == [
        True,
        True,
        False,
        False,
    ]
    # The horizon ends the series instead.
    near = make_weekly(ana, name="N", event_type_slug="n", max_scheduling_horizon=15 * 24 * 60)
    assert len(preview(near, at(10)).occurrences) == 3
    assert preview(near, at(10)).rule == "FREQ=WEEKLY;COUNT=3"


def test_they_keep_their_wall_time_across_the_clock_change(lesson):
    # Summer time begins on Sunday 29 March.
    bookings = book_series(lesson, at(10, days=14))
    assert [f"{one.start_time:%d %H:%M}" for one in bookings] == [
        "16 10:00",
        "23 10:00",
        "30 09:00",
        "06 09:00",
    ]
    assert {one.wall_time[11:] for one in bookings} == {"10:00:00"}


def test_the_rule_wins_over_the_type(ana):
    event_type = make_weekly(ana, recurrence_rule="FREQ=DAILY;COUNT=2")
    assert starts_of(book_series(event_type, at(10))) == [at(10), at(10, days=1)]


def test_a_round_robin_gives_all_to_one_host_who_is_free_for_all(ana, charlie):
    event_type = add_hosts(make_weekly(ana, kind="round_robin"), ana, charlie, required=False)
    book(make_event_type(ana), at(10, days=7))
    bookings = book_series(event_type, at(10))
    assert {one.host for one in bookings} == {charlie}


def test_a_round_robin_in_which_nobody_is_free_for_all_shares_them(ana, charlie):
    event_type = add_hosts(make_weekly(ana, kind="round_robin"), ana, charlie, required=False)
    book(make_event_type(ana), at(10, days=7))
    book(make_event_type(charlie), at(10, days=14))
    bookings = book_series(event_type, at(10))
    assert [one.host.slug for one in bookings] == ["ana", "charlie", "ana", "ana"]
    assert Occupancy.objects.filter(host=ana).count() == 4


def test_a_big_team_that_is_taken_is_told_so(ana):
    team = [make_host(f"h{number}", f"Host {number}") for number in range(22)]
    event_type = add_hosts(make_weekly(ana, kind="round_robin"), *team, required=False)
    for host in team:
        book(make_event_type(host), at(10, days=7))
    shown = preview(event_type, at(10))
    assert [one.is_offered for one in shown.occurrences] == [True, False, True, True]
    assert shown.occurrences[1].codes[0] == "booked"
    assert len(book_series(event_type, at(10), occurrences=(FOUR[0], FOUR[2]))) == 2


def test_a_collective_takes_the_time_of_all_its_hosts(ana, charlie):
    event_type = add_hosts(make_weekly(ana, kind="collective"), ana, charlie)
    bookings = book_series(event_type, at(10))
    assert Occupancy.objects.count() == 8
    assert {user.slug for user in bookings[2].hosts} == {"ana", "charlie"}


def test_the_same_call_twice_books_once(lesson):
    once = OnceOnly.for_call(scope="create_booking", key="k1", payload={})
    first = book_series(lesson, at(10), once=once)
    with pytest.raises(Replay) as replay:
        book_series(lesson, at(10), once=once)
    assert replay.value.answer.body == {"id": str(first[0].pk)}
    assert Booking.objects.count() == 4
    assert IdempotencyRecord.objects.count() == 1


def test_requests_wait_for_the_organizer_and_hold_their_time(ana):
    event_type = make_weekly(ana, requires_confirmation=True)
    bookings = book_series(event_type, at(10))
    assert {one.status for one in bookings} == {"pending"}
    assert Occupancy.objects.count() == 4
    names = sorted(row.name for row in OutboxRow.objects.all())
    assert names == ["events.expire_request"] * 4 + ["notifications.send_series_mail"] * 2


def test_the_longest_series_takes_no_query_per_occurrence(ana):
    event_type = make_weekly(
        ana, recurrence_type="daily", max_occurrences=365, max_scheduling_horizon=2 * 366 * 24 * 60
    )
    shown = preview(event_type, at(10))
    free = tuple(one.start for one in shown.occurrences if one.is_offered)
    assert len(shown.occurrences) == 365
    assert {one.codes[0] for one in shown.occurrences if one.codes} == {"outside_hours"}
    with CaptureQueriesContext(connection) as queries:
        book_series(event_type, at(10), occurrences=free)
    assert Booking.objects.count() == len(free) > 250
    # SQLite takes some thousand values a statement at most, so rows go in some dozen batches.
    assert len(queries) < 60


def test_ones_own_hold_on_the_first_is_not_in_the_way(lesson):
    kept = hold(lesson, at(10))
    shown = preview(lesson, at(10))
    assert [one.codes for one in shown.occurrences] == [["held"], [], [], []]
    assert preview(lesson, at(10), own_hold=kept.pk).occurrences[0].is_offered
    with pytest.raises(errors.SlotTaken):
        book_series(lesson, at(10))
    book_series(lesson, at(10), hold_token=kept.token)
    assert not Hold.objects.exists()
    assert Occupancy.objects.count() == 4


def test_a_hold_on_a_date_that_is_not_booked_is_given_up(lesson):
    kept = hold(lesson, at(10))
    book_series(lesson, at(10), hold_token=kept.token, occurrences=tuple(FOUR[1:]))
    assert not Hold.objects.exists()
    assert Occupancy.objects.count() == 3


def test_what_lapsed_holds_have_left_is_in_nobodys_way(lesson):
    hold(lesson, at(10, days=7))
    later = NOW + timedelta(minutes=10)
    assert len(book_series(lesson, at(10), now=later)) == 4


def test_all_count_for_how_many_one_may_have_ahead(ana):
    event_type = make_weekly(ana, max_upcoming_per_invitee=3)
    with pytest.raises(ValidationFailed) as refused:
        book_series(event_type, at(10))
    assert refused.value.errors[0].code == "too_many_upcoming"
    assert not Booking.objects.exists()
    assert len(book_series(event_type, at(10), occurrences=tuple(FOUR[:3]))) == 3


@pytest.mark.django_db(transaction=True)
def test_of_many_at_once_one_gets_the_series_and_the_others_nothing():
    event_type = make_weekly(make_host())

    def ask_for(first: int) -> Callable[[], object]:
        # Each overlaps the next one's.
        return lambda: book_series(event_type, at(10, days=7 * first))

    outcomes = run_at_once(
        *(ask_for(first) for first in range(4)),
        done="booked",
        refused={errors.SlotTaken: "taken"},
    )
    assert sorted(outcomes) == ["booked", "taken", "taken", "taken"]
    assert Booking.objects.count() == Occupancy.objects.count() == 4
    assert BookingSeries.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_series_and_single_bookings_at_once_never_overlap():
    host = make_host()
    event_type, single = make_weekly(host), make_event_type(host)
    outcomes = run_at_once(
        lambda: book_series(event_type, at(10)),
        *(lambda days=days: book(single, at(10, days=days)) for days in (0, 7, 14, 21)),
        done="booked",
        refused={errors.SlotTaken: "taken"},
    )
    assert set(outcomes) <= {"booked", "taken"}
    starts = list(Booking.objects.values_list("start_time", flat=True))
    assert len(starts) == len(set(starts)) == Occupancy.objects.count()
    # All of the series or none of it.
    assert BookingSeries.objects.count() * 4 == Booking.objects.exclude(recurrence=None).count()
