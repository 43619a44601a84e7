"""Bookings written straight into the tables, where a test needs them odd or in great numbers."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.db import connection

from apps.availability.models import Schedule
from apps.events.models import Booking, EventType, Occupancy
from tests.cast import ALWAYS, NOW


def write_booking(
    event_type: EventType, start: datetime, *, seats: int = 1, host: Any = None
) -> Booking:
    """A live booking for so many attendees, and the time that it takes of its host."""
    host = host or event_type.organizer
    end = start + timedelta(minutes=event_type.duration)
    booking = Booking.objects.create(
        event_type=event_type,
        organizer=event_type.organizer,
        host=host,
        invitee_name="Jonas Keller",
        invitee_email="jonas@keller.example",
        start_time=start,
        end_time=end,
        buffer_before=event_type.buffer_time_before,
        buffer_after=event_type.buffer_time_after,
        attendee_count=seats,
        capacity=event_type.max_attendees,
        host_timezone=host.timezone,
        location_type="video_call",
        created_at=NOW,
    )
    Occupancy.objects.create(
        host=host,
        booking=booking,
        starts_at=start - timedelta(minutes=event_type.buffer_time_before),
        ends_at=end + timedelta(minutes=event_type.buffer_time_after),
    )
    return booking


def write_crowd(organizers: int, bookings_each: int, *, first: datetime) -> list[EventType]:
    """Organizers with one event type each, and a booking every hour from `first` on (PostgreSQL).

    Neither triggers nor foreign keys are asked. The event types come back in no particular order.
    """
    crowd = f"crowd-{organizers}"
    people = get_user_model().objects.bulk_create(
        get_user_model()(email=f"{crowd}-{n}@example.com", slug=f"{crowd}-{n}", name="C")
        for n in range(organizers)
    )
    Schedule.objects.bulk_create(
        Schedule(user=user, name="W", timezone="UTC", is_default=True, weekly=ALWAYS)
        for user in people
    )
    event_types = EventType.objects.bulk_create(
        EventType(organizer=user, name="Intro", event_type_slug="intro", slot_interval_minutes=15)
        for user in people
    )
    template = write_booking(event_types[0], first - timedelta(days=1))
    chosen = {
        # In the order of time, which an index takes in faster than at random.
        "id": "overlay(crowd.id::text PLACING lpad(to_hex(number), 8, '0') FROM 1)::uuid",
        "event_type_id": "crowd.id",
        "organizer_id": "crowd.organizer_id",
        "host_id": "crowd.organizer_id",
        "access_token": "NULL",
        "start_time": "hour.start",
        "end_time": "hour.start + interval '30 minutes'",
    }
    columns = [field.column for field in Booking._meta.concrete_fields]
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(
            f"""
            INSERT INTO events_booking ({", ".join(columns)})
            SELECT {", ".join(chosen.get(name, f"template.{name}") for name in columns)}
            FROM generate_series(0, %s::int - 1) AS number
            CROSS JOIN events_booking AS template
            CROSS JOIN LATERAL (SELECT %s + number * interval '1 hour' AS start) AS hour
            CROSS JOIN events_eventtype AS crowd
            WHERE template.id = %s AND crowd.id = ANY(%s)
            """,
            [bookings_each, first, template.pk, [event_type.pk for event_type in event_types]],
        )
        cursor.execute(
            """
            INSERT INTO events_occupancy (host_id, booking_id, starts_at, ends_at)
            SELECT host_id, id, start_time, end_time FROM events_booking
            WHERE event_type_id = ANY(%s) AND id <> %s
            """,
            [[event_type.pk for event_type in event_types], template.pk],
        )
        cursor.execute("SET session_replication_role = DEFAULT")
    return event_types
