"""Recurring bookings (semantics, 4)."""
