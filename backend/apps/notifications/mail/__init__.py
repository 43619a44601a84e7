"""Mails: what they say (`booking_view`), how they are built, and shown in development."""
