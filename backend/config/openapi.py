"""One OpenAPI 3.1 document for the whole API, and the page to browse it.

drf-spectacular describes the organizer's API (DRF) and calls `complete_document`, which adds the
public API (Ninja) and every refusal that can occur. Ninja's components get a prefix, so that the
two frameworks may use one name for two shapes; what collides all the same stops the build.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

import orjson
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from apps.common.api.problem_schema import ProblemDocument
from apps.common.problems import CONTENT_TYPE
from config.api_errors import PROBLEMS

Document = dict[str, Any]
Operation = dict[str, Any]

PREFIX = "Public"
_SCHEMAS = "#/components/schemas/"
_RESPONSES = "#/components/responses/"
_METHODS = ("get", "put", "post", "delete", "patch")
_SAFE = ("get",)
_SIGN_IN = (401, 403, 409, 422, 429)

# What an operation refuses beyond what its shape tells (`_refusals_of_shape`), by operation id.
REFUSALS: Mapping[str, tuple[int, ...]] = {
    # Sign-in: allauth's own refusals come through.
    "register_user": _SIGN_IN,
    "login": _SIGN_IN,
    "login_second_factor": _SIGN_IN,
    "refresh_tokens": _SIGN_IN,
    "logout": _SIGN_IN,
    "verify_email": _SIGN_IN,
    "resend_verification": _SIGN_IN,
    "request_password_reset": _SIGN_IN,
    "reset_password": _SIGN_IN,
    "change_password": _SIGN_IN,
    # If-Match.
    "replace_schedule": (412,),
    "update_schedule": (412,),
    "replace_event_type": (412,),
    "update_event_type": (412,),
    "archive_event_type": (412,),
    "replace_time_off": (412,),
    "update_time_off": (412,),
    "delete_time_off": (412,),
    "replace_travel": (412,),
    "update_travel": (412,),
    "delete_travel": (412,),
    "replace_holidays": (412,),
    "update_holidays": (412,),
    "delete_holidays": (412,),
    # The default schedule stays.
    "delete_schedule": (409, 412),
    # A duration that the event type does not offer.
    "explain_slot": (422,),
    # A booking that is over, or a time that is not free.
    "cancel_booking": (409,),
    "confirm_booking": (409,),
    "reject_booking": (409,),
    "reassign_booking": (409,),
    "reschedule_booking": (409,),
    "complete_booking": (409,),
    "mark_booking_no_show": (409,),
    "update_booking": (409,),
    "regenerate_booking_token": (409,),
    # Nothing is free, or they wait no more.
    "notify_waitlist_entry": (409,),
    "remove_waitlist_entry": (409,),
    # A seat that is not there, or given back, or a session that is over.
    "add_attendee": (409,),
    "remove_attendee": (409,),
    "move_attendee": (409,),
    "mark_attendee_no_show": (409,),
    "mark_attendee_showed": (409,),
}


# The organizer's operations are grouped by the first of these that begins their path.
TAGS: Mapping[str, str] = {
    "/api/v1/availability/": "Availability",
    "/api/v1/events/event-types/": "Event types",
    "/api/v1/events/hosting/": "Event types",
    "/api/v1/events/waitlist/": "Waitlists of the organizer",
    "/api/v1/events/bookings/": "Bookings of the organizer",
    "/api/v1/users/": "Profile",
}
# Answers that are not JSON, by operation id.
MEDIA_TYPES: Mapping[str, str] = {"download_booking_calendar": "text/calendar"}


class NameCollision(Exception):
    """The two frameworks describe different things under one name."""


def complete_document(result: Document, **_: Any) -> Document:
    """drf-spectacular's postprocessing hook: merge Ninja's half in, declare security, refusals."""
    from config.public_api import public_api

    public = public_api.get_openapi_schema(path_prefix="api/v1/")
    # A copy: Ninja's own objects are shared between calls, the merge renames in place.
    half: Document = orjson.loads(orjson.dumps(public, default=str, option=orjson.OPT_NON_STR_KEYS))
    half.get("components", {}).get("schemas", {}).pop("ProblemDocument", None)
    half.get("components", {}).get("schemas", {}).pop("ProblemError", None)
    _prefix_components(half)
    for path, method, operation in _operations(result):
        operation["security"] = [{"bearer": []}, {"cookie": []}]
        sentence = operation.get("description", "").split("\n")[0].split(". ")[0]
        operation["summary"] = operation.get("summary") or sentence.rstrip(".")
        operation["tags"] = [tag for start, tag in TAGS.items() if path.startswith(start)]
        _declare_refusals(operation, method, signed_in=True)
    for _path, method, operation in _operations(half):
        media_type = MEDIA_TYPES.get(operation["operationId"])
        if media_type:
            operation["responses"]["200"]["content"] = {media_type: {"schema": {"type": "string"}}}
        _declare_refusals(operation, method, signed_in=False)
    _unite(result.setdefault("paths", {}), half.get("paths", {}), "path")
    components = result.setdefault("components", {})
    schemas = components.setdefault("schemas", {})
    _unite(schemas, half.get("components", {}).get("schemas", {}), "component")
    _unite(schemas, _problem_schemas(), "component")
    components["responses"] = _refusal_responses()
    components["securitySchemes"] = {
        "bearer": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"},
        "cookie": {
            "type": "apiKey",
            "in": "cookie",
            "name": settings.SESSION_COOKIE_NAME,
            "description": "Our own pages; unsafe calls also need the X-CSRFToken header.",
        },
    }
    result["servers"] = [{"url": settings.BASE_URL}]
    result["paths"] = dict(sorted(result["paths"].items()))
    components["schemas"] = dict(sorted(schemas.items()))
    _refuse_twins(result)
    return result


def _operations(document: Document) -> Iterator[tuple[str, str, Operation]]:
    """(path, method, operation) of each operation."""
    for path, item in document.get("paths", {}).items():
        for method in _METHODS:
            if method in item:
                yield path, method, item[method]


def _prefix_components(document: Document) -> None:
    """Rename every component schema of Ninja's half, and whatever refers to it."""
    schemas = document.get("components", {}).get("schemas", {})
    for name in list(schemas):
        schemas[_prefixed(name)] = schemas.pop(name)
    _rename_references(document)


def _prefixed(name: str) -> str:
    return name if name.startswith(PREFIX) else PREFIX + name


def _rename_references(node: Any) -> None:
    if isinstance(node, dict):
        target = node.get("$ref")
        if isinstance(target, str) and target.startswith(_SCHEMAS):
            node["$ref"] = _SCHEMAS + _prefixed(target.removeprefix(_SCHEMAS))
        mapping = node.get("mapping")
        if isinstance(mapping, dict):
            for key, value in mapping.items():
                if isinstance(value, str) and value.startswith(_SCHEMAS):
                    mapping[key] = _SCHEMAS + _prefixed(value.removeprefix(_SCHEMAS))
        for member in node.values():
            _rename_references(member)
    elif isinstance(node, list):
        for member in node:
            _rename_references(member)


def _declare_refusals(operation: Operation, method: str, *, signed_in: bool) -> None:
    responses = operation.setdefault("responses", {})
    declared = {int(status) for status in responses if str(status).isdigit()}
    statuses = {status for status in declared if status >= 400}
    statuses |= set(_refusals_of_shape(operation, method, signed_in=signed_in))
    statuses |= set(REFUSALS.get(operation["operationId"], ()))
    # Answers in order of their status, keys as text.
    successes = {str(status): responses[status] for status in responses if int(status) < 400}
    operation["responses"] = {
        **dict(sorted(successes.items())),
        **{str(status): {"$ref": f"{_RESPONSES}Problem{status}"} for status in sorted(statuses)},
    }


def _refusals_of_shape(operation: Operation, method: str, *, signed_in: bool) -> Iterator[int]:
    """What can be wrong with any call of this shape, whatever it does."""
    parameters = operation.get("parameters", [])
    places = {parameter["in"] for parameter in parameters}
    if signed_in:
        yield from (401, 406)
        if method not in _SAFE:
            yield 403
    if "path" in places or any(parameter["name"] == "cursor" for parameter in parameters):
        yield 404
    if "query" in places:
        yield 400
    if "requestBody" in operation:
        yield from (400, 413, 415, 422)


def _refusal_responses() -> Document:
    """One shared response for each status of the table, named `Problem<status>`."""
    codes: dict[int, list[str]] = {}
    for code, problem in PROBLEMS.items():
        codes.setdefault(problem.status, []).append(code)
    content = {CONTENT_TYPE: {"schema": {"$ref": f"{_SCHEMAS}ProblemDocument"}}}
    return {
        f"Problem{status}": {
            "description": ", ".join(f"`{code}`" for code in codes[status]),
            "content": content,
        }
        for status in sorted(codes)
    }


def _problem_schemas() -> Document:
    schema = ProblemDocument.model_json_schema(ref_template=_SCHEMAS + "{model}")
    parts: Document = schema.pop("$defs")
    schema["properties"]["code"]["enum"] = sorted(PROBLEMS)
    return {"ProblemDocument": schema, **parts}


def _unite(target: Document, more: Mapping[str, Any], kind: str) -> None:
    for name, value in more.items():
        if name in target:
            raise NameCollision(f"Both APIs have a {kind} named {name}; rename one.")
        target[name] = value


def _refuse_twins(document: Document) -> None:
    seen: set[str] = set()
    for _path, _method, operation in _operations(document):
        operation_id = operation["operationId"]
        if operation_id in seen:
            raise NameCollision(f"Two operations have the id {operation_id}; rename one.")
        seen.add(operation_id)


def build_document() -> Document:
    """The whole API. Raises `NameCollision` where the frameworks would hide each other."""
    from drf_spectacular.generators import SchemaGenerator

    document: Document = SchemaGenerator().get_schema(request=None, public=True)  # type: ignore[no-untyped-call]
    return document


@lru_cache(maxsize=1)
def _document_bytes() -> bytes:
    return orjson.dumps(build_document(), default=str)


@require_safe
def openapi_document(request: HttpRequest) -> HttpResponse:
    """`/api/v1/openapi.json`: built once per process, for it only changes with the code."""
    return HttpResponse(_document_bytes(), content_type="application/json")


@require_safe
def openapi_docs(request: HttpRequest) -> HttpResponse:
    """`/api/docs/`: Swagger UI from our own static files; it loads nothing from other hosts."""
    return render(request, "common/api_docs.html")
