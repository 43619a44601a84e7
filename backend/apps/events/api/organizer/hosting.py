"""Event types of others that the signed-in user serves: parse, one call, render."""

from __future__ import annotations

from uuid import UUID

from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.common.api.pagination import CursorPagination
from apps.common.api.serializers import Serializer
from apps.common.api.signed_in import signed_in_user
from apps.events.links import booking_page_url
from apps.events.models import EventTypeHost, Kind
from apps.events.selectors.hosts import list_hosting
from apps.events.services.event_types import leave_event_type


class HostingSerializer(Serializer):
    """The part of a host in an event type of somebody else."""

    event_type = serializers.UUIDField(source="event_type_id")
    name = serializers.CharField(source="event_type.name")
    organizer_name = serializers.CharField(source="event_type.organizer.name")
    booking_url = serializers.SerializerMethodField(help_text="The public page's address")
    kind = serializers.ChoiceField(choices=Kind.choices, source="event_type.kind")
    is_active = serializers.BooleanField(source="event_type.is_active")
    required = serializers.BooleanField(source="is_required")  # type: ignore[assignment]

    @extend_schema_field({"type": "string", "format": "uri"})
    def get_booking_url(self, host: EventTypeHost) -> str:
        event_type = host.event_type
        return booking_page_url(event_type.organizer.slug, event_type.event_type_slug)


class HostingPagination(CursorPagination):
    """In the order in which the user became a host."""

    ordering = ("id",)  # type: ignore[assignment]


class HostingListView(GenericAPIView):
    """GET hosting/."""

    serializer_class = HostingSerializer
    queryset = EventTypeHost.objects.none()
    pagination_class = HostingPagination

    @extend_schema(operation_id="list_hosting", responses=HostingSerializer(many=True))
    def get(self, request: Request) -> Response:
        """The event types of others that you serve."""
        page = self.paginate_queryset(list_hosting(signed_in_user(request).pk))
        return self.get_paginated_response(HostingSerializer(page, many=True).data)


class HostingDetailView(APIView):
    """DELETE hosting/<event type uuid>/."""

    @extend_schema(operation_id="leave_event_type", responses={204: None})
    def delete(self, request: Request, event_type_id: UUID) -> Response:
        """Serve this event type no longer; your bookings stand. Its organizer steps in if needed."""
        leave_event_type(user_id=signed_in_user(request).pk, event_type_id=event_type_id)
        return Response(status=204)
