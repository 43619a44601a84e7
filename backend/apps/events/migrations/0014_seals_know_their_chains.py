"""A seal knows how long each chain in it is, and follows one other seal alone."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("events", "0012_audit_chain_position")]
    operations = [
        migrations.AddField(
            model_name="auditseal",
            name="heads",
            field=models.JSONField(default=dict),
        ),
        migrations.AlterField(
            model_name="auditseal",
            name="previous_hash",
            field=models.CharField(blank=True, max_length=64, unique=True),
        ),
    ]
