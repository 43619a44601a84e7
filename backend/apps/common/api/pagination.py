"""Lists answer `{results, next, previous}` by cursor (api.md)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from rest_framework.exceptions import NotFound
from rest_framework.pagination import Cursor
from rest_framework.pagination import CursorPagination as DrfCursorPagination
from rest_framework.request import Request

_LARGEST = 2**63 - 1


class CursorPagination(DrfCursorPagination):
    """Opaque cursors; `page_size` up to 200. A cursor that is none answers 404."""

    page_size_query_param = "page_size"
    max_page_size = 200
    ordering: str | tuple[str, ...] = "-created_at"

    def paginate_queryset(
        self, queryset: Any, request: Request, view: Any = None
    ) -> list[Any] | None:
        self._model = queryset.model._meta
        self._annotations = queryset.query.annotations
        return super().paginate_queryset(queryset, request, view)

    def decode_cursor(self, request: Request) -> Cursor | None:
        cursor = super().decode_cursor(request)
        if cursor is not None and cursor.position is not None:
            name = self.ordering[0].lstrip("-")
            annotation = self._annotations.get(name)
            field = annotation.output_field if annotation else self._model.get_field(name)
            try:
                is_position = _is_position(field.to_python(cursor.position))
            except (ValidationError, ValueError, OverflowError):
                is_position = False
            if not is_position:
                raise NotFound(self.invalid_cursor_message)
        return cursor


def _is_position(value: Any) -> bool:
    """Whether the database can compare a column with it."""
    if isinstance(value, datetime):
        return value.tzinfo is not None and 1970 <= value.year <= 9998
    if isinstance(value, date):
        return 1970 <= value.year <= 9998
    if isinstance(value, int):
        return 0 <= value <= _LARGEST
    return False
