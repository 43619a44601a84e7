"""GET slots against a constant answer of the same server; with a million foreign bookings.

CPU time of the application and of PostgreSQL, from the operating system. Interleaved batches,
median of the ratios.
"""

from __future__ import annotations

import os
import statistics
import sys
import time
from datetime import timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks import stage

BATCHES = 5
REQUESTS = 200
CONSTANT = "/yardstick/constant"
LIMIT_CONSTANT, LIMIT_SCALE = 5.0, 1.3


def fill(foreign: int) -> None:
    """`foreign` bookings of a thousand other organizers, straight into the tables."""
    import psycopg

    with psycopg.connect(stage.benchmark_database()) as connection:
        connection.execute("SET session_replication_role = replica")
        connection.execute("SET synchronous_commit = off")
        connection.execute(
            """
            INSERT INTO users_user (id, password, is_superuser, email, name, slug, timezone, locale,
              role, week_start, default_slot_interval, bio, contact, avatar, logo, cover,
              accent_color, booking_limits, availability_version, is_staff, is_active, date_joined)
            SELECT gen_random_uuid(), '', false, 'o' || n || '@example.org', 'O', 'o' || n, 'UTC',
              'en', 'organizer', 1, 0, '', '', '', '', '', '', '[]', 0, false, true, now()
            FROM generate_series(1, 1000) n ON CONFLICT DO NOTHING
            """
        )
        connection.execute(
            """
            WITH template AS (SELECT * FROM events_booking LIMIT 1),
            hosts AS (
              SELECT id, row_number() OVER (ORDER BY slug) - 1 AS place
              FROM users_user WHERE slug LIKE 'o%%'
            ),
            made AS (
              INSERT INTO events_booking (id, event_type_id, organizer_id, host_id, invitee_name,
                invitee_email, invitee_phone, invitee_timezone, locale, notes, utm, start_time,
                end_time, host_timezone, wall_time, tz_version, buffer_before, buffer_after, status,
                attendee_count, capacity, location_type, location, is_recurring_exception,
                custom_answers, ical_uid, ical_sequence, meeting_link, meeting_id,
                meeting_password, external_calendar_event_id, calendar_sync_status,
                calendar_sync_error, calendar_sync_attempts, cancelled_by, cancellation_reason,
                created_at, updated_at)
              SELECT gen_random_uuid(), t.event_type_id, h.id, h.id, 'X', 'x@example.org', '',
                'UTC', 'en', '', '{}', s.start, s.start + interval '30 minutes', 'UTC', '', '',
                0, 0, 'confirmed', 1, 1, 'video_call', '', false, '{}', '', 0, '', '', '', '',
                'not_required', '', 0, '', '', now(), now()
              FROM template t, generate_series(0, %(count)s - 1) n
              JOIN hosts h ON h.place = n %% 1000
              CROSS JOIN LATERAL (
                SELECT date_trunc('hour', now()) + (n / 1000) * interval '1 hour' AS start
              ) s
              RETURNING id, host_id, start_time, end_time
            )
            INSERT INTO events_occupancy (host_id, booking_id, starts_at, ends_at)
            SELECT host_id, id, start_time, end_time FROM made
            """,
            {"count": foreign},
        )
        connection.execute("SET session_replication_role = DEFAULT")
        connection.commit()
        connection.autocommit = True
        connection.execute("VACUUM ANALYZE events_booking")
        connection.execute("VACUUM ANALYZE events_occupancy")


def clear_foreign() -> None:
    """Only the host's own bookings stay."""
    import psycopg

    with psycopg.connect(stage.benchmark_database(), autocommit=True) as connection:
        connection.execute("SET session_replication_role = replica")
        foreign = "(SELECT id FROM users_user WHERE slug LIKE 'o%')"
        connection.execute(f"DELETE FROM events_occupancy WHERE host_id IN {foreign}")
        connection.execute(f"DELETE FROM events_booking WHERE host_id IN {foreign}")
        connection.execute("VACUUM FULL events_occupancy")
        connection.execute("VACUUM FULL events_booking")


def seed() -> str:
    """Ana, her event type, 200 bookings within 31 days; the address of her slots."""
    import django

    os.environ.update(stage.server_environment())
    django.setup()
    from apps.common.time import utc_now
    from apps.events.selectors.slots import list_slots
    from tests.cast import book, make_event_type, make_host

    host = make_host()
    event_type = make_event_type(host, slot_interval_minutes=15)
    now = utc_now()
    booked = 0
    while booked < 200:
        slots = list_slots(event_type, start=now, end=now + timedelta(days=31), now=now)
        taken_until = None
        for slot in slots[:: max(1, len(slots) // 150)]:
            if booked < 200 and (taken_until is None or slot.start >= taken_until):
                book(event_type, slot.start, now=now)
                taken_until = slot.end
                booked += 1
    first = now.date().isoformat()
    last = (now + timedelta(days=30)).date().isoformat()
    return (
        f"/api/v1/events/slots/ana/intro/?start_date={first}&end_date={last}&timezone=Europe/Berlin"
    )


def measure(client: stage.Client, worker: int, path: str) -> tuple[float, float]:
    """CPU and wall seconds of one request, averaged over a batch."""
    pids = [worker, *stage.database_pids()]
    before, began = stage.cpu_seconds(pids), time.perf_counter()
    for _ in range(REQUESTS):
        client.get(path)
    wall = (time.perf_counter() - began) / REQUESTS
    return (stage.cpu_seconds(pids) - before) / REQUESTS, wall


def compare_with_constant(slots: str) -> float:
    """The median of the CPU ratios slots : constant."""
    ratios = []
    with stage.server() as (client, worker):
        for path in (CONSTANT, slots):
            for _ in range(50):
                client.get(path)
        for _ in range(BATCHES):
            before, _ = measure(client, worker, CONSTANT)
            asked, _ = measure(client, worker, slots)
            after, _ = measure(client, worker, CONSTANT)
            constant = (before + after) / 2
            ratios.append(asked / constant)
            print(f"  constant {constant * 1000:.2f} ms, slots {asked * 1000:.2f} ms CPU")
        print(f"  memory of the worker: {stage.resident_megabytes(worker):.0f} MB (limit 150)")
    return statistics.median(ratios)


def time_slots(slots: str) -> float:
    """The median of the wall times of a batch, in seconds."""
    with stage.server() as (client, worker):
        for _ in range(50):
            client.get(slots)
        return statistics.median(measure(client, worker, slots)[1] for _ in range(BATCHES))


def main() -> int:
    stage.make_database()
    slots = seed()
    ratio = compare_with_constant(slots)
    print(f"GET slots, 31 days, 200 bookings: {ratio:.2f} x a constant (limit {LIMIT_CONSTANT})")
    fill(10_000)
    small = time_slots(slots)
    clear_foreign()
    fill(1_000_000)
    large = time_slots(slots)
    print(
        f"GET slots among 1,000,000 foreign bookings: {large / small:.2f} x the time among 10,000"
        f" ({large * 1000:.2f} : {small * 1000:.2f} ms; limit {LIMIT_SCALE})"
    )
    return int(ratio > LIMIT_CONSTANT or large / small > LIMIT_SCALE)


if __name__ == "__main__":
    sys.exit(main())
