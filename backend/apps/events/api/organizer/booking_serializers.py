"""Shapes of bookings as their organizer and hosts see them. Rules live in services."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from apps.common.api.fields import InstantField
from apps.common.api.serializers import ModelSerializer, Serializer
from apps.common.time import format_instant
from apps.events.api.organizer.question_serializers import ShownAnswerSerializer
from apps.events.links import manage_url
from apps.events.locations import shown_location
from apps.events.models import Attendee, Booking, BookingStatus
from apps.events.models.booking import CancelledBy
from apps.events.models.waitlist import WAITING
from apps.events.presenting import answers_data


class BookedEventTypeSerializer(Serializer):
    """Which event type a booking is of."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    slug = serializers.CharField(source="event_type_slug")
    color = serializers.CharField()


class BookedHostSerializer(Serializer):
    """Whose time it takes. No id: that is the code by which a host is added (see `hosting/`)."""

    name = serializers.CharField()
    timezone = serializers.CharField()
    is_you = serializers.SerializerMethodField()

    def get_is_you(self, user: Any) -> bool:
        """Whether it is the user who asks."""
        request = self.context.get("request")
        return request is not None and user.pk == request.user.pk


class AttendeeSerializer(ModelSerializer):
    """Somebody in a group session. Their link is theirs alone."""

    cancelled_by = serializers.ChoiceField(
        choices=CancelledBy.choices, allow_blank=True, read_only=True
    )
    email = serializers.CharField(read_only=True, help_text="Empty once it was erased")

    name = serializers.CharField(source="shown_name", read_only=True)
    answers = serializers.SerializerMethodField()

    class Meta:
        model = Attendee
        fields = (
            "id",
            "name",
            "email",
            "phone",
            "timezone",
            "status",
            "notes",
            "custom_answers",
            "answers",
            "brought_by",
            "joined_at",
            "cancelled_at",
            "cancelled_by",
            "cancellation_reason",
            "erased_at",
        )
        read_only_fields = fields

    @extend_schema_field(ShownAnswerSerializer(many=True))
    def get_answers(self, attendee: Attendee) -> list[dict[str, Any]]:
        """What they answered, in the order of the questions."""
        return answers_data(attendee.booking.event_type, attendee.custom_answers)


class SeriesPlaceSerializer(Serializer):
    """Which occurrence of a series a booking is: `position` of `of`, from 1."""

    id = serializers.UUIDField()
    rule = serializers.CharField(help_text="RFC 5545 RRULE")
    position = serializers.IntegerField()
    of = serializers.IntegerField(
        help_text="How many the rule has, those that nobody booked included"
    )


class BookingSerializer(ModelSerializer):
    """A booking, whole. Of a group session, `invitee_name` sums up who is in."""

    event_type = BookedEventTypeSerializer(read_only=True)
    organizer_name = serializers.CharField(source="organizer.name", read_only=True)
    organizer_slug = serializers.CharField(source="organizer.slug", read_only=True)
    host = BookedHostSerializer(read_only=True)
    hosts = BookedHostSerializer(many=True, read_only=True)
    attendees = AttendeeSerializer(many=True, read_only=True)
    invitee_name = serializers.SerializerMethodField()
    manage_url = serializers.SerializerMethodField()
    location_text = serializers.SerializerMethodField()
    moved_from = serializers.SerializerMethodField()
    answers = serializers.SerializerMethodField()
    series = serializers.SerializerMethodField()
    sooner = serializers.SerializerMethodField()
    created_from = serializers.SerializerMethodField()
    meeting_link = serializers.CharField(read_only=True, help_text="A web address, or empty")
    cancelled_by = serializers.ChoiceField(
        choices=CancelledBy.choices, allow_blank=True, read_only=True
    )
    invitee_email = serializers.CharField(
        read_only=True, help_text="Empty for a session, and once it was erased"
    )

    class Meta:
        model = Booking
        fields = (
            "id",
            "event_type",
            "organizer_name",
            "organizer_slug",
            "host",
            "hosts",
            "status",
            "start_time",
            "end_time",
            "host_timezone",
            "invitee_name",
            "invitee_email",
            "invitee_phone",
            "invitee_timezone",
            "locale",
            "notes",
            "utm",
            "attendee_count",
            "attendees",
            "capacity",
            "location_type",
            "location",
            "location_text",
            "meeting_link",
            "meeting_id",
            "custom_answers",
            "answers",
            "recurrence_id",
            "recurrence_sequence",
            "is_recurring_exception",
            "series",
            "sooner",
            "held_seats",
            "request_expires_at",
            "repick_asked_at",
            "reschedule_count",
            "created_from",
            "erased_at",
            "calendar_sync_status",
            "calendar_sync_error",
            "cancelled_at",
            "cancelled_by",
            "cancellation_reason",
            "rescheduled_at",
            "moved_from",
            "manage_url",
            "created_at",
            "updated_at",
        )
        read_only_fields = fields

    def get_invitee_name(self, booking: Booking) -> str:
        """Who booked; of a session the first who is in, and how many more."""
        if not booking.is_session:
            return booking.shown_name
        names = [attendee.shown_name for attendee in booking.attendees.all() if attendee.is_in]
        return f"{names[0]} +{len(names) - 1}" if len(names) > 1 else "".join(names)

    def get_manage_url(self, booking: Booking) -> str:
        """The invitee's page; empty for a session, whose attendees have links of their own."""
        return manage_url(booking)

    def get_location_text(self, booking: Booking) -> str:
        """Where it takes place, in words."""
        return shown_location(booking)

    @extend_schema_field(ShownAnswerSerializer(many=True))
    def get_answers(self, booking: Booking) -> list[dict[str, Any]]:
        """What the invitee answered, in the order of the questions."""
        return answers_data(booking.event_type, booking.custom_answers)

    @extend_schema_field(SeriesPlaceSerializer(allow_null=True))
    def get_series(self, booking: Booking) -> dict[str, Any] | None:
        """Its place in a series, or null."""
        if booking.recurrence is None:
            return None
        return {
            "id": str(booking.recurrence_id),
            "rule": booking.recurrence.rule,
            "position": booking.recurrence_sequence,
            "of": len(booking.recurrence.bookings.all()) + len(booking.recurrence.skipped),
        }

    def get_sooner(self, booking: Booking) -> bool:
        """Whether the invitee waits for an earlier time."""
        wish = getattr(booking, "sooner_request", None)
        return wish is not None and wish.status in WAITING

    def get_created_from(self, booking: Booking) -> str | None:
        """The network address it was booked from; told to its organizer only."""
        request = self.context.get("request")
        is_organizer = request is not None and request.user.pk == booking.organizer_id
        return booking.created_from if is_organizer else None

    def get_moved_from(self, booking: Booking) -> str | None:
        """The start it was moved from last, or null."""
        former = booking.rescheduled_from
        return format_instant(former.start_time) if former else None


class BookingUpdateSerializer(Serializer):
    """What PATCH changes; time and state have calls of their own."""

    invitee_name = serializers.CharField(max_length=200, required=False)
    invitee_email = serializers.CharField(max_length=254, required=False)
    invitee_phone = serializers.CharField(max_length=40, required=False, allow_blank=True)
    invitee_timezone = serializers.CharField(max_length=64, required=False)
    notes = serializers.CharField(max_length=5000, required=False, allow_blank=True)
    capacity = serializers.IntegerField(
        required=False,
        help_text="Seats of this session, 2 to 100; alone, not together with other fields.",
    )
    custom_answers = serializers.DictField(
        required=False, help_text="By question id; null takes an answer back, others stay"
    )

    def to_internal_value(self, data: Any) -> Any:
        unknown = sorted(set(data) - set(self.fields)) if isinstance(data, dict) else []
        if unknown:
            raise serializers.ValidationError(
                {name: ["This cannot be changed here."] for name in unknown[:20]},
                code="not_changeable",
            )
        return super().to_internal_value(data)


class ScopeField(serializers.ChoiceField):
    """How much of a series a change is for."""

    def __init__(self) -> None:
        super().__init__(
            choices=("this", "following", "all"),
            default="this",
            help_text="Of a series: this one, those that start later too, or all",
        )


class BookingCancelSerializer(Serializer):
    """Why a booking is cancelled; the invitee is told."""

    reason = serializers.CharField(max_length=2000, required=False, allow_blank=True, default="")
    scope = ScopeField()


class BookingRescheduleSerializer(Serializer):
    """Where a booking moves to: an instant with its offset.

    With a wider `scope` the others move by as much on the clock, all or none.
    """

    start_time = InstantField()
    scope = ScopeField()


class BookingFilterSerializer(Serializer):
    """Query parameters of the list."""

    status = serializers.CharField(max_length=200, required=False)
    event_type = serializers.UUIDField(required=False)
    series = serializers.UUIDField(required=False, help_text="Occurrences of one series")
    start_after = InstantField(required=False)
    start_before = InstantField(required=False)
    search = serializers.CharField(max_length=200, required=False, allow_blank=True)
    ordering = serializers.ChoiceField(
        choices=("start_time", "-start_time", "created_at", "-created_at"), required=False
    )

    def validate_status(self, value: str) -> list[str]:
        """Several states are separated by commas."""
        states = [state.strip() for state in value.split(",") if state.strip()]
        for state in states:
            if state not in BookingStatus.values:
                listed = ", ".join(BookingStatus.values)
                raise serializers.ValidationError(f'"{state}" is not one of: {listed}.')
        return states
