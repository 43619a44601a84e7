"""Which calendar message a mail carries."""

from __future__ import annotations

from dataclasses import replace

from apps.notifications.notices import Audience, BookingNotice

_NEVER_IN_CALENDARS = frozenset({"requested", "rejected", "expired", "repick"})
"""What is told of a request: nothing of it is in anybody's calendar before it is confirmed."""


def find_enclosed(notice: BookingNotice, audience: Audience) -> BookingNotice | None:
    """What the enclosed calendar message tells; None when the mail carries none.

    A request in the place of an agreed time strikes that one out: it stands no more, and no other
    is agreed yet.
    """
    if notice.kind == "requested" and notice.withdraws_invitation and notice.previous_starts_at:
        former = notice.previous_starts_at
        ends = former + (notice.ends_at - notice.starts_at)
        return replace(notice, kind="cancelled", starts_at=former, ends_at=ends)
    # What could still be answered was a request, whoever is to serve it or has withdrawn it.
    is_request = notice.kind in _NEVER_IN_CALENDARS or notice.answer_by is not None
    return None if is_request else notice
