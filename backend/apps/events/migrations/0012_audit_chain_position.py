"""A booking's audit rows are one chain: no two in the same place."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("events", "0011_audit_chain_and_guards")]
    operations = [
        migrations.AddConstraint(
            model_name="bookingauditlog",
            constraint=models.UniqueConstraint(
                fields=("booking", "sequence"), name="audit_chain_position"
            ),
        ),
    ]
