"""Django application configuration."""

from django.apps import AppConfig


class IntegrationsConfig(AppConfig):
    """See README.md beside this file."""

    name = "apps.integrations"
