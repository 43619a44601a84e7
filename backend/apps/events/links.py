"""Addresses of bookings and booking pages, absolute."""

from __future__ import annotations

from django.conf import settings

from apps.events.models import Booking, WaitlistEntry


def booking_page_url(organizer_slug: str, event_type_slug: str) -> str:
    """The public page of an event type."""
    return f"{settings.BASE_URL}/{organizer_slug}/{event_type_slug}"


def manage_url(booking: Booking) -> str:
    """The invitee's page; empty on history rows, whose link is dead."""
    if booking.access_token is None:
        return ""
    return f"{settings.BASE_URL}/booking/{booking.access_token}/manage"


def waitlist_url(entry: WaitlistEntry) -> str:
    """The page of somebody on a waitlist."""
    return f"{settings.BASE_URL}/waitlist/{entry.token}"


def dashboard_url(booking: Booking) -> str:
    """The organizer's page of the booking."""
    return f"{settings.BASE_URL}/bookings/{booking.pk}"


def calendar_url(booking: Booking) -> str:
    """The booking as an .ics download."""
    if booking.access_token is None:
        return ""
    return f"{settings.BASE_URL}/api/v1/events/booking/{booking.access_token}/calendar.ics"
