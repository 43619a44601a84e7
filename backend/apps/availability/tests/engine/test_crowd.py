"""Many hosts are computed with numpy: the same answers as one by one, and as the oracle's."""

import copy
import subprocess
import sys

import pytest
from hypothesis import HealthCheck, given, settings

from apps.availability.engine import compute_slots, crowd, parse_query, rotation
from apps.availability.tests.engine.cases import host, query, slots
from apps.availability.tests.engine.oracle import offered
from apps.availability.tests.engine.proofs import examples, tried
from apps.availability.tests.engine.strategies import queries

pytestmark = pytest.mark.engine
teams = settings(
    max_examples=examples(25),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
ROUND_ROBIN = queries(kinds=["round_robin"], limited=False)
BUSY = ["2026-03-02T10:00:00Z", "2026-03-02T10:30:00Z"]


@pytest.fixture
def always_a_crowd(monkeypatch):
    monkeypatch.setattr(rotation, "CROWD", 0)


@pytest.fixture
def spans_one_at_a_time(monkeypatch):
    monkeypatch.setattr(crowd, "SPANS_AT_ONCE", 1)


@pytest.fixture
def no_index(monkeypatch):
    """As for a grid to the second over months."""
    monkeypatch.setattr(crowd, "LONGEST_INDEX", 0)


def listed(document):
    return [
        (slot.start, slot.hosts, slot.seats_left) for slot in compute_slots(parse_query(document))
    ]


@teams
@given(ROUND_ROBIN)
def test_a_crowd_equals_the_oracle(always_a_crowd, document):
    tried["random crowds"] += 1
    assert listed(document) == offered(document)


@teams
@given(ROUND_ROBIN)
def test_a_crowd_equals_the_oracle_in_small_portions(
    always_a_crowd, spans_one_at_a_time, no_index, document
):
    tried["random crowds"] += 1
    assert listed(document) == offered(document)


@pytest.mark.parametrize("taken", [20, 200])
def test_hundreds_of_hosts_are_listed_as_one_by_one(monkeypatch, taken):
    spans = [
        [f"2026-03-{day:02}T{hour:02}:{minute:02}:00Z", f"2026-03-{day:02}T{hour:02}:59:00Z"]
        for day in range(2, 10)
        for hour in range(8, 13)
        for minute in (0, 10, 25, 40, 55)
    ]
    team = [
        host(f"h{number}", required=number % 40 == 3, busy=[] if number % 40 == 3 else busy)
        for number, busy in enumerate(
            [spans[number % 7 : taken : 1 + number % 5] for number in range(200)]
        )
    ]
    document = query(
        hosts=team, kind="round_robin", slot_interval=15, window=("2026-03-02", "2026-03-10")
    )
    few = copy.deepcopy(document)
    many = listed(document)
    monkeypatch.setattr(rotation, "CROWD", sys.maxsize)
    assert many == listed(few)
    assert len({hosts for _, hosts, _ in many}) > 3


def test_equal_sets_of_hosts_share_one_tuple(always_a_crowd):
    team = [host("h0", required=False), host("h1", required=False, busy=[BUSY])]
    hosts = [slot.hosts for slot in slots(query(hosts=team, kind="round_robin"))]
    assert hosts == [("h0", "h1")] * 2 + [("h0",)] + [("h0", "h1")] * 3
    assert hosts[0] is hosts[1]


def test_a_crowd_that_is_never_open_has_no_slots(always_a_crowd):
    closed = host("h0", required=False, schedules=[{"timezone": "UTC", "weekly": []}])
    assert slots(query(hosts=[closed], kind="round_robin")) == []


def test_few_hosts_do_not_import_numpy():
    program = (
        "import sys\n"
        "from apps.availability.engine import compute_slots, parse_query\n"
        "from apps.availability.tests.engine.cases import host, query\n"
        "team = [host(f'h{n}', required=False) for n in range(10)]\n"
        "assert compute_slots(parse_query(query(hosts=team, kind='round_robin')))\n"
        "assert 'numpy' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True)
