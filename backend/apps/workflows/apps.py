"""Django application configuration."""

from django.apps import AppConfig


class WorkflowsConfig(AppConfig):
    """See README.md beside this file."""

    name = "apps.workflows"
