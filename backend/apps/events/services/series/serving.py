"""Who serves the occurrences of a series: the same hosts for all of them, where that can be.

In a round robin the host whose turn it is at the first occurrence serves all, if free for all; else
the next in turn who is. Where nobody is free for all, the host who is free for most serves those,
and so on with the rest; of several it is whose turn comes first.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from uuid import UUID

from apps.events.models import Kind
from apps.events.selectors.offers import Offer
from apps.events.selectors.series.judging import Judged
from apps.events.services.bookings.host_choice import explain_choice
from apps.events.services.bookings.serving import Serving, rank_rotating, required_hosts


def find_series_serving(
    offer: Offer, judged: Sequence[Judged], *, among: Collection[UUID]
) -> list[Serving] | None:
    """The hosts of each occurrence; None when one has no free host `among` those who are locked.

    Under the organizer's lock, so that the counts behind the choice stand. One query in a round
    robin.
    """
    if offer.kind != Kind.ROUND_ROBIN:
        return [Serving(tuple(h for h in offer.host_ids if h in one.hosts), {}) for one in judged]
    rotating = {host.id for host in offer.hosts if not host.required}
    able = [{host for host in one.hosts if host in rotating and host in among} for one in judged]
    if not all(able):
        return None
    ranking = rank_rotating(offer, start=judged[0].start)
    turns = [standing.candidate.id for standing in ranking]
    required = required_hosts(offer)
    chosen: dict[int, Serving] = {}
    while len(chosen) < len(able):
        left = [number for number in range(len(able)) if number not in chosen]
        host = max(turns, key=lambda one: sum(one in able[number] for number in left))
        served = [number for number in left if host in able[number]]
        explanation = explain_choice(ranking, chosen=host, free=able[served[0]])
        serving = Serving((host, *required), {**explanation, "occurrences": len(served)})
        chosen |= dict.fromkeys(served, serving)
    return [chosen[number] for number in range(len(able))]
