"""The OpenAPI document: valid, complete, and true to both frameworks."""

import re

import pytest
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from drf_spectacular.validation import validate_schema

from apps.common.problems import CONTENT_TYPE
from config.openapi import REFUSALS, NameCollision, build_document, complete_document

METHODS = {"get", "put", "post", "patch", "delete"}
# Function names of the specification ("Events App Documentation") that are served already.
SPECIFIED = {
    "public_organizer_page": ("get", "/api/v1/events/public/{organizer_slug}/"),
    "public_event_type_page": ("get", "/api/v1/events/public/{organizer_slug}/{event_type_slug}/"),
    "get_available_slots_api": ("get", "/api/v1/events/slots/{organizer_slug}/{event_type_slug}/"),
    "create_booking": ("post", "/api/v1/events/bookings/create/"),
    "booking_management": ("get", "/api/v1/events/booking/{access_token}/manage/"),
}


@pytest.fixture(scope="module")
def document():
    return build_document()


def operations(document):
    return [
        (path, method, operation)
        for path, item in document["paths"].items()
        for method, operation in item.items()
        if method in METHODS
    ]


def nodes(node):
    yield node
    members = node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
    for member in members:
        yield from nodes(member)


def served_paths(patterns, prefix=""):
    """Every address under /api/v1/ with its parameters as `{}`."""
    for pattern in patterns:
        path = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from served_paths(pattern.url_patterns, path)
        elif isinstance(pattern, URLPattern) and path.startswith("api/v1/"):
            yield "/" + re.sub(r"<[^>]+>", "{}", path)


def test_it_is_valid_openapi_3_1(document):
    assert document["openapi"] == "3.1.0"
    validate_schema(document)


def test_every_address_of_the_api_is_in_it(document):
    served = set(served_paths(get_resolver().url_patterns)) - {"/api/v1/openapi.json", "/api/v1/"}
    described = {re.sub(r"{[^}]+}", "{}", path) for path in document["paths"]}
    assert described == served


def test_the_specified_functions_name_their_operations(document):
    found = {op["operationId"]: (method, path) for path, method, op in operations(document)}
    assert {name: found.get(name) for name in SPECIFIED} == SPECIFIED


def test_every_reference_leads_somewhere(document):
    targets = {
        node["$ref"] for node in nodes(document) if isinstance(node, dict) and "$ref" in node
    }
    known = {
        f"#/components/{kind}/{name}"
        for kind in ("schemas", "responses")
        for name in document["components"][kind]
    }
    assert targets - known == set()


def test_every_refusal_is_a_problem_document(document):
    responses = document["components"]["responses"]
    assert all(list(response["content"]) == [CONTENT_TYPE] for response in responses.values())
    for path, method, operation in operations(document):
        refusals = {s: r for s, r in operation["responses"].items() if int(s) >= 400}
        assert refusals, (path, method)
        for status, refusal in refusals.items():
            assert refusal == {"$ref": f"#/components/responses/Problem{status}"}, (path, method)


def test_signed_in_operations_say_so(document):
    for path, method, operation in operations(document):
        public = "401" not in operation["responses"] or path.startswith("/api/v1/auth/")
        assert bool(operation.get("security")) is not public, (path, method)


def test_every_operation_says_what_it_does_and_where_it_belongs(document):
    for path, method, operation in operations(document):
        assert operation["summary"], (path, method)
        assert len(operation["tags"]) == 1, (path, method)


def test_refusals_are_declared_for_operations_that_exist(document):
    known = {operation["operationId"] for _, _, operation in operations(document)}
    assert set(REFUSALS) <= known


def test_a_name_used_by_both_frameworks_stops_the_build():
    ours = {"paths": {}, "components": {"schemas": {"PublicBookingOut": {"type": "string"}}}}
    with pytest.raises(NameCollision, match="PublicBookingOut"):
        complete_document(ours)


def test_an_address_described_twice_stops_the_build():
    ours = {"paths": {"/api/v1/events/bookings/create/": {}}}
    with pytest.raises(NameCollision, match="bookings/create"):
        complete_document(ours)


def test_it_is_served_and_exported(document, tmp_path):
    served = Client().get("/api/v1/openapi.json")
    assert served.status_code == 200
    assert served["Content-Type"] == "application/json"
    assert served.json()["paths"] == document["paths"]
    call_command("export_openapi", output=tmp_path / "openapi.json")
    exported = (tmp_path / "openapi.json").read_text()
    assert '"create_booking"' in exported
    assert "testserver" not in exported


def test_the_page_loads_from_this_host_only():
    page = Client().get("/api/docs/").content.decode()
    addresses = re.findall(r'(?:src|href)="([^"]+)"', page)
    assert addresses
    assert [a for a in addresses if not a.startswith(("/static/", "/api/v1/", "data:"))] == []
    assert "http" not in page.replace("/api/v1/openapi.json", "")
    for address in addresses:
        if address.startswith("/static/"):
            assert finders.find(address.removeprefix("/static/")), address
