"""Times off of the signed-in user."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from apps.availability.api.organizer.fields import DayField
from apps.availability.models import OutOfOffice
from apps.availability.selectors import get_time_off, list_times_off
from apps.availability.services.spans import MAX_NOTE
from apps.availability.services.times_off import (
    create_time_off,
    delete_time_off,
    update_time_off,
)
from apps.common.api.conditional import IF_MATCH
from apps.common.api.fields import InstantField
from apps.common.api.pagination import CursorPagination
from apps.common.api.queries import read_query
from apps.common.api.serializers import ModelSerializer, Serializer
from apps.common.api.signed_in import signed_in_user
from apps.common.time import get_zone


class TimeOffWriteSerializer(Serializer):
    """A time off as it is sent: two local dates, both included, or two instants."""

    start_date = DayField(allow_null=True, default=None)
    end_date = DayField(allow_null=True, default=None)
    start = InstantField(source="starts_at", allow_null=True, default=None)
    end = InstantField(source="ends_at", allow_null=True, default=None)
    note = serializers.CharField(
        max_length=MAX_NOTE, allow_blank=True, default="", help_text="Only you see it"
    )


class TimeOffSerializer(ModelSerializer):
    """A time off as it is answered; of the two pairs, one is null."""

    start_date = DayField(allow_null=True)
    end_date = DayField(allow_null=True)
    start = InstantField(source="starts_at", allow_null=True)
    end = InstantField(source="ends_at", allow_null=True)

    class Meta:
        model = OutOfOffice
        fields = ["id", "start_date", "end_date", "start", "end", "note", "created_at"]


class TimeOffQuerySerializer(Serializer):
    """Which of them to list."""

    ends_after = InstantField(required=False, help_text="Leave out what is over at this instant")


class TimeOffPages(CursorPagination):
    """Soonest first."""

    ordering = ("first_date", "first_instant", "id")


def _answer(time_off: OutOfOffice, status: int = 200) -> Response:
    data = TimeOffSerializer(time_off).data
    return Response(data, status=status, headers={"ETag": time_off.etag})


def _read(request: Request, *, partial: bool = False) -> Any:
    body = TimeOffWriteSerializer(data=request.data, partial=partial)
    body.is_valid(raise_exception=True)
    return dict(body.validated_data)


class TimeOffListView(GenericAPIView):
    """All times off, and new ones."""

    queryset = OutOfOffice.objects.none()
    serializer_class = TimeOffSerializer
    pagination_class = TimeOffPages

    @extend_schema(
        operation_id="list_times_off",
        parameters=[TimeOffQuerySerializer],
        responses=TimeOffSerializer(many=True),
    )
    def get(self, request: Request) -> Response:
        """Your times off, the soonest first."""
        user = signed_in_user(request)
        query = read_query(request, TimeOffQuerySerializer)
        times_off = list_times_off(user_id=user.pk, zone=get_zone(user.timezone), **query)
        page = self.paginate_queryset(times_off)
        return self.get_paginated_response(TimeOffSerializer(page, many=True).data)

    @extend_schema(
        operation_id="create_time_off",
        request=TimeOffWriteSerializer,
        responses={201: TimeOffSerializer},
    )
    def post(self, request: Request) -> Response:
        """Take time off, by local dates or by instants. Bookings that exist stay."""
        made = create_time_off(user_id=signed_in_user(request).pk, **_read(request))
        return _answer(made, status=201)


class TimeOffDetailView(GenericAPIView):
    """One time off."""

    queryset = OutOfOffice.objects.none()
    serializer_class = TimeOffSerializer

    @extend_schema(operation_id="get_time_off", responses=TimeOffSerializer)
    def get(self, request: Request, pk: UUID) -> Response:
        """One of your times off."""
        return _answer(get_time_off(user_id=signed_in_user(request).pk, time_off_id=pk))

    @extend_schema(
        operation_id="replace_time_off",
        parameters=[IF_MATCH],
        request=TimeOffWriteSerializer,
        responses=TimeOffSerializer,
    )
    def put(self, request: Request, pk: UUID) -> Response:
        """Replace a time off; what is left out becomes empty."""
        return self._change(request, pk, partial=False)

    @extend_schema(
        operation_id="update_time_off",
        parameters=[IF_MATCH],
        request=TimeOffWriteSerializer(partial=True),
        responses=TimeOffSerializer,
    )
    def patch(self, request: Request, pk: UUID) -> Response:
        """Change some fields. Dates take the place of instants, and the other way round."""
        return self._change(request, pk, partial=True)

    @extend_schema(operation_id="delete_time_off", parameters=[IF_MATCH], responses={204: None})
    def delete(self, request: Request, pk: UUID) -> Response:
        """Delete a time off; its hours open again."""
        if_match = request.headers.get("If-Match")
        user_id = signed_in_user(request).pk
        delete_time_off(user_id=user_id, time_off_id=pk, if_match=if_match)
        return Response(status=204)

    def _change(self, request: Request, pk: UUID, *, partial: bool) -> Response:
        time_off = update_time_off(
            user_id=signed_in_user(request).pk,
            time_off_id=pk,
            changes=_read(request, partial=partial),
            if_match=request.headers.get("If-Match"),
        )
        return _answer(time_off)
