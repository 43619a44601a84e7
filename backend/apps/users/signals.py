"""Signals for apps above this one that must act in the same transaction.

What happens outside the database goes through domain events and the outbox instead.
"""

from django.dispatch import Signal

# Sent by `register_user` before its transaction commits: user_id (UUID), timezone (IANA name).
user_registered = Signal()
