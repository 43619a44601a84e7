"""A change of questions raises the organizer's availability version, as one of hosts does (0005)."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

TABLE = "events_customquestion"
POSTGRESQL = (
    """
    CREATE FUNCTION events_customquestion_raise_version() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      UPDATE users_user SET availability_version = availability_version + 1
      WHERE id IN (
        SELECT organizer_id FROM events_eventtype
        WHERE (TG_OP <> 'INSERT' AND id = OLD.event_type_id)
           OR (TG_OP <> 'DELETE' AND id = NEW.event_type_id)
      );
      RETURN NULL;
    END $$
    """,
    f"CREATE TRIGGER raise_version AFTER INSERT OR UPDATE OR DELETE ON {TABLE} "
    "FOR EACH ROW EXECUTE FUNCTION events_customquestion_raise_version()",
)
POSTGRESQL_DROP = (
    f"DROP TRIGGER IF EXISTS raise_version ON {TABLE}",
    "DROP FUNCTION IF EXISTS events_customquestion_raise_version()",
)
SQLITE = """
CREATE TRIGGER {table}_raise_version_{event} AFTER {event} ON {table}
BEGIN
  UPDATE users_user SET availability_version = availability_version + 1
  WHERE id IN (SELECT organizer_id FROM events_eventtype WHERE id IN ({rows}));
END;
"""
EVENTS = {
    "INSERT": "NEW.event_type_id",
    "UPDATE": "OLD.event_type_id, NEW.event_type_id",
    "DELETE": "OLD.event_type_id",
}


def add(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Create the triggers of the database in use."""
    if schema_editor.connection.vendor == "postgresql":
        for statement in POSTGRESQL:
            schema_editor.execute(statement)
        return
    for event, rows in EVENTS.items():
        schema_editor.execute(SQLITE.format(table=TABLE, event=event, rows=rows))


def drop(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Remove them again."""
    if schema_editor.connection.vendor == "postgresql":
        for statement in POSTGRESQL_DROP:
            schema_editor.execute(statement)
        return
    for event in EVENTS:
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {TABLE}_raise_version_{event}")


class Migration(migrations.Migration):
    dependencies = [("events", "0019_moved_and_removed_attendees")]
    operations = [migrations.RunPython(add, drop)]
