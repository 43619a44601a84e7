"""`manage.py compute_slots`: the contract's format, several queries, and malformed input."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command

from apps.availability.tests.engine.cases import booking, host, query

pytestmark = pytest.mark.engine
BACKEND = Path(__file__).parents[4]


@pytest.fixture
def run(monkeypatch, capsys):
    """Runs the command on bytes or a document; gives its answer, or how it ended."""

    def run_command(given, *arguments):
        raw = given if isinstance(given, bytes) else json.dumps(given).encode()
        monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(raw)))
        out = io.StringIO()
        try:
            call_command("compute_slots", *arguments, stdout=out)
        except SystemExit as end:
            return {"status": end.code, "out": out.getvalue(), "told": capsys.readouterr().err}
        return json.loads(out.getvalue())

    return run_command


def test_one_query_gives_slots_count_and_times(run):
    answer = run(query(window=("2026-03-02T09:00:00Z", "2026-03-02T10:00:00Z")), "--repeat", "3")
    assert answer["slots"] == [
        {"start": "2026-03-02T09:00:00Z", "hosts": ["h0"]},
        {"start": "2026-03-02T09:30:00Z", "hosts": ["h0"]},
    ]
    assert answer["count"] == 2
    assert 0 < answer["timing_ms"]["min"] <= answer["timing_ms"]["median"]
    assert answer.keys() == {"slots", "count", "timing_ms"}


def test_a_group_slot_tells_its_seats(run):
    session = booking("09:00", "09:30", event_type="e1", attendees=1)
    answer = run(query(kind="group", capacity=3, hosts=[host(bookings=[session])]))
    assert answer["slots"][0] == {
        "start": "2026-03-02T09:00:00Z",
        "hosts": ["h0"],
        "seats_left": 2,
    }


def test_an_array_of_queries_gives_an_array_of_answers(run):
    answers = run([query(), query(duration=90), query(kind="group", capacity=2)])
    assert [answer["count"] for answer in answers] == [6, 2, 6]
    assert run([]) == []


def test_explain_prints_the_reasons(run):
    document = query(hosts=[host(bookings=[booking("10:00", "10:30")])])
    refused = run(document, "--explain", "2026-03-02T10:00:00Z")["explain"]
    assert refused == {
        "at": "2026-03-02T10:00:00Z",
        "offered": False,
        "reasons": [
            {
                "code": "booked",
                "cause": {"kind": "booking", "id": "b1"},
                "host": "h0",
                "detail": "booked 2026-03-02T10:00:00Z to 2026-03-02T10:30:00Z",
                "cure": "move or cancel the booking",
            }
        ],
    }
    assert run(document, "--explain", "2026-03-02T11:00:00+00:00")["explain"]["offered"] is True


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        (b"", "query: is not JSON"),
        (b"{", "query: is not JSON"),
        (b"\xff\xfe{}", "query: is not UTF-8"),
        (b"null", "query: None is not an object"),
        (b'{"now": NaN}', "query: NaN is not a JSON value"),
        (b'{"now": -Infinity}', "query: -Infinity is not a JSON value"),
        (b'{"now": ' + b"9" * 5000 + b"}", "query: has a number with too many digits"),
        (b"[" * 200_000, "query: is nested too deeply"),
        (b'{"a":' * 200_000, "query: is nested too deeply"),
        (b"[[]]", "[0]: a list is not an object"),
        (b"{}", "window: is missing"),
        (json.dumps([query(), query(duration=0)]).encode(), "[1].event_type.duration: 0 is not"),
    ],
)
def test_malformed_input_ends_with_status_2_and_the_field(run, raw, told):
    ended = run(raw)
    assert (ended["status"], ended["out"]) == (2, "")
    assert ended["told"].startswith("compute_slots: ")
    assert told in ended["told"]
    assert ended["told"].count("\n") == 1


@pytest.mark.parametrize(
    "arguments", [("--repeat", "0"), ("--repeat", "many"), ("--explain", "tomorrow")]
)
def test_malformed_arguments_are_refused(run, arguments):
    with pytest.raises(CommandError, match=r"argument --(repeat|explain)"):
        run(query(), *arguments)


def test_the_command_needs_no_database():
    environment = {**os.environ, "DATABASE_URL": "postgres://nobody:x@127.0.0.1:1/nothing"}
    command = [sys.executable, "manage.py", "compute_slots"]
    good, bad = (
        subprocess.run(
            command,
            input=json.dumps(document),
            cwd=BACKEND,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        for document in (query(), query(duration="half an hour"))
    )
    assert good.returncode == 0, good.stderr
    assert json.loads(good.stdout)["count"] == 6
    assert bad.returncode == 2
    assert "event_type.duration: 'half an hour' is not a whole number" in bad.stderr
    assert "Traceback" not in bad.stderr
