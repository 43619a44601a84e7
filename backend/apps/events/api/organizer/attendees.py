"""Who is in a group session: its organizer and hosts add, remove and mark them."""

from __future__ import annotations

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from apps.common.api.fields import InstantField
from apps.common.api.serializers import Serializer
from apps.common.time import utc_now
from apps.events.api.organizer.booking_serializers import AttendeeSerializer, BookingSerializer
from apps.events.api.organizer.bookings import BookingView
from apps.events.models import Attendee
from apps.events.services.attendees import (
    Newcomer,
    add_attendee,
    mark_attendee_no_show,
    mark_attendee_showed,
    move_attendee,
    remove_attendee,
)


class AttendeeAddSerializer(Serializer):
    """Who is to have a seat. Zone and language: the host's and the organizer's unless told."""

    name = serializers.CharField(max_length=200)
    email = serializers.CharField(max_length=254)
    phone = serializers.CharField(max_length=40, required=False, allow_blank=True, default="")
    timezone = serializers.CharField(max_length=64, required=False, allow_blank=True, default="")
    locale = serializers.RegexField(
        r"^[A-Za-z0-9-]*$", max_length=20, required=False, allow_blank=True, default=""
    )
    custom_answers = serializers.DictField(required=False, default=dict)
    notify = serializers.BooleanField(required=False, default=True)


class AttendeeRemoveSerializer(Serializer):
    """Why a seat is taken back; the attendee is told."""

    reason = serializers.CharField(max_length=2000, required=False, allow_blank=True, default="")


class AttendeeMoveSerializer(Serializer):
    """Where one seat moves to: an instant with its offset."""

    start_time = InstantField()


class AttendeeView(BookingView):
    """Answers with one attendee."""

    def told(self, attendee: Attendee, code: int = status.HTTP_200_OK) -> Response:
        return Response(AttendeeSerializer(attendee).data, status=code)


class AttendeeAddView(AttendeeView):
    """POST bookings/<uuid>/attendees/add/."""

    @extend_schema(
        operation_id="add_attendee",
        request=AttendeeAddSerializer,
        responses={201: AttendeeSerializer},
    )
    def post(self, request: Request, booking_id: UUID) -> Response:
        """Give somebody a seat, until the session ends; they get an invitation unless `notify` is
        off.
        """
        booking = self.booking(booking_id)
        wanted = self.parse(AttendeeAddSerializer)
        attendee = add_attendee(
            booking=booking,
            newcomer=Newcomer(
                name=wanted["name"],
                email=wanted["email"],
                phone=wanted["phone"],
                timezone=wanted["timezone"],
                locale=wanted["locale"],
                answers=wanted["custom_answers"],
            ),
            notify=wanted["notify"],
            actor=self.actor(),
            now=utc_now(),
        )
        return self.told(attendee, status.HTTP_201_CREATED)


class AttendeeRemoveView(AttendeeView):
    """POST bookings/<uuid>/attendees/<uuid>/remove/."""

    @extend_schema(
        operation_id="remove_attendee",
        request=AttendeeRemoveSerializer,
        responses=AttendeeSerializer,
    )
    def post(self, request: Request, booking_id: UUID, attendee_id: UUID) -> Response:
        """Take one seat back; the attendee gets the reason by mail. The last one ends the session."""
        booking = self.booking(booking_id)
        reason = self.parse(AttendeeRemoveSerializer)["reason"]
        return self.told(
            remove_attendee(
                booking=booking,
                attendee_id=attendee_id,
                reason=reason,
                actor=self.actor(),
                now=utc_now(),
            )
        )


class AttendeeNoShowView(AttendeeView):
    """POST bookings/<uuid>/attendees/<uuid>/no-show/."""

    @extend_schema(operation_id="mark_attendee_no_show", request=None, responses=AttendeeSerializer)
    def post(self, request: Request, booking_id: UUID, attendee_id: UUID) -> Response:
        """They did not come; when nobody did, the session is a no-show."""
        booking = self.booking(booking_id)
        return self.told(
            mark_attendee_no_show(
                booking=booking, attendee_id=attendee_id, actor=self.actor(), now=utc_now()
            )
        )


class AttendeeShowedView(AttendeeView):
    """POST bookings/<uuid>/attendees/<uuid>/showed/."""

    @extend_schema(operation_id="mark_attendee_showed", request=None, responses=AttendeeSerializer)
    def post(self, request: Request, booking_id: UUID, attendee_id: UUID) -> Response:
        """They came after all."""
        booking = self.booking(booking_id)
        return self.told(
            mark_attendee_showed(
                booking=booking, attendee_id=attendee_id, actor=self.actor(), now=utc_now()
            )
        )


class AttendeeMoveView(BookingView):
    """POST bookings/<uuid>/attendees/<uuid>/move/."""

    @extend_schema(
        operation_id="move_attendee", request=AttendeeMoveSerializer, responses=BookingSerializer
    )
    def post(self, request: Request, booking_id: UUID, attendee_id: UUID) -> Response:
        """Move one seat to another listed start; answers with the session it is in afterwards."""
        booking = self.booking(booking_id)
        start = self.parse(AttendeeMoveSerializer)["start_time"]
        session = move_attendee(
            booking=booking,
            attendee_id=attendee_id,
            start=start,
            actor=self.actor(),
            now=utc_now(),
        )
        return self.answer(self.booking(session.pk))
