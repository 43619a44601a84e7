"""SQLite lost the triggers of 0003 when 0004 made its table anew: create them again.

Django adds a column with a default on SQLite by copying the table and dropping the old one, and its
triggers with it. Whoever changes a table that has triggers has to do the same.
"""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

DROP = "DROP TRIGGER IF EXISTS events_eventtype_raise_version_{event}"
CREATE = """
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
    """Create the triggers on SQLite; PostgreSQL has kept its own."""
    if schema_editor.connection.vendor == "postgresql":
        return
    for event, rows in EVENTS.items():
        schema_editor.execute(DROP.format(event=event))
        schema_editor.execute(CREATE.format(event=event, rows=rows))


class Migration(migrations.Migration):
    dependencies = [("events", "0005_hosts_version")]
    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
