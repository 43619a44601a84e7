"""Django application configuration."""

from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    """See README.md beside this file."""

    name = "apps.notifications"
