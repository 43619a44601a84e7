"""Bookings that several hosts serve: round robin, collective, required and rotating hosts."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from itertools import pairwise

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.availability.models import Schedule
from apps.common.models import OutboxRow
from apps.events import errors
from apps.events.models import Booking, BookingAuditLog, Occupancy
from apps.events.selectors.bookings import count_served
from apps.events.selectors.offers import load_offer
from apps.events.selectors.slots import list_slots, list_slots_for_move
from apps.events.services.bookings import attempts as attempts_module
from apps.events.services.bookings import cancel_booking, reschedule_booking
from apps.events.services.bookings import judging as judging_module
from apps.events.services.bookings import new_booking as new_booking_module
from apps.events.services.bookings import reschedule as reschedule_module
from apps.events.services.bookings.serving import people_to_lock
from tests.cast import ALWAYS, JONAS, NOW, WORKDAYS, add_hosts, at, book, make_event_type, make_host
from tests.races import run_at_once

pytestmark = pytest.mark.django_db


@pytest.fixture
def ben(db):
    return make_host("ben", "Ben Osei")


@pytest.fixture
def cleo(db):
    return make_host("cleo", "Cleo Park")


@pytest.fixture
def turns(ana, ben, cleo):
    """Ana, Ben and Cleo take turns."""
    return add_hosts(make_event_type(ana, kind="round_robin"), ana, ben, cleo)


@pytest.fixture
def together(ana, ben, cleo):
    """Ana, Ben and Cleo meet the invitee together."""
    return add_hosts(make_event_type(ana, kind="collective"), ana, ben, cleo)


def _hosts(booking: Booking) -> list[str]:
    return [host.slug for host in booking.hosts]


def _occupied(booking: Booking) -> set[tuple[str, object]]:
    return set(booking.occupancies.values_list("host__slug", "starts_at"))


def test_hosts_take_turns(turns):
    served = [_hosts(book(turns, at(9 + number))) for number in range(6)]
    assert served == [["ana"], ["ben"], ["cleo"]] * 2
    assert Occupancy.objects.count() == 6


def test_weights_give_shares_and_the_choice_is_explained(ana, ben):
    event_type = make_event_type(ana, kind="round_robin")
    add_hosts(event_type, ana, weight=1)
    add_hosts(event_type, ben, weight=3)
    served = Counter(_hosts(book(event_type, at(9 + number)))[0] for number in range(8))
    assert served == {"ben": 6, "ana": 2}
    told = BookingAuditLog.objects.latest("id").metadata["host_choice"]
    assert told["chosen"] in {row["host"] for row in told["ranking"]}
    assert sum(row["served_this_month"] for row in told["ranking"]) == 7


def test_a_priority_decides_between_equals(ana, ben):
    event_type = make_event_type(ana, kind="round_robin")
    add_hosts(event_type, ana)
    add_hosts(event_type, ben, priority=5)
    assert _hosts(book(event_type, at(9))) == ["ben"]


def test_shares_are_of_the_month_in_the_event_types_zone(turns, ana, ben):
    """The first instants of April in Lisbon are still March in UTC."""
    Schedule.objects.update(
        weekly=[{"weekday": d, "start": "00:00", "end": "24:00"} for d in range(1, 8)]
    )
    march, april = at(22, 30, days=29), at(23, days=29)
    booked = [book(turns, start) for start in (march, april)]
    assert [_hosts(booking) for booking in booked] == [["ana"], ["ben"]]
    served = count_served(event_type_id=turns.pk, month_of=april, timezone="Europe/Lisbon")
    assert {host: count for host, (count, _) in served.items()} == {ana.pk: 0, ben.pk: 1}
    in_march = count_served(event_type_id=turns.pk, month_of=march, timezone="Europe/Lisbon")
    assert in_march[ana.pk][0] == 1


def test_the_next_free_host_serves_until_none_is_left(turns):
    served = [_hosts(book(turns, at(10)))[0] for _ in range(3)]
    assert sorted(served) == ["ana", "ben", "cleo"]
    with pytest.raises(errors.SlotTaken) as refused:
        book(turns, at(10))
    assert refused.value.extra["reasons"] == ["booked"]


def test_required_hosts_attend_every_booking(ana, ben, cleo):
    event_type = make_event_type(ana, kind="round_robin")
    add_hosts(event_type, ana, required=True)
    add_hosts(event_type, ben, cleo)
    first, second = book(event_type, at(9)), book(event_type, at(10))
    assert (_hosts(first), _hosts(second)) == (["ben", "ana"], ["cleo", "ana"])
    assert _occupied(first) == {("ben", at(9)), ("ana", at(9))}
    with pytest.raises(errors.SlotTaken):
        book(event_type, at(9))


def test_together_means_all(together, ben):
    booking = book(together, at(9))
    assert _hosts(booking) == ["ana", "ben", "cleo"]
    assert _occupied(booking) == {(slug, at(9)) for slug in ("ana", "ben", "cleo")}
    own = make_event_type(ben, name="Own", event_type_slug="own")
    with pytest.raises(errors.SlotTaken):
        book(own, at(9))
    book(own, at(11))
    with pytest.raises(errors.SlotTaken):
        book(together, at(11))
    assert Booking.objects.count() == 2


def test_everybody_is_told(together):
    book(together, at(9))
    readers = [
        (row.payload["audience"], (row.payload["notice"]["reader"] or {}).get("email"))
        for row in OutboxRow.objects.order_by("id")
    ]
    assert readers == [
        ("invitee", None), ("organizer", None),
        ("host", "ben@example.com"), ("host", "cleo@example.com"),
    ]  # fmt: skip


def test_the_invitees_page_and_the_api_say_whom_they_meet(client, turns):
    served = [book(turns, at(9)), book(turns, at(9))]
    with time_machine.travel(NOW, tick=False):
        for booking, name in zip(served, ["Ana Duarte", "Ben Osei"], strict=True):
            page = client.get(f"/booking/{booking.access_token}/manage").content.decode()
            assert f"<dd>{name}</dd>" in page
            path = f"/api/v1/events/booking/{booking.access_token}/manage/"
            assert client.get(path).json()["hosts"] == [{"name": name}]


def test_a_move_takes_all_hosts_along_and_their_old_time_is_free(together, ben):
    booking = book(together, at(9))
    together.slot_interval_minutes = 15
    together.save()
    stored = Booking.objects.get(pk=booking.pk)
    listed = {
        slot.start
        for slot in list_slots_for_move(stored, start=NOW, end=NOW + timedelta(days=1), now=NOW)
    }
    assert at(9, 15) in listed
    moved = reschedule_booking(booking=stored, start=at(9, 15), actor=JONAS, now=NOW)
    assert _occupied(moved) == {(slug, at(9, 15)) for slug in ("ana", "ben", "cleo")}
    book(make_event_type(ben, name="Own", event_type_slug="own"), at(12))
    with pytest.raises(errors.SlotTaken):
        reschedule_booking(booking=moved, start=at(12), actor=JONAS, now=NOW)


def test_a_move_keeps_the_host_although_others_are_free(turns, ana):
    booking = book(turns, at(9))
    moved = reschedule_booking(booking=booking, start=at(14), actor=JONAS, now=NOW)
    assert (_hosts(moved), _occupied(moved)) == (["ana"], {("ana", at(14))})
    book(make_event_type(ana, name="Own", event_type_slug="own"), at(15))
    with pytest.raises(errors.SlotTaken):
        reschedule_booking(booking=moved, start=at(15), actor=JONAS, now=NOW)
    assert at(15) in {s.start for s in list_slots(turns, start=NOW, end=at(17), now=NOW)}


def test_cancelling_frees_all_hosts(together, ben):
    booking = book(together, at(9))
    cancel_booking(booking=booking, cancelled_by="invitee", reason="", actor=JONAS, now=NOW)
    assert not Occupancy.objects.exists()
    assert (
        book(make_event_type(ben, name="Own", event_type_slug="own"), at(9)).status == "confirmed"
    )


def _steal(host, start):
    """An outsider's row for the host, hung on a booking of somebody else's."""
    spare = book(make_event_type(make_host("dora", "Dora"), event_type_slug="spare"), at(9))
    Occupancy.objects.create(
        host=host, booking=spare, starts_at=start, ends_at=start + timedelta(minutes=30)
    )


def test_who_is_taken_between_the_last_look_and_the_insert_is_passed_over(turns, ana, monkeypatch):
    """The guard refuses Ana's time: the whole transaction is repeated, and Ben serves."""
    real, stolen = new_booking_module.take, []

    def steal_first(booking, host_ids, **options):
        if not stolen:
            # Like a writer that commits at this very moment, so it outlives our rollback.
            stolen.append(True)
            monkeypatch.setattr(
                judging_module, "judge_start", _with_theft(judging_module.judge_start, ana)
            )
            _refuse_overlap()
        real(booking, host_ids, **options)

    def _refuse_overlap():
        from django.db import IntegrityError

        raise IntegrityError("occupancy_no_overlap")

    def _with_theft(judge, host):
        def judged(*args, **kwargs):
            if len(stolen) == 1:
                stolen.append(True)
                _steal(host, at(10))
            return judge(*args, **kwargs)

        return judged

    monkeypatch.setattr(new_booking_module, "take", steal_first)
    booking = book(turns, at(10))
    assert _hosts(booking) == ["ben"]
    told = BookingAuditLog.objects.filter(booking=booking).get().metadata["host_choice"]
    assert told["taken_meanwhile"] == [str(ana.pk)]


@pytest.mark.parametrize("who", ["ana", "ben", "cleo"])
def test_a_hosts_change_between_check_and_lock_is_seen(together, monkeypatch, who):
    lock = attempts_module.lock_hosts

    def close_then_lock(organizer_id, host_ids):
        Schedule.objects.filter(user__slug=who).update(weekly=[])
        return lock(organizer_id, host_ids)

    monkeypatch.setattr(attempts_module, "lock_hosts", close_then_lock)
    with pytest.raises(errors.OutsideHours):
        book(together, at(10))


@pytest.fixture
def crowd(ana):
    """Thirty hosts who take turns, and Ana, who always comes along."""
    event_type = add_hosts(make_event_type(ana, kind="round_robin"), ana, required=True)
    return add_hosts(event_type, *(make_host(f"h{n}", f"Host {n}") for n in range(30)))


def test_of_many_hosts_only_the_next_few_are_locked(crowd, ana):
    free = load_offer(crowd).host_ids
    locked = people_to_lock(load_offer(crowd), free, start=at(10), but=())
    assert len(locked) == 11
    assert ana.pk in locked
    assert len(people_to_lock(load_offer(crowd), free[:3], start=at(10), but=())) == 3
    assert _hosts(book(crowd, at(10))) == ["h0", "ana"]
    assert _hosts(book(crowd, at(11))) == ["h1", "ana"]


def test_of_many_hosts_a_changed_one_does_not_serve(crowd, monkeypatch):
    lock = attempts_module.lock_hosts

    def close_then_lock(organizer_id, host_ids):
        Schedule.objects.filter(user__slug="h0").update(weekly=[])
        return lock(organizer_id, host_ids)

    monkeypatch.setattr(attempts_module, "lock_hosts", close_then_lock)
    assert _hosts(book(crowd, at(10))) == ["h1", "ana"]


def _move(booking, start):
    return reschedule_booking(booking=booking, start=start, actor=JONAS, now=NOW)


def test_moving_reads_nothing_of_who_does_not_serve_and_no_hours_under_the_lock(crowd):
    booking = book(crowd, at(10))
    others = {host.user.pk.hex for host in crowd.hosts.select_related("user")}
    others -= {host.pk.hex for host in booking.hosts}
    assert len(others) == 29
    with CaptureQueriesContext(connection) as asked:
        _move(booking, at(11))
    asked = [one["sql"].replace("-", "") for one in asked]
    assert not [sql for sql in asked if any(other in sql for other in others)]
    began = next(place for place, sql in enumerate(asked) if sql.startswith("SAVEPOINT"))
    assert [sql for sql in asked[:began] if "availability_schedule" in sql]
    assert not [sql for sql in asked[began:] if 'FROM "availability_' in sql]


@pytest.mark.parametrize("who", ["ana", "ben", "cleo"])
def test_a_hosts_change_between_check_and_lock_of_a_move_is_seen(together, monkeypatch, who):
    booking = book(together, at(10))
    lock = reschedule_module.lock_booking

    def close_then_lock(*args, **kwargs):
        Schedule.objects.filter(user__slug=who).update(weekly=[])
        return lock(*args, **kwargs)

    monkeypatch.setattr(reschedule_module, "lock_booking", close_then_lock)
    with pytest.raises(errors.OutsideHours):
        _move(booking, at(12))


def test_an_event_types_change_between_check_and_lock_of_a_move_is_seen(together, monkeypatch):
    booking = book(together, at(10))
    lock = reschedule_module.lock_booking

    def widen_then_lock(*args, **kwargs):
        type(together).objects.filter(pk=together.pk).update(buffer_time_after=25)
        return lock(*args, **kwargs)

    monkeypatch.setattr(reschedule_module, "lock_booking", widen_then_lock)
    assert _move(booking, at(12)).buffer_after == 25


def test_a_changed_offer_is_read_again_without_the_locks(together, monkeypatch):
    begin, changed = attempts_module.in_transaction, []

    def widen_then_begin(write):
        if not changed:
            changed.append(Schedule.objects.filter(user__slug="cleo").update(weekly=ALWAYS))
        return begin(write)

    monkeypatch.setattr(attempts_module, "in_transaction", widen_then_begin)
    with CaptureQueriesContext(connection) as asked:
        assert _hosts(book(together, at(10))) == ["ana", "ben", "cleo"]
    began, outside, inside = 0, 0, 0
    for sql in [one["sql"] for one in asked]:
        began += sql.startswith("SAVEPOINT") - sql.startswith("RELEASE")
        reads_hours = sql.startswith("SELECT") and 'FROM "availability_schedule"' in sql
        inside, outside = inside + (reads_hours and began), outside + (reads_hours and not began)
    assert (changed, outside, inside) == ([1], 2, 0)


AFTERNOON = [{"weekday": 1, "start": "14:00", "end": "16:00"}]
AFTERNOON_STARTS = [f"2026-03-02T{time}:00Z" for time in ("14:00", "14:30", "15:00", "15:30")]


def _shrink_before(number, module, monkeypatch):
    """Before this transaction Ben's hours shrink; before the earlier ones they change for nothing."""
    begin, calls = module.in_transaction, []

    def change_then_begin(write):
        calls.append(True)
        weekly = (
            AFTERNOON
            if len(calls) == number
            else [*WORKDAYS, {**WORKDAYS[0], "weekday": 5 + len(calls)}]
        )
        Schedule.objects.filter(user__slug="ben").update(weekly=weekly)
        return begin(write)

    monkeypatch.setattr(module, "in_transaction", change_then_begin)


@pytest.mark.parametrize("number", [1, 2, 3])
def test_alternatives_are_of_the_hours_that_refused(together, monkeypatch, number):
    """Also when these were changed while the booking waited for its locks."""
    _shrink_before(number, attempts_module, monkeypatch)
    with pytest.raises(errors.OutsideHours) as refused:
        book(together, at(10))
    assert refused.value.extra["alternatives"] == AFTERNOON_STARTS


def test_alternatives_to_a_move_are_of_the_hours_that_refused(together, monkeypatch):
    booking = book(together, at(10))
    _shrink_before(1, reschedule_module, monkeypatch)
    with pytest.raises(errors.OutsideHours) as refused:
        _move(booking, at(12))
    assert refused.value.extra["alternatives"][:4] == AFTERNOON_STARTS


def test_when_all_who_were_locked_are_taken_the_next_ones_are_tried(ana, monkeypatch):
    """Ten others book between our look and our lock; the eleventh in line serves us."""
    event_type = make_event_type(ana, kind="round_robin")
    add_hosts(event_type, *(make_host(f"h{n}", f"Host {n}") for n in range(30)))
    choose, began = attempts_module.people_to_lock, []

    def let_ten_through(*args, **kwargs):
        chosen = choose(*args, **kwargs)
        if not began:
            began.append(True)
            for _ in range(10):
                book(event_type, at(10))
        return chosen

    monkeypatch.setattr(attempts_module, "people_to_lock", let_ten_through)
    assert _hosts(book(event_type, at(10))) == ["h10"]


def _count_queries(event_type, start) -> int:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        book(event_type, start)
    return len(queries)


def test_a_booking_takes_as_many_queries_for_forty_hosts_as_for_three(turns, ana):
    many = make_event_type(ana, kind="collective", event_type_slug="many", name="Many")
    add_hosts(many, *(make_host(f"h{n}", f"Host {n}") for n in range(40)))
    few = make_event_type(ana, kind="collective", event_type_slug="few", name="Few")
    add_hosts(few, *(make_host(f"f{n}", f"Few {n}") for n in range(3)))
    assert _count_queries(many, at(10)) == _count_queries(few, at(10))


@pytest.mark.processes
@pytest.mark.django_db(transaction=True)
def test_twenty_for_one_start_of_three_hosts_make_three_bookings(turns):
    outcomes = run_at_once(
        *(lambda: book(turns, at(12)) for _ in range(20)),
        done="booked",
        refused={errors.SlotTaken: "taken"},
    )
    assert Counter(outcomes) == {"booked": 3, "taken": 17}
    assert {booking.host.slug for booking in Booking.objects.all()} == {"ana", "ben", "cleo"}
    assert Occupancy.objects.values("host").distinct().count() == Occupancy.objects.count() == 3


@pytest.mark.processes
@pytest.mark.django_db(transaction=True)
def test_a_collective_and_its_members_own_bookings_never_overlap(together, ana, ben, cleo):
    own = [
        make_event_type(user, event_type_slug="own", name="Own", slot_interval_minutes=15)
        for user in (ana, ben, cleo)
    ]
    attempts = []
    for number in range(8):
        start = at(12, 15 * (number % 3))
        attempts += [
            lambda start=start: book(together, start.replace(minute=0)),
            *(lambda kind=kind, start=start: book(kind, start) for kind in own),
        ]
    outcomes = run_at_once(*attempts, done="booked", refused={errors.SlotTaken: "taken"})
    assert set(outcomes) == {"booked", "taken"}
    for user in (ana, ben, cleo):
        spans = sorted(Occupancy.objects.filter(host=user).values_list("starts_at", "ends_at"))
        assert all(end <= start for (_, end), (start, _) in pairwise(spans))
    for booking in Booking.objects.filter(event_type=together):
        assert booking.occupancies.count() == 3
