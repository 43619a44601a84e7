"""`manage.py compute_slots < query.json`: the slot engine on a query given as data."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentTypeError
from collections.abc import Callable
from datetime import datetime
from statistics import median
from time import perf_counter
from typing import Any, NoReturn

from django.core.management.base import BaseCommand, CommandParser

from apps.availability.engine import Reason, Slot, SlotQuery, compute_slots, explain
from apps.availability.engine.parse import QueryError, parse_instant, parse_query


class Command(BaseCommand):
    """Reads one query or an array of queries, writes one answer or an array of answers."""

    help = (
        "Computes the slots of a query read from standard input (JSON, or an array of queries). "
        "Needs no database. Exit status 2: the query is malformed."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--repeat",
            type=_repetitions,
            default=1,
            metavar="N",
            help="compute each query N times after one warm-up and report the times",
        )
        parser.add_argument(
            "--explain",
            type=_instant,
            metavar="INSTANT",
            help="also say why a start at that instant is not offered",
        )

    def handle(self, *args: Any, repeat: int, **options: Any) -> None:
        at: datetime | None = options["explain"]
        try:
            document = _decode(sys.stdin.buffer.read())
            if isinstance(document, list):
                queries = [_parse(item, f"[{index}]") for index, item in enumerate(document)]
                answer: object = [_answer(query, repeat, at) for query in queries]
            else:
                answer = _answer(parse_query(document), repeat, at)
        except QueryError as error:
            _refuse(str(error))
        self.stdout.write(json.dumps(answer))


def _answer(query: SlotQuery, repeat: int, at: datetime | None) -> dict[str, object]:
    slots = compute_slots(query)
    times = [_timed(lambda: compute_slots(query)) for _ in range(repeat)]
    answer: dict[str, object] = {
        "slots": [_slot(slot) for slot in slots],
        "count": len(slots),
        "timing_ms": {"median": round(median(times), 4), "min": round(min(times), 4)},
    }
    if at is not None:
        reasons = [_reason(reason) for reason in explain(query, at)]
        answer["explain"] = {"at": _format(at), "offered": not reasons, "reasons": reasons}
    return answer


def _timed(work: Callable[[], object]) -> float:
    """Milliseconds that one call takes."""
    began = perf_counter()
    work()
    return (perf_counter() - began) * 1000


def _slot(slot: Slot) -> dict[str, object]:
    document: dict[str, object] = {"start": _format(slot.start), "hosts": list(slot.hosts)}
    if slot.seats_left is not None:
        document["seats_left"] = slot.seats_left
    return document


def _reason(reason: Reason) -> dict[str, object]:
    return {
        "code": reason.code,
        "cause": {"kind": reason.cause_kind, "id": reason.cause_id},
        "host": reason.host or None,
        "detail": reason.detail,
        "cure": reason.cure,
    }


def _format(moment: datetime) -> str:
    return moment.isoformat().replace("+00:00", "Z")


def _parse(document: object, path: str) -> SlotQuery:
    try:
        return parse_query(document)
    except QueryError as error:
        raise QueryError(f"{path}.{error.path}" if error.path else path, error.problem) from None


def _decode(raw: bytes) -> object:
    try:
        return json.loads(raw.decode("utf-8-sig"), parse_constant=_refuse_constant)
    except QueryError:
        raise
    except UnicodeDecodeError as error:
        raise QueryError("query", f"is not UTF-8 (byte {error.start})") from None
    except RecursionError:
        raise QueryError("query", "is nested too deeply") from None
    except json.JSONDecodeError as error:
        raise QueryError("query", f"is not JSON: {error}") from None
    except ValueError:  # int() refuses to read thousands of digits
        raise QueryError("query", "has a number with too many digits") from None


def _refuse_constant(name: str) -> NoReturn:
    raise QueryError("query", f"{name} is not a JSON value")


def _refuse(message: str) -> NoReturn:
    sys.stderr.write(f"compute_slots: {message}\n")
    raise SystemExit(2)


def _repetitions(value: str) -> int:
    if value.isascii() and value.isdigit() and 1 <= int(value) <= 1_000_000:
        return int(value)
    raise ArgumentTypeError(f"{value!r} is not a whole number from 1 to 1000000")


def _instant(value: str) -> datetime:
    try:
        return parse_instant(value, "INSTANT")
    except QueryError as error:
        raise ArgumentTypeError(error.problem) from None
