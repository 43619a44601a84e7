"""Busy time in packed form reads like the tuple it stands for, and computes like it."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apps.availability.engine import Busy, PackedBusy, compute_slots, explain, parse_query
from apps.availability.engine.intervals import unite
from apps.availability.tests.engine.proofs import examples
from apps.availability.tests.engine.strategies import queries

pytestmark = pytest.mark.engine
SPANS = st.lists(
    st.tuples(st.integers(0, 50), st.integers(0, 50)).map(sorted).map(tuple), max_size=12
)


def joined(packed):
    return list(zip(packed.starts, packed.ends, strict=True))


@given(SPANS)
def test_what_is_computed_with_is_sorted_joined_and_never_empty(spans):
    packed = PackedBusy([start for start, _ in spans], [end for _, end in spans])
    assert unite(joined(packed)) == unite(spans)
    assert all(start < end for start, end in joined(packed))
    assert all(end <= start for end, start in zip(packed.ends, packed.starts[1:], strict=False))


def test_spans_that_come_apart_are_taken_over_as_they_are():
    assert joined(PackedBusy([1, 5, 9], [5, 6, 12])) == [(1, 5), (5, 6), (9, 12)]


def test_it_reads_like_the_tuple_it_stands_for():
    packed = PackedBusy([9, 1], [12, 10], ["later", "first"])
    given = (Busy(9, 12, "later"), Busy(1, 10, "first"))
    assert tuple(packed) == given
    assert packed == given
    assert packed[1] == given[1]
    assert packed[:1] == given[:1]
    assert (len(packed), bool(PackedBusy([], []))) == (2, False)
    assert joined(packed) == [(1, 12)]


def test_ids_may_be_left_out():
    assert list(PackedBusy([1], [2])) == [Busy(1, 2, "")]


def test_as_many_ends_as_starts_are_needed():
    with pytest.raises(ValueError, match="as many"):
        PackedBusy([1, 5], [2])


@settings(max_examples=examples(40), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(queries())
def test_plain_tuples_give_the_same_answers(document):
    packed = parse_query(document)
    plain = replace(
        packed,
        hosts=tuple(
            replace(host, busy=tuple(host.busy), holds=PackedBusy(*columns(host.holds)))
            for host in packed.hosts
        ),
    )
    assert compute_slots(plain) == compute_slots(packed)
    at = packed.window_start
    assert explain(plain, at) == explain(packed, at)


def columns(busy):
    return [entry.start for entry in busy], [entry.end for entry in busy], [e.id for e in busy]
