"""Chain the audit rows that were written before there was a chain; SQLite's guards again.

0010 made `events_occupancy` and `events_eventtype` anew on SQLite, which lost their triggers (see
0002 and 0003). The occupancies' guard is as it was: time that is held is taken like any other, until
whoever meets the rest of a lapsed hold deletes it.
"""

import hashlib
import secrets
from datetime import UTC

import orjson
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

NOTATION = "'[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9] [0-9][0-9]:[0-9][0-9]:[0-9][0-9]*'"
OCCUPANCY = """
CREATE TRIGGER occupancy_no_overlap_{event} BEFORE {event} ON events_occupancy
BEGIN
  SELECT RAISE(ABORT, 'occupancy instants are UTC text such as 2026-03-02 14:30:00')
  WHERE NEW.starts_at NOT GLOB {notation} OR NEW.ends_at NOT GLOB {notation}
     OR NEW.starts_at GLOB '*[+Z]*' OR NEW.ends_at GLOB '*[+Z]*';
  SELECT RAISE(ABORT, 'occupancy_at_most_two_days')
  WHERE julianday(NEW.ends_at) - julianday(NEW.starts_at) > 2.0000001;
  SELECT RAISE(ABORT, 'occupancy_no_overlap')
  WHERE EXISTS (
    SELECT 1 FROM events_occupancy AS other
    WHERE other.host_id = NEW.host_id
      AND other.starts_at >= datetime(NEW.starts_at, '-3 days')
      AND other.starts_at < NEW.ends_at AND other.ends_at > NEW.starts_at
      AND other.id IS NOT {itself}
  );
END;
"""
VERSION = """
CREATE TRIGGER events_eventtype_raise_version_{event} AFTER {event} ON events_eventtype
BEGIN
  UPDATE users_user SET availability_version = availability_version + 1
  WHERE id IN ({rows});
END;
"""
VERSION_EVENTS = {
    "INSERT": "NEW.organizer_id",
    "UPDATE": "OLD.organizer_id, NEW.organizer_id",
    "DELETE": "OLD.organizer_id",
}
PUBLIC = {"start_time", "end_time", "status", "attendee_count", "capacity", "host", "hosts"}


def guard(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Create the triggers on SQLite; PostgreSQL has kept its own."""
    if schema_editor.connection.vendor == "postgresql":
        return
    for event, itself in (("INSERT", "NULL"), ("UPDATE", "OLD.id")):
        schema_editor.execute(f"DROP TRIGGER IF EXISTS occupancy_no_overlap_{event}")
        schema_editor.execute(OCCUPANCY.format(event=event, itself=itself, notation=NOTATION))
    for event, rows in VERSION_EVENTS.items():
        schema_editor.execute(f"DROP TRIGGER IF EXISTS events_eventtype_raise_version_{event}")
        schema_editor.execute(VERSION.format(event=event, rows=rows))


def digest(value: object) -> str:
    return hashlib.sha256(orjson.dumps(value, option=orjson.OPT_SORT_KEYS)).hexdigest()


def chain(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Number the rows of each booking and hash them, as new ones are."""
    rows = apps.get_model("events", "BookingAuditLog").objects.order_by("booking_id", "id")
    booking, sequence, previous = None, 0, ""
    for row in rows.iterator(chunk_size=500):
        if row.booking_id != booking:
            booking, sequence, previous = row.booking_id, 0, ""
        sequence += 1
        row.sequence, row.previous_hash, row.salt = sequence, previous, secrets.token_hex(16)
        values = {name: getattr(row, name) for name in ("old_values", "new_values")}
        private = {
            name: {key: one for key, one in value.items() if key not in PUBLIC}
            for name, value in values.items()
        }
        public = {
            name: {key: one for key, one in value.items() if key in PUBLIC}
            for name, value in values.items()
        }
        people = ("actor_email", "actor_name", "ip_address", "user_agent")
        row.personal_hash = digest(
            {"salt": row.salt, **{name: getattr(row, name) for name in people}, **private}
        )
        row.hash = previous = digest(
            {
                "booking": str(row.booking_id),
                "sequence": sequence,
                "action": row.action,
                "description": row.description,
                "actor_type": row.actor_type,
                "metadata": row.metadata,
                **public,
                "created_at": row.created_at.astimezone(UTC).isoformat().replace("+00:00", "Z"),
                "personal": row.personal_hash,
                "previous": row.previous_hash,
            }
        )
        row.save(update_fields=["sequence", "previous_hash", "salt", "personal_hash", "hash"])


class Migration(migrations.Migration):
    dependencies = [("events", "0010_life_of_a_booking")]
    operations = [
        migrations.RunPython(guard, migrations.RunPython.noop),
        migrations.RunPython(chain, migrations.RunPython.noop),
    ]
