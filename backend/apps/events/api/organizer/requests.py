"""POST bookings/<uuid>/confirm/ and reject/: the organizer's answer to a request."""

from __future__ import annotations

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from apps.common.api.serializers import Serializer
from apps.common.time import utc_now
from apps.events.api.organizer.booking_serializers import BookingSerializer
from apps.events.api.organizer.bookings import BookingView
from apps.events.services.requests.confirm import confirm_request
from apps.events.services.requests.reject import reject_request


class BookingRejectSerializer(Serializer):
    """Why a request is declined; the invitee is told."""

    reason = serializers.CharField(max_length=2000, required=False, allow_blank=True, default="")


class BookingConfirmView(BookingView):
    """POST bookings/<uuid>/confirm/."""

    @extend_schema(operation_id="confirm_booking", request=None, responses=BookingSerializer)
    def post(self, request: Request, booking_id: UUID) -> Response:
        """Confirm a request; the invitee gets the invitation.

        409 `slot_taken` when a request that held no time has lost it: its invitee is asked by mail
        to choose another one, and it stays pending.
        """
        booking = self.booking(booking_id)
        return self.answer(confirm_request(booking=booking, actor=self.actor(), now=utc_now()))


class BookingRejectView(BookingView):
    """POST bookings/<uuid>/reject/."""

    @extend_schema(
        operation_id="reject_booking", request=BookingRejectSerializer, responses=BookingSerializer
    )
    def post(self, request: Request, booking_id: UUID) -> Response:
        """Decline a request; the invitee gets the reason by mail."""
        booking = self.booking(booking_id)
        reason = self.parse(BookingRejectSerializer)["reason"]
        return self.answer(
            reject_request(booking=booking, reason=reason, actor=self.actor(), now=utc_now())
        )
