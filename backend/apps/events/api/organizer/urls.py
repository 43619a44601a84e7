"""Addresses of the organizer's scheduling API, under /api/v1/events/."""

from apps.events.api.organizer import (
    attendee_urls,
    booking_urls,
    event_type_urls,
    hosting_urls,
    waitlist_urls,
)

urlpatterns = [
    *event_type_urls.urlpatterns,
    *booking_urls.urlpatterns,
    *attendee_urls.urlpatterns,
    *hosting_urls.urlpatterns,
    *waitlist_urls.urlpatterns,
]
