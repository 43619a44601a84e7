"""Any change of a profile raises the user's availability version, whoever makes it.

Caches and bookings in flight compare that number, so the database raises it itself, in the
changing transaction. A stale copy saved whole never lowers it.
"""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

POSTGRESQL = (
    """
    CREATE FUNCTION users_user_raise_version() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF (to_jsonb(NEW) - 'last_login' - 'availability_version')
         IS DISTINCT FROM (to_jsonb(OLD) - 'last_login' - 'availability_version') THEN
        NEW.availability_version := OLD.availability_version + 1;
      ELSE
        NEW.availability_version := GREATEST(NEW.availability_version, OLD.availability_version);
      END IF;
      RETURN NEW;
    END $$
    """,
    "CREATE TRIGGER raise_version BEFORE UPDATE ON users_user "
    "FOR EACH ROW EXECUTE FUNCTION users_user_raise_version()",
)
POSTGRESQL_DROP = (
    "DROP TRIGGER IF EXISTS raise_version ON users_user",
    "DROP FUNCTION IF EXISTS users_user_raise_version()",
)
# Not for last_login; nor for the version alone, which is how services raise it.
SQLITE = """
CREATE TRIGGER users_user_raise_version
AFTER UPDATE OF email, name, slug, timezone, locale, role, week_start, default_slot_interval, bio,
  contact, avatar, logo, cover, accent_color, booking_limits, is_active ON users_user
BEGIN
  UPDATE users_user SET availability_version = OLD.availability_version + 1 WHERE id = NEW.id;
END;
"""


def add(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Create the trigger of the database in use."""
    is_postgresql = schema_editor.connection.vendor == "postgresql"
    for statement in POSTGRESQL if is_postgresql else (SQLITE,):
        schema_editor.execute(statement)


def drop(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Remove it again."""
    is_postgresql = schema_editor.connection.vendor == "postgresql"
    for statement in (
        POSTGRESQL_DROP if is_postgresql else ("DROP TRIGGER IF EXISTS users_user_raise_version",)
    ):
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("users", "0001_initial")]
    operations = [migrations.RunPython(add, drop)]
