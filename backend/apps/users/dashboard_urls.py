"""The dashboard's addresses: one shell, the browser does the rest."""

from django.urls import path, re_path

from apps.users.dashboard import dashboard

# First segments of the dashboard (api.md, "Pages"); `apps/users/slugs.py` reserves them.
SECTIONS = (
    "event-types",
    "bookings",
    "availability",
    "settings",
    "login",
    "signup",
    "password-reset",
    "verify-email",
)

urlpatterns = [
    path("", dashboard, name="home"),
    # This page alone: below it are the pages of those who wait.
    path("waitlist", dashboard, name="waitlist"),
    *(re_path(rf"^{section}(?:/.*)?$", dashboard, name=section) for section in SECTIONS),
]
