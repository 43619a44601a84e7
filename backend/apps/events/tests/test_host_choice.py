"""Who serves next in a round robin, against a judge that compares the hosts two by two."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from apps.events.services.bookings.host_choice import Candidate, explain_choice, rank_hosts

MOMENT = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


def _host(number: int, **fields) -> Candidate:
    return Candidate(UUID(int=number), **fields)


_HOSTS = st.lists(
    st.builds(
        dict,
        weight=st.integers(1, 100),
        priority=st.integers(0, 3),
        served=st.integers(0, 12),
        last_booked_at=st.none() | st.integers(0, 3).map(lambda n: MOMENT + timedelta(hours=n)),
    ),
    min_size=1,
    max_size=7,
).map(lambda rows: [_host(number, **row) for number, row in enumerate(rows, 1)])


def _goes_before(one: Candidate, two: Candidate, everyone: list[Candidate]) -> bool:
    """The rule as semantics 4 words it, for two hosts of whom `one` stands first in the list."""
    total = 1 + sum(host.served for host in everyone)
    weights = sum(host.weight for host in everyone)
    lacks_one = Fraction(one.weight, weights) * total - one.served
    lacks_two = Fraction(two.weight, weights) * total - two.served
    if lacks_one != lacks_two:
        return lacks_one > lacks_two
    if one.priority != two.priority:
        return one.priority > two.priority
    if one.last_booked_at != two.last_booked_at:
        if one.last_booked_at is None or two.last_booked_at is None:
            return one.last_booked_at is None
        return one.last_booked_at < two.last_booked_at
    return True


@given(_HOSTS)
def test_the_ranking_is_the_rule_applied_to_every_pair(hosts):
    ranked = [standing.candidate for standing in rank_hosts(hosts)]
    assert sorted(host.id for host in ranked) == sorted(host.id for host in hosts)
    for place, first in enumerate(hosts):
        for second in hosts[place + 1 :]:
            is_before = ranked.index(first) < ranked.index(second)
            assert is_before == _goes_before(first, second, hosts)


@settings(max_examples=50)
@given(st.lists(st.integers(1, 20), min_size=1, max_size=6), st.integers(1, 60))
def test_nobody_is_a_whole_booking_ahead_of_their_share(weights, bookings):
    served: Counter[int] = Counter()
    for _ in range(bookings):
        hosts = [
            _host(number, weight=weight, served=served[number])
            for number, weight in enumerate(weights)
        ]
        served[rank_hosts(hosts)[0].candidate.id.int] += 1
    for number, weight in enumerate(weights):
        assert served[number] < Fraction(bookings * weight, sum(weights)) + 1


def test_weights_three_to_one_give_three_to_one():
    served: Counter[int] = Counter()
    for _ in range(40):
        hosts = [_host(1, weight=3, served=served[1]), _host(2, weight=1, served=served[2])]
        served[rank_hosts(hosts)[0].candidate.id.int] += 1
    assert served == {1: 30, 2: 10}


def test_the_explanation_shows_the_chosen_host_and_whom_they_were_chosen_before():
    hosts = [_host(number, served=number) for number in range(30)]
    ranking = rank_hosts(hosts)
    told = explain_choice(ranking, chosen=UUID(int=20), free={UUID(int=20), UUID(int=29)})
    assert (told["chosen"], told["place"], told["of"]) == (str(UUID(int=20)), 21, 30)
    assert [row["host"] for row in told["ranking"]] == [str(UUID(int=n)) for n in range(11, 21)]
    assert [row["is_free"] for row in told["ranking"]] == [False] * 9 + [True]
    assert told["ranking"][-1]["served_this_month"] == 20
