"""The bookings of organizers and of hosts: parse, one call, render."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from apps.common.api.pagination import CursorPagination
from apps.common.api.queries import read_query
from apps.common.api.signed_in import signed_in_user
from apps.common.errors import ValidationFailed
from apps.common.rate_limits import client_ip
from apps.common.time import utc_now
from apps.events.actors import Actor
from apps.events.api.organizer.booking_serializers import (
    BookingCancelSerializer,
    BookingFilterSerializer,
    BookingRescheduleSerializer,
    BookingSerializer,
    BookingUpdateSerializer,
)
from apps.events.models import Booking
from apps.events.models.audit import ActorType
from apps.events.models.booking import CancelledBy
from apps.events.selectors.bookings import (
    filter_bookings,
    get_booking,
    list_bookings,
)
from apps.events.services.attendees import change_capacity
from apps.events.services.bookings import (
    complete_booking,
    mark_no_show,
    regenerate_access_token,
    update_booking,
)
from apps.events.services.series.scope import cancel_in_scope, reschedule_in_scope


class BookingPagination(CursorPagination):
    """By start, or as `ordering` asks; the id settles ties."""

    def get_ordering(self, request: Request, queryset: Any, view: Any) -> tuple[str, ...]:
        query = read_query(request, BookingFilterSerializer)
        return (query.get("ordering", "start_time"), "id")


class BookingView(GenericAPIView):
    """Finds a booking that the user organizes or serves, and says who acts."""

    serializer_class = BookingSerializer
    queryset = Booking.objects.none()

    def booking(self, booking_id: UUID) -> Booking:
        return get_booking(user_id=signed_in_user(self.request).pk, booking_id=booking_id)

    def actor(self) -> Actor:
        user = signed_in_user(self.request)
        agent = self.request.headers.get("User-Agent", "")
        return Actor(ActorType.ORGANIZER, user.name, user.email, client_ip(self.request), agent)

    def parse(self, shape: type[Any]) -> dict[str, Any]:
        serializer = shape(data=self.request.data)
        serializer.is_valid(raise_exception=True)
        return dict(serializer.validated_data)

    def answer(self, booking: Booking) -> Response:
        return Response(self.get_serializer(booking).data)


class BookingListView(BookingView):
    """GET bookings/."""

    pagination_class = BookingPagination

    @extend_schema(
        operation_id="list_bookings",
        parameters=[BookingFilterSerializer],
        responses=BookingSerializer(many=True),
    )
    def get(self, request: Request) -> Response:
        """Bookings that you organize or serve, by start.

        Former times of moved bookings are listed only with status=rescheduled.
        """
        query = read_query(request, BookingFilterSerializer)
        query.pop("ordering", None)
        bookings = filter_bookings(list_bookings(user_id=signed_in_user(request).pk), **query)
        page = self.paginate_queryset(bookings)  # type: ignore[arg-type]
        return self.get_paginated_response(self.get_serializer(page, many=True).data)


class BookingDetailView(BookingView):
    """GET, PATCH bookings/<uuid>/."""

    @extend_schema(operation_id="get_booking", responses=BookingSerializer)
    def get(self, request: Request, booking_id: UUID) -> Response:
        """One booking."""
        return self.answer(self.booking(booking_id))

    @extend_schema(
        operation_id="update_booking", request=BookingUpdateSerializer, responses=BookingSerializer
    )
    def patch(self, request: Request, booking_id: UUID) -> Response:
        """Change the invitee's data and notes, or the number of seats of a session."""
        booking = self.booking(booking_id)
        changes = self.parse(BookingUpdateSerializer)
        if "capacity" in changes:
            return self.answer(_set_capacity(self, booking, changes))
        return self.answer(
            update_booking(booking=booking, changes=changes, actor=self.actor(), now=utc_now())
        )


def _set_capacity(view: BookingView, booking: Booking, changes: dict[str, Any]) -> Booking:
    if len(changes) > 1:
        raise ValidationFailed.of(
            "/capacity", "not_alone", "Change the number of seats alone, without other fields."
        )
    return change_capacity(
        booking=booking, capacity=changes["capacity"], actor=view.actor(), now=utc_now()
    )


class BookingCancelView(BookingView):
    """POST bookings/<uuid>/cancel/."""

    @extend_schema(
        operation_id="cancel_booking", request=BookingCancelSerializer, responses=BookingSerializer
    )
    def post(self, request: Request, booking_id: UUID) -> Response:
        """Cancel; the invitee gets the reason by mail."""
        booking = self.booking(booking_id)
        asked = self.parse(BookingCancelSerializer)
        return self.answer(
            cancel_in_scope(
                booking=booking,
                scope=asked["scope"],
                cancelled_by=CancelledBy.ORGANIZER,
                reason=asked["reason"],
                actor=self.actor(),
                now=utc_now(),
            )
        )


class BookingRescheduleView(BookingView):
    """POST bookings/<uuid>/reschedule/."""

    @extend_schema(
        operation_id="reschedule_booking",
        request=BookingRescheduleSerializer,
        responses=BookingSerializer,
    )
    def post(self, request: Request, booking_id: UUID) -> Response:
        """Move to another listed start; id, link and UID stay."""
        booking = self.booking(booking_id)
        asked = self.parse(BookingRescheduleSerializer)
        return self.answer(
            reschedule_in_scope(
                booking=booking,
                start=asked["start_time"],
                scope=asked["scope"],
                actor=self.actor(),
                now=utc_now(),
            )
        )


class BookingCompleteView(BookingView):
    """POST bookings/<uuid>/complete/."""

    @extend_schema(operation_id="complete_booking", request=None, responses=BookingSerializer)
    def post(self, request: Request, booking_id: UUID) -> Response:
        """It took place."""
        booking = self.booking(booking_id)
        return self.answer(complete_booking(booking=booking, actor=self.actor(), now=utc_now()))


class BookingNoShowView(BookingView):
    """POST bookings/<uuid>/no-show/."""

    @extend_schema(operation_id="mark_booking_no_show", request=None, responses=BookingSerializer)
    def post(self, request: Request, booking_id: UUID) -> Response:
        """The invitee did not come."""
        booking = self.booking(booking_id)
        return self.answer(mark_no_show(booking=booking, actor=self.actor(), now=utc_now()))


class BookingLinkView(BookingView):
    """POST bookings/<uuid>/regenerate-token/."""

    @extend_schema(
        operation_id="regenerate_booking_token", request=None, responses=BookingSerializer
    )
    def post(self, request: Request, booking_id: UUID) -> Response:
        """Give the invitee a new link; the old one dies at once."""
        booking = self.booking(booking_id)
        return self.answer(
            regenerate_access_token(booking=booking, actor=self.actor(), now=utc_now())
        )
