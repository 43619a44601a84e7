"""Django application configuration."""

from django.apps import AppConfig


class EventsConfig(AppConfig):
    """See README.md beside this file."""

    name = "apps.events"
