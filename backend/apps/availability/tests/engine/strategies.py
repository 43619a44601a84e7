"""Random slot queries as JSON documents, dense in the places where slot engines go wrong."""

from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

ZONES = [
    "Africa/Cairo",
    "Africa/Casablanca",
    "America/Havana",
    "America/New_York",
    "America/Santiago",
    "America/St_Johns",
    "Asia/Beirut",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
    "Europe/Dublin",
    "Europe/London",
    "Pacific/Apia",
    "Pacific/Chatham",
    "Pacific/Kiritimati",
    "UTC",
]
"""Zones that change at midnight, by half an hour, backwards in winter, or lie far out."""

DAYS = [
    "2026-01-30",  # end of a month, no change anywhere
    "2026-02-15",  # Casablanca leaves +01 for Ramadan
    "2026-03-07",  # New York, Havana, St John's spring forward
    "2026-03-22",  # Casablanca comes back
    "2026-03-28",  # Europe and Beirut spring forward
    "2026-04-04",  # Lord Howe, Chatham, Santiago fall back
    "2026-04-23",  # Cairo springs forward at midnight
    "2026-09-05",  # Santiago springs forward at midnight
    "2026-10-03",  # Lord Howe springs forward by half an hour
    "2026-10-24",  # Europe and Beirut fall back, Beirut at midnight
    "2026-10-29",  # Cairo falls back at midnight
    "2026-10-31",  # New York, Havana fall back
    "2026-12-30",  # around New Year
]

RRULES = [
    "FREQ=DAILY",
    "FREQ=DAILY;INTERVAL=2;COUNT=20",
    "FREQ=WEEKLY;BYDAY=SA,SU",
    "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR;COUNT=10",
    "FREQ=MONTHLY;BYDAY=1MO",
    "FREQ=MONTHLY;BYDAY=-1SU",
    "FREQ=MONTHLY;BYMONTHDAY=-1",
    "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
    "FREQ=YEARLY;BYMONTH=3,10;BYDAY=-1SU",
    "FREQ=DAILY;UNTIL=20260401",
    "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30;COUNT=3",
]


def iso(moment):
    return moment.isoformat().replace("+00:00", "Z")


def wall_time(minute):
    return f"{minute // 60:02}:{minute % 60:02}"


@st.composite
def wall_windows(draw):
    """Windows by the clock: odd ones, whole days, and ones around midnight and 01:00 to 03:00."""
    usual = [
        (0, 1440),
        (0, 1440),
        (540, 1020),
        (0, 90),
        (60, 180),
        (90, 150),
        (1320, 1440),
        (1410, 1440),
    ]
    if draw(st.sampled_from([True, True, False])):
        start, end = draw(st.sampled_from(usual))
    else:
        start = draw(st.integers(0, 1435))
        end = draw(st.integers(start + 1, min(start + 700, 1440)))
    return {"start": wall_time(start), "end": wall_time(end)}


@st.composite
def schedules(draw, base):
    dates = [(base + timedelta(days=offset)).date().isoformat() for offset in range(-1, 5)]
    zone = draw(st.sampled_from(ZONES))
    first = draw(st.integers(0, 5))
    last = draw(st.integers(first, 5))
    weekly = [{"weekday": weekday, **draw(wall_windows())} for weekday in range(1, 8)]
    weekly += [
        {"weekday": weekday, **draw(wall_windows())}
        for weekday in draw(st.lists(st.integers(1, 7), max_size=4))
    ]
    return {
        "timezone": zone,
        "weekly": weekly,
        "overrides": [
            {"date": day, "windows": [list(w.values()) for w in windows]}
            for day, windows in draw(
                st.dictionaries(
                    st.sampled_from(dates), st.lists(wall_windows(), max_size=2), max_size=2
                )
            ).items()
        ],
        "rules": [
            {
                "rrule": draw(st.sampled_from(RRULES)),
                "dtstart": draw(st.sampled_from(["2025-11-03", "2026-01-05", dates[1]])),
                "kind": draw(st.sampled_from(["open", "closed"])),
                **draw(wall_windows()),
            }
            for _ in range(draw(st.integers(0, 2)))
        ],
        "travel": [
            {"from": dates[first], "to": dates[last], "timezone": draw(st.sampled_from(ZONES))}
        ]
        * draw(st.sampled_from([0, 0, 1])),
        "out_of_office": [
            {"start": start, "end": end}
            for start, end in draw(st.lists(spans(base), max_size=1))
            if draw(st.sampled_from([False, False, True]))
        ],
        "days_off": draw(st.sampled_from([[], [], [draw(days_off(dates))]])),
    }


@st.composite
def days_off(draw, dates):
    first = draw(st.integers(0, len(dates) - 1))
    last = min(first + draw(st.sampled_from([0, 0, 1])), len(dates) - 1)
    kind = draw(st.sampled_from(["out_of_office", "holiday"]))
    return {"first": dates[first], "last": dates[last], "kind": kind, "id": f"off-{first}"}


@st.composite
def spans(draw, base, longest=400, seconds=False):
    start = base + timedelta(minutes=draw(st.integers(-1500, 4500)))
    if seconds:
        start += timedelta(seconds=draw(st.sampled_from([0, 0, 0, 17])))
    return iso(start), iso(start + timedelta(minutes=draw(st.integers(1, longest))))


@st.composite
def hosts(draw, base, name, known_schedules):
    seconds = draw(st.sampled_from([False, False, True]))
    return {
        "id": name,
        "required": draw(st.booleans()),
        "schedules": draw(st.lists(st.sampled_from(known_schedules), min_size=1, max_size=2)),
        "bookings": [
            {
                "id": draw(st.sampled_from(["b1", "b2", f"{name}-{index}"])),
                "event_type": draw(st.sampled_from(["e1", "e1", "e2"])),
                "start": start,
                "end": end,
                "buffer_before": draw(st.sampled_from([0, 10, 45])),
                "buffer_after": draw(st.sampled_from([0, 5, 30])),
                "attendees": draw(st.integers(1, 4)),
            }
            for index, (start, end) in enumerate(
                draw(st.lists(spans(base, 120, seconds), max_size=3))
            )
        ],
        "busy": [list(span) for span in draw(st.lists(spans(base, 400, seconds), max_size=3))],
        "holds": [list(span) for span in draw(st.lists(spans(base, 60), max_size=1))],
    }


ROLLING_KINDS = ("calendar", "business", "available", "available")
LIMITS = [
    f"{prefix}{per}" for prefix in ("", "total_minutes_per_") for per in ("day", "week", "month")
]


@st.composite
def limits(draw):
    """Mostly none, else one or two."""
    periods = draw(st.sampled_from([[], [], draw(st.lists(st.sampled_from(LIMITS), max_size=2))]))
    some = {per: [0, 30, 60, 120, 200] if "minutes" in per else [0, 1, 2, 3, 4] for per in periods}
    return [{"per": per, "max": draw(st.sampled_from(some[per]))} for per in periods]


@st.composite
def queries(
    draw, alignments=("opening", "clock", "packed"), kinds=None, limited=True, rolling=None
):
    """A whole query whose window is up to three days around an interesting date.

    `rolling`: kinds of `rolling_days`, or `()` for none; all by default.
    """
    base = datetime.fromisoformat(draw(st.sampled_from(DAYS))).replace(tzinfo=UTC)
    known = draw(st.lists(schedules(base), min_size=1, max_size=2))
    kind = draw(
        st.sampled_from(kinds or ["one_on_one", "one_on_one", "group", "collective", "round_robin"])
    )
    count = 1 if kind in ("one_on_one", "group") else draw(st.integers(1, 3))
    team = [draw(hosts(base, f"h{index}", known)) for index in range(count)]
    share_bookings_by_id(team)
    low = base + timedelta(minutes=draw(st.integers(-700, 1500)))
    span = timedelta(minutes=draw(st.sampled_from([2000, 3000, 700, 1, 0])))
    first, last = draw(st.integers(-1, 1)), draw(st.integers(1, 3))
    rolling_kind = draw(
        st.sampled_from([None, None, None, *(ROLLING_KINDS if rolling is None else rolling)])
    )
    return {
        "now": iso(base + timedelta(minutes=draw(st.sampled_from([-9000, -9000, -2000, 0, 333])))),
        "window": {"start": iso(low), "end": iso(low + span)},
        "timezone": "UTC",
        "event_type": {
            "id": "e1",
            "duration": draw(st.sampled_from([30, 1, 15, 30, 30, 45, 60, 90, 600])),
            "slot_interval": draw(st.sampled_from([None, 0, 5, 15, 20, 30, 45, 50])),
            "slot_alignment": draw(st.sampled_from(alignments)),
            "buffer_before": draw(st.sampled_from([0, 0, 5, 30])),
            "buffer_after": draw(st.sampled_from([0, 0, 10, 30])),
            "min_notice": draw(st.sampled_from([0, 0, 120])),
            "max_horizon": draw(st.sampled_from([None, None, None, 10_500])),
            "date_range": draw(
                st.sampled_from(
                    [
                        None,
                        None,
                        {
                            "start": (base + timedelta(days=first)).date().isoformat(),
                            "end": (base + timedelta(days=last)).date().isoformat(),
                        },
                    ]
                )
            ),
            "rolling_days": draw(st.integers(1, 6)) if rolling_kind else None,
            "rolling_days_kind": rolling_kind,
            "limits": draw(limits()) if limited else [],
            "kind": kind,
            "capacity": draw(st.integers(1, 4)) if kind == "group" else 1,
            "attendee_count": draw(st.integers(1, 3)) if kind == "group" else 1,
            "include_full": draw(st.booleans()),
        },
        "hosts": team,
        "organizer_limits": draw(limits()) if limited else [],
        "organizer_bookings": [booking for host in team for booking in host["bookings"]],
    }


def share_bookings_by_id(team):
    """One id is one booking: whoever has it, has the same."""
    known = {}
    for host in team:
        unique = {booking["id"]: booking for booking in host["bookings"]}
        host["bookings"] = [known.setdefault(name, unique[name]) for name in unique]
