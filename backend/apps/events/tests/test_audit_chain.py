"""The chain of a booking's audit rows: made, sealed, verified, and every way of breaking it found."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from io import StringIO
from unittest.mock import ANY

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st

from apps.events.actors import Actor
from apps.events.audit_chain import (
    canonical_address,
    hash_of,
    new_salt,
    personal_hash_of,
    without_personal,
)
from apps.events.models import AuditAction, AuditSeal, Booking, BookingAuditLog
from apps.events.models.audit import ActorType
from apps.events.services.audit import (
    seal_audit_rows,
    verify_audit,
    verify_booking_audit,
)
from apps.events.services.bookings import update_booking
from apps.events.services.bookings.audit import record
from tests.cast import JONAS, NOW, at, book, make_event_type, make_host
from tests.races import run_at_once

pytestmark = pytest.mark.django_db


def change_notes(booking, *notes):
    for text in notes:
        update_booking(booking=booking, changes={"notes": text}, actor=JONAS, now=NOW)


@pytest.fixture
def pair(intro):
    """Two bookings with chains of three rows each, written in turns."""
    first, second = book(intro, at(10)), book(intro, at(11))
    for text in ("one", "two"):
        change_notes(first, text)
        change_notes(second, text)
    return first, second


def rows_of(booking):
    return list(BookingAuditLog.objects.filter(booking=booking).order_by("sequence"))


def sql(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(f"{statement}".replace("%t", "events_bookingauditlog"), values)


def key(booking):
    return Booking._meta.pk.get_db_prep_value(booking.pk, connection)


def first_flaw():
    done = verify_audit()
    assert not done.is_whole
    flaw = done.first_flaws[0]
    return flaw.booking_id, flaw.sequence, flaw.row_id, flaw.problem


def command(*arguments):
    """Exit status and both outputs."""
    out, err = StringIO(), StringIO()
    try:
        call_command("verify_audit", *arguments, stdout=out, stderr=err, no_color=True)
    except SystemExit as exit:
        return exit.code, out.getvalue(), err.getvalue()
    return 0, out.getvalue(), err.getvalue()


def test_chains_are_whole_before_and_after_sealing(pair):
    for sealed in (0, 6):
        done = verify_audit()
        assert (done.is_whole, done.bookings, done.rows, done.sealed_rows) == (True, 2, 6, sealed)
        seal_audit_rows(now=NOW, batch=4)
    assert list(AuditSeal.objects.order_by("id").values_list("rows", flat=True)) == [4, 2]
    assert verify_booking_audit(booking_id=pair[0].pk).is_whole
    code, told, _ = command()
    assert code == 0
    assert "2 bookings, 6 rows; 6 rows in 2 seals, 0 not sealed yet." in told
    assert AuditSeal.objects.order_by("id").last().hash in told


def test_a_row_committed_late_with_a_smaller_id_is_sealed_by_a_later_batch(pair):
    late = rows_of(pair[1])[-1]
    sql("DELETE FROM %t WHERE id = %s", late.pk)
    change_notes(pair[0], "three")
    assert seal_audit_rows(now=NOW) == 6
    late.save(force_insert=True)
    assert seal_audit_rows(now=NOW) == 1
    assert verify_audit().is_whole
    assert AuditSeal.objects.last().last_row < AuditSeal.objects.first().last_row


@pytest.mark.parametrize("sealed", [False, True])
@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("description", "Nothing happened"),
        ("action", "booking_cancelled"),
        ("actor_type", "system"),
        ("metadata", '{"a": 1}'),
        ("created_at", datetime(2020, 1, 1, tzinfo=UTC)),
        ("new_values", '{"status": "confirmed"}'),
        ("personal_hash", "0" * 64),
        ("hash", "0" * 64),
    ],
)
def test_a_changed_row_is_named(pair, column, value, sealed):
    if sealed:
        seal_audit_rows(now=NOW)
    row = rows_of(pair[1])[1]
    sql(f"UPDATE %t SET {column} = %s WHERE id = %s", value, row.pk)
    assert first_flaw() == (str(pair[1].pk), 2, row.pk, ANY)
    assert not verify_booking_audit(booking_id=pair[1].pk).is_whole
    assert verify_booking_audit(booking_id=pair[0].pk).is_whole


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("actor_name", "Somebody Else"),
        ("actor_email", ""),
        ("ip_address", "192.0.2.9"),
        ("user_agent", "curl"),
        ("new_values", '{"notes": "never said"}'),
        ("salt", "0" * 32),
    ],
)
def test_a_changed_personal_value_is_named(pair, column, value):
    row = rows_of(pair[0])[2]
    sql(f"UPDATE %t SET {column} = %s WHERE id = %s", value, row.pk)
    assert first_flaw()[:3] == (str(pair[0].pk), 3, row.pk)


def test_personal_values_cannot_be_changed_under_the_pretence_of_erasing(pair):
    row = rows_of(pair[0])[0]
    sql("UPDATE %t SET actor_name = %s, salt = '' WHERE id = %s", "Else", row.pk)
    assert "lost its salt" in first_flaw()[3]
    sql("UPDATE %t SET erased_at = created_at WHERE id = %s", row.pk)
    assert "though they were erased" in first_flaw()[3]


def test_erased_personal_values_break_nothing(pair):
    row = rows_of(pair[0])[1]
    row.actor_email = row.actor_name = row.user_agent = row.salt = ""
    row.ip_address, row.erased_at = None, NOW
    row.old_values = without_personal(row.old_values)
    row.new_values = without_personal(row.new_values)
    row.save()
    assert verify_audit().is_whole
    seal_audit_rows(now=NOW)
    assert verify_audit().is_whole


@pytest.mark.parametrize("sealed", [False, True])
def test_a_row_deleted_from_the_middle_is_named(pair, sealed):
    if sealed:
        seal_audit_rows(now=NOW)
    row = rows_of(pair[0])[1]
    sql("DELETE FROM %t WHERE id = %s", row.pk)
    assert first_flaw()[:3] == (str(pair[0].pk), 2, None)


def test_a_row_cannot_be_taken_out_by_numbering_the_rest_again(pair):
    first, gone, last = rows_of(pair[0])
    sql("DELETE FROM %t WHERE id = %s", gone.pk)
    last.sequence, last.previous_hash = 2, first.hash
    last.hash = hash_of(last)
    last.save()
    # Unsealed, nothing is left to tell; that is why seals come every few minutes.
    assert verify_audit().is_whole


def test_a_sealed_chain_cannot_be_made_anew(pair):
    seal_audit_rows(now=NOW)
    previous = ""
    for row in rows_of(pair[0]):
        row.description, row.previous_hash = "Rewritten", previous
        row.hash = previous = hash_of(row)
        row.save()
    assert first_flaw()[:3] == (str(pair[0].pk), 3, rows_of(pair[0])[2].pk)
    assert not verify_booking_audit(booking_id=pair[0].pk).is_whole


def test_a_deleted_tail_is_named_once_it_was_sealed(pair):
    seal_audit_rows(now=NOW)
    sql("DELETE FROM %t WHERE booking_id = %s AND sequence = 3", key(pair[1]))
    assert first_flaw()[:2] == (str(pair[1].pk), 3)
    assert not verify_booking_audit(booking_id=pair[1].pk).is_whole
    assert verify_booking_audit(booking_id=pair[0].pk).is_whole


@pytest.mark.parametrize("sealed", [False, True])
def test_a_deleted_chain_is_named(pair, sealed):
    if sealed:
        seal_audit_rows(now=NOW)
    sql("DELETE FROM %t WHERE booking_id = %s", key(pair[0]))
    assert first_flaw()[:2] == (str(pair[0].pk), 1)
    assert not verify_booking_audit(booking_id=pair[0].pk).is_whole


def test_a_chain_deleted_with_its_booking_is_named(pair):
    seal_audit_rows(now=NOW)
    sql("DELETE FROM %t WHERE booking_id = %s", key(pair[0]))
    sql("DELETE FROM events_occupancy WHERE booking_id = %s", key(pair[0]))
    sql("DELETE FROM events_booking WHERE id = %s", key(pair[0]))
    assert first_flaw()[:2] == (str(pair[0].pk), 3)
    assert not verify_booking_audit(booking_id=pair[0].pk).is_whole


def insert_copy(row, **changes):
    copy = BookingAuditLog.objects.get(pk=row.pk)
    copy.pk = None
    for name, value in changes.items():
        setattr(copy, name, value)
    copy.save(force_insert=True)
    return copy


def test_an_inserted_row_is_named(pair):
    last = rows_of(pair[0])[-1]
    made_up = insert_copy(last, sequence=4)
    assert first_flaw()[:3] == (str(pair[0].pk), 4, made_up.pk)


def test_a_row_put_into_a_seal_is_named(pair):
    seal_audit_rows(now=NOW)
    seal = AuditSeal.objects.get()
    change_notes(pair[0], "three")
    row = rows_of(pair[0])[-1]
    sql("UPDATE %t SET seal_id = %s WHERE id = %s", seal.pk, row.pk)
    assert first_flaw()[:3] == (str(pair[0].pk), 4, row.pk)


def test_a_row_taken_out_of_its_seal_is_named(pair):
    seal_audit_rows(now=NOW)
    row = rows_of(pair[0])[1]
    sql("UPDATE %t SET seal_id = NULL WHERE id = %s", row.pk)
    assert first_flaw()[:3] == (str(pair[0].pk), 2, row.pk)


def test_reordered_rows_are_named(pair):
    _, second, third = rows_of(pair[0])
    for sequence, row in ((99, second), (2, third), (3, second)):
        sql("UPDATE %t SET sequence = %s WHERE id = %s", sequence, row.pk)
    assert first_flaw()[:3] == (str(pair[0].pk), 2, third.pk)


def test_rows_swapped_between_bookings_are_named(pair):
    ours, theirs = rows_of(pair[0])[1], rows_of(pair[1])[1]
    sql("UPDATE %t SET sequence = 99 WHERE id = %s", ours.pk)
    sql("UPDATE %t SET booking_id = %s WHERE id = %s", key(pair[0]), theirs.pk)
    sql("UPDATE %t SET booking_id = %s, sequence = 2 WHERE id = %s", key(pair[1]), ours.pk)
    done = verify_audit()
    named = {(flaw.booking_id, flaw.sequence, flaw.row_id) for flaw in done.first_flaws}
    assert named == {(str(pair[0].pk), 2, theirs.pk), (str(pair[1].pk), 2, ours.pk)}


def test_changed_and_deleted_seals_are_named(pair):
    seal_audit_rows(now=NOW, batch=2)
    first, middle, last = AuditSeal.objects.order_by("id")
    AuditSeal.objects.filter(pk=middle.pk).update(sealed_at=NOW + timedelta(days=1))
    assert [(flaw.seal_id, flaw.problem) for flaw in verify_audit().first_flaws] == [
        (middle.pk, "was changed")
    ]
    BookingAuditLog.objects.filter(seal=middle).update(seal=first)
    sql("DELETE FROM events_auditseal WHERE id = %s", middle.pk)
    assert last.pk in {flaw.seal_id for flaw in verify_audit().first_flaws}


def test_a_noted_head_tells_that_the_last_seals_are_gone(pair):
    seal_audit_rows(now=NOW)
    noted = AuditSeal.objects.get().hash
    assert command("--seal", noted)[0] == 0
    BookingAuditLog.objects.update(seal=None)
    AuditSeal.objects.all().delete()
    assert verify_audit().is_whole
    code, _, told = command("--seal", noted)
    assert (code, noted in told) == (1, True)


def test_the_command_names_the_row_and_ends_with_1(pair):
    row = rows_of(pair[1])[1]
    sql("UPDATE %t SET description = %s WHERE id = %s", "x", row.pk)
    for arguments in ((), ("--booking", str(pair[1].pk))):
        code, _, told = command(*arguments)
        assert code == 1
        assert f"booking {pair[1].pk}, row 2, id {row.pk}: was changed" in told
    assert command("--booking", str(pair[0].pk))[0] == 0


def test_bad_arguments_end_with_2(db):
    for arguments in (["--booking", "nonsense"], ["--seal", "abc"], ["--booking", "0" * 32]):
        with pytest.raises(CommandError) as refused:
            call_command("verify_audit", *arguments, stdout=StringIO(), stderr=StringIO())
        assert getattr(refused.value, "returncode", 2) in (1, 2)
    with pytest.raises(CommandError) as refused:
        call_command("verify_audit", "--booking", "0" * 32)
    assert refused.value.returncode == 2


def test_memory_does_not_grow_with_the_rows(pair, django_assert_max_num_queries):
    """Rows are read in portions: of 2,500 rows in three."""
    actor = Actor(ActorType.SYSTEM)
    for number in range(2500):
        record(pair[0], AuditAction.UPDATED, actor=actor, now=NOW, new={"capacity": number})
    seal_audit_rows(now=NOW)
    with django_assert_max_num_queries(20):
        done = verify_audit()
    assert (done.is_whole, done.rows, done.seals) == (True, 2506, 3)


TEXT = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=20)
NUMBERS = st.integers() | st.floats(allow_nan=False, allow_infinity=False)
VALUES = st.recursive(
    st.none() | st.booleans() | NUMBERS | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=12,
)
INSTANTS = st.datetimes(
    datetime(1990, 1, 1), datetime(2090, 1, 1), timezones=st.sampled_from([UTC])
)


# Each example adds a row to one booking, whatever the ones before have added.
@examples(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    values=st.dictionaries(TEXT, VALUES, max_size=4),
    metadata=st.dictionaries(TEXT, VALUES, max_size=4),
    address=st.none()
    | st.ip_addresses().map(str)
    | st.ip_addresses(v=6).map(lambda ip: ip.exploded),
    agent=st.text(max_size=600),
    name=TEXT,
    created=INSTANTS,
)
def test_a_row_read_back_has_the_hashes_it_was_written_with(
    any_booking, values, metadata, address, agent, name, created
):
    record(
        any_booking,
        AuditAction.UPDATED,
        actor=Actor(ActorType.INVITEE, name, "a@example.com", address, agent),
        now=created,
        old=values,
        new={"status": "confirmed", "capacity": 3, **values},
        metadata=metadata,
    )
    row = BookingAuditLog.objects.order_by("-id").first()
    assert (hash_of(row), personal_hash_of(row)) == (row.hash, row.personal_hash)


@pytest.fixture(params=["::ffff:192.0.2.1", "2001:DB8::0001", "0:0:0:0:0:0:0:1"])
def odd_address(request):
    return request.param


def test_each_notation_of_an_address_verifies(pair, odd_address):
    actor = Actor(ActorType.INVITEE, "J", "j@example.com", odd_address, "agent")
    update_booking(booking=pair[0], changes={"notes": "again"}, actor=actor, now=NOW)
    assert verify_audit().is_whole


@pytest.fixture
def any_booking(intro):
    return book(intro, at(10))


def test_salts_differ_and_hide_what_they_cover(pair):
    salts = set(BookingAuditLog.objects.values_list("salt", flat=True))
    hashes = set(BookingAuditLog.objects.values_list("personal_hash", flat=True))
    assert (len(salts), len(hashes), len(new_salt())) == (6, 6, 32)


@pytest.mark.django_db(transaction=True)
def test_two_sweepers_at_once_make_one_chain_of_seals():
    intro = make_event_type(make_host())
    for number in range(6):
        book(intro, at(9 + number))
    assert (
        run_at_once(*[lambda: seal_audit_rows(now=NOW, batch=2)] * 4, done="done", refused={})
        == ["done"] * 4
    )
    seal_audit_rows(now=NOW)
    done = verify_audit()
    assert (done.is_whole, done.sealed_rows) == (True, 6)


def test_json_text_of_values_may_differ(pair):
    """Order and spacing of what a database keeps say nothing; SQLite keeps the text as it is."""
    row = rows_of(pair[0])[1]
    text = json.dumps(dict(reversed(list(row.new_values.items()))), indent=3)
    sql("UPDATE %t SET new_values = %s WHERE id = %s", text, row.pk)
    assert verify_audit().is_whole


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        ("::ffff:192.0.2.1", "::ffff:192.0.2.1"),
        ("::ffff:c000:201", "::ffff:192.0.2.1"),
        ("2001:DB8:0::1", "2001:db8::1"),
        ("192.0.2.1", "192.0.2.1"),
        ("", None),
        (None, None),
    ],
)
def test_an_address_has_one_notation_whatever_writes_it(written, canonical):
    """Releases of Python differ in the first two: a chain must verify after an upgrade too."""
    assert canonical_address(written) == canonical
