"""What every serializer refuses before it looks at its own rules."""

from __future__ import annotations

import pytest
from rest_framework import serializers

from apps.common.api.serializers import Serializer


class Inner(Serializer):
    label = serializers.CharField()


class Sample(Serializer):
    name = serializers.CharField(required=False)
    count = serializers.IntegerField(required=False)
    inner = Inner(required=False)


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
    assert sample.validated_data == {"name": "12", "count": 12, "inner": {"label": "x"}}


@pytest.mark.parametrize("text", ["a\x00b", "\ud800"])
def test_text_that_databases_refuse_is_refused_first(text):
    sample = Sample(data={"name": text})
    assert not sample.is_valid()
    assert list(sample.errors) == ["name"]
