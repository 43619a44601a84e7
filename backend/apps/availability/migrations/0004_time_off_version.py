"""Time off, travel and holidays raise their owner's availability version, as schedules do (0002)."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

TABLES = ("availability_outofoffice", "availability_travel", "availability_holidaycalendar")
# The function of migration 0002 serves every table with a column user_id.
POSTGRESQL = (
    "CREATE TRIGGER raise_version AFTER INSERT OR UPDATE OR DELETE ON {table} "
    "FOR EACH ROW EXECUTE FUNCTION availability_schedule_raise_version()"
)
POSTGRESQL_DROP = "DROP TRIGGER IF EXISTS raise_version ON {table}"
SQLITE = """
CREATE TRIGGER {table}_raise_version_{event} AFTER {event} ON {table}
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
    for table in TABLES:
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(POSTGRESQL.format(table=table))
            continue
        for event, rows in EVENTS.items():
            schema_editor.execute(SQLITE.format(table=table, event=event, rows=rows))


def drop(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Remove them again."""
    for table in TABLES:
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(POSTGRESQL_DROP.format(table=table))
            continue
        for event in EVENTS:
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_raise_version_{event}")


class Migration(migrations.Migration):
    dependencies = [("availability", "0003_time_off_travel_holidays")]
    operations = [migrations.RunPython(add, drop)]
