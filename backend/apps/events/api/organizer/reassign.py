"""GET, POST bookings/<uuid>/reassign/: give a booking to another host."""

from __future__ import annotations

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from apps.common.api.serializers import Serializer
from apps.common.api.signed_in import signed_in_user
from apps.common.errors import PermissionDenied
from apps.common.time import utc_now
from apps.events.api.organizer.booking_serializers import BookingSerializer
from apps.events.api.organizer.bookings import BookingView
from apps.events.models import Booking
from apps.events.selectors.candidates import HostCandidate, list_candidates
from apps.events.services.bookings.reassign import reassign_booking


class HostCandidateSerializer(Serializer):
    """A host of the event type who could serve the booking."""

    user = serializers.UUIDField(source="user.pk")
    name = serializers.CharField(source="user.name")
    is_free = serializers.BooleanField()
    reason = serializers.SerializerMethodField(help_text="Why they are not free, or empty")

    def get_reason(self, candidate: HostCandidate) -> str:
        return candidate.reasons[0].code if candidate.reasons else ""


class HostCandidatesSerializer(Serializer):
    """Everybody who may take a booking over."""

    hosts = HostCandidateSerializer(many=True)


class BookingReassignSerializer(Serializer):
    """Who is to serve it, and in whose place."""

    host = serializers.UUIDField(
        required=False, allow_null=True, default=None, help_text="Left out: the next in turn"
    )
    replaces = serializers.UUIDField(
        required=False,
        allow_null=True,
        default=None,
        help_text="Of several hosts the one who no longer serves it; left out: its first host",
    )


class BookingReassignView(BookingView):
    """GET, POST bookings/<uuid>/reassign/."""

    @extend_schema(operation_id="list_booking_candidates", responses=HostCandidatesSerializer)
    def get(self, request: Request, booking_id: UUID) -> Response:
        """The event type's other hosts, and whether they are free at that time."""
        candidates = list_candidates(self._own(booking_id), now=utc_now())
        return Response(HostCandidatesSerializer({"hosts": candidates}).data)

    @extend_schema(
        operation_id="reassign_booking",
        request=BookingReassignSerializer,
        responses=BookingSerializer,
    )
    def post(self, request: Request, booking_id: UUID) -> Response:
        """Give it to another host; time, link and UID stay, and everybody concerned is told."""
        booking = self._own(booking_id)
        wanted = self.parse(BookingReassignSerializer)
        return self.answer(
            reassign_booking(booking=booking, actor=self.actor(), now=utc_now(), **wanted)
        )

    def _own(self, booking_id: UUID) -> Booking:
        """Only who organizes it knows the others' account ids. Raises `PermissionDenied`."""
        booking = self.booking(booking_id)
        if booking.organizer_id != signed_in_user(self.request).pk:
            raise PermissionDenied("Only the organizer can give a booking to another host.")
        return booking
