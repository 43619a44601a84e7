"""What the apps' admin pages share."""

from __future__ import annotations

from typing import Any

from django.forms import ModelForm
from django.http import HttpRequest
from unfold.admin import ModelAdmin

from apps.common.errors import DomainError


class ReadOnlyAdmin(ModelAdmin):
    """Shown, never written by hand: services are the only writers."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


def show_refusal(form: ModelForm[Any], refusal: DomainError) -> None:
    """Put each problem beside its field: `/weekly/2/end` belongs to the field `weekly`."""
    if not refusal.errors:
        form.add_error(None, refusal.detail)
    for error in refusal.errors:
        steps = error.pointer.strip("/").split("/")
        whole = "_".join(steps)
        field = next((name for name in (whole, steps[0]) if name in form.fields), None)
        inside = "" if field in (None, whole) else f"{'/'.join(steps[1:])}: "
        form.add_error(field, inside + error.detail)
