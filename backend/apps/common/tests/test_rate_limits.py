"""Budgets: what is taken, given back, told in headers, and never given twice under a race."""

from __future__ import annotations

import threading

import pytest
import time_machine
from django.core.cache import cache
from django.http import HttpResponse
from django.test import RequestFactory

from apps.common.errors import RateLimited
from apps.common.middleware.rate_limit_headers import RateLimitHeadersMiddleware
from apps.common.rate_limits import give_back, quotas_of, read_rate, spend

NOON = "2026-03-02T12:00:00Z"


@pytest.fixture(autouse=True)
def _limits_on(settings):
    settings.RATE_LIMITS = True
    with time_machine.travel(NOON, tick=False):
        yield


def a_request(address="192.0.2.1"):
    return RequestFactory().get("/", REMOTE_ADDR=address)


def take(request=None, **fields):
    return spend(request or a_request(), **{"group": "tea", "rate": "2/m", **fields})


@pytest.mark.parametrize(("rate", "meaning"), [("5/m", (5, 60)), ("100/10m", (100, 600))])
def test_rates_are_a_number_and_seconds(rate, meaning):
    assert read_rate(rate) == meaning


def test_a_budget_ends_and_begins_again():
    take()
    last = take()
    with pytest.raises(RateLimited) as refused:
        take()
    wait = int(refused.value.headers["Retry-After"])
    assert 60 <= wait <= 70  # all of it was spent just now
    assert wait == last.quota.reset
    take(a_request("192.0.2.2"))
    take(group="coffee")
    with time_machine.travel(NOON, tick=False) as clock:
        clock.shift(wait - 1)
        with pytest.raises(RateLimited):
            take()
        clock.shift(1)
        take()


def test_no_minute_sees_more_than_the_limit():
    """Not even the one across the edge between two windows."""
    taken: list[int] = []
    with time_machine.travel(NOON, tick=False) as clock:
        for second in range(0, 200, 2):
            try:
                take(rate="5/m")
                taken.append(second)
            except RateLimited:
                pass
            clock.shift(2)
    assert all(len([one for one in taken if at <= one < at + 60]) <= 5 for at in range(200))
    assert len(taken) > 10


def test_an_ipv6_network_is_one_client():
    take(a_request("2001:db8::1"))
    take(a_request("2001:db8::2"))
    with pytest.raises(RateLimited):
        take(a_request("2001:db8::3"))
    take(a_request("2001:db8:0:1::1"))


def test_ipv4_in_ipv6_is_the_ipv4_client():
    take(a_request("::ffff:192.0.2.1"))
    take(a_request("192.0.2.1"))
    with pytest.raises(RateLimited):
        take(a_request("::ffff:192.0.2.1"))
    take(a_request("::ffff:192.0.2.2"))


def test_what_is_given_back_can_be_spent_again():
    take()
    give_back([take(), None])
    take()
    with pytest.raises(RateLimited):
        take()


def test_a_refusal_takes_nothing():
    take(amount=2)
    for _ in range(5):
        with pytest.raises(RateLimited):
            take()
    give_back([take(group="other")])


def test_several_at_once_may_end_a_budget_but_not_begin_behind_it():
    take()
    take(amount=5)
    with pytest.raises(RateLimited):
        take(amount=5)


def test_a_hundred_at_once_get_what_is_there():
    got: list[bool] = []
    ready = threading.Barrier(100)

    def run():
        ready.wait()
        try:
            take(rate="7/m")
            got.append(True)
        except RateLimited:
            got.append(False)

    threads = [threading.Thread(target=run) for _ in range(100)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert got.count(True) == 7


def test_a_cache_that_is_away_refuses_nobody(monkeypatch):
    def away(*args, **kwargs):
        raise ConnectionError("cache")

    monkeypatch.setattr(cache, "incr", away)
    assert take() is None


def test_off_means_off(settings):
    settings.RATE_LIMITS = False
    request = a_request()
    assert [take(request) for _ in range(3)] == [None, None, None]
    assert quotas_of(request) == []


def test_every_answer_tells_what_is_left():
    def view(request):
        take(request, group="tea", rate="5/m")
        take(request, group="cake", rate="2/h", key="jo@example.com")
        return HttpResponse()

    response = RateLimitHeadersMiddleware(view)(a_request())
    assert response["RateLimit-Policy"] == '"tea";q=5;w=60, "cake";q=2;w=3600'
    tea, cake = response["RateLimit"].split(", ")
    assert tea.startswith('"tea";r=4;t=')
    assert cake.startswith('"cake";r=1;t=')
    # For clients that know one budget: the one nearest to its end.
    assert (response["X-RateLimit-Limit"], response["X-RateLimit-Remaining"]) == ("2", "1")
    assert 3600 <= int(response["X-RateLimit-Reset"]) <= 4200


def test_answers_that_spent_nothing_say_nothing():
    response = RateLimitHeadersMiddleware(lambda request: HttpResponse())(a_request())
    assert not [name for name in response.headers if "ratelimit" in name.lower()]
