"""Who gave an attendee's seat back, and what a seat keeps when it moves to another session."""

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps


def fill(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Until now only attendees gave seats back."""
    left = apps.get_model("events", "Attendee").objects.filter(status="cancelled")
    left.update(cancelled_by="invitee")


class Migration(migrations.Migration):
    dependencies = [
        ("events", "0014_seals_know_their_chains"),
    ]

    operations = [
        migrations.AddField(
            model_name="attendee",
            name="cancelled_by",
            field=models.CharField(
                blank=True,
                choices=[
                    ("organizer", "Organizer"),
                    ("invitee", "Invitee"),
                    ("system", "System"),
                ],
                default="",
                max_length=10,
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="attendee",
            name="reschedule_count",
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="attendee",
            name="sequence_ahead",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
    ]
