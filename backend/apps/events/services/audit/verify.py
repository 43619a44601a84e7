"""Verify the chains of audit rows and the seals over them (docs/decisions/0012).

Memory stays constant: rows are read in portions, in the order of bookings and chains, and held one
at a time; of a seal its own rows, a batch, are looked at.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from apps.events.audit_chain import (
    hash_of,
    is_without_personal,
    personal_hash_of,
    seal_hash,
    seal_root,
)
from apps.events.models import AuditSeal, Booking, BookingAuditLog, BookingStatus
from apps.events.models.booking import IS_BOOKED

_PORTION = 1000
_GONE = "is not in the seal any more"
_NOT_AS_SEALED = "is not what was sealed; it, or one before it, was changed"
# A seal is made after the rows in it, by a clock that may be another one.
_CLOCKS_DIFFER = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Flaw:
    """What is broken: a row (its booking, place in the chain and id as far as known) or a seal."""

    problem: str
    booking_id: str = ""
    sequence: int | None = None
    row_id: int | None = None
    seal_id: int | None = None

    def __str__(self) -> str:
        places = {
            "booking": self.booking_id,
            "row": self.sequence,
            "id": self.row_id,
            "seal": self.seal_id,
        }
        where = ", ".join(f"{name} {value}" for name, value in places.items() if value)
        return f"{where}: {self.problem}"


@dataclass(slots=True)
class Verification:
    """What was looked at, and what was found. `head` is the last seal's hash."""

    bookings: int = 0
    rows: int = 0
    sealed_rows: int = 0
    seals: int = 0
    head: str = ""
    first_flaws: list[Flaw] = field(default_factory=list)
    flaws: int = 0

    @property
    def is_whole(self) -> bool:
        """Whether nothing is broken."""
        return self.flaws == 0

    def note(self, flaws: Iterable[Flaw], *, most: int = 20) -> None:
        """Count all, keep the first ones."""
        for flaw in flaws:
            self.flaws += 1
            if len(self.first_flaws) < most:
                self.first_flaws.append(flaw)


def verify_audit() -> Verification:
    """All chains, all seals, and that every booking has rows."""
    done = Verification()
    done.note(_check_chains(BookingAuditLog.objects.all(), done))
    done.note(_find_bookings_without_rows(Booking.objects.filter(IS_BOOKED)))
    done.note(_check_seals(done))
    return done


def verify_booking_audit(*, booking_id: UUID) -> Verification:
    """One booking's chain, and the seals that know it.

    Of the seals before and after these nothing is said: that is `verify_audit`.
    """
    done = Verification()
    done.note(_check_chains(BookingAuditLog.objects.filter(booking_id=booking_id), done))
    booking = Booking.objects.filter(pk=booking_id)
    done.note(_find_bookings_without_rows(booking))
    seals = AuditSeal.objects.filter(heads__has_key=str(booking_id))
    created = booking.values_list("created_at", flat=True).first()
    if created is not None:
        seals = seals.filter(sealed_at__gte=created - _CLOCKS_DIFFER)
    for seal in seals.order_by("id").iterator(chunk_size=10):
        done.seals, done.head = done.seals + 1, seal.hash
        done.note(_check_seal(seal))
        done.note(_check_head_of(seal, booking_id))
    return done


def is_seal_known(hash: str) -> bool:
    """Whether a seal noted elsewhere is still there."""
    return AuditSeal.objects.filter(hash=hash).exists()


def _portions(rows: QuerySet[BookingAuditLog]) -> Iterator[BookingAuditLog]:
    """By booking and sequence, without holding a cursor open between portions."""
    ordered = rows.order_by("booking_id", "sequence")
    last: BookingAuditLog | None = None
    while True:
        portion = ordered
        if last is not None:
            after = Q(booking_id=last.booking_id, sequence__lte=last.sequence)
            portion = ordered.filter(booking_id__gte=last.booking_id).exclude(after)
        count = 0
        for row in portion[:_PORTION]:
            count, last = count + 1, row
            yield row
        if count < _PORTION:
            return


def _check_chains(rows: QuerySet[BookingAuditLog], done: Verification) -> Iterator[Flaw]:
    """At most one flaw per booking: its first."""
    last: BookingAuditLog | None = None
    is_broken = False
    for row in _portions(rows):
        done.rows += 1
        done.sealed_rows += row.seal_id is not None
        if last is None or row.booking_id != last.booking_id:
            done.bookings += 1
            last, is_broken = None, False
        if not is_broken:
            flaw = _flaw_of(row, last)
            if flaw is not None:
                is_broken = True
                yield flaw
        last = row


def _flaw_of(row: BookingAuditLog, last: BookingAuditLog | None) -> Flaw | None:
    booking_id = str(row.booking_id)
    expected = last.sequence + 1 if last else 1
    if row.sequence != expected:
        return Flaw(f"is missing; the next there is row {row.sequence}", booking_id, expected)

    def broken(problem: str) -> Flaw:
        return Flaw(problem, booking_id, row.sequence, row.pk)

    if hash_of(row) != row.hash:
        return broken("was changed, or belongs elsewhere")
    if row.previous_hash != (last.hash if last else ""):
        return broken("does not follow the row before it; one of the two was changed")
    if row.salt:
        if personal_hash_of(row) != row.personal_hash:
            return broken("has other personal values than it was written with")
    elif row.erased_at is None:
        return broken("has lost its salt without having been erased")
    elif not is_without_personal(row):
        return broken("has personal values though they were erased")
    if last is not None and _seal_order(row) < _seal_order(last):
        problem = "is in a later seal than the row after it, or in none"
        return Flaw(problem, booking_id, last.sequence, last.pk)
    return None


def _seal_order(row: BookingAuditLog) -> float:
    return float("inf") if row.seal_id is None else row.seal_id


def _find_bookings_without_rows(bookings: QuerySet[Booking]) -> Iterator[Flaw]:
    """Every booking has rows but the former times of moved ones, and sessions only held so far."""
    rows = BookingAuditLog.objects.filter(booking=OuterRef("pk"))
    empty = Q(capacity__gt=1, attendee_count=0, attendees__isnull=True)
    lonely = (
        bookings.filter(~Exists(rows))
        .exclude(status=BookingStatus.RESCHEDULED)
        .exclude(empty)
        .order_by("id")
    )
    for booking_id in lonely.values_list("pk", flat=True).iterator(chunk_size=_PORTION):
        yield Flaw("is missing; the booking has no rows at all", str(booking_id), 1)


def _check_seals(done: Verification) -> Iterator[Flaw]:
    previous = ""
    for seal in AuditSeal.objects.order_by("id").iterator(chunk_size=10):
        done.seals, done.head = done.seals + 1, seal.hash
        if seal.previous_hash != previous:
            yield Flaw("does not follow the seal before it; one is gone", seal_id=seal.pk)
        previous = seal.hash
        yield from _check_seal(seal)
        yield from _check_rows_of(seal)
    known = AuditSeal.objects.filter(pk=OuterRef("seal_id"))
    sealed = BookingAuditLog.objects.filter(seal__isnull=False)
    for row in sealed.filter(~Exists(known)).order_by("id").iterator(chunk_size=_PORTION):
        yield Flaw("its seal is gone", str(row.booking_id), row.sequence, row.pk, row.seal_id)


def _check_seal(seal: AuditSeal) -> Iterator[Flaw]:
    own = seal_hash(
        root=seal.root,
        rows=seal.rows,
        heads=seal.heads,
        sealed_at=seal.sealed_at,
        previous=seal.previous_hash,
    )
    if own != seal.hash:
        yield Flaw("was changed", seal_id=seal.pk)


def _check_head_of(seal: AuditSeal, booking_id: UUID) -> Iterator[Flaw]:
    """Whether the last row of a booking that the seal knows is there as it was sealed."""
    sequence, hash = seal.heads[str(booking_id)]
    rows = BookingAuditLog.objects.filter(booking_id=booking_id, sequence=sequence)
    row = rows.only("hash", "seal_id").first()
    if row is None or row.seal_id != seal.pk:
        yield Flaw(_GONE, str(booking_id), sequence, row.pk if row else None, seal.pk)
    elif row.hash != hash:
        yield Flaw(_NOT_AS_SEALED, str(booking_id), sequence, row.pk, seal.pk)


def _check_rows_of(seal: AuditSeal) -> Iterator[Flaw]:
    """What is wrong with a seal's rows. Whose rows they were is told by the seal's `heads`."""
    rows = BookingAuditLog.objects.filter(seal=seal).order_by("id")
    missing = dict(seal.heads)
    count, ends, is_broken = 0, [0, 0], False
    for id, booking_id, sequence, hash in rows.values_list(
        "id", "booking_id", "sequence", "hash"
    ).iterator(chunk_size=_PORTION):
        count, ends = count + 1, [ends[0] or id, id]
        head, expected = seal.heads.get(str(booking_id), (0, ""))
        if sequence == head:
            missing.pop(str(booking_id), None)
        if sequence > head or (sequence == head and hash != expected):
            is_broken = True
            yield Flaw(_NOT_AS_SEALED, str(booking_id), sequence, id, seal.pk)
    for booking_id, (sequence, _) in missing.items():
        is_broken = True
        yield Flaw(_GONE, booking_id, sequence, None, seal.pk)
    if is_broken:
        return
    if count != seal.rows:
        yield Flaw(f"has {count} of its {seal.rows} rows", seal_id=seal.pk)
        return
    root = seal_root(rows.values_list("id", "hash").iterator(chunk_size=_PORTION))
    if root != seal.root or ends != [seal.first_row, seal.last_row]:
        yield Flaw("its rows are not those that were sealed, or got other ids", seal_id=seal.pk)
