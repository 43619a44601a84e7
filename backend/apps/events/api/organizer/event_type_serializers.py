"""Shapes of event types for their organizer; rules live in `services/event_types/`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from apps.common.api.serializers import ModelSerializer, Serializer
from apps.events.api.organizer.question_serializers import (
    AskedQuestionSerializer,
    CustomQuestionSerializer,
    list_asked,
)
from apps.events.links import booking_page_url
from apps.events.models import (
    EventType,
    Kind,
    LocationType,
    RecurrenceType,
    RollingDaysKind,
    SlotAlignment,
)
from apps.events.models.event_type import (
    MAX_BUFFER,
    MAX_DURATION,
    MAX_HORIZON,
    MAX_NOTICE,
    MAX_OFFER,
    MAX_REQUEST,
    MAX_RETENTION,
)
from apps.events.models.hosts import MAX_PRIORITY, MAX_WEIGHT
from apps.events.questions.question import MAX_QUESTIONS
from apps.events.selectors.hosts import list_hosts
from apps.events.services.event_types.rules import bounds
from apps.events.services.event_types.slugs import MAX_SLUG

DAYS_SHOWN = 7

# Named in the API's design, but nothing acts on them yet: a value that asks for something is
# refused rather than dropped, so that nobody relies on it.
NOT_OFFERED_YET: Mapping[str, tuple[object, ...]] = {
    "meeting_provider": ("", None),
}


class LimitSerializer(Serializer):
    """At most `max` bookings, or minutes, per period; counted in the schedule's zone."""

    per = serializers.ChoiceField(choices=bounds.LIMIT_PERIODS)
    max = serializers.IntegerField(min_value=1, max_value=bounds.MAX_LIMIT)


class DateRangeSerializer(Serializer):
    """Dates that can be booked, both included; null leaves that side open."""

    start = serializers.DateField(allow_null=True, default=None)
    end = serializers.DateField(allow_null=True, default=None)


class HostChoiceSerializer(Serializer):
    """A host as it is sent. `required`, `weight` and `priority` matter for round robin only."""

    user = serializers.UUIDField(help_text="The host's account id, which they gave you")
    required = serializers.BooleanField(  # type: ignore[assignment]
        default=False, help_text="Attends every booking; the others take turns"
    )
    weight = serializers.IntegerField(
        min_value=1, max_value=MAX_WEIGHT, default=1, help_text="Share of the bookings"
    )
    priority = serializers.IntegerField(
        min_value=0, max_value=MAX_PRIORITY, default=0, help_text="Decides between equals"
    )
    schedule = serializers.UUIDField(
        allow_null=True, default=None, help_text="One of the host's schedules; null is the default"
    )


class EventTypeHostSerializer(Serializer):
    """A host as it is answered."""

    user = serializers.UUIDField()
    name = serializers.CharField()
    required = serializers.BooleanField()  # type: ignore[assignment]
    weight = serializers.IntegerField()
    priority = serializers.IntegerField()
    schedule = serializers.UUIDField(allow_null=True)


def _minutes(least: int, most: int, meaning: str) -> serializers.IntegerField:
    return serializers.IntegerField(
        min_value=least, max_value=most, required=False, help_text=meaning
    )


def _domains(meaning: str) -> serializers.ListField:
    return serializers.ListField(
        child=serializers.CharField(max_length=253),
        max_length=bounds.MAX_DOMAINS,
        required=False,
        help_text=f"{meaning}; a domain covers its subdomains",
    )


class EventTypeCreateSerializer(Serializer):
    """An event type as it is sent. What is left out keeps its default (PATCH: its value)."""

    name = serializers.CharField(max_length=bounds.MAX_NAME, help_text="Unique, whatever its case")
    event_type_slug = serializers.CharField(
        max_length=MAX_SLUG,
        required=False,
        allow_blank=True,
        help_text="Last segment of the booking page's address; made from the name when empty",
    )
    description = serializers.CharField(
        max_length=bounds.MAX_DESCRIPTION, required=False, allow_blank=True
    )
    color = serializers.ChoiceField(choices=bounds.COLORS, required=False)
    duration = _minutes(1, MAX_DURATION, "Minutes; the default choice")
    durations = serializers.ListField(
        child=serializers.IntegerField(min_value=1, max_value=MAX_DURATION),
        max_length=bounds.MAX_DURATIONS,
        required=False,
        help_text="Further choices of the invitee, in minutes",
    )
    kind = serializers.ChoiceField(
        choices=Kind.choices,
        required=False,
        help_text="Left out: group with several seats, else one_on_one; PATCH keeps a team's kind",
    )
    # Not `many=True`: that would take null for a host, too.
    hosts: Any = serializers.ListSerializer(
        child=HostChoiceSerializer(),
        required=False,
        allow_null=True,
        max_length=bounds.MAX_HOSTS,
        help_text="Replaced whole; none is you alone",
    )
    max_attendees = serializers.IntegerField(
        min_value=1, max_value=bounds.MAX_ATTENDEES, required=False
    )
    enable_waitlist = serializers.BooleanField(required=False)
    is_active = serializers.BooleanField(required=False)
    is_private = serializers.BooleanField(
        required=False, help_text="Not listed; reachable by its address only"
    )
    min_scheduling_notice = _minutes(0, MAX_NOTICE, "Minutes")
    max_scheduling_horizon = _minutes(0, MAX_HORIZON, "Minutes; 0 sets no end")
    buffer_time_before = _minutes(0, MAX_BUFFER, "Minutes; at most the duration")
    buffer_time_after = _minutes(0, MAX_BUFFER, "Minutes; at most the duration")
    max_bookings_per_day = serializers.IntegerField(
        min_value=1, max_value=10_000, required=False, allow_null=True
    )
    limits = LimitSerializer(  # type: ignore[call-arg]
        many=True, required=False, max_length=len(bounds.LIMIT_PERIODS)
    )
    slot_interval_minutes = _minutes(
        0, bounds.MAX_INTERVAL, "Minutes between starts; 0 follows your profile, then the duration"
    )
    slot_alignment = serializers.ChoiceField(choices=SlotAlignment.choices, required=False)
    schedule = serializers.UUIDField(
        required=False, allow_null=True, help_text="One of your schedules; null is the default one"
    )
    date_range = DateRangeSerializer(required=False, allow_null=True)
    rolling_days = serializers.IntegerField(
        min_value=1,
        max_value=bounds.MAX_ROLLING_DAYS,
        required=False,
        allow_null=True,
        help_text="Dates after today that can be booked; excludes date_range",
    )
    rolling_days_kind = serializers.ChoiceField(choices=RollingDaysKind.choices, required=False)
    recurrence_type = serializers.ChoiceField(choices=RecurrenceType.choices, required=False)
    recurrence_rule = serializers.CharField(
        max_length=bounds.MAX_RECURRENCE_RULE,
        required=False,
        allow_blank=True,
        help_text="RFC 5545 RRULE; wins over recurrence_type",
    )
    max_occurrences = serializers.IntegerField(
        min_value=1, max_value=bounds.MAX_OCCURRENCES, required=False, allow_null=True
    )
    recurrence_end_date = serializers.DateField(required=False, allow_null=True)
    requires_confirmation = serializers.BooleanField(
        required=False, help_text="Who books asks, and you confirm; not for groups and series"
    )
    confirmation_within_minutes = serializers.IntegerField(
        min_value=1,
        max_value=MAX_NOTICE,
        required=False,
        allow_null=True,
        help_text="Confirm only starts nearer than this; null is always",
    )
    pending_holds_slot = serializers.BooleanField(
        required=False, help_text="Whether a request takes its time until it is answered"
    )
    request_expires_minutes = _minutes(15, MAX_REQUEST, "Minutes to answer a request")
    waitlist_offer_minutes = _minutes(5, MAX_OFFER, "Minutes that a waitlist offer stands")
    offers_sooner = serializers.BooleanField(
        required=False, help_text="Who has booked may ask for an earlier time"
    )
    shows_attendees = serializers.BooleanField(
        required=False, help_text="Attendees of a group see each other's names"
    )
    change_cutoff_minutes = _minutes(
        0, MAX_NOTICE, "Minutes before the start until which invitees may move and cancel"
    )
    max_reschedules = serializers.IntegerField(
        min_value=0,
        max_value=100,
        required=False,
        allow_null=True,
        help_text="How often an invitee may move a booking; null is without limit",
    )
    max_upcoming_per_invitee = serializers.IntegerField(
        min_value=1,
        max_value=1000,
        required=False,
        allow_null=True,
        help_text="Future bookings of this event type per e-mail address",
    )
    allowed_email_domains = _domains("Only addresses of these domains may book; none is any")
    denied_email_domains = _domains("Addresses of these domains may not book")
    requires_email_code = serializers.BooleanField(
        required=False, help_text="A code sent to the address is asked for before a booking counts"
    )
    retention_days = serializers.IntegerField(
        min_value=1,
        max_value=MAX_RETENTION,
        required=False,
        allow_null=True,
        help_text="Personal data is erased so many days after the end; null keeps it",
    )
    location_type = serializers.ChoiceField(choices=LocationType.choices, required=False)
    location_details = serializers.CharField(
        max_length=bounds.MAX_DETAILS,
        required=False,
        allow_blank=True,
        help_text="Required for in_person and custom",
    )
    redirect_url_after_booking = serializers.CharField(
        max_length=bounds.MAX_REDIRECT_URL, required=False, allow_blank=True
    )
    # Not `many=True`: that would take null for a question, too.
    custom_questions: Any = serializers.ListSerializer(
        child=CustomQuestionSerializer(),
        required=False,
        allow_null=True,
        max_length=MAX_QUESTIONS,
        help_text="In this order; replaced whole: known ids are changed, missing ones archived",
    )
    confirmation_workflow = serializers.UUIDField(required=False, allow_null=True)
    reminder_workflow = serializers.UUIDField(required=False, allow_null=True)
    cancellation_workflow = serializers.UUIDField(required=False, allow_null=True)

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, Mapping):
            refused = {
                name: ["This is not offered yet; leave it out."]
                for name, harmless in NOT_OFFERED_YET.items()
                if name in data and data[name] not in harmless
            }
            if refused:
                raise serializers.ValidationError(refused, code="not_offered")
        return super().to_internal_value(data)


class EventTypeSerializer(ModelSerializer):
    """An event type as it is answered. Context: `bookings_by_day` (event type id -> counts)."""

    hosts = serializers.SerializerMethodField(help_text="You alone, or those you named")
    durations = serializers.ListField(child=serializers.IntegerField())
    limits = LimitSerializer(many=True)
    allowed_email_domains = serializers.ListField(child=serializers.CharField())
    denied_email_domains = serializers.ListField(child=serializers.CharField())
    date_range = serializers.SerializerMethodField()
    custom_questions = serializers.SerializerMethodField()
    redirect_url_after_booking = serializers.CharField(help_text="A web address, or empty")
    booking_url = serializers.SerializerMethodField(help_text="The public page's address")
    bookings_next_7_days = serializers.SerializerMethodField()

    class Meta:
        model = EventType
        fields = (
            "id",
            "name",
            "event_type_slug",
            "description",
            "color",
            "kind",
            "hosts",
            "duration",
            "durations",
            "max_attendees",
            "enable_waitlist",
            "is_active",
            "is_private",
            "min_scheduling_notice",
            "max_scheduling_horizon",
            "buffer_time_before",
            "buffer_time_after",
            "max_bookings_per_day",
            "limits",
            "slot_interval_minutes",
            "slot_alignment",
            "schedule",
            "date_range",
            "rolling_days",
            "rolling_days_kind",
            "recurrence_type",
            "recurrence_rule",
            "max_occurrences",
            "recurrence_end_date",
            "requires_confirmation",
            "confirmation_within_minutes",
            "pending_holds_slot",
            "request_expires_minutes",
            "waitlist_offer_minutes",
            "offers_sooner",
            "shows_attendees",
            "change_cutoff_minutes",
            "max_reschedules",
            "max_upcoming_per_invitee",
            "allowed_email_domains",
            "denied_email_domains",
            "requires_email_code",
            "retention_days",
            "location_type",
            "location_details",
            "redirect_url_after_booking",
            "custom_questions",
            "confirmation_workflow",
            "reminder_workflow",
            "cancellation_workflow",
            "booking_url",
            "bookings_next_7_days",
            "created_at",
            "updated_at",
        )
        read_only_fields = fields

    @extend_schema_field(EventTypeHostSerializer(many=True))
    def get_hosts(self, event_type: EventType) -> list[dict[str, Any]]:
        organizer = event_type.organizer
        return [
            {
                "user": str(host.user_id),
                "name": organizer.name if host.user_id == organizer.pk else host.user.name,
                "required": host.is_required,
                "weight": host.weight,
                "priority": host.priority,
                "schedule": str(host.schedule_id) if host.schedule_id else None,
            }
            for host in list_hosts(event_type)
        ]

    @extend_schema_field(AskedQuestionSerializer(many=True))
    def get_custom_questions(self, event_type: EventType) -> list[dict[str, Any]]:
        return list_asked(event_type)

    @extend_schema_field(DateRangeSerializer(allow_null=True))
    def get_date_range(self, event_type: EventType) -> dict[str, str | None] | None:
        start, end = event_type.date_range_start, event_type.date_range_end
        if start is None and end is None:
            return None
        return {
            "start": start.isoformat() if start else None,
            "end": end.isoformat() if end else None,
        }

    @extend_schema_field({"type": "string", "format": "uri"})
    def get_booking_url(self, event_type: EventType) -> str:
        return booking_page_url(event_type.organizer.slug, event_type.event_type_slug)

    @extend_schema_field(
        {
            "type": "array",
            "items": {"type": "integer"},
            "minItems": DAYS_SHOWN,
            "maxItems": DAYS_SHOWN,
            "description": "Bookings on each of seven local dates, today first",
        }
    )
    def get_bookings_next_7_days(self, event_type: EventType) -> list[int]:
        counts: list[int] = self.context["bookings_by_day"][event_type.id]
        return counts


class EventTypeFilterSerializer(Serializer):
    """Query parameters of the list."""

    is_active = serializers.BooleanField(required=False)
    search = serializers.CharField(
        max_length=200, required=False, allow_blank=True, help_text="In name, description, address"
    )
