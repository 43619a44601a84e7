"""Rate limits by client address, through django-ratelimit; off when RATE_LIMITS is off."""

from __future__ import annotations

from ipaddress import ip_address, ip_network

import structlog
from django.conf import settings
from django.http import HttpRequest
from django_ratelimit.core import get_usage

from apps.common.errors import RateLimited

logger = structlog.get_logger(__name__)

_UNIT_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400}


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


def _is_trusted(address: str) -> bool:
    try:
        parsed = ip_address(address)
    except ValueError:
        return False
    return any(parsed in network for network in settings.TRUSTED_PROXIES)


def _window(rate: str) -> int:
    """The seconds of a rate such as "5/m" or "100/10m"."""
    period = rate.partition("/")[2]
    return int(period[:-1] or 1) * _UNIT_SECONDS[period[-1]]


def _budget_of(group: str, request: HttpRequest) -> str:
    """Whose budget a request spends: an IPv6 network counts as one, it has addresses without end."""
    client = client_ip(request)
    try:
        is_v6 = ip_address(client).version == 6
    except ValueError:
        is_v6 = False
    return str(ip_network(f"{client}/64", strict=False)) if is_v6 else client


def count_use(request: HttpRequest, *, group: str, rate: str) -> None:
    """Count what was done already: it never refuses, and a cache that is away is only logged."""
    try:
        spend(request, group=group, rate=rate)
    except RateLimited:
        return
    except Exception:
        logger.exception("rate_limit_not_counted", group=group)


def spend(request: HttpRequest, *, group: str, rate: str, count: bool = True) -> None:
    """Take one from the client's budget of `group`; `rate` such as "5/m".

    With `count=False` it only looks whether anything is left. Raises `RateLimited` with
    Retry-After in seconds.
    """
    if not settings.RATE_LIMITS:
        return
    usage = get_usage(
        request,
        group=group,
        key=_budget_of,
        rate=rate,
        increment=count,
    )
    if usage is None:
        return
    over = usage["should_limit"] or (not count and usage["count"] >= usage["limit"])
    if over:
        wait = max(1, int(usage["time_left"]))
        raise RateLimited(
            f"Too many requests from your address. Try again in {wait} seconds.",
            headers={
                "Retry-After": str(wait),
                "RateLimit": f'"{group}";r=0;t={wait}',
                "RateLimit-Policy": f'"{group}";q={usage["limit"]};w={_window(rate)}',
            },
        )
