"""Rate limits: budgets of a client, an address or a thing, counted in the cache.

A window slides in sixths: what was spent counts for its length and up to a sixth more, so that no
stretch of that length ever sees more than the limit, as it would across the edge of a fixed one.
What is spent can be given back, so that a limit on what was done counts only that: a caller takes
its part first, whatever becomes of it, and a hundred calls at once cannot all pass one look.
Every answer to a call that spent something tells what is left
(`apps.common.middleware.rate_limit_headers`). Off when RATE_LIMITS is off.
"""

from __future__ import annotations

import hashlib
import time
import zlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from ipaddress import ip_address, ip_network

import structlog
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

from apps.common.errors import RateLimited

logger = structlog.get_logger(__name__)

_UNIT_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
_PARTS = 6
_KEPT_LONGER = 5
"""Seconds that a counter outlives its use: clocks of several servers differ a little."""


@dataclass(frozen=True, slots=True)
class Quota:
    """A budget as its last use left it: `limit` in `window` seconds, `reset` until some comes back."""

    name: str
    limit: int
    window: int
    used: int
    reset: int

    @property
    def left(self) -> int:
        """How much can still be spent now."""
        return max(0, self.limit - self.used)


@dataclass(frozen=True, slots=True)
class Spent:
    """What was taken from one budget, and can be given back."""

    quota: Quota
    key: str
    amount: int


def client_ip(request: HttpRequest) -> str:
    """The client's address; X-Forwarded-For counts only behind a trusted proxy.

    Read from the right: the first address that is not a trusted proxy of ours is the client.
    Behind a unix socket REMOTE_ADDR is empty; that counts as a trusted proxy.
    """
    remote = request.META.get("REMOTE_ADDR", "")
    if remote and not _is_trusted(remote):
        return remote
    hops = [hop.strip() for hop in request.headers.get("X-Forwarded-For", "").split(",")]
    for hop in reversed(hops):
        if hop and not _is_trusted(hop):
            try:
                return str(ip_address(hop))
            except ValueError:
                break
    return remote or "0.0.0.0"  # noqa: S104 (a label, not an address to bind)


def client_key(request: HttpRequest) -> str:
    """Whose budget a request spends."""
    return network_key(client_ip(request))


def network_key(address: str) -> str:
    """What network addresses of one client have in common: an IPv6 network counts as one.

    It has addresses without end. IPv4 in an IPv6 one is IPv4; what is no address is its own key.
    """
    try:
        parsed = ip_address(address)
        if parsed.version == 4:
            return str(parsed)
        mapped = parsed.ipv4_mapped
        return str(mapped or ip_network(f"{address}/64", strict=False))
    except ValueError:
        return address


def spend(
    request: HttpRequest,
    *,
    group: str,
    rate: str,
    key: str | None = None,
    amount: int = 1,
    whose: str = "from your address",
) -> Spent | None:
    """Take `amount` from the budget `group` of `key`, the client's unless told; `rate` as "5/m".

    `whose` says of a refusal what there was too much of.

    Something must be left; the last part may be more than that, so that nobody is kept from what
    takes several at once. Raises `RateLimited` with Retry-After in seconds; then nothing is taken.
    None while limits are off or the cache is away: no limit is worth refusing everybody.
    """
    if not settings.RATE_LIMITS:
        return None
    limit, window = read_rate(rate)
    owner = client_key(request) if key is None else key
    counter = _Counter.of(group, rate, owner, window)
    try:
        used, reset = counter.add(amount)
    except Exception:
        logger.exception("rate_limit_not_counted", group=group)
        return None
    spent = Spent(Quota(group, limit, window, used, reset), counter.key, amount)
    if used - amount >= limit:
        give_back([spent])
        _tell(request, replace(spent.quota, used=limit))
        raise RateLimited(
            f"Too many requests {whose}. Try again in {reset} seconds.",
            headers={"Retry-After": str(reset)},
        )
    _tell(request, spent.quota)
    return spent


def give_back(spent: Iterable[Spent | None], *, request: HttpRequest | None = None) -> None:
    """Undo what `spend` took, because nothing came of it; with `request`, its answer tells so."""
    for one in spent:
        if one is None:
            continue
        try:
            cache.decr(one.key, one.amount)
        except ValueError:
            continue  # its window is over
        except Exception:
            logger.exception("rate_limit_not_given_back", group=one.quota.name)
            continue
        if request is not None:
            _tell(request, replace(one.quota, used=one.quota.used - one.amount))


def quotas_of(request: HttpRequest) -> list[Quota]:
    """The budgets that this request has spent from or met, each as it was left."""
    found: dict[str, Quota] = getattr(request, "rate_quotas", {})
    return list(found.values())


def read_rate(rate: str) -> tuple[int, int]:
    """Number and seconds of a rate such as "5/m" or "100/10m"."""
    count, _, period = rate.partition("/")
    return int(count), int(period[:-1] or 1) * _UNIT_SECONDS[period[-1]]


def _tell(request: HttpRequest, quota: Quota) -> None:
    quotas = getattr(request, "rate_quotas", {})
    request.rate_quotas = {**quotas, quota.name: quota}  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class _Counter:
    """The counters of one budget: one for each part of its window, the present one `at`."""

    name: str
    at: int
    now: int
    part: int
    parts: int

    @classmethod
    def of(cls, group: str, rate: str, owner: str, window: int) -> _Counter:
        """Parts of different owners begin at different instants: nothing comes in waves."""
        name = hashlib.sha256(f"{group}:{rate}:{owner}".encode()).hexdigest()
        part = max(1, window // _PARTS)
        now = int(time.time()) + zlib.crc32(name.encode()) % part
        return cls(name, now // part, now, part, -(-window // part))

    @property
    def key(self) -> str:
        """The cache key of the present part."""
        return self._key(self.at)

    def add(self, amount: int) -> tuple[int, int]:
        """Count; what is used of the window with it, and the seconds until some comes back.

        The present part is counted up before it is looked at, and the former ones stand, so that
        of many at once each gets a number of its own.
        """
        seconds = (self.parts + 2) * self.part + _KEPT_LONGER
        cache.add(self.key, 0, timeout=seconds)
        try:
            present = int(cache.incr(self.key, amount))
        except ValueError:  # it was dropped between the two
            cache.set(self.key, amount, timeout=seconds)
            present = amount
        former = range(self.at - self.parts, self.at)
        found = cache.get_many([self._key(part) for part in former])
        counts = [int(found.get(self._key(part), 0)) for part in former]
        oldest = next((part for part, count in zip(former, counts, strict=True) if count), self.at)
        return present + sum(counts), (oldest + self.parts + 1) * self.part - self.now

    def _key(self, part: int) -> str:
        return f"rate:{self.name}:{part}"


def _is_trusted(address: str) -> bool:
    try:
        parsed = ip_address(address)
    except ValueError:
        return False
    return any(parsed in network for network in settings.TRUSTED_PROXIES)
