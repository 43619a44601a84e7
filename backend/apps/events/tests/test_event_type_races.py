"""Changes of hosts that meet each other: each is whole, none fails, the rules hold afterwards."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connections

from apps.availability.models import Schedule
from apps.availability.services import delete_schedule
from apps.common.errors import DomainError, EtagMismatch, NotFound, ValidationFailed
from apps.common.etags import make_etag
from apps.events.models import EventType, EventTypeHost
from apps.events.services.event_types import (
    create_event_type,
    leave_event_type,
    update_event_type,
)
from apps.users.models import User
from tests.cast import make_host

pytestmark = [pytest.mark.processes, pytest.mark.django_db(transaction=True)]
ROUNDS = 8


def at_once(*calls: Callable[[], Any]) -> list[Any]:
    """What each call gave, or the refusal it met; they run at the same time. Crashes are raised."""
    outcomes: list[Any] = [None] * len(calls)
    crashes: list[BaseException] = []
    ready = threading.Barrier(len(calls))

    def run(number: int, call: Callable[[], Any]) -> None:
        try:
            ready.wait()
            outcomes[number] = call()
        except DomainError as refusal:
            outcomes[number] = refusal
        except BaseException as crash:
            crashes.append(crash)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=item) for item in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if crashes:
        raise crashes[0]
    return outcomes


@pytest.fixture
def people():
    """The organizer, and hosts whose ids sort before and after hers."""
    users = [make_host(slug) for slug in ("ana", "bob", "carla", "dan")]
    users.sort(key=lambda user: user.pk)
    return users[1], users[0], users[2], users[3]


def entries(*users: Any, **settings: Any) -> list[Any]:
    return [{"user": user.pk, **settings} for user in users]


def make_team(organizer: Any, *hosts: Any) -> EventType:
    fields: Any = {"name": "Team", "kind": "collective", "hosts": entries(*hosts)}
    return create_event_type(organizer_id=organizer.pk, fields=fields)


def host_ids(event_type: EventType) -> list[Any]:
    rows = EventTypeHost.objects.filter(event_type=event_type)
    return list(rows.values_list("user_id", flat=True))


def test_of_two_changes_of_the_hosts_one_is_last(people):
    ana, bob, carla, dan = people
    team = make_team(ana, ana)
    wanted = [entries(bob, carla, dan), entries(dan, ana)]

    def change(hosts: list[Any]) -> Callable[[], Any]:
        fields: Any = {"hosts": hosts}
        return lambda: update_event_type(organizer_id=ana.pk, event_type_id=team.pk, fields=fields)

    for _ in range(ROUNDS):
        outcomes = at_once(*(change(hosts) for hosts in wanted))
        assert all(isinstance(outcome, EventType) for outcome in outcomes)
        assert host_ids(team) in [[entry["user"] for entry in hosts] for hosts in wanted]


def test_of_two_changes_of_what_was_read_one_is_refused(people):
    ana, bob, carla, _ = people
    team = make_team(ana, ana)
    etag = make_etag(team.pk, team.updated_at)

    def change(user: Any) -> Callable[[], Any]:
        fields: Any = {"hosts": entries(ana, user)}
        return lambda: update_event_type(
            organizer_id=ana.pk, event_type_id=team.pk, fields=fields, if_match=etag
        )

    outcomes = at_once(change(bob), change(carla))
    assert sorted(type(outcome) for outcome in outcomes if not isinstance(outcome, EventType)) == [
        EtagMismatch
    ]
    assert len(host_ids(team)) == 2


def test_leaving_while_the_organizer_changes_the_hosts(people):
    ana, bob, carla, _ = people
    for number in range(ROUNDS):
        team = make_team(ana, ana, bob)
        EventType.objects.filter(pk=team.pk).update(
            name=f"Team {number}", event_type_slug=f"{number}"
        )
        fields: Any = {"hosts": entries(bob, carla)}
        changed, left = at_once(
            lambda: update_event_type(organizer_id=ana.pk, event_type_id=team.pk, fields=fields),  # noqa: B023
            lambda: leave_event_type(user_id=bob.pk, event_type_id=team.pk),  # noqa: B023
        )
        assert isinstance(changed, EventType)
        assert left is None
        # Who left first was named again afterwards.
        assert host_ids(team) in ([bob.pk, carla.pk], [carla.pk])


@pytest.mark.parametrize("host_number", [1, 2])
def test_a_schedule_goes_away_while_it_is_named(people, host_number):
    """The host's id sorts before the organizer's, or after: locks are taken in that order."""
    ana, host = people[0], people[host_number]
    team = make_team(ana, ana, host)
    for number in range(ROUNDS):
        stored = Schedule.objects.create(user=host, name=f"S{number}", timezone="UTC")
        EventTypeHost.objects.filter(event_type=team, user=host).update(schedule=stored)
        fields: Any = {"hosts": [*entries(ana), *entries(host, schedule=stored.pk)]}
        changed, deleted = at_once(
            lambda: update_event_type(organizer_id=ana.pk, event_type_id=team.pk, fields=fields),  # noqa: B023
            lambda: delete_schedule(user_id=host.pk, schedule_id=stored.pk),  # noqa: B023
        )
        assert deleted is None
        assert isinstance(changed, EventType | ValidationFailed)
        assert not EventTypeHost.objects.filter(schedule=stored).exists()
        assert host_ids(team) == [ana.pk, host.pk]


def test_an_account_that_was_deleted_meanwhile_is_unknown(people):
    ana, bob, carla, _ = people
    team = make_team(ana, ana, bob)
    User.objects.get(pk=bob.pk).delete()
    fields: Any = {"hosts": entries(carla, bob)}
    with pytest.raises(ValidationFailed) as refusal:
        update_event_type(organizer_id=ana.pk, event_type_id=team.pk, fields=fields)
    assert [error.pointer for error in refusal.value.errors] == ["/hosts/1/user"]
    with pytest.raises(NotFound):
        leave_event_type(user_id=bob.pk, event_type_id=team.pk)
    assert host_ids(team) == [ana.pk]
