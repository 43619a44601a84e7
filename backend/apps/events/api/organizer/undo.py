"""Undo everything from one source: parse, one call, render."""

from __future__ import annotations

from dataclasses import asdict

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from apps.common.api.fields import InstantField
from apps.common.api.serializers import Serializer
from apps.common.api.signed_in import signed_in_user
from apps.common.time import utc_now
from apps.events.api.organizer.bookings import BookingView
from apps.events.services.bookings.undo import Source, count_from_source, undo_source


class UndoSerializer(Serializer):
    """What to undo: all from a network address, an e-mail address, or both together."""

    ip_address = serializers.IPAddressField(required=False, allow_blank=True, default="")
    email = serializers.CharField(max_length=254, required=False, allow_blank=True, default="")
    since = InstantField(required=False, allow_null=True, default=None)
    preview = serializers.BooleanField(default=False, help_text="Only count")


class UndoneSerializer(Serializer):
    """How many of each."""

    bookings = serializers.IntegerField()
    attendees = serializers.IntegerField()
    waitlist = serializers.IntegerField()
    remaining = serializers.IntegerField(help_text="Left for another call; 0 when all is done")


class BookingUndoView(BookingView):
    """POST bookings/undo/."""

    serializer_class = UndoneSerializer  # type: ignore[assignment]

    @extend_schema(
        operation_id="undo_bookings_of_source", request=UndoSerializer, responses=UndoneSerializer
    )
    def post(self, request: Request) -> Response:
        """Cancel all your future bookings from one source, and tell nobody there.

        Their mails that have not left are dropped, their seats and waits end. With `preview` it
        only counts.
        """
        asked = self.parse(UndoSerializer)
        only_count = asked.pop("preview")
        source = Source(**asked)
        organizer_id = signed_in_user(request).pk
        now = utc_now()
        if only_count:
            done = count_from_source(organizer_id=organizer_id, source=source, now=now)
        else:
            done = undo_source(
                organizer_id=organizer_id, source=source, actor=self.actor(), now=now
            )
        return Response(asdict(done))
