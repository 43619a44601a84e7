"""Addresses of the public pages. Included last: the first segment may be any organizer's slug."""

from django.urls import path, re_path

from apps.events.pages.views import booking, manage, organizer, waitlist, your_data

_ORGANIZER = r"(?P<organizer_slug>[a-z0-9-]+)"
_EVENT_TYPE = rf"{_ORGANIZER}/(?P<event_type_slug>[a-z0-9-]+)"

urlpatterns = [
    path("booking/<str:access_token>/manage", manage.show, name="manage-booking"),
    path("booking/<str:access_token>/manage/data", your_data.show),
    path("booking/<str:access_token>/manage/cancel", manage.confirm_cancel),
    path("booking/<str:access_token>/manage/move", manage.move),
    path("booking/<str:access_token>/manage/slots", manage.list_move_slots),
    path("waitlist/<str:token>", waitlist.show, name="waitlist-entry"),
    re_path(rf"^{_EVENT_TYPE}/wait$", waitlist.join),
    re_path(rf"^{_EVENT_TYPE}/times$", booking.list_times),
    re_path(rf"^{_EVENT_TYPE}/book$", booking.book),
    re_path(rf"^{_EVENT_TYPE}/?$", booking.show, name="booking-page"),
    re_path(rf"^{_ORGANIZER}/?$", organizer.show, name="organizer-page"),
]
