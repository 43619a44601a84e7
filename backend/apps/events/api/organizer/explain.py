"""Why a start is not offered, for the organizer."""

from __future__ import annotations

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from apps.common.api.fields import InstantField
from apps.common.api.queries import read_query
from apps.common.api.serializers import Serializer
from apps.common.api.signed_in import signed_in_user
from apps.common.time import utc_now
from apps.events.models import EventType
from apps.events.selectors.event_types import get_event_type
from apps.events.selectors.offers import load_offer
from apps.events.selectors.slots import chosen_duration, explain_start, refuse_too_many_seats


class ExplainQuerySerializer(Serializer):
    """Which start, and for how many seats.

    `duration` in minutes is one of the event type's, its default when left out.
    """

    at = InstantField()
    duration = serializers.IntegerField(required=False, min_value=1, max_value=1440)
    attendee_count = serializers.IntegerField(default=1, min_value=1, max_value=100)


class ReasonSerializer(Serializer):
    """One reason: its code, what caused it, and the smallest change that would free the start."""

    code = serializers.CharField()
    cause_kind = serializers.CharField()
    cause_id = serializers.CharField(allow_blank=True)
    detail = serializers.CharField()
    cure = serializers.CharField(allow_blank=True)
    host = serializers.CharField(allow_blank=True)


class ExplanationSerializer(Serializer):
    """The reasons, the deciding one first; none when the start is offered."""

    at = InstantField()
    is_active = serializers.BooleanField(help_text="An event type that is off offers nothing.")
    is_offered = serializers.BooleanField()
    reasons = ReasonSerializer(many=True)


class EventTypeExplainView(GenericAPIView):
    """GET event-types/<uuid>/explain/?at=."""

    serializer_class = ExplanationSerializer
    queryset = EventType.objects.none()
    pagination_class = None

    @extend_schema(
        operation_id="explain_slot",
        parameters=[ExplainQuerySerializer],
        responses=ExplanationSerializer,
    )
    def get(self, request: Request, pk: UUID) -> Response:
        """Every reason why a start of this event type is not offered right now."""
        query = read_query(request, ExplainQuerySerializer)
        event_type = get_event_type(organizer_id=signed_in_user(request).pk, event_type_id=pk)
        refuse_too_many_seats(event_type, query["attendee_count"])
        reasons = explain_start(
            load_offer(event_type),
            start=query["at"],
            now=utc_now(),
            duration=chosen_duration(event_type, query.get("duration")),
            seats=query["attendee_count"],
        )
        body = {
            "at": query["at"],
            "is_active": event_type.is_active,
            "is_offered": event_type.is_active and not reasons,
            "reasons": reasons,
        }
        return Response(ExplanationSerializer(body).data)
