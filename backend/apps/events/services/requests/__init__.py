"""Bookings that the organizer has to confirm (semantics, 4)."""
