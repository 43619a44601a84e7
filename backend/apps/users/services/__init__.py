"""What changes users. Keyword-only, one transaction, one intention each."""

from apps.users.services.profile import bump_availability_version, update_profile
from apps.users.services.registration import create_account, register_user
from apps.users.services.sessions import forget_ended_sessions

__all__ = [
    "bump_availability_version",
    "create_account",
    "forget_ended_sessions",
    "register_user",
    "update_profile",
]
