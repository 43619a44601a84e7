"""What every serializer refuses before it looks at its own rules."""

from __future__ import annotations

import pytest
from rest_framework import serializers

from apps.common.api.serializers import Serializer


class Inner(Serializer):
    label = serializers.CharField()
    weight = serializers.IntegerField(default=1)


class Sample(Serializer):
    name = serializers.CharField(required=False)
    count = serializers.IntegerField(required=False)
    inner = Inner(required=False)
    rows = Inner(many=True, required=False)


@pytest.mark.parametrize("value", [12, 1.5, True])
def test_a_number_is_no_text(value):
    sample = Sample(data={"name": value})
    assert not sample.is_valid()
    assert "put it in quotes" in sample.errors["name"][0]


def test_nested_text_is_held_to_the_same():
    sample = Sample(data={"inner": {"label": 7}})
    assert not sample.is_valid()
    assert "put it in quotes" in sample.errors["inner"]["label"][0]


def test_text_and_numbers_in_their_places_pass():
    sample = Sample(data={"name": "12", "count": 12, "inner": {"label": "x"}})
    assert sample.is_valid()
    inner = {"label": "x", "weight": 1}
    assert sample.validated_data == {"name": "12", "count": 12, "inner": inner}


@pytest.mark.parametrize("part", [{"inner": {}}, {"rows": [{"weight": 2}]}])
def test_a_part_of_a_partial_change_is_whole(part):
    sample = Sample(data=part, partial=True)
    assert not sample.is_valid()
    errors = sample.errors.get("inner") or sample.errors["rows"][0]
    assert errors["label"][0].code == "required"


def test_a_part_of_a_partial_change_has_its_defaults():
    sample = Sample(data={"rows": [{"label": "x"}]}, partial=True)
    assert sample.is_valid()
    assert sample.validated_data == {"rows": [{"label": "x", "weight": 1}]}


@pytest.mark.parametrize("text", ["a\x00b", "\ud800"])
def test_text_that_databases_refuse_is_refused_first(text):
    sample = Sample(data={"name": text})
    assert not sample.is_valid()
    assert list(sample.errors) == ["name"]
