"""Reads about bookings that repeat."""
