"""The rows that belong to one booking: its former times, the other dates of its series."""

from __future__ import annotations

from apps.events.models import Booking, BookingStatus


def list_former_times(booking: Booking) -> list[Booking]:
    """The history rows of a booking that was moved, the last one first; one query for each."""
    former: list[Booking] = []
    row = booking
    while row.rescheduled_from_id is not None:
        earlier = Booking.objects.filter(pk=row.rescheduled_from_id).first()
        if earlier is None or earlier.status != BookingStatus.RESCHEDULED or earlier in former:
            break
        former.append(earlier)
        row = earlier
    return former


def list_same_series(booking: Booking) -> list[Booking]:
    """The booking, or all dates of the series that it is one of, in order."""
    if booking.recurrence_id is None:
        return [booking]
    dates = Booking.objects.filter(recurrence_id=booking.recurrence_id)
    dates = dates.exclude(status=BookingStatus.RESCHEDULED)
    return list(dates.order_by("recurrence_sequence", "start_time"))
