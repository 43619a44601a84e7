"""Shape of `users/me/`."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from apps.common.api.fields import InstantField
from apps.common.api.serializers import Serializer
from apps.users.api.account import account_members
from apps.users.models import Role, User


class TextField(serializers.CharField):
    """Text only: DRF would take numbers too and spell them out."""

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):
            self.fail("invalid")
        return str(super().to_internal_value(data))


class BookingLimitSerializer(Serializer):
    """At most `max` bookings (or minutes) in a period, over all event types."""

    per = TextField(max_length=40)
    max = serializers.IntegerField()


class ProfileSerializer(Serializer):
    """What users may change of themselves; sizes and types only, rules are the service's."""

    name = TextField(max_length=1000, required=False)
    slug = TextField(max_length=1000, required=False, help_text="[a-z0-9-]")
    timezone = TextField(max_length=1000, required=False, help_text="IANA name")
    locale = TextField(max_length=1000, required=False)
    week_start = serializers.IntegerField(required=False, help_text="ISO weekday, 1 = Monday")
    default_slot_interval = serializers.IntegerField(
        required=False, help_text="Minutes; 0 = the event type's duration"
    )
    bio = TextField(max_length=5000, required=False, allow_blank=True)
    contact = TextField(max_length=1000, required=False, allow_blank=True)
    avatar = TextField(max_length=2000, required=False, allow_blank=True)
    logo = TextField(max_length=2000, required=False, allow_blank=True)
    cover = TextField(max_length=2000, required=False, allow_blank=True)
    accent_color = TextField(max_length=100, required=False, allow_blank=True, help_text="#rrggbb")
    booking_limits = BookingLimitSerializer(many=True, required=False)


class AccountSerializer(ProfileSerializer):
    """The signed-in user."""

    id = serializers.UUIDField(read_only=True)
    email = serializers.EmailField(read_only=True)
    email_verified = serializers.BooleanField(read_only=True)
    role = serializers.ChoiceField(choices=Role.choices, read_only=True)
    date_joined = InstantField(read_only=True)
    public_url = serializers.URLField(read_only=True)

    def to_representation(self, instance: User) -> dict[str, Any]:
        return super().to_representation(account_members(instance))
