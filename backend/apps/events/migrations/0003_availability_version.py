"""Any change of an event type raises its owner's availability version, whoever makes it.

Caches and bookings in flight compare that number, so the database raises it itself, in the
changing transaction.
"""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

POSTGRESQL = (
    """
    CREATE FUNCTION events_eventtype_raise_version() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      UPDATE users_user SET availability_version = availability_version + 1
      WHERE (TG_OP <> 'INSERT' AND id = OLD.organizer_id) OR (TG_OP <> 'DELETE' AND id = NEW.organizer_id);
      RETURN NULL;
    END $$
    """,
    "CREATE TRIGGER raise_version AFTER INSERT OR UPDATE OR DELETE ON events_eventtype "
    "FOR EACH ROW EXECUTE FUNCTION events_eventtype_raise_version()",
)
POSTGRESQL_DROP = (
    "DROP TRIGGER IF EXISTS raise_version ON events_eventtype",
    "DROP FUNCTION IF EXISTS events_eventtype_raise_version()",
)
SQLITE = """
CREATE TRIGGER events_eventtype_raise_version_{event} AFTER {event} ON events_eventtype
BEGIN
  UPDATE users_user SET availability_version = availability_version + 1
  WHERE id IN ({rows});
END;
"""
EVENTS = {
    "INSERT": "NEW.organizer_id",
    "UPDATE": "OLD.organizer_id, NEW.organizer_id",
    "DELETE": "OLD.organizer_id",
}


def add(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Create the triggers of the database in use."""
    if schema_editor.connection.vendor == "postgresql":
        for statement in POSTGRESQL:
            schema_editor.execute(statement)
        return
    for event, rows in EVENTS.items():
        schema_editor.execute(SQLITE.format(event=event, rows=rows))


def drop(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Remove them again."""
    if schema_editor.connection.vendor == "postgresql":
        for statement in POSTGRESQL_DROP:
            schema_editor.execute(statement)
        return
    for event in EVENTS:
        schema_editor.execute(f"DROP TRIGGER IF EXISTS events_eventtype_raise_version_{event}")


class Migration(migrations.Migration):
    dependencies = [("events", "0002_occupancy_guards"), ("users", "0002_availability_version")]
    operations = [migrations.RunPython(add, drop)]
