"""Travels of the signed-in user."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from apps.availability.api.organizer.fields import DayField
from apps.availability.models import Travel
from apps.availability.selectors import get_travel, list_travels
from apps.availability.services.spans import MAX_NOTE
from apps.availability.services.travels import create_travel, delete_travel, update_travel
from apps.common.api.conditional import IF_MATCH
from apps.common.api.pagination import CursorPagination
from apps.common.api.serializers import ModelSerializer, Serializer
from apps.common.api.signed_in import signed_in_user


class TravelWriteSerializer(Serializer):
    """A travel as it is sent: local dates, both included, and the zone you are in then."""

    start_date = DayField()
    end_date = DayField()
    timezone = serializers.CharField(max_length=64, help_text="IANA name")
    note = serializers.CharField(
        max_length=MAX_NOTE, allow_blank=True, default="", help_text="Only you see it"
    )


class TravelSerializer(ModelSerializer):
    """A travel as it is answered."""

    start_date = DayField()
    end_date = DayField()

    class Meta:
        model = Travel
        fields = ["id", "start_date", "end_date", "timezone", "note", "created_at"]


class TravelPages(CursorPagination):
    """Soonest first."""

    ordering = ("start_date", "id")


def _answer(travel: Travel, status: int = 200) -> Response:
    return Response(TravelSerializer(travel).data, status=status, headers={"ETag": travel.etag})


def _read(request: Request, *, partial: bool = False) -> Any:
    body = TravelWriteSerializer(data=request.data, partial=partial)
    body.is_valid(raise_exception=True)
    return dict(body.validated_data)


class TravelListView(GenericAPIView):
    """All travels, and new ones."""

    queryset = Travel.objects.none()
    serializer_class = TravelSerializer
    pagination_class = TravelPages

    @extend_schema(operation_id="list_travels", responses=TravelSerializer(many=True))
    def get(self, request: Request) -> Response:
        """Your travels, the soonest first."""
        page = self.paginate_queryset(list_travels(signed_in_user(request).pk))
        return self.get_paginated_response(TravelSerializer(page, many=True).data)

    @extend_schema(
        operation_id="create_travel",
        request=TravelWriteSerializer,
        responses={201: TravelSerializer},
    )
    def post(self, request: Request) -> Response:
        """Plan a travel: your hours are read in its zone. Two travels cannot overlap."""
        made = create_travel(user_id=signed_in_user(request).pk, **_read(request))
        return _answer(made, status=201)


class TravelDetailView(GenericAPIView):
    """One travel."""

    queryset = Travel.objects.none()
    serializer_class = TravelSerializer

    @extend_schema(operation_id="get_travel", responses=TravelSerializer)
    def get(self, request: Request, pk: UUID) -> Response:
        """One of your travels."""
        return _answer(get_travel(user_id=signed_in_user(request).pk, travel_id=pk))

    @extend_schema(
        operation_id="replace_travel",
        parameters=[IF_MATCH],
        request=TravelWriteSerializer,
        responses=TravelSerializer,
    )
    def put(self, request: Request, pk: UUID) -> Response:
        """Replace a travel."""
        return self._change(request, pk, partial=False)

    @extend_schema(
        operation_id="update_travel",
        parameters=[IF_MATCH],
        request=TravelWriteSerializer(partial=True),
        responses=TravelSerializer,
    )
    def patch(self, request: Request, pk: UUID) -> Response:
        """Change some fields."""
        return self._change(request, pk, partial=True)

    @extend_schema(operation_id="delete_travel", parameters=[IF_MATCH], responses={204: None})
    def delete(self, request: Request, pk: UUID) -> Response:
        """Delete a travel; its dates are read at home again."""
        if_match = request.headers.get("If-Match")
        delete_travel(user_id=signed_in_user(request).pk, travel_id=pk, if_match=if_match)
        return Response(status=204)

    def _change(self, request: Request, pk: UUID, *, partial: bool) -> Response:
        travel = update_travel(
            user_id=signed_in_user(request).pk,
            travel_id=pk,
            changes=_read(request, partial=partial),
            if_match=request.headers.get("If-Match"),
        )
        return _answer(travel)
