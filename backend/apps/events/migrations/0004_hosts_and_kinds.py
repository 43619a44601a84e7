import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("availability", "0003_time_off_travel_holidays"),
        ("events", "0003_availability_version"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="eventtype",
            name="kind",
            field=models.CharField(
                choices=[
                    ("one_on_one", "One-on-one"),
                    ("group", "Group"),
                    ("collective", "All hosts together"),
                    ("round_robin", "Hosts take turns"),
                ],
                default="one_on_one",
                max_length=12,
            ),
        ),
        migrations.AddField(
            model_name="eventtype",
            name="rolling_days",
            field=models.PositiveSmallIntegerField(
                blank=True,
                null=True,
                validators=[
                    django.core.validators.MinValueValidator(1),
                    django.core.validators.MaxValueValidator(365),
                ],
            ),
        ),
        migrations.AddField(
            model_name="eventtype",
            name="rolling_days_kind",
            field=models.CharField(
                choices=[
                    ("calendar", "Calendar days"),
                    ("business", "Business days"),
                    ("available", "Days that have slots"),
                ],
                default="calendar",
                max_length=10,
            ),
        ),
        migrations.CreateModel(
            name="BookingCoHost",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "booking",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="co_hosts",
                        to="events.booking",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="co_hosted_bookings",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("booking", "user"), name="one_co_host_row_per_user"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="EventTypeHost",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("position", models.PositiveSmallIntegerField(default=0)),
                ("required", models.BooleanField(default=False)),
                (
                    "weight",
                    models.PositiveSmallIntegerField(
                        default=1,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(100),
                        ],
                    ),
                ),
                (
                    "priority",
                    models.PositiveSmallIntegerField(
                        default=0, validators=[django.core.validators.MaxValueValidator(100)]
                    ),
                ),
                (
                    "event_type",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="hosts",
                        to="events.eventtype",
                    ),
                ),
                (
                    "schedule",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="availability.schedule",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="hosted_event_types",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ("position", "id"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("event_type", "user"), name="one_host_row_per_user"
                    )
                ],
            },
        ),
    ]
