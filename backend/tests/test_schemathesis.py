"""Schemathesis against our own document: no 5xx, no undocumented answer, whoever asks.

Each random call is made by a visitor and by a signed-in organizer, once as generated and once with
the addresses of things that exist. Every call is undone, so each one meets the same data.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import schemathesis
from django.core.cache import cache
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, transaction
from django.test import Client
from hypothesis import HealthCheck, settings
from schemathesis import config
from schemathesis.checks import not_a_server_error
from schemathesis.generation.meta import TestPhase
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from apps.availability.models import OutOfOffice, Schedule, Travel
from apps.events.models import EventTypeHost, Hold, WaitlistEntry
from apps.users.public import register_user
from config.wsgi import application
from tests.cast import ALWAYS, book, join, make_event_type, make_host

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
EXAMPLES = 6
PASSWORD = "correct horse battery"


def _configuration() -> config.SchemathesisConfig:
    generation = config.GenerationConfig(
        max_examples=EXAMPLES, deterministic=True, database="none", no_shrink=True
    )
    phases = config.PhasesConfig(coverage=config.CoveragePhaseConfig(unexpected_methods=set()))
    project = config.ProjectConfig(generation=generation, phases=phases)
    return config.SchemathesisConfig(projects=config.ProjectsConfig(default=project))


schema = schemathesis.openapi.from_wsgi(
    "/api/v1/openapi.json", application, config=_configuration()
)


@pytest.fixture
def world(db: None) -> dict[str, Any]:
    """An organizer with an access token, and one of each thing that an address can name."""
    user = register_user(
        email="ana@example.com", password=PASSWORD, name="Ana Duarte", slug="ana", timezone="UTC"
    )
    schedule = Schedule.objects.get(user=user)
    Schedule.objects.filter(pk=schedule.pk).update(weekly=ALWAYS)
    event_type = make_event_type(user)
    now = datetime.now(UTC)
    start = (now + timedelta(days=1)).replace(hour=10, minute=0, second=0, microsecond=0)
    booking = book(event_type, start, now=now)
    later = {
        "start_date": now.date() + timedelta(days=20),
        "end_date": now.date() + timedelta(days=21),
    }
    time_off = OutOfOffice.objects.create(user=user, **later)
    travel = Travel.objects.create(user=user, timezone="Asia/Tokyo", **later)
    served = make_event_type(make_host("bob", "Bob"), kind="round_robin")
    EventTypeHost.objects.create(event_type=served, user=user)
    class_ = make_event_type(
        user, name="Class", event_type_slug="class", max_attendees=2, enable_waitlist=True
    )
    full = start + timedelta(days=1)
    seat = join(class_, full, "Mia", now=now)
    join(class_, full, "Noah", now=now)
    waiting = WaitlistEntry.objects.create(
        event_type=class_,
        organizer=user,
        desired_start_time=full,
        invitee_name="Olga",
        invitee_email="olga@example.net",
        queued_at=now,
        expires_at=full,
        created_at=now,
    )
    hold = Hold.objects.create(
        event_type=event_type,
        start_time=full,
        end_time=full + timedelta(minutes=30),
        expires_at=now + timedelta(minutes=5),
        created_at=now,
    )
    answer = Client().post(
        "/api/v1/auth/login/",
        {"email": user.email, "password": PASSWORD},
        content_type="application/json",
    )
    assert answer.status_code == 200, answer.content
    return {
        "authorization": f"Bearer {answer.json()['access']}",
        "organizer_slug": user.slug,
        "event_type_slug": event_type.event_type_slug,
        "access_token": str(booking.access_token),
        "booking_id": str(booking.pk),
        "/event-types/": str(event_type.pk),
        "/schedules/": str(schedule.pk),
        "/out-of-office/": str(time_off.pk),
        "/travel/": str(travel.pk),
        "event_type_id": str(served.pk),
        "attendee_id": str(seat.attendee.pk),
        "/attendees/ booking_id": str(seat.pk),
        "entry_id": str(waiting.pk),
        "/waitlist/ token": str(waiting.token),
        "/slots/hold/ token": str(hold.token),
    }


COLLECTIONS = ("/event-types/", "/schedules/", "/out-of-office/", "/travel/")
PLACES = ("/attendees/", "/waitlist/", "/slots/hold/")


def known_parameters(case: schemathesis.Case, world: dict[str, Any]) -> dict[str, Any]:
    """The path parameters of `case` with the addresses of things that exist."""
    collection = next((part for part in COLLECTIONS if part in case.path), "")
    place = next((part for part in PLACES if part in case.path), "")

    def known(name: str) -> Any:
        return world.get(f"{place} {name}") or world[collection if name == "id" else name]

    return {name: known(name) for name in case.path_parameters or {}}


@pytest.fixture
def one_connection(world: dict[str, Any]) -> Iterator[None]:
    """Requests end without closing the test's connection, as with Django's own test client."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def call_and_undo(case: schemathesis.Case, headers: dict[str, str]) -> None:
    cache.clear()
    with transaction.atomic():
        response = case.call(headers=headers)
        transaction.set_rollback(True)
    case.validate_response(response, checks=CHECKS)


# The fixture is meant to live through all examples: each call on it is undone.
@pytest.mark.usefixtures("one_connection")
@schema.parametrize()
@settings(suppress_health_check=list(HealthCheck), deadline=None)
def test_no_crash_and_no_undocumented_answer(
    case: schemathesis.Case, world: dict[str, Any]
) -> None:
    visitor: dict[str, str] = {}
    organizer = {"Authorization": world["authorization"]}
    asks_for_sign_in = bool(case.operation.definition.raw.get("security"))
    if is_systematic(case):
        # Hundreds of cases, one for each limit of each field: only who gets furthest tries them.
        if not asks_for_sign_in:
            call_and_undo(case, visitor)
        case.path_parameters = known_parameters(case, world)
        call_and_undo(case, organizer if asks_for_sign_in else visitor)
        return
    for caller in (visitor, organizer):
        call_and_undo(case, caller)
    if case.path_parameters:
        case.path_parameters = known_parameters(case, world)
        for caller in (visitor, organizer):
            call_and_undo(case, caller)


def is_systematic(case: schemathesis.Case) -> bool:
    """Whether the case is from schemathesis's list of edge values rather than a random one."""
    assert case.meta is not None
    return bool(case.meta.phase.name == TestPhase.COVERAGE)
