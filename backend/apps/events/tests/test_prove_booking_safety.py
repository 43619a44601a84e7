"""`manage.py prove_booking_safety`: its short form, its findings and its exit status."""

from __future__ import annotations

import re

import pytest
from django.core.management import CommandError, call_command

from apps.events.management.commands.prove_booking_safety import Command
from apps.events.models import Booking, Occupancy
from tests.cast import at, book, make_event_type, make_host


def exit_status(*args: str) -> int:
    with pytest.raises(SystemExit) as ended:
        call_command("prove_booking_safety", *args)
    return int(ended.value.code)


@pytest.mark.processes
@pytest.mark.django_db(transaction=True)
def test_the_short_form_finds_nothing_and_leaves_the_live_tables_alone(capsys):
    book(make_event_type(make_host()), at(10))
    call_command("prove_booking_safety", "--seconds", "3", "--workers", "3")
    told = capsys.readouterr()
    attempts = re.search(r"(\d+) attempts by 3 workers in 3 s: (\d+) accepted", told.out)
    assert int(attempts[1]) >= int(attempts[2]) > 0
    assert "Live tables: 1 bookings, 1 occupancies" in told.out
    assert told.out.rstrip().endswith("0 violations.")
    assert told.err == ""
    assert Booking.objects.count() == 1


@pytest.mark.django_db
def test_a_finding_in_the_live_tables_ends_with_status_1(capsys):
    book(make_event_type(make_host()), at(10))
    Occupancy.objects.all().delete()
    assert exit_status("--audit-only") == 1
    told = capsys.readouterr()
    assert f"live booking without time: booking {Booking.objects.get().pk}" in told.err


@pytest.mark.parametrize(
    ("args", "cure"),
    [
        (["--seconds", "0"], "from 1 to 3600"),
        (["--seconds", "soon"], "from 1 to 3600"),
        (["--workers", "33"], "from 1 to 32"),
        (["--seed", "-1"], "from 0 to"),
        (["--everything"], "unrecognized"),
    ],
)
def test_bad_arguments_end_with_status_2(capsys, args, cure):
    parser = Command().create_parser("manage.py", "prove_booking_safety")
    parser.called_from_command_line = True
    with pytest.raises(SystemExit) as ended:
        parser.parse_args(args)
    assert ended.value.code == 2
    assert cure in capsys.readouterr().err


@pytest.mark.django_db
@pytest.mark.parametrize("part", ["set-up", "hammer", "audit"])
def test_nothing_but_a_scratch_database_is_hammered(part):
    with pytest.raises(CommandError) as refused:
        call_command("prove_booking_safety", "--part", part, "--seconds", "1")
    assert refused.value.returncode == 2
    assert not Booking.objects.exists()
