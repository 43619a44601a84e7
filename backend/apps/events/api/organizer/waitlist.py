"""The organizer's waitlists: who waits, figures, offering out of turn, taking somebody off."""

from __future__ import annotations

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.common.api.fields import InstantField
from apps.common.api.pagination import CursorPagination
from apps.common.api.queries import read_query
from apps.common.api.serializers import ModelSerializer, Serializer
from apps.common.api.signed_in import signed_in_user
from apps.common.time import utc_now
from apps.events.api.organizer.booking_serializers import BookedEventTypeSerializer
from apps.events.models import WaitingStatus, WaitlistEntry
from apps.events.selectors.waitlist import count_by_status, get_entry, list_waitlist
from apps.events.services.waiting.notify import notify_entry
from apps.events.services.waiting.pass_on import leave_waitlist


class WaitlistEntrySerializer(ModelSerializer):
    """Somebody on a waitlist. Their link is theirs alone."""

    event_type = BookedEventTypeSerializer(read_only=True)
    status = serializers.ChoiceField(choices=WaitingStatus.choices, read_only=True)
    position = serializers.IntegerField(source="place_in_line", allow_null=True, read_only=True)
    offer_expires_at = InstantField(source="offer_ends_at", allow_null=True, read_only=True)

    invitee_name = serializers.CharField(source="shown_name", read_only=True)

    class Meta:
        model = WaitlistEntry
        fields = (
            "id",
            "event_type",
            "desired_start_time",
            "desired_end_time",
            "invitee_name",
            "invitee_email",
            "invitee_phone",
            "invitee_timezone",
            "custom_answers",
            "notify_when_available",
            "status",
            "position",
            "expires_at",
            "notified_at",
            "offer_expires_at",
            "offers_made",
            "converted_booking",
            "converted_at",
            "created_at",
        )
        read_only_fields = fields


class WaitlistFilterSerializer(Serializer):
    """Query parameters of the list."""

    status = serializers.CharField(max_length=200, required=False)
    event_type = serializers.UUIDField(required=False)

    def validate_status(self, value: str) -> list[str]:
        """Several states are separated by commas."""
        states = [state.strip() for state in value.split(",") if state.strip()]
        for state in states:
            if state not in WaitingStatus.values:
                listed = ", ".join(WaitingStatus.values)
                raise serializers.ValidationError(f'"{state}" is not one of: {listed}.')
        return states


class WaitlistFiguresSerializer(Serializer):
    """How many are in each state, and the share of those who are done that booked."""

    active = serializers.IntegerField()
    notified = serializers.IntegerField()
    converted = serializers.IntegerField()
    expired = serializers.IntegerField()
    cancelled = serializers.IntegerField()
    conversion_rate = serializers.FloatField(
        allow_null=True, help_text="0 to 1: of all who wait no more; null when nobody does"
    )


class WaitlistPagination(CursorPagination):
    """Who came last, first."""

    ordering = ("-created_at", "id")  # type: ignore[assignment]


class _EntryView(GenericAPIView):
    serializer_class = WaitlistEntrySerializer
    queryset = WaitlistEntry.objects.none()

    def entry(self, entry_id: UUID) -> WaitlistEntry:
        return get_entry(organizer_id=signed_in_user(self.request).pk, entry_id=entry_id)

    def answer(self, entry_id: UUID) -> Response:
        return Response(self.get_serializer(self.entry(entry_id)).data)


class WaitlistView(_EntryView):
    """GET waitlist/."""

    pagination_class = WaitlistPagination

    @extend_schema(
        operation_id="list_waitlist",
        parameters=[WaitlistFilterSerializer],
        responses=WaitlistEntrySerializer(many=True),
    )
    def get(self, request: Request) -> Response:
        """Who waits or waited for your event types, who came last first."""
        query = read_query(request, WaitlistFilterSerializer)
        page = self.paginate_queryset(
            list_waitlist(organizer_id=signed_in_user(request).pk, **query)
        )
        return self.get_paginated_response(self.get_serializer(page, many=True).data)


class WaitlistFiguresView(APIView):
    """GET waitlist/figures/."""

    @extend_schema(operation_id="waitlist_figures", responses=WaitlistFiguresSerializer)
    def get(self, request: Request) -> Response:
        """How many wait, and what became of the others."""
        counted = count_by_status(organizer_id=signed_in_user(request).pk)
        done = sum(counted[state] for state in ("converted", "expired", "cancelled"))
        rate = counted["converted"] / done if done else None
        shown = WaitlistFiguresSerializer({**counted, "conversion_rate": rate})
        return Response(shown.data)


class WaitlistNotifyView(_EntryView):
    """POST waitlist/<uuid>/notify/."""

    @extend_schema(
        operation_id="notify_waitlist_entry", request=None, responses=WaitlistEntrySerializer
    )
    def post(self, request: Request, entry_id: UUID) -> Response:
        """Offer them what is free now, out of turn; 409 when nothing is."""
        notify_entry(entry=self.entry(entry_id), now=utc_now())
        return self.answer(entry_id)


class WaitlistRemoveView(_EntryView):
    """POST waitlist/<uuid>/remove/."""

    @extend_schema(
        operation_id="remove_waitlist_entry", request=None, responses=WaitlistEntrySerializer
    )
    def post(self, request: Request, entry_id: UUID) -> Response:
        """Take them off; they are told, and what they were offered goes to the next."""
        leave_waitlist(entry=self.entry(entry_id), now=utc_now())
        return self.answer(entry_id)
