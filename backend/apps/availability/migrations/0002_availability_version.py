"""Any change of a schedule raises its owner's availability version, whoever makes it.

Caches and bookings in flight compare that number, so the database raises it itself, in the
changing transaction.
"""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

POSTGRESQL = (
    """
    CREATE FUNCTION availability_schedule_raise_version() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      UPDATE users_user SET availability_version = availability_version + 1
      WHERE (TG_OP <> 'INSERT' AND id = OLD.user_id) OR (TG_OP <> 'DELETE' AND id = NEW.user_id);
      RETURN NULL;
    END $$
    """,
    "CREATE TRIGGER raise_version AFTER INSERT OR UPDATE OR DELETE ON availability_schedule "
    "FOR EACH ROW EXECUTE FUNCTION availability_schedule_raise_version()",
)
POSTGRESQL_DROP = (
    "DROP TRIGGER IF EXISTS raise_version ON availability_schedule",
    "DROP FUNCTION IF EXISTS availability_schedule_raise_version()",
)
SQLITE = """
CREATE TRIGGER availability_schedule_raise_version_{event} AFTER {event} ON availability_schedule
BEGIN
  UPDATE users_user SET availability_version = availability_version + 1
  WHERE id IN ({rows});
END;
"""
EVENTS = {
    "INSERT": "NEW.user_id",
    "UPDATE": "OLD.user_id, NEW.user_id",
    "DELETE": "OLD.user_id",
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
        schema_editor.execute(f"DROP TRIGGER IF EXISTS availability_schedule_raise_version_{event}")


class Migration(migrations.Migration):
    dependencies = [("availability", "0001_initial"), ("users", "0002_availability_version")]
    operations = [migrations.RunPython(add, drop)]
