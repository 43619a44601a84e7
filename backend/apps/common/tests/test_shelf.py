"""Copies kept in the process: how many, how long, and how often they were of use."""

from __future__ import annotations

from prometheus_client import REGISTRY

from apps.common.shelf import Shelf


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def asked(result: str) -> float:
    labels = {"shelf": "of the test", "result": result}
    return REGISTRY.get_sample_value("halfpast_shelf_requests_total", labels) or 0.0


def test_the_copy_that_was_not_used_longest_goes_first():
    shelf: Shelf[int] = Shelf("of the test", size=2)
    shelf.keep("a", 1)
    shelf.keep("b", 2)
    assert shelf.find("a") == 1
    shelf.keep("c", 3)
    assert [shelf.find(key) for key in "abc"] == [1, None, 3]


def test_a_copy_is_not_kept_for_longer_than_its_lifetime():
    clock = Clock()
    shelf: Shelf[int] = Shelf("of the test", size=2, lifetime=900, clock=clock)
    shelf.keep("a", 1)
    clock.now = 899
    assert shelf.find("a") == 1
    clock.now = 900
    assert shelf.find("a") is None


def test_hits_and_misses_are_counted_for_the_metrics():
    shelf: Shelf[int] = Shelf("of the test", size=2)
    before = asked("hit"), asked("miss")
    assert shelf.miss(1).x_cache == "miss"
    assert shelf.hit(1).x_cache == shelf.hit(1).x_cache == "hit"
    assert (asked("hit") - before[0], asked("miss") - before[1]) == (2, 1)
