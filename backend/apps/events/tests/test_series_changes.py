"""Moving and cancelling one occurrence, it and those that follow, or all of a series."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from apps.common.errors import InvalidState, ValidationFailed
from apps.common.models import OutboxRow
from apps.events import errors
from apps.events.actors import Actor
from apps.events.audit_chain import hash_of
from apps.events.models import Booking, BookingAuditLog, Occupancy
from apps.events.models.audit import ActorType
from apps.events.selectors.series.bookings import list_series
from apps.events.series_notices import present_series_notice
from apps.events.services.holds import FormHoldRequest, hold_for_form
from apps.events.services.series.row import lock_series
from apps.events.services.series.scope import cancel_in_scope, reschedule_in_scope
from apps.events.tests.calendar_model import CalendarModel
from apps.events.tests.series_cast import book_series, live, make_weekly
from apps.notifications.mail.composing import compose_booking_mail
from apps.notifications.mail.series_mails import compose_series_mail
from apps.notifications.public import BookingNotice, SeriesNotice, series_calendar_file
from apps.users.models import User
from tests.cast import ALWAYS, JONAS, NOW, add_hosts, at, book, make_event_type, make_host

pytestmark = pytest.mark.django_db

ANA = Actor(ActorType.ORGANIZER, "Ana Duarte", "ana@example.com")


@pytest.fixture
def lesson(ana):
    return make_weekly(ana)


def seen(booking: Booking) -> Booking:
    rows = Booking.objects.select_related("event_type", "organizer", "host", "recurrence")
    return rows.get(pk=booking.pk)


def move(booking: Booking, start: datetime, scope: str, **options: Any) -> Booking:
    change: dict[str, Any] = {"actor": JONAS, "now": NOW, **options}
    return reschedule_in_scope(booking=seen(booking), start=start, scope=scope, **change)


def cancel(booking: Booking, scope: str, **options: Any) -> Booking:
    change: dict[str, Any] = {"actor": JONAS, "now": NOW, "reason": "", **options}
    return cancel_in_scope(
        booking=seen(booking), scope=scope, cancelled_by=str(change["actor"].type), **change
    )


def days(bookings: list[Booking]) -> list[str]:
    return [f"{one.start_time:%m-%d %H:%M}" for one in bookings]


def states(bookings: list[Booking]) -> list[str]:
    return [one.status for one in bookings]


def mails(since: int = 0) -> list[OutboxRow]:
    return list(OutboxRow.objects.filter(name__contains="_mail", pk__gt=since).order_by("pk"))


def last_row() -> int:
    rows = OutboxRow.objects.order_by("-pk").values_list("pk", flat=True)
    return rows.first() or 0


# --- move ------------------------------------------------------------------


def test_one_moves_alone_and_is_an_exception(lesson):
    bookings = book_series(lesson, at(10))
    move(bookings[1], at(14, days=7), "this")
    after = live(bookings[0].recurrence)
    assert days(after) == ["03-02 10:00", "03-09 14:00", "03-16 10:00", "03-23 10:00"]
    assert [one.is_recurring_exception for one in after] == [False, True, False, False]
    assert after[1].recurrence_start == at(10, days=7)
    assert after[1].pk == bookings[1].pk
    assert after[1].access_token == bookings[1].access_token


def test_it_and_those_that_follow_move_by_as_much(lesson):
    bookings = book_series(lesson, at(10))
    before = last_row()
    changed = move(bookings[1], at(11, days=8), "following")
    after = live(bookings[0].recurrence)
    assert days(after) == ["03-02 10:00", "03-10 11:00", "03-17 11:00", "03-24 11:00"]
    assert changed.pk == bookings[1].pk
    # Nothing is added; the former times are kept as records without time of their own.
    assert len(after) == 4
    assert Occupancy.objects.count() == 4
    former = Booking.objects.filter(recurrence=bookings[0].recurrence, status="rescheduled")
    assert sorted(days(list(former))) == ["03-09 10:00", "03-16 10:00", "03-23 10:00"]
    assert {one.rescheduled_from_id for one in after[1:]} == {one.pk for one in former}
    # One mail to each side, and a row in the chain of each that moved.
    assert [row.payload["audience"] for row in mails(before)] == ["invitee", "organizer"]
    rows = BookingAuditLog.objects.filter(action="booking_rescheduled")
    assert {row.booking_id for row in rows} == {one.pk for one in after[1:]}
    assert all(row.sequence == 2 and row.hash == hash_of(row) for row in rows)


def test_all_move_though_each_goes_where_another_was(ana):
    # Every one of them takes the time that the next one has.
    daily = make_weekly(ana, recurrence_type="daily")
    bookings = book_series(daily, at(10))
    move(bookings[0], at(10, days=1), "all")
    assert days(live(bookings[0].recurrence)) == [
        "03-03 10:00",
        "03-04 10:00",
        "03-05 10:00",
        "03-06 10:00",
    ]


def test_they_move_by_the_clock_across_a_change_of_it(lesson):
    bookings = book_series(lesson, at(10, days=14))
    # An hour later on each date: summer time begins between the second and the third.
    move(bookings[0], at(11, days=14), "all")
    assert [one.wall_time[11:16] for one in live(bookings[0].recurrence)] == ["11:00"] * 4


def test_one_that_cannot_move_keeps_all_where_they_are(lesson):
    bookings = book_series(lesson, at(10))
    book(make_event_type(lesson.organizer), at(11, days=14))
    with pytest.raises(errors.SlotTaken) as refused:
        move(bookings[0], at(11), "all")
    assert [one["start"] for one in refused.value.extra["occurrences"]] == ["2026-03-16T11:00:00Z"]
    assert days(live(bookings[0].recurrence)) == days(bookings)


def test_a_lapsed_hold_is_in_no_series_way(lesson):
    bookings = book_series(lesson, at(10))
    intro = make_event_type(lesson.organizer)
    request = FormHoldRequest(
        organizer_slug=intro.organizer.slug,
        event_type_slug=intro.event_type_slug,
        start=at(11, days=14),
        client="203.0.113.7",
    )
    held = hold_for_form(request=request, now=NOW)
    move(bookings[0], at(11), "all", now=held.expires_at)
    assert days(live(bookings[0].recurrence))[2] == "03-16 11:00"


def test_what_has_started_stays_where_it_is(lesson):
    bookings = book_series(lesson, at(10))
    later = at(12)
    move(bookings[1], at(15, days=7), "all", now=later)
    assert days(live(bookings[0].recurrence)) == [
        "03-02 10:00",
        "03-09 15:00",
        "03-16 15:00",
        "03-23 15:00",
    ]
    with pytest.raises(InvalidState):
        move(bookings[0], at(15, days=1), "all", now=later)


def test_moving_back_to_the_rule_ends_the_exception(lesson):
    bookings = book_series(lesson, at(10))
    move(bookings[1], at(14, days=7), "following")
    move(bookings[1], at(10, days=7), "following")
    after = live(bookings[0].recurrence)
    assert days(after) == days(bookings)
    assert not any(one.is_recurring_exception for one in after)


def test_each_keeps_its_own_host(ana, charlie):
    event_type = add_hosts(make_weekly(ana, kind="round_robin"), ana, charlie, required=False)
    book(make_event_type(ana), at(10, days=7))
    book(make_event_type(charlie), at(10, days=14))
    bookings = book_series(event_type, at(10))
    move(bookings[0], at(15), "all")
    after = live(bookings[0].recurrence)
    assert [one.host_id for one in after] == [one.host_id for one in bookings]
    for one in after:
        assert Occupancy.objects.get(booking=one).host_id == one.host_id


def test_who_was_given_a_date_before_the_lock_is_locked_too(ana, charlie):
    first = seen(book_series(make_weekly(ana), at(10))[0])
    locks: list[Any] = []

    def give_away(execute, sql, params, many, context):
        if sql.startswith(f'SELECT "{User._meta.db_table}"."id"'):
            if not locks:
                Booking.objects.filter(pk=first.pk).update(host=charlie)
            locks.append({str(one).replace("-", "") for one in params})
        return execute(sql, params, many, context)

    with transaction.atomic(), connection.execute_wrapper(give_away):
        bookings = lock_series(first, by_link=False)
    assert {one.host for one in bookings} == {ana, charlie}
    assert [charlie.pk.hex in one for one in locks] == [False, True]


def test_by_the_invitee_it_becomes_a_request_where_that_is_needed(ana):
    event_type = make_weekly(ana)
    bookings = book_series(event_type, at(10))
    event_type.requires_confirmation = True
    event_type.save()
    move(bookings[1], at(14, days=7), "following")
    assert states(live(bookings[0].recurrence)) == ["confirmed"] + ["pending"] * 3
    move(bookings[1], at(15, days=7), "following", actor=ANA)
    assert states(live(bookings[0].recurrence)) == ["confirmed"] * 4


def test_time_that_a_request_does_not_hold_is_not_its_own(ana):
    # Requests that hold no time; somebody else has booked that of the second one since.
    event_type = make_weekly(ana, requires_confirmation=True, pending_holds_slot=False)
    bookings = book_series(event_type, at(10))
    book(make_event_type(ana), at(10, days=7))
    with pytest.raises(errors.SlotTaken):
        move(bookings[0], at(10, days=7), "this")
    with pytest.raises(errors.SlotTaken):
        move(bookings[0], at(10, days=7), "all")
    move(bookings[0], at(11), "all")
    assert {one.wall_time[11:16] for one in live(bookings[0].recurrence)} == {"11:00"}


def test_the_organizers_rules_for_invitees_hold_for_each(ana):
    event_type = make_weekly(ana, change_cutoff_minutes=3 * 24 * 60)
    bookings = book_series(event_type, at(10))
    with pytest.raises(InvalidState):
        move(bookings[0], at(11), "all")
    move(bookings[1], at(11, days=7), "all")
    assert days(live(bookings[0].recurrence))[:2] == ["03-02 10:00", "03-09 11:00"]
    move(bookings[0], at(12), "all", actor=ANA)
    assert days(live(bookings[0].recurrence))[:2] == ["03-02 12:00", "03-09 13:00"]


def test_a_booking_that_stands_alone_has_no_wider_scope(intro):
    booking = book(intro, at(10))
    with pytest.raises(ValidationFailed) as refused:
        move(booking, at(11), "following")
    assert refused.value.errors[0].pointer == "/scope"
    with pytest.raises(ValidationFailed) as refused:
        cancel(booking, "all")
    assert refused.value.errors[0].pointer == "/scope"


def test_nothing_to_move_is_said_so(lesson):
    bookings = book_series(lesson, at(10))
    with pytest.raises(ValidationFailed) as refused:
        move(bookings[0], at(10), "all")
    assert refused.value.errors[0].code == "unchanged"


# --- cancel ----------------------------------------------------------------


def test_it_and_those_that_follow_are_cancelled_and_free(lesson):
    bookings = book_series(lesson, at(10))
    before = last_row()
    cancel(bookings[2], "following", reason="No time")
    after = live(bookings[0].recurrence)
    assert states(after) == ["confirmed", "confirmed", "cancelled", "cancelled"]
    assert {one.cancellation_reason for one in after[2:]} == {"No time"}
    assert Occupancy.objects.count() == 2
    assert [row.payload["audience"] for row in mails(before)] == ["invitee", "organizer"]
    assert BookingAuditLog.objects.filter(action="booking_cancelled").count() == 2
    book(make_event_type(lesson.organizer), at(10, days=21))


def test_all_are_cancelled_but_those_that_took_place(lesson):
    bookings = book_series(lesson, at(10))
    cancel(bookings[2], "all", now=at(12, days=7), actor=ANA)
    assert states(live(bookings[0].recurrence)) == ["confirmed"] * 2 + ["cancelled"] * 2
    with pytest.raises(InvalidState):
        cancel(bookings[0], "all", now=at(12, days=7))


def test_what_follows_is_told_by_its_time(lesson):
    bookings = book_series(lesson, at(10))
    # The second one comes last now.
    move(bookings[1], at(10, days=28), "this")
    cancel(bookings[2], "following")
    assert states(live(bookings[0].recurrence)) == [
        "confirmed",
        "cancelled",
        "cancelled",
        "cancelled",
    ]


def test_a_link_that_was_replaced_cancels_nothing(lesson):
    from apps.common.errors import NotFound

    bookings = book_series(lesson, at(10))
    stale = seen(bookings[0])
    fresh = seen(bookings[0])
    fresh.regenerate_access_token(NOW)
    fresh.save()
    with pytest.raises(NotFound):
        cancel_in_scope(
            booking=stale, scope="all", cancelled_by="invitee", reason="", actor=JONAS, now=NOW
        )


def test_the_longest_series_changes_without_a_query_per_occurrence(db):
    host = make_host("ola", weekly=ALWAYS)
    daily = make_weekly(
        host, recurrence_type="daily", max_occurrences=200, max_scheduling_horizon=400 * 24 * 60
    )
    bookings = book_series(daily, at(10))
    with CaptureQueriesContext(connection) as queries:
        move(bookings[0], at(11), "all")
    assert len(queries) < 60
    with CaptureQueriesContext(connection) as queries:
        cancel(bookings[0], "all")
    assert len(queries) < 30
    assert set(states(live(bookings[0].recurrence))) == {"cancelled"}


# --- what calendars show ---------------------------------------------------


def files(since: int, audience: str = "invitee") -> list[bytes]:
    """The calendar parts of the mails that were written since."""
    found = []
    for row in mails(since):
        payload = row.payload
        if payload["audience"] != audience:
            continue
        compose: Any = compose_booking_mail
        notice: Any = None
        if "series" in payload:
            compose, notice = compose_series_mail, SeriesNotice.from_json(payload["series"])
        else:
            notice = BookingNotice.from_json(payload["notice"])
        mail = compose(
            notice,
            audience,
            message_id=payload["message_id"],
            references=payload["references"],
        )
        found += [part[1] for part in mail.attachments if part[2] == "application/ics"]
    return found


class Story:
    """Does one thing after the other, and opens the mails of each in a calendar."""

    def __init__(self, event_type: Any) -> None:
        self.event_type = event_type
        self.calendar = CalendarModel()
        self._since = 0
        self.bookings: list[Booking] = []

    def then(self, done: Any) -> None:
        new = files(self._since)
        assert len(new) == 1, "one mail with one file"
        self._since = last_row()
        self.calendar.receive(new[0])
        if isinstance(done, list):
            self.bookings = done
        assert self.calendar.starts == self.live_starts

    @property
    def live_starts(self) -> list[datetime]:
        rows = live(self.bookings[0].recurrence)
        return sorted(one.start_time for one in rows if one.status == "confirmed")


@pytest.mark.parametrize(
    "rule",
    [
        {},
        # No RRULE yields these: the chosen Monday is none of the rule's days.
        {"recurrence_rule": "FREQ=WEEKLY;BYDAY=TU;COUNT=4"},
        {"recurrence_rule": "FREQ=DAILY;COUNT=5\nEXDATE:20260304"},
    ],
)
def test_the_invitees_calendar_shows_what_is_booked_at_every_step(ana, rule):
    story = Story(make_weekly(ana, **rule))
    story.then(book_series(story.event_type, at(10)))
    second, third = story.bookings[1], story.bookings[2]
    story.then(move(second, second.start_time + timedelta(hours=4), "this"))
    story.then(move(third, third.start_time + timedelta(hours=3), "following"))
    story.then(cancel(story.bookings[3], "this"))
    story.then(move(second, second.start_time + timedelta(hours=5), "this"))
    story.then(move(story.bookings[0], at(11), "all", actor=ANA))
    story.then(cancel(third, "following"))
    story.then(cancel(story.bookings[0], "all", actor=ANA))
    assert story.calendar.starts == []


def test_what_is_only_asked_for_is_in_nobodys_calendar(ana):
    story = Story(make_weekly(ana))
    story.then(book_series(story.event_type, at(10)))
    story.event_type.requires_confirmation = True
    story.event_type.save()
    second = story.bookings[1]
    story.then(move(second, at(14, days=7), "following"))
    assert story.calendar.starts == [at(10)]
    # The organizer's word on a time confirms it.
    story.then(move(second, at(15, days=7), "following", actor=ANA))
    assert len(story.calendar.starts) == 4
    story.then(move(story.bookings[0], at(11), "all"))
    assert story.calendar.starts == []


def test_the_calendar_shows_a_chosen_subset_across_clock_changes(ana):
    event_type = make_weekly(ana, max_occurrences=8)
    chosen = tuple(one.start_time for one in book_series(event_type, at(10, days=14)) if one.pk)
    cancel(live(Booking.objects.first().recurrence)[0], "all")
    story = Story(event_type)
    story._since = last_row()
    story.then(
        book_series(
            event_type, at(10, days=14), occurrences=(chosen[1], chosen[2], chosen[5], chosen[7])
        )
    )
    assert len(story.calendar.starts) == 4
    story.then(move(story.bookings[1], story.bookings[1].start_time + timedelta(hours=1), "all"))
    story.then(cancel(story.bookings[0], "all"))
    assert story.calendar.starts == []


def test_wall_times_that_do_not_exist_or_come_twice_are_in_the_calendar_too(db):
    night = make_host("nia", timezone="Europe/Berlin", weekly=ALWAYS)
    event_type = make_weekly(night, recurrence_type="daily", max_occurrences=3)
    # 02:30 does not exist on 29 March.
    story = Story(event_type)
    story.then(book_series(event_type, datetime(2026, 3, 28, 1, 30, tzinfo=UTC)))
    assert [f"{one:%d %H:%M}" for one in story.calendar.starts] == [
        "28 01:30",
        "29 01:30",
        "30 00:30",
    ]
    story.then(cancel(story.bookings[1], "following"))
    # The second 02:30 of 25 October, as chosen.
    autumn = Story(event_type)
    autumn._since = last_row()
    autumn.then(book_series(event_type, datetime(2026, 10, 25, 1, 30, tzinfo=UTC)))
    assert [f"{one:%d %H:%M}" for one in autumn.calendar.starts] == [
        "25 01:30",
        "26 01:30",
        "27 01:30",
    ]
    autumn.then(cancel(autumn.bookings[0], "all"))
    assert autumn.calendar.starts == []


def test_the_download_shows_the_series_as_it_is(lesson):
    bookings = book_series(lesson, at(10))
    move(bookings[1], at(14, days=7), "this")
    cancel(bookings[3], "this")
    series = bookings[0].recurrence
    file = series_calendar_file(present_series_notice(series, list_series(series), now=NOW))
    calendar = CalendarModel()
    calendar.receive(file)
    assert calendar.starts == [at(10), at(14, days=7), at(10, days=14)]
    assert b"METHOD:PUBLISH" in file
    assert b"TZID=Europe/Lisbon" in file
    assert b"BEGIN:VTIMEZONE" in file


def test_hosts_hear_of_the_dates_that_they_serve_alone(ana, charlie):
    organizer = make_host("olga", "Olga Organizer")
    event_type = add_hosts(make_weekly(organizer, kind="round_robin"), ana, charlie, required=False)
    book(make_event_type(ana), at(10, days=7))
    book(make_event_type(charlie), at(10, days=14))
    before = last_row()
    bookings = book_series(event_type, at(10))
    told: dict[str, list[datetime]] = {}
    for row in mails(before):
        if row.payload["audience"] == "host":
            notice = SeriesNotice.from_json(row.payload["series"])
            address = notice.booking.recipient("host").email
            calendar = CalendarModel()
            calendar.receive(series_calendar_file(notice, audience="host"))
            told[address] = calendar.starts
    assert told == {
        user.email: [one.start_time for one in bookings if one.host_id == user.pk]
        for user in (ana, charlie)
    }
