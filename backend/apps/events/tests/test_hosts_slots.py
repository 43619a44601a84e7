"""Event types that several hosts serve: whose time counts, whose changes are seen, at what cost."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth import get_user_model
from django.test import Client

from apps.availability.models import HolidayCalendar, OutOfOffice, Schedule, Travel
from apps.events.models import EventType, EventTypeHost
from apps.events.selectors.offers import get_offer, load_offer, load_offer_served_by
from apps.events.selectors.slots import explain_start, judge_start, list_slots
from tests.cast import NOW, WORKDAYS, at, make_event_type, make_host
from tests.rows import write_booking

pytestmark = pytest.mark.django_db
PATH = "/api/v1/events/slots/ana/team/?start_date=2026-03-02&end_date=2026-03-04"


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def bo(db):
    return make_host("bo", "Bo Lind")


@pytest.fixture
def cy(db):
    return make_host("cy", "Cy Noor")


def make_team(organizer, kind, *hosts, **fields) -> EventType:
    """An event type of that kind; `hosts` are users or (user, required)."""
    event_type = make_event_type(
        organizer, name="Team", event_type_slug="team", kind=kind, **fields
    )
    for position, host in enumerate(hosts):
        user, required = host if isinstance(host, tuple) else (host, False)
        EventTypeHost.objects.create(
            event_type=event_type, user=user, required=required, position=position
        )
    return event_type


def take(user, start):
    """Half an hour of somebody's time for a booking of their own."""
    other = EventType.objects.filter(organizer=user, event_type_slug="own").first()
    other = other or make_event_type(user, name="Own", event_type_slug="own")
    return write_booking(other, start)


def starts(event_type, **options):
    window = {"start": at(8), "end": at(20), "now": NOW}
    return {slot.start: slot for slot in list_slots(event_type, **window, **options)}


def test_collective_needs_everybody(ana, bo):
    team = make_team(ana, "collective", ana, bo)
    take(bo, at(10))
    offered = starts(team)
    assert at(10) not in offered
    assert offered[at(11)].hosts == (str(ana.pk), str(bo.pk))


def test_round_robin_needs_the_required_and_one_who_takes_turns(ana, bo, cy):
    team = make_team(ana, "round_robin", (ana, True), bo, cy)
    take(ana, at(10))
    take(bo, at(11))
    take(cy, at(12))
    take(bo, at(12))
    offered = starts(team)
    assert at(10) not in offered  # the required one is busy
    assert offered[at(11)].hosts == (str(ana.pk), str(cy.pk))
    assert at(12) not in offered
    offer = load_offer(team)
    verdict = judge_start(offer, start=at(9), now=NOW, duration=30)
    assert verdict.hosts == (ana.pk, bo.pk, cy.pk) == offer.host_ids


def test_hosts_follow_the_schedule_chosen_for_them(ana, bo):
    late = [{"weekday": 1, "start": "18:00", "end": "19:00"}]
    schedules = {
        user.pk: Schedule.objects.create(
            user=user, name="Late", timezone="Europe/Lisbon", weekly=late
        )
        for user in (ana, bo)
    }
    team = make_team(ana, "collective", ana, bo, schedule=schedules[ana.pk])
    assert starts(team) == {}
    EventTypeHost.objects.filter(user=bo).update(schedule=schedules[bo.pk])
    assert list(starts(team)) == [at(18), at(18, 30)]
    # A host's own choice goes before the event type's.
    EventTypeHost.objects.filter(user=ana).update(
        schedule=Schedule.objects.get(user=ana, is_default=True)
    )
    assert starts(team) == {}


def test_a_closed_account_takes_no_turns_and_when_required_closes_all(ana, bo, cy):
    team = make_team(ana, "round_robin", bo, cy)
    get_user_model().objects.filter(pk=bo.pk).update(is_active=False)
    assert load_offer(team).host_ids == (cy.pk,)
    assert starts(team)[at(10)].hosts == (str(cy.pk),)
    EventTypeHost.objects.filter(user=bo).update(required=True)
    assert starts(team) == {}


def test_without_hosts_the_organizer_serves_alone(ana):
    for kind in ("one_on_one", "collective", "round_robin"):
        EventType.objects.all().delete()
        assert starts(make_team(ana, kind))[at(10)].hosts == (str(ana.pk),)


def test_a_move_is_served_by_the_same_hosts_even_by_one_who_left(ana, bo, cy):
    team = make_team(ana, "round_robin", ana, bo)
    offer = load_offer_served_by(team, [bo.pk])
    take(bo, at(10))
    assert judge_start(offer, start=at(10), now=NOW, duration=30).reasons[0].code == "booked"
    assert judge_start(offer, start=at(11), now=NOW, duration=30).hosts == (bo.pk,)
    left = load_offer_served_by(team, [bo.pk, cy.pk])
    assert judge_start(left, start=at(11), now=NOW, duration=30).hosts == (bo.pk, cy.pk)
    assert left.stands_under({ana.pk: ana.availability_version, **left.versions})
    assert not left.stands_under({**left.versions, cy.pk: left.versions[cy.pk] + 1})


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("kind", ["collective", "round_robin"])
@pytest.mark.parametrize(
    "change", ["schedule", "off", "travel", "holidays", "account", "hosts", "chosen"]
)
def test_a_change_of_any_host_is_seen_by_the_next_request(
    client, ana, bo, kind, change, django_assert_num_queries
):
    di = make_host("di", "Di Roy")
    make_team(ana, kind, bo, di)
    if kind == "round_robin":
        Schedule.objects.filter(user=di).update(weekly=[])
    other = Schedule.objects.create(user=bo, name="None", timezone="UTC", weekly=[])
    before = client.get(PATH).json()["slots"]
    with django_assert_num_queries(2):  # the offer is kept
        assert client.get(PATH).json()["slots"] == before
    if change == "schedule":
        Schedule.objects.filter(user=bo, is_default=True).update(weekly=WORKDAYS[:1])
    elif change == "off":
        OutOfOffice.objects.create(user=bo, start_date="2026-03-03", end_date="2026-03-03")
    elif change == "travel":
        Travel.objects.create(
            user=bo, start_date="2026-03-03", end_date="2026-03-03", timezone="Asia/Tokyo"
        )
    elif change == "holidays":
        HolidayCalendar.objects.create(user=bo, country="BG")  # 3 March is the national day
    elif change == "account":
        get_user_model().objects.filter(pk=bo.pk).update(is_active=False)
    elif change == "hosts":
        EventTypeHost.objects.filter(user=bo).update(user=make_host("ed", weekly=WORKDAYS[1:2]))
    else:
        EventTypeHost.objects.filter(user=bo).update(schedule=other)
    assert client.get(PATH).json()["slots"] != before


@pytest.mark.django_db(transaction=True)
def test_a_host_who_is_deleted_is_missed_though_the_sum_of_all_versions_stays(client, ana):
    """That raises the organizer's version by one, and takes the host's, which is one, away."""
    new = get_user_model().objects.create(email="n@example.com", slug="new", name="N")
    Schedule.objects.create(user=new, name="W", timezone="UTC", is_default=True, weekly=WORKDAYS)
    new.refresh_from_db()
    assert new.availability_version == 1
    make_team(ana, "round_robin", (ana, True), new)
    assert client.get(PATH).json()["slots"]
    new.delete()
    assert client.get(PATH).json()["slots"] == []


@pytest.mark.django_db(transaction=True)
def test_the_number_of_queries_does_not_depend_on_hosts_or_event_types(
    ana, django_assert_num_queries
):
    """Nine when nothing is known, two when nothing changed: for 1, 10 and 200 hosts."""
    users = get_user_model().objects.bulk_create(
        get_user_model()(email=f"h{n}@example.com", slug=f"h{n}", name=f"H {n}", timezone="UTC")
        for n in range(199)
    )
    Schedule.objects.bulk_create(
        Schedule(user=user, name="W", timezone="UTC", is_default=True, weekly=WORKDAYS)
        for user in users
    )
    for count in (1, 10, 200):
        event_type = make_event_type(
            ana,
            name=f"Team {count}",
            event_type_slug=f"team-{count}",
            kind="round_robin",
            max_bookings_per_day=3,
        )
        EventTypeHost.objects.bulk_create(
            EventTypeHost(event_type=event_type, user=user, position=position)
            for position, user in enumerate([ana, *users][:count])
        )
    client = Client()
    for count in (1, 10, 200):
        path = f"/api/v1/events/slots/ana/team-{count}/"
        for queries in (9, 2, 2):
            with django_assert_num_queries(queries):
                slots = client.get(path).json()["slots"]
        assert slots
        with django_assert_num_queries(10):
            offer = load_offer(EventType.objects.get(event_type_slug=f"team-{count}"))
            verdict = explain_start(offer, start=at(3), now=NOW, duration=30)
        assert len({reason.host for reason in verdict if reason.code == "outside_hours"}) == count


@pytest.mark.django_db(transaction=True)
def test_a_kept_offer_outlives_no_change_that_is_rolled_back(ana, intro):
    from django.db import transaction

    with transaction.atomic():
        EventType.objects.update(duration=60)
        assert get_offer(organizer_slug="ana", event_type_slug="intro").event_type.duration == 60
        transaction.set_rollback(True)
    assert get_offer(organizer_slug="ana", event_type_slug="intro").event_type.duration == 30
    EventType.objects.update(duration=45)
    assert get_offer(organizer_slug="ana", event_type_slug="intro").event_type.duration == 45


def test_rolling_days_reach_the_engine(ana):
    event_type = make_event_type(ana, rolling_days=2, rolling_days_kind="business")
    window = {"start": NOW, "end": NOW + timedelta(days=14), "now": NOW}
    dates = {slot.start.day for slot in list_slots(event_type, **window)}
    assert dates == {2, 3, 4}
    EventType.objects.update(rolling_days_kind="available", rolling_days=3)
    OutOfOffice.objects.create(user=ana, start_date="2026-03-03", end_date="2026-03-03")
    event_type = EventType.objects.get()
    assert {slot.start.day for slot in list_slots(event_type, **window)} == {2, 4, 5}
    # Far from now the answer is the same: what lies between is read too.
    far = {"start": NOW + timedelta(days=4), "end": NOW + timedelta(days=9), "now": NOW}
    assert list_slots(event_type, **far) == []
