"""Django application configuration."""

from django.apps import AppConfig


class AvailabilityConfig(AppConfig):
    """See README.md beside this file."""

    name = "apps.availability"

    def ready(self) -> None:
        """Listen to what the users app announces."""
        from apps.availability import receivers  # noqa: F401
