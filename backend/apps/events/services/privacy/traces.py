"""What the machinery keeps of somebody beside their booking: mails, stored answers, codes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, TextField
from django.db.models.functions import Cast

from apps.common.idempotency import KEPT
from apps.common.models import IdempotencyRecord, OutboxRow
from apps.common.outbox.operations import drop_effects, erase_payloads, replace_payloads
from apps.events.erased import ERASED
from apps.events.models import EmailCode

_LINES = ("mail:{id}:", "mail:series:{id}:", "waiting:{id}:")
"""How the keys begin of what is sent about a booking or a seat, a series, somebody who waits."""


_AT_ONCE = 100
"""Ids that one query asks for: SQLite takes no more than a thousand conditions."""


def find_mails(ids: Iterable[UUID]) -> list[OutboxRow]:
    """The effects that tell of these bookings, attendees, series or waits, by the keys that their
    mails are given, oldest first. A query for every hundred.
    """
    asked = list(dict.fromkeys(ids))
    found: dict[int, OutboxRow] = {}
    for first in range(0, len(asked), _AT_ONCE):
        lines = Q()
        for id in asked[first : first + _AT_ONCE]:
            for line in _LINES:
                lines |= Q(idempotency_key__startswith=line.format(id=id))
        found |= {row.pk: row for row in OutboxRow.objects.filter(lines)}
    return [found[pk] for pk in sorted(found)]


def find_mails_to(ids: Iterable[UUID], *, attendee_id: UUID | None = None) -> list[OutboxRow]:
    """Of these the ones to the invitee, or to that attendee, oldest first."""
    return [row for row in find_mails(ids) if _is_to(row.payload, attendee_id)]


def _is_to(payload: Mapping[str, Any], attendee_id: UUID | None) -> bool:
    if payload.get("audience", "invitee") != "invitee":
        return False
    notice = payload.get("notice") or {}
    return attendee_id is None or notice.get("attendee_id") == str(attendee_id)


def erase_mails(
    ids: Collection[UUID],
    *,
    names: frozenset[str],
    markers: frozenset[str],
    attendee_id: UUID | None = None,
) -> None:
    """Forget what mails about these bookings or waits say of somebody.

    Mails to them that have not left are dropped. Of those to others that have not, what names
    the person is taken out. Of the rest nothing is kept but that there was a mail.
    """
    own, waiting, past = [], {}, []
    for row in find_mails(ids):
        if row.is_over:
            past.append(row.pk)
        elif _is_to(row.payload, attendee_id):
            own.append(row.pk)
        elif row.payload.get("audience", "invitee") != "invitee":
            about = (row.payload.get("notice") or {}).get("attendee_id")
            told = _TOLD if attendee_id is None or about == str(attendee_id) else {}
            waiting[row.pk] = scrubbed(row.payload, names=names, markers=markers, told=told)
    drop_effects(ids=own, by="the erasure of personal data")
    erase_payloads(ids=[*own, *past])
    replace_payloads(waiting)


def forget_past_mails(ids: Iterable[UUID]) -> None:
    """Keep nothing of mails about these that have left but that there were some."""
    erase_payloads(ids=[row.pk for row in find_mails(ids) if row.is_over])


_UNKNOWN: Mapping[str, Any] = {
    "name": ERASED,
    "email": "",
    "phone": "",
    "timezone": "UTC",
    "locale": "en",
}
_TOLD: Mapping[str, Any] = {"answers": [], "notes": "", "cancellation_reason": ""}
"""What invitees tell; gone whatever it says."""
_OUR_SIDE = frozenset({"organizer", "host", "co_hosts", "reader"})
"""Who the mail is from and to: an invitee may have typed any name or address, theirs too."""
_NAMES = frozenset({"name", "actor_name"})
_TELLING = 16
"""Letters of a text that nothing else holds by chance: a link's key. A shorter one ("e", "https")
stands in dates, addresses and ids, and whoever typed it could spoil mails about others with it."""


def scrubbed(
    value: Any,
    *,
    names: frozenset[str],
    markers: frozenset[str],
    told: Mapping[str, Any] = _TOLD,
) -> Any:
    """What a mail to others says, without what names somebody or is told by them.

    Their name is `ERASED`; a text in which their address or the key of their link stands is empty.
    People who have another address stay as they are, whatever they are called. Give as `markers`
    nothing that somebody may have written as they liked, such as notes.
    """
    if isinstance(value, str):
        folded = value.casefold()
        found = any(_is_telling(marker) and marker in folded for marker in markers - names)
        return "" if found else value
    if isinstance(value, dict):
        address = str(value.get("email") or "").casefold()
        if address and address not in markers:
            return value
        known = _UNKNOWN if address else told

        def member(name: str, one: Any) -> Any:
            if name in known:
                return known[name]
            if name in _OUR_SIDE:
                return one
            if name in _NAMES and isinstance(one, str) and one.casefold() in names:
                return ERASED
            return scrubbed(one, names=names, markers=markers, told=told)

        return {name: member(name, one) for name, one in value.items()}
    if isinstance(value, list):
        return [scrubbed(one, names=names, markers=markers, told=told) for one in value]
    return value


def _is_telling(marker: str) -> bool:
    return "@" in marker or len(marker) >= _TELLING


def without_answers(value: Any) -> Any:
    """JSON without what was answered to questions."""
    if isinstance(value, dict):
        return {
            name: [] if name == "answers" else without_answers(one) for name, one in value.items()
        }
    return [without_answers(one) for one in value] if isinstance(value, list) else value


def erase_stored_answers(texts: Collection[str], *, now: datetime) -> None:
    """Forget the answers to repeated calls in which one of these ids or links stands.

    The key stays used: the same call made again is refused, not carried out again.
    """
    recent = IdempotencyRecord.objects.filter(created_at__gte=now - KEPT)
    named = Q(pk__in=[])
    for text in texts:
        named |= Q(text__contains=text)
    rows = recent.annotate(text=Cast("body", TextField())).filter(named)
    ids = list(rows.values_list("pk", flat=True))
    IdempotencyRecord.objects.filter(pk__in=ids).update(body={}, fingerprint="")


def forget_codes(emails: Iterable[str], *, organizer_id: UUID) -> None:
    """Delete the codes that were sent to prove these addresses."""
    for email in emails:
        if email:
            EmailCode.objects.filter(
                email__iexact=email, event_type__organizer_id=organizer_id
            ).delete()
