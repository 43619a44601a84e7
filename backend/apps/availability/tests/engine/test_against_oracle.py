"""The engine lists exactly what the naive oracle lists, for random queries."""

import pytest
from hypothesis import HealthCheck, given, settings

from apps.availability.engine import compute_slots, parse_query
from apps.availability.tests.engine.oracle import offered
from apps.availability.tests.engine.proofs import examples, tried
from apps.availability.tests.engine.strategies import queries

pytestmark = pytest.mark.engine
thorough = settings(
    max_examples=examples(60), deadline=None, suppress_health_check=[HealthCheck.too_slow]
)


def listed(document):
    return [
        (slot.start, slot.hosts, slot.seats_left) for slot in compute_slots(parse_query(document))
    ]


@thorough
@given(queries())
def test_random_queries_equal_the_oracle(document):
    tried["random queries"] += 1
    assert listed(document) == offered(document)


@thorough
@given(queries(kinds=["collective", "round_robin"], limited=False))
def test_random_teams_equal_the_oracle(document):
    tried["random queries"] += 1
    assert listed(document) == offered(document)
