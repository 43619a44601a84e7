"""Schedules of the signed-in user."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from apps.availability.api.organizer.serializers import (
    ScheduleSerializer,
    ScheduleWriteSerializer,
)
from apps.availability.models import Schedule
from apps.availability.selectors import get_schedule, list_schedules
from apps.availability.services import create_schedule, delete_schedule, update_schedule
from apps.common.api.conditional import IF_MATCH
from apps.common.api.pagination import CursorPagination
from apps.common.api.signed_in import signed_in_user
from apps.common.etags import make_etag


class SchedulePages(CursorPagination):
    """Oldest first: the first one is usually the default."""

    ordering = "created_at"


def _answer(schedule: Schedule, status: int = 200) -> Response:
    etag = make_etag(schedule.id, schedule.updated_at)
    return Response(ScheduleSerializer(schedule).data, status=status, headers={"ETag": etag})


def _read(request: Request, *, partial: bool = False) -> Any:
    body = ScheduleWriteSerializer(data=request.data, partial=partial)
    body.is_valid(raise_exception=True)
    return dict(body.validated_data)


class ScheduleListView(GenericAPIView):
    """All schedules, and new ones."""

    queryset = Schedule.objects.none()
    serializer_class = ScheduleSerializer
    pagination_class = SchedulePages

    @extend_schema(operation_id="list_schedules", responses=ScheduleSerializer(many=True))
    def get(self, request: Request) -> Response:
        """Your schedules, the oldest first."""
        page = self.paginate_queryset(list_schedules(signed_in_user(request).pk))
        return self.get_paginated_response(ScheduleSerializer(page, many=True).data)

    @extend_schema(
        operation_id="create_schedule",
        request=ScheduleWriteSerializer,
        responses={201: ScheduleSerializer},
    )
    def post(self, request: Request) -> Response:
        """A new schedule; the first one becomes the default."""
        values = {"timezone": signed_in_user(request).timezone, **_read(request)}
        return _answer(create_schedule(user_id=signed_in_user(request).pk, **values), status=201)


class ScheduleDetailView(GenericAPIView):
    """One schedule."""

    queryset = Schedule.objects.none()
    serializer_class = ScheduleSerializer

    @extend_schema(operation_id="get_schedule", responses=ScheduleSerializer)
    def get(self, request: Request, pk: UUID) -> Response:
        """One of your schedules."""
        return _answer(get_schedule(user_id=signed_in_user(request).pk, schedule_id=pk))

    @extend_schema(
        operation_id="replace_schedule",
        parameters=[IF_MATCH],
        request=ScheduleWriteSerializer,
        responses=ScheduleSerializer,
    )
    def put(self, request: Request, pk: UUID) -> Response:
        """Replace a schedule; lists that are left out become empty."""
        return self._change(request, pk, partial=False)

    @extend_schema(
        operation_id="update_schedule",
        parameters=[IF_MATCH],
        request=ScheduleWriteSerializer(partial=True),
        responses=ScheduleSerializer,
    )
    def patch(self, request: Request, pk: UUID) -> Response:
        """Change some fields; each list that is sent is replaced whole."""
        return self._change(request, pk, partial=True)

    @extend_schema(operation_id="delete_schedule", parameters=[IF_MATCH], responses={204: None})
    def delete(self, request: Request, pk: UUID) -> Response:
        """Delete a schedule that is not the default."""
        if_match = request.headers.get("If-Match")
        delete_schedule(user_id=signed_in_user(request).pk, schedule_id=pk, if_match=if_match)
        return Response(status=204)

    def _change(self, request: Request, pk: UUID, *, partial: bool) -> Response:
        changes = _read(request, partial=partial)
        schedule = update_schedule(
            user_id=signed_in_user(request).pk,
            schedule_id=pk,
            changes=changes,
            if_match=request.headers.get("If-Match"),
        )
        return _answer(schedule)
