"""Query parameters of DRF's list views, read through a serializer."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers
from rest_framework.request import Request

from apps.common.api.drf_errors import field_errors
from apps.common.errors import InvalidRequest


def read_query(request: Request, shape: type[serializers.Serializer[Any]]) -> dict[str, Any]:
    """The values of `request`'s query in the shape asked for. Raises `InvalidRequest`."""
    # A plain dict: a QueryDict would be read as a form, in which an absent checkbox means "no".
    query = shape(data=request.query_params.dict())
    if not query.is_valid():
        errors = list(field_errors(query.errors))
        raise InvalidRequest(errors[0].detail, errors=errors)
    return dict(query.validated_data)
