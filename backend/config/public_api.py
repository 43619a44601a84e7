"""The public API: Ninja, for the hot paths that need no sign-in."""

from ninja import NinjaAPI

from apps.common.api.ninja_errors import install
from apps.events.api.public.bookings import router as bookings
from apps.events.api.public.email_codes import router as email_codes
from apps.events.api.public.holds import router as holds
from apps.events.api.public.pages import router as pages
from apps.events.api.public.recurring import router as recurring
from apps.events.api.public.slots import router as slots
from apps.events.api.public.tokens import router as tokens
from apps.events.api.public.waitlist import router as waitlist
from apps.users.api.public import router as auth

public_api = NinjaAPI(
    title="Halfpast public API",
    version="1",
    docs_url=None,
    openapi_url=None,
    urls_namespace="public-api",
)
install(public_api)
public_api.add_router("auth/", auth, tags=["Sign-in"])
# Before the slots, whose address would take "hold" for an organizer's.
public_api.add_router("events/", holds, tags=["Slots"])
public_api.add_router("events/", slots, tags=["Slots"])
public_api.add_router("events/", pages, tags=["Public pages"])
public_api.add_router("events/", bookings, tags=["Bookings"])
public_api.add_router("events/", recurring, tags=["Bookings"])
public_api.add_router("events/", email_codes, tags=["Bookings"])
public_api.add_router("events/", tokens, tags=["Bookings by link"])
public_api.add_router("events/", waitlist, tags=["Waitlist"])
