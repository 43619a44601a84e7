"""Event types of the signed-in organizer: parse, one call, render."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from apps.common.api.conditional import IF_MATCH
from apps.common.api.pagination import CursorPagination
from apps.common.api.queries import read_query
from apps.common.api.signed_in import signed_in_user
from apps.common.etags import make_etag
from apps.common.time import utc_now
from apps.events.api.organizer.event_type_serializers import (
    DAYS_SHOWN,
    EventTypeCreateSerializer,
    EventTypeFilterSerializer,
    EventTypeSerializer,
)
from apps.events.models import EventType
from apps.events.selectors.event_types import (
    count_bookings_by_day,
    get_event_type,
    list_event_types,
)
from apps.events.services.event_types import (
    EventTypeFields,
    archive_event_type,
    create_event_type,
    default_fields,
    duplicate_event_type,
    update_event_type,
)


class EventTypePagination(CursorPagination):
    """In the order of creation."""

    ordering = ("created_at", "id")  # type: ignore[assignment]


class _EventTypeView(GenericAPIView):
    """Reads bodies and answers event types with their bookings of the next days."""

    serializer_class = EventTypeSerializer
    queryset = EventType.objects.none()

    def parse(self, *, partial: bool = False) -> EventTypeFields:
        body = EventTypeCreateSerializer(data=self.request.data, partial=partial)
        body.is_valid(raise_exception=True)
        return EventTypeFields(**body.validated_data)  # type: ignore[typeddict-item]

    def render(self, event_types: Sequence[EventType]) -> list[dict[str, Any]]:
        counts = count_bookings_by_day(
            event_types,
            timezone=signed_in_user(self.request).timezone,
            now=utc_now(),
            days=DAYS_SHOWN,
        )
        context = {"bookings_by_day": counts}
        return [EventTypeSerializer(item, context=context).data for item in event_types]

    def answer(self, event_type: EventType, status: int = 200) -> Response:
        etag = make_etag(event_type.id, event_type.updated_at)
        return Response(self.render([event_type])[0], status=status, headers={"ETag": etag})


class EventTypeListView(_EventTypeView):
    """GET, POST event-types/."""

    pagination_class = EventTypePagination

    @extend_schema(
        operation_id="list_event_types",
        parameters=[EventTypeFilterSerializer],
        responses=EventTypeSerializer(many=True),
    )
    def get(self, request: Request) -> Response:
        """Your event types in the order of their creation."""
        query = read_query(request, EventTypeFilterSerializer)
        page = self.paginate_queryset(
            list_event_types(organizer_id=signed_in_user(request).pk, **query)
        )
        return self.get_paginated_response(self.render(page or []))

    @extend_schema(
        operation_id="create_event_type",
        request=EventTypeCreateSerializer,
        responses={201: EventTypeSerializer},
    )
    def post(self, request: Request) -> Response:
        """A new event type, bookable at once unless `is_active` is false."""
        created = create_event_type(organizer_id=signed_in_user(request).pk, fields=self.parse())
        return self.answer(created, status=201)


class EventTypeDetailView(_EventTypeView):
    """GET, PUT, PATCH, DELETE event-types/<uuid>/. `If-Match` is honoured."""

    @extend_schema(operation_id="get_event_type", responses=EventTypeSerializer)
    def get(self, request: Request, pk: UUID) -> Response:
        """One of your event types."""
        return self.answer(
            get_event_type(organizer_id=signed_in_user(request).pk, event_type_id=pk)
        )

    @extend_schema(
        operation_id="replace_event_type",
        parameters=[IF_MATCH],
        request=EventTypeCreateSerializer,
        responses=EventTypeSerializer,
    )
    def put(self, request: Request, pk: UUID) -> Response:
        """Replace: what is left out returns to its default; the address stays unless sent."""
        return self._update(pk, EventTypeFields(**{**default_fields(), **self.parse()}))  # type: ignore[typeddict-item]

    @extend_schema(
        operation_id="update_event_type",
        parameters=[IF_MATCH],
        request=EventTypeCreateSerializer(partial=True),
        responses=EventTypeSerializer,
    )
    def patch(self, request: Request, pk: UUID) -> Response:
        """Change some fields; `is_active` switches it on or off."""
        return self._update(pk, self.parse(partial=True))

    @extend_schema(operation_id="archive_event_type", parameters=[IF_MATCH], responses={204: None})
    def delete(self, request: Request, pk: UUID) -> Response:
        """Archive: it is gone for good, its bookings stand."""
        archive_event_type(
            organizer_id=signed_in_user(request).pk,
            event_type_id=pk,
            now=utc_now(),
            if_match=request.headers.get("If-Match"),
        )
        return Response(status=204)

    def _update(self, pk: UUID, fields: EventTypeFields) -> Response:
        event_type = update_event_type(
            organizer_id=signed_in_user(self.request).pk,
            event_type_id=pk,
            fields=fields,
            if_match=self.request.headers.get("If-Match"),
        )
        return self.answer(event_type)


class EventTypeDuplicateView(_EventTypeView):
    """POST event-types/<uuid>/duplicate/."""

    @extend_schema(
        operation_id="duplicate_event_type", request=None, responses={201: EventTypeSerializer}
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """A copy under a new name and address, switched off until you are done with it."""
        copy = duplicate_event_type(organizer_id=signed_in_user(request).pk, event_type_id=pk)
        return self.answer(copy, status=201)
