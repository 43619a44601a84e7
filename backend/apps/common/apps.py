"""Django application configuration."""

from django.apps import AppConfig


class CommonConfig(AppConfig):
    """Ideas without business words that every app shares."""

    name = "apps.common"
    verbose_name = "Common"
