"""Django application configuration."""

from django.apps import AppConfig


class UsersConfig(AppConfig):
    """See README.md beside this file."""

    name = "apps.users"
