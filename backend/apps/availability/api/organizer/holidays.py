"""Which public holidays the signed-in user keeps."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.availability.api.organizer.fields import DayField
from apps.availability.api.organizer.serializers import DateTextField
from apps.availability.models import HolidayCalendar
from apps.availability.public_holidays import list_countries
from apps.availability.selectors import get_holiday_calendar, list_holidays, list_open_holidays
from apps.availability.services.holidays import choose_holidays, forget_holidays
from apps.availability.services.holidays.rules import MAX_OPEN_DATES
from apps.common.api.conditional import IF_MATCH
from apps.common.api.serializers import Serializer
from apps.common.api.signed_in import signed_in_user
from apps.common.time import get_zone, utc_now

_COUNTRY = "ISO 3166-1 alpha-2, such as DE; empty for no holidays"
_REGION = "A code of the list of countries; empty for the whole country's"
_OPEN_DATES = "Holidays on which you are open nevertheless"


class HolidaysWriteSerializer(Serializer):
    """The choice as it is sent."""

    country = serializers.CharField(max_length=20, allow_blank=True, help_text=_COUNTRY)
    region = serializers.CharField(max_length=50, allow_blank=True, default="", help_text=_REGION)
    open_dates = serializers.ListField(
        child=DateTextField(max_length=10),
        default=list,
        max_length=MAX_OPEN_DATES,
        help_text=_OPEN_DATES,
    )


class HolidaySerializer(Serializer):
    """A public holiday."""

    date = DayField()
    name = serializers.CharField()
    is_open = serializers.BooleanField()


class HolidaysSerializer(Serializer):
    """The choice as it is answered."""

    country = serializers.CharField(help_text=_COUNTRY)
    region = serializers.CharField(help_text=_REGION)
    open_dates = serializers.ListField(child=DateTextField(), help_text=_OPEN_DATES)
    days = HolidaySerializer(many=True, help_text="Those of this year and the next")  # type: ignore[call-arg]


class RegionSerializer(Serializer):
    """A region with holidays of its own."""

    code = serializers.CharField()
    name = serializers.CharField()


class CountrySerializer(Serializer):
    """A country that has a calendar of public holidays."""

    code = serializers.CharField(help_text="ISO 3166-1 alpha-2")
    name = serializers.CharField(help_text="In your language")
    regions = RegionSerializer(many=True)


class CountriesSerializer(Serializer):
    """All of them, by name."""

    countries = CountrySerializer(many=True)


def _answer(calendar: HolidayCalendar, user: Any, now: datetime) -> Response:
    this_year = now.astimezone(get_zone(user.timezone)).year
    data = {
        "country": calendar.country,
        "region": calendar.region,
        "open_dates": list_open_holidays(calendar),
        "days": list_holidays(
            calendar, first_year=this_year, last_year=this_year + 1, locale=user.locale
        ),
    }
    return Response(HolidaysSerializer(data).data, headers={"ETag": calendar.etag})


class HolidaysView(APIView):
    """The choice."""

    @extend_schema(operation_id="get_holidays", responses=HolidaysSerializer)
    def get(self, request: Request) -> Response:
        """The public holidays you keep, with their dates in this year and the next."""
        user = signed_in_user(request)
        return _answer(get_holiday_calendar(user.pk), user, utc_now())

    @extend_schema(
        operation_id="replace_holidays",
        parameters=[IF_MATCH],
        request=HolidaysWriteSerializer,
        responses=HolidaysSerializer,
    )
    def put(self, request: Request) -> Response:
        """Choose whose public holidays close your hours. Bookings that exist stay."""
        return self._change(request, partial=False)

    @extend_schema(
        operation_id="update_holidays",
        parameters=[IF_MATCH],
        request=HolidaysWriteSerializer(partial=True),
        responses=HolidaysSerializer,
    )
    def patch(self, request: Request) -> Response:
        """Change a part of the choice. Another country's region is to be chosen anew."""
        return self._change(request, partial=True)

    @extend_schema(operation_id="delete_holidays", parameters=[IF_MATCH], responses={204: None})
    def delete(self, request: Request) -> Response:
        """Keep no public holidays."""
        if_match = request.headers.get("If-Match")
        forget_holidays(user_id=signed_in_user(request).pk, if_match=if_match)
        return Response(status=204)

    def _change(self, request: Request, *, partial: bool) -> Response:
        user = signed_in_user(request)
        body = HolidaysWriteSerializer(data=request.data, partial=partial)
        body.is_valid(raise_exception=True)
        calendar = choose_holidays(
            user_id=user.pk,
            choice=body.validated_data,
            if_match=request.headers.get("If-Match"),
        )
        return _answer(calendar, user, utc_now())


class HolidayCountriesView(APIView):
    """Where there are calendars."""

    @extend_schema(operation_id="list_holiday_countries", responses=CountriesSerializer)
    def get(self, request: Request) -> Response:
        """The countries and regions whose public holidays can be kept, by name."""
        countries = list_countries(signed_in_user(request).locale)
        return Response(CountriesSerializer({"countries": countries}).data)
