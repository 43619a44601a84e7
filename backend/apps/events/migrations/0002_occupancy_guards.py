"""The database itself refuses two occupancies of one host that overlap (semantics, 4).

No occupancy lasts longer than two days (a day's booking and its buffers fit), so that readers and
the triggers look at a bounded stretch of a host's index however long the host's history is.
PostgreSQL: an exclusion constraint over (host, [starts_at, ends_at)). SQLite: triggers that do the
same; they also refuse instants in another notation than Django's, because text that sorts
differently would slip past the comparison. One migration for both: `ExclusionConstraint` in
`Meta` would break SQLite.
"""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

POSTGRESQL = (
    "CREATE EXTENSION IF NOT EXISTS btree_gist",
    "ALTER TABLE events_occupancy ADD CONSTRAINT occupancy_no_overlap "
    "EXCLUDE USING gist (host_id WITH =, tstzrange(starts_at, ends_at, '[)') WITH &&)",
    "ALTER TABLE events_occupancy ADD CONSTRAINT occupancy_at_most_two_days "
    "CHECK (ends_at <= starts_at + interval '48 hours')",
    # Whoever writes an occupancy queues for the host first, as the services do. Without that,
    # transactions that overlap wait for each other inside the exclusion check and deadlock.
    """
    CREATE FUNCTION events_occupancy_queue() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      PERFORM 1 FROM users_user WHERE id = NEW.host_id FOR NO KEY UPDATE;
      RETURN NEW;
    END $$
    """,
    "CREATE TRIGGER occupancy_queue BEFORE INSERT OR UPDATE ON events_occupancy "
    "FOR EACH ROW EXECUTE FUNCTION events_occupancy_queue()",
)
POSTGRESQL_DROP = (
    "DROP TRIGGER IF EXISTS occupancy_queue ON events_occupancy",
    "DROP FUNCTION IF EXISTS events_occupancy_queue()",
    "ALTER TABLE events_occupancy DROP CONSTRAINT IF EXISTS occupancy_no_overlap",
    "ALTER TABLE events_occupancy DROP CONSTRAINT IF EXISTS occupancy_at_most_two_days",
)

NOTATION = "'[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9] [0-9][0-9]:[0-9][0-9]:[0-9][0-9]*'"

SQLITE = """
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


def add_guards(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Create the guards of the database in use."""
    if schema_editor.connection.vendor == "postgresql":
        for statement in POSTGRESQL:
            schema_editor.execute(statement)
        return
    for event, itself in (("INSERT", "NULL"), ("UPDATE", "OLD.id")):
        schema_editor.execute(SQLITE.format(event=event, itself=itself, notation=NOTATION))


def drop_guards(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Remove them again."""
    if schema_editor.connection.vendor == "postgresql":
        for statement in POSTGRESQL_DROP:
            schema_editor.execute(statement)
        return
    for event in ("INSERT", "UPDATE"):
        schema_editor.execute(f"DROP TRIGGER IF EXISTS occupancy_no_overlap_{event}")


class Migration(migrations.Migration):
    dependencies = [("events", "0001_initial")]
    operations = [migrations.RunPython(add_guards, drop_guards)]
