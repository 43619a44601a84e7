"""Problem documents name kinds that can be looked up."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest

from config.api_errors import PROBLEMS


@pytest.mark.parametrize("code", sorted(PROBLEMS))
def test_every_type_can_be_looked_up(client, code):
    answer = client.get(f"/problems/{code.replace('_', '-')}")
    assert answer.json() == {
        "code": code,
        "status": PROBLEMS[code].status,
        "title": PROBLEMS[code].title,
    }


def test_the_type_of_an_answer_is_such_an_address(client):
    told = client.get("/api/v1/nothing/").json()
    path = urlsplit(told["type"]).path
    assert client.get(path).json()["code"] == told["code"] == "not_found"


def test_unknown_kinds_are_not_found(client):
    assert client.get("/problems/made-up").status_code == 404
