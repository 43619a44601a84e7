"""Holds, waitlist, series, questions, codes, requests and the audit chain.

SQLite makes most of these tables anew. Triggers of other tables name `events_eventtype`, which it
accepts only in its legacy mode; it drops the triggers of the remade tables themselves, and 0011
creates them again.
"""

import apps.common.ids
import django.core.validators
import django.db.models.deletion
import django.db.models.expressions
import uuid
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps


def _legacy_alter_table(state: str) -> migrations.RunPython:
    def switch(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
        if schema_editor.connection.vendor == "sqlite":
            schema_editor.execute(f"PRAGMA legacy_alter_table = {state}")

    return migrations.RunPython(switch, migrations.RunPython.noop)


class Migration(migrations.Migration):
    dependencies = [
        ("events", "0009_attendees"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        _legacy_alter_table("ON"),
        migrations.CreateModel(
            name="AuditSeal",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("rows", models.PositiveIntegerField()),
                ("first_row", models.BigIntegerField()),
                ("last_row", models.BigIntegerField()),
                ("root", models.CharField(max_length=64)),
                ("previous_hash", models.CharField(blank=True, max_length=64)),
                ("hash", models.CharField(max_length=64)),
                ("sealed_at", models.DateTimeField()),
            ],
            options={
                "ordering": ("id",),
            },
        ),
        migrations.CreateModel(
            name="BookingSeries",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("rule", models.TextField(max_length=500)),
                ("timezone", models.CharField(max_length=64)),
                ("wall_start", models.CharField(max_length=19)),
                ("skipped", models.JSONField(blank=True, default=list)),
                ("ical_uid", models.CharField(max_length=255, unique=True)),
                ("created_at", models.DateTimeField()),
            ],
            options={
                "verbose_name_plural": "booking series",
            },
        ),
        migrations.CreateModel(
            name="CustomQuestion",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("question_text", models.CharField(max_length=500)),
                (
                    "question_type",
                    models.CharField(
                        choices=[
                            ("text", "Short text"),
                            ("textarea", "Long text"),
                            ("select", "One of a list"),
                            ("multiselect", "Several of a list"),
                            ("checkbox", "Yes or no"),
                            ("radio", "One of a few"),
                            ("email", "E-mail address"),
                            ("phone", "Phone number"),
                            ("number", "Number"),
                            ("date", "Date"),
                            ("time", "Time"),
                            ("url", "Web address"),
                        ],
                        default="text",
                        max_length=12,
                    ),
                ),
                ("help_text", models.CharField(blank=True, max_length=500)),
                ("is_required", models.BooleanField(default=False)),
                ("order", models.PositiveSmallIntegerField(default=0)),
                ("options", models.JSONField(blank=True, default=list)),
                ("conditions", models.JSONField(blank=True, default=dict)),
                ("validation_rules", models.JSONField(blank=True, default=dict)),
                ("prefill_key", models.CharField(blank=True, max_length=40)),
                (
                    "retention_days",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(3650),
                        ],
                    ),
                ),
                ("archived_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ("order", "id"),
            },
        ),
        migrations.CreateModel(
            name="EmailCode",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("email", models.EmailField(max_length=254)),
                ("code_hash", models.CharField(max_length=200)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("expires_at", models.DateTimeField()),
                ("created_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Hold",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("token", models.UUIDField(default=apps.common.ids.random_token, unique=True)),
                (
                    "purpose",
                    models.CharField(
                        choices=[
                            ("form", "Somebody is filling in the form"),
                            ("waitlist", "Offered to somebody on the waitlist"),
                            ("sooner", "Offered to somebody who asked for an earlier time"),
                        ],
                        default="form",
                        max_length=8,
                    ),
                ),
                ("start_time", models.DateTimeField()),
                ("end_time", models.DateTimeField()),
                ("seats", models.PositiveSmallIntegerField(default=1)),
                ("holder", models.CharField(blank=True, max_length=64)),
                ("expires_at", models.DateTimeField()),
                ("created_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="SoonerRequest",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("timezone", models.CharField(max_length=64)),
                ("weekdays", models.JSONField(default=list)),
                ("minutes_from", models.PositiveSmallIntegerField(default=0)),
                ("minutes_until", models.PositiveSmallIntegerField(default=1440)),
                ("earliest_date", models.DateField(blank=True, null=True)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("active", "Waiting"),
                            ("notified", "Offered a time"),
                            ("converted", "Booked"),
                            ("expired", "Expired"),
                            ("cancelled", "Left"),
                        ],
                        default="active",
                        max_length=10,
                    ),
                ),
                ("queued_at", models.DateTimeField()),
                ("notified_at", models.DateTimeField(blank=True, null=True)),
                ("offers_made", models.PositiveSmallIntegerField(default=0)),
                ("created_at", models.DateTimeField()),
                ("updated_at", models.DateTimeField(auto_now=True)),
            ],
        ),
        migrations.CreateModel(
            name="WaitlistEntry",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("token", models.UUIDField(default=apps.common.ids.random_token, unique=True)),
                ("desired_start_time", models.DateTimeField()),
                ("desired_end_time", models.DateTimeField(blank=True, null=True)),
                ("invitee_name", models.CharField(max_length=200)),
                ("invitee_email", models.EmailField(max_length=254)),
                ("invitee_phone", models.CharField(blank=True, max_length=40)),
                ("invitee_timezone", models.CharField(default="UTC", max_length=64)),
                ("locale", models.CharField(default="en", max_length=20)),
                ("custom_answers", models.JSONField(blank=True, default=dict)),
                ("notify_when_available", models.BooleanField(default=True)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("active", "Waiting"),
                            ("notified", "Offered a time"),
                            ("converted", "Booked"),
                            ("expired", "Expired"),
                            ("cancelled", "Left"),
                        ],
                        default="active",
                        max_length=10,
                    ),
                ),
                ("queued_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("notified_at", models.DateTimeField(blank=True, null=True)),
                ("offers_made", models.PositiveSmallIntegerField(default=0)),
                ("converted_at", models.DateTimeField(blank=True, null=True)),
                ("created_from", models.GenericIPAddressField(blank=True, null=True)),
                ("erased_at", models.DateTimeField(blank=True, null=True)),
                ("created_at", models.DateTimeField()),
                ("updated_at", models.DateTimeField(auto_now=True)),
            ],
            options={
                "verbose_name_plural": "waitlist entries",
            },
        ),
        migrations.RemoveConstraint(
            model_name="booking",
            name="booking_within_capacity",
        ),
        migrations.RemoveField(
            model_name="booking",
            name="recurrence_id",
        ),
        migrations.AddField(
            model_name="attendee",
            name="created_from",
            field=models.GenericIPAddressField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="attendee",
            name="erased_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="booking",
            name="created_from",
            field=models.GenericIPAddressField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="booking",
            name="erased_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="booking",
            name="held_seats",
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="booking",
            name="recurrence_start",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="booking",
            name="repick_asked_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="booking",
            name="request_expires_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="booking",
            name="reschedule_count",
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="bookingauditlog",
            name="erased_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="bookingauditlog",
            name="hash",
            field=models.CharField(default="", max_length=64),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="bookingauditlog",
            name="personal_hash",
            field=models.CharField(default="", max_length=64),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="bookingauditlog",
            name="previous_hash",
            field=models.CharField(blank=True, max_length=64),
        ),
        migrations.AddField(
            model_name="bookingauditlog",
            name="salt",
            field=models.CharField(blank=True, max_length=32),
        ),
        migrations.AddField(
            model_name="bookingauditlog",
            name="sequence",
            field=models.PositiveIntegerField(default=0),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="eventtype",
            name="allowed_email_domains",
            field=models.JSONField(blank=True, default=list),
        ),
        migrations.AddField(
            model_name="eventtype",
            name="change_cutoff_minutes",
            field=models.PositiveIntegerField(
                default=0,
                validators=[
                    django.core.validators.MinValueValidator(0),
                    django.core.validators.MaxValueValidator(525600),
                ],
            ),
        ),
        migrations.AddField(
            model_name="eventtype",
            name="confirmation_within_minutes",
            field=models.PositiveIntegerField(
                blank=True,
                null=True,
                validators=[
                    django.core.validators.MinValueValidator(1),
                    django.core.validators.MaxValueValidator(525600),
                ],
            ),
        ),
        migrations.AddField(
            model_name="eventtype",
            name="denied_email_domains",
            field=models.JSONField(blank=True, default=list),
        ),
        migrations.AddField(
            model_name="eventtype",
            name="max_reschedules",
            field=models.PositiveSmallIntegerField(
                blank=True, null=True, validators=[django.core.validators.MaxValueValidator(100)]
            ),
        ),
        migrations.AddField(
            model_name="eventtype",
            name="max_upcoming_per_invitee",
            field=models.PositiveSmallIntegerField(
                blank=True,
                null=True,
                validators=[
                    django.core.validators.MinValueValidator(1),
                    django.core.validators.MaxValueValidator(1000),
                ],
            ),
        ),
        migrations.AddField(
            model_name="eventtype",
            name="offers_sooner",
            field=models.BooleanField(default=True),
        ),
        migrations.AddField(
            model_name="eventtype",
            name="pending_holds_slot",
            field=models.BooleanField(default=True),
        ),
        migrations.AddField(
            model_name="eventtype",
            name="request_expires_minutes",
            field=models.PositiveIntegerField(
                default=2880,
                validators=[
                    django.core.validators.MinValueValidator(15),
                    django.core.validators.MaxValueValidator(43200),
                ],
            ),
        ),
        migrations.AddField(
            model_name="eventtype",
            name="requires_confirmation",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="eventtype",
            name="requires_email_code",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="eventtype",
            name="retention_days",
            field=models.PositiveSmallIntegerField(
                blank=True,
                null=True,
                validators=[
                    django.core.validators.MinValueValidator(1),
                    django.core.validators.MaxValueValidator(3650),
                ],
            ),
        ),
        migrations.AddField(
            model_name="eventtype",
            name="shows_attendees",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="eventtype",
            name="waitlist_offer_minutes",
            field=models.PositiveSmallIntegerField(
                default=120,
                validators=[
                    django.core.validators.MinValueValidator(5),
                    django.core.validators.MaxValueValidator(10080),
                ],
            ),
        ),
        migrations.AddField(
            model_name="occupancy",
            name="held_until",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AlterField(
            model_name="bookingauditlog",
            name="action",
            field=models.CharField(
                choices=[
                    ("booking_created", "Booked"),
                    ("booking_requested", "Asked for"),
                    ("booking_confirmed", "Confirmed"),
                    ("booking_rejected", "Rejected"),
                    ("booking_expired", "Expired unanswered"),
                    ("booking_repick_asked", "Asked for another time"),
                    ("booking_cancelled", "Cancelled"),
                    ("booking_rescheduled", "Moved"),
                    ("booking_updated", "Details changed"),
                    ("booking_completed", "Completed"),
                    ("booking_no_show", "Marked as no-show"),
                    ("attendee_joined", "Attendee joined"),
                    ("attendee_left", "Attendee left"),
                    ("attendee_added", "Attendee added"),
                    ("attendee_removed", "Attendee removed"),
                    ("attendee_updated", "Attendee's details changed"),
                    ("attendee_no_show", "Attendee marked as no-show"),
                    ("attendee_showed", "Attendee's no-show taken back"),
                    ("capacity_changed", "Number of seats changed"),
                    ("host_reassigned", "Given to another host"),
                    ("waitlist_converted", "Booked from the waitlist"),
                    ("sooner_asked", "Asked for an earlier time"),
                    ("sooner_withdrawn", "No longer asks for an earlier time"),
                    ("booking_undone", "Undone with all from its source"),
                    ("data_downloaded", "Stored data downloaded"),
                    ("personal_data_erased", "Personal data erased"),
                    ("access_token_regenerated", "Link replaced"),
                ],
                max_length=40,
            ),
        ),
        migrations.AlterField(
            model_name="occupancy",
            name="booking",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="occupancies",
                to="events.booking",
            ),
        ),
        migrations.AddIndex(
            model_name="attendee",
            index=models.Index(fields=["email", "booking"], name="attendee_by_email"),
        ),
        migrations.AddField(
            model_name="bookingauditlog",
            name="seal",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="sealed_rows",
                to="events.auditseal",
            ),
        ),
        migrations.AddIndex(
            model_name="bookingauditlog",
            index=models.Index(
                condition=models.Q(("seal__isnull", True)), fields=["id"], name="audit_to_seal"
            ),
        ),
        migrations.AddField(
            model_name="bookingseries",
            name="event_type",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="series",
                to="events.eventtype",
            ),
        ),
        migrations.AddField(
            model_name="bookingseries",
            name="organizer",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="booking",
            name="recurrence",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="bookings",
                to="events.bookingseries",
            ),
        ),
        migrations.AddIndex(
            model_name="booking",
            index=models.Index(
                condition=models.Q(("status", "pending")),
                fields=["request_expires_at"],
                name="booking_request_to_expire",
            ),
        ),
        migrations.AddIndex(
            model_name="booking",
            index=models.Index(
                condition=models.Q(("invitee_email", ""), _negated=True),
                fields=["event_type", "invitee_email"],
                name="booking_by_type_invitee",
            ),
        ),
        migrations.AddIndex(
            model_name="booking",
            index=models.Index(
                condition=models.Q(("created_from__isnull", False)),
                fields=["organizer", "created_from"],
                name="booking_by_source",
            ),
        ),
        migrations.AddConstraint(
            model_name="booking",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "attendee_count__lte",
                        django.db.models.expressions.CombinedExpression(
                            models.F("capacity"), "-", models.F("held_seats")
                        ),
                    )
                ),
                name="booking_within_capacity",
            ),
        ),
        migrations.AddField(
            model_name="customquestion",
            name="event_type",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="questions",
                to="events.eventtype",
            ),
        ),
        migrations.AddField(
            model_name="emailcode",
            name="event_type",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="events.eventtype"
            ),
        ),
        migrations.AddField(
            model_name="hold",
            name="event_type",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="holds",
                to="events.eventtype",
            ),
        ),
        migrations.AddField(
            model_name="hold",
            name="session",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="holds",
                to="events.booking",
            ),
        ),
        migrations.AddField(
            model_name="occupancy",
            name="hold",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="occupancies",
                to="events.hold",
            ),
        ),
        migrations.AddConstraint(
            model_name="occupancy",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("booking__isnull", False),
                        ("held_until__isnull", True),
                        ("hold__isnull", True),
                    ),
                    models.Q(
                        ("booking__isnull", True),
                        ("held_until__isnull", False),
                        ("hold__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="occupancy_of_booking_or_hold",
            ),
        ),
        migrations.AddConstraint(
            model_name="occupancy",
            constraint=models.UniqueConstraint(fields=("host", "hold"), name="one_hold_per_host"),
        ),
        migrations.AddField(
            model_name="soonerrequest",
            name="booking",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="sooner_request",
                to="events.booking",
            ),
        ),
        migrations.AddField(
            model_name="soonerrequest",
            name="event_type",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="sooner_requests",
                to="events.eventtype",
            ),
        ),
        migrations.AddField(
            model_name="soonerrequest",
            name="offer",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="sooner_request",
                to="events.hold",
            ),
        ),
        migrations.AddField(
            model_name="waitlistentry",
            name="converted_booking",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="events.booking",
            ),
        ),
        migrations.AddField(
            model_name="waitlistentry",
            name="event_type",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="waitlist",
                to="events.eventtype",
            ),
        ),
        migrations.AddField(
            model_name="waitlistentry",
            name="offer",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="waitlist_entry",
                to="events.hold",
            ),
        ),
        migrations.AddField(
            model_name="waitlistentry",
            name="organizer",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="waitlist",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddIndex(
            model_name="customquestion",
            index=models.Index(fields=["event_type", "order"], name="question_by_type_order"),
        ),
        migrations.AddIndex(
            model_name="emailcode",
            index=models.Index(fields=["expires_at"], name="email_code_by_end"),
        ),
        migrations.AddConstraint(
            model_name="emailcode",
            constraint=models.UniqueConstraint(
                fields=("event_type", "email"), name="one_code_per_address"
            ),
        ),
        migrations.AddIndex(
            model_name="hold",
            index=models.Index(fields=["expires_at"], name="hold_by_end"),
        ),
        migrations.AddIndex(
            model_name="hold",
            index=models.Index(fields=["holder", "expires_at"], name="hold_by_holder"),
        ),
        migrations.AddConstraint(
            model_name="hold",
            constraint=models.CheckConstraint(
                condition=models.Q(("end_time__gt", models.F("start_time"))),
                name="hold_ends_after_start",
            ),
        ),
        migrations.AddConstraint(
            model_name="hold",
            constraint=models.CheckConstraint(
                condition=models.Q(("seats__gte", 1)), name="hold_has_seats"
            ),
        ),
        migrations.AddIndex(
            model_name="soonerrequest",
            index=models.Index(
                condition=models.Q(("status__in", ["active", "notified"])),
                fields=["event_type", "queued_at"],
                name="sooner_line",
            ),
        ),
        migrations.AddConstraint(
            model_name="soonerrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("minutes_from__lt", models.F("minutes_until")), ("minutes_until__lte", 1440)
                ),
                name="sooner_hours_are_not_empty",
            ),
        ),
        migrations.AddIndex(
            model_name="waitlistentry",
            index=models.Index(
                condition=models.Q(("status__in", ["active", "notified"])),
                fields=["event_type", "desired_start_time", "queued_at"],
                name="waitlist_line",
            ),
        ),
        migrations.AddIndex(
            model_name="waitlistentry",
            index=models.Index(fields=["organizer", "-created_at"], name="waitlist_by_organizer"),
        ),
        migrations.AddIndex(
            model_name="waitlistentry",
            index=models.Index(
                condition=models.Q(("status__in", ["active", "notified"])),
                fields=["expires_at"],
                name="waitlist_to_expire",
            ),
        ),
        migrations.AddConstraint(
            model_name="waitlistentry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("desired_end_time__isnull", True),
                    ("desired_end_time__gt", models.F("desired_start_time")),
                    _connector="OR",
                ),
                name="waitlist_span_is_not_empty",
            ),
        ),
        _legacy_alter_table("OFF"),
    ]
