"""What is stored of people who book: shown, downloaded, erased, and gone by itself."""

from apps.events.services.privacy.erase import erase_personal_data, erase_waitlist_entry
from apps.events.services.privacy.expire import (
    Expired,
    expire_now_and_then,
    expire_personal_data,
)
from apps.events.services.privacy.stored_data import download_stored_data, get_stored_data

__all__ = [
    "Expired",
    "download_stored_data",
    "erase_personal_data",
    "erase_waitlist_entry",
    "expire_now_and_then",
    "expire_personal_data",
    "get_stored_data",
]
