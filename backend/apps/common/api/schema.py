"""The base of every Ninja schema: refuses text that PostgreSQL would refuse later, as a 500."""

from __future__ import annotations

from typing import Any, ClassVar

from ninja import Schema as NinjaSchema
from pydantic import ConfigDict, model_validator

from apps.common.errors import InvalidRequest, ValidationFailed
from apps.common.text import find_unstorable


class Schema(NinjaSchema):
    """Shape only. NUL and lone surrogates anywhere in the input are named and refused."""

    _refusal: ClassVar[type[ValidationFailed | InvalidRequest]] = ValidationFailed
    model_config = ConfigDict(str_strip_whitespace=True)

    @model_validator(mode="before")
    @classmethod
    def _refuse_unstorable_text(cls, data: Any) -> Any:
        source = getattr(data, "_obj", data)
        if isinstance(source, dict):
            problem = find_unstorable(source)
            if problem:
                raise cls._refusal.of(problem.pointer, "unstorable_text", problem.detail)
        return data


class QuerySchema(Schema):
    """The parameters of a query: what is wrong with them answers 400."""

    _refusal = InvalidRequest
