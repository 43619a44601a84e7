"""The rule of slots, written as naively as it can be said. Shares no code with the engine.

It reads the same JSON document, walks through time minute by minute, looks at the clock on the
wall each time, and tests every start on its own. Slow, and meant to be obviously right.
"""

import json
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr

MINUTE = timedelta(minutes=1)
MIDNIGHT = datetime.min.time()


def offered(query):
    """`[(start, hosts, seats_left), …]` in order, starts as aware datetimes."""
    low, high = instant(query["window"]["start"]), instant(query["window"]["end"])
    rules = query["event_type"]
    if rules.get("rolling_days"):
        slots = offered({**query, "event_type": {**rules, "rolling_days": None}})
        return [slot for slot in slots if within_rolling_days(query, slot[0])]
    walked = {}
    worlds = [World(query, host, low, high, walked) for host in query["hosts"]]
    found = {}
    for start in sorted({start for world in worlds for start in world.grid()}):
        hosts = free_hosts(rules, worlds, start)
        if not hosts or not low <= start < high:
            continue
        if not in_time(query, start) or not within_limits(query, start):
            continue
        if not is_group(rules):
            found[start] = (start, hosts, None)
        elif rules.get("attendee_count", 1) <= rules["capacity"]:
            found[start] = (start, hosts, rules["capacity"])
    joined = {}
    for start, hosts, left in sessions(query):
        if low <= start < high and in_time(query, start):
            enough = left >= rules.get("attendee_count", 1)
            listed = enough or (left == 0 and rules.get("include_full"))
            if listed and (start not in joined or joined[start][2] < left):
                joined[start] = (start, hosts, left)
    found.update(joined)
    return [found[start] for start in sorted(found)]


class World:
    """What one host's time looks like, minute by minute."""

    def __init__(self, query, host, low, high, walked):
        self.rules = query["event_type"]
        self.host = host
        self.open_minutes = set()
        self.windows = []
        reach = timedelta(minutes=self.rules["duration"] + 1)
        days = list(utc_days(low - timedelta(hours=27), high + reach))
        for schedule in host["schedules"]:
            if id(schedule) not in walked:  # hosts that share a schedule share the walk
                walked[id(schedule)] = walk(schedule, days)
            open_minutes, windows = walked[id(schedule)]
            self.open_minutes |= open_minutes
            self.windows += windows

    def grid(self):
        step = timedelta(minutes=self.rules.get("slot_interval") or self.rules["duration"])
        alignment = self.rules.get("slot_alignment", "opening")
        starts = set()
        for minutes in self.windows:
            moments = [moment for moment, _ in minutes]
            end = max(moments) + MINUTE
            if alignment == "clock":
                starts |= {moment for moment, clock in minutes if clock % (step // MINUTE) == 0}
                continue
            points = [min(moments)]
            if alignment == "packed":
                points += [p for p in self.restarts() if min(moments) < p < end]
            points.sort()
            for point, following in zip(points, [*points[1:], end], strict=True):
                while point < following:
                    starts.add(point)
                    point += step
        return starts

    def restarts(self):
        """Where a packed grid begins anew: ends of joined taken time, plus the buffer before."""
        ends = []
        for start, end in sorted(self.taken()):
            if ends and start <= ends[-1][1]:
                ends[-1][1] = max(ends[-1][1], end)
            else:
                ends.append([start, end])
        before = timedelta(minutes=self.rules.get("buffer_before", 0))
        return [end + before for _, end in ends]

    def taken(self):
        spans = [occupancy(booking) for booking in self.host.get("bookings", [])]
        for name in ("busy", "holds"):
            spans += [(instant(start), instant(end)) for start, end in self.host.get(name, [])]
        return [(start, end) for start, end in spans if start < end]

    def is_free(self, start):
        end = start + timedelta(minutes=self.rules["duration"])
        minute = start.replace(second=0, microsecond=0)
        while minute < end:
            if minute not in self.open_minutes:
                return False
            minute += MINUTE
        low = start - timedelta(minutes=self.rules.get("buffer_before", 0))
        high = end + timedelta(minutes=self.rules.get("buffer_after", 0))
        return not any(busy < high and low < until for busy, until in self.taken())


def walk(schedule, days):
    """The open minutes, and the minutes of each window of each date."""
    away = [(instant(s["start"]), instant(s["end"])) for s in schedule.get("out_of_office", [])]
    days_off = schedule.get("days_off", [])
    key = schedule_key(schedule)
    open_minutes, windows = set(), {}
    for zone in {schedule["timezone"], *(trip["timezone"] for trip in schedule.get("travel", []))}:
        date_shown = None
        for moment, shown, minute in (minute for day in days for minute in clock_of_day(zone, day)):
            if shown != date_shown:
                date_shown = shown
                given, closed = day_plan(key, shown)
                counts = zone_on(schedule, shown) == zone
                off = any(d["first"] <= shown.isoformat() <= d["last"] for d in days_off)
            inside = [window for window in given if window[0] <= minute < window[1]]
            if not counts or not inside:
                continue
            for window in inside:
                windows.setdefault((zone, shown, window), []).append((moment, minute))
            shut = any(start <= minute < end for start, end in closed)
            gone = any(start < moment + MINUTE and moment < end for start, end in away)
            if not shut and not gone and not off:
                open_minutes.add(moment)
    return open_minutes, list(windows.values())


def free_hosts(rules, worlds, start):
    """Who would serve a start: all of them, or the required and a turn-taker; else nobody."""
    free = [world.host for world in worlds if world.is_free(start)]
    if rules.get("kind") == "round_robin":
        required = [world.host for world in worlds if world.host.get("required", True)]
        rotating = [host for host in free if not host.get("required", True)]
        if not rotating or any(host not in free for host in required):
            return ()
    elif len(free) < len(worlds):
        return ()
    return tuple(host["id"] for host in free)


def in_time(query, start):
    rules = query["event_type"]
    now = instant(query["now"])
    if start < now + timedelta(minutes=rules.get("min_notice", 0)):
        return False
    horizon = rules.get("max_horizon")
    if horizon is not None and start > now + timedelta(minutes=horizon):
        return False
    if rules.get("date_range"):
        first, last = (date.fromisoformat(rules["date_range"][side]) for side in ("start", "end"))
        return first <= start.astimezone(limit_zone(query)).date() <= last
    return True


def within_rolling_days(query, start):
    """Fewer than so many days lie before the date of the start, as many as may be counted."""
    rules = query["event_type"]
    zone = limit_zone(query)
    now = instant(query["now"])
    day = start.astimezone(zone).date()
    first = now.astimezone(zone).date() + timedelta(days=1)
    between = [first + timedelta(days=count) for count in range((day - first).days)]
    kind = rules.get("rolling_days_kind") or "calendar"
    if kind == "business":
        between = [date for date in between if date.isoweekday() < 6]
    if kind == "available":
        between = {date for date in dates_with_slots(json.dumps(query)) if date < day}
    return len(between) < rules["rolling_days"]


@lru_cache(maxsize=16)
def dates_with_slots(text):
    query = json.loads(text)
    query["event_type"].update(rolling_days=None, include_full=False)
    query["window"]["start"] = query["now"]
    return {start.astimezone(limit_zone(query)).date() for start, _, _ in offered(query)}


def within_limits(query, start):
    rules = query["event_type"]
    zone = limit_zone(query)
    bookings = {}
    for host in query["hosts"]:
        for booking in host.get("bookings", []):
            if booking["event_type"] == rules["id"]:
                bookings[booking["id"]] = booking
    own = [(limit, bookings.values()) for limit in rules.get("limits", [])]
    everything = {booking["id"]: booking for booking in query.get("organizer_bookings", [])}
    all_types = [(limit, everything.values()) for limit in query.get("organizer_limits", [])]
    return all(
        fits_limit(limit, counted, start.astimezone(zone), rules["duration"])
        for limit, counted in own + all_types
    )


def fits_limit(limit, bookings, local, duration):
    """Whether one more booking, at a local start, keeps the limit."""
    name = limit["per"].removeprefix("total_minutes_per_")
    same = [
        booking
        for booking in bookings
        if period(name, instant(booking["start"]).astimezone(local.tzinfo)) == period(name, local)
    ]
    if limit["per"] == name:
        return len(same) < limit["max"]
    minutes = sum((instant(b["end"]) - instant(b["start"])) // MINUTE for b in same)
    return minutes + duration <= limit["max"]


def period(name, local):
    return {
        "day": (local.year, local.month, local.day),
        "week": local.isocalendar()[:2],
        "month": (local.year, local.month),
    }[name]


def limit_zone(query):
    return ZoneInfo(query["hosts"][0]["schedules"][0]["timezone"])


def is_group(rules):
    return rules.get("kind") == "group" or rules.get("capacity", 1) > 1


def sessions(query):
    """`(start, hosts, seats_left)` of each live booking of a group event type."""
    rules = query["event_type"]
    if not is_group(rules):
        return
    by_id = {}
    for host in query["hosts"]:
        for booking in host.get("bookings", []):
            if booking["event_type"] == rules["id"]:
                by_id.setdefault(booking["id"], (booking, []))[1].append(host["id"])
    for booking, hosts in by_id.values():
        left = max(rules["capacity"] - booking["attendees"], 0)
        yield instant(booking["start"]), tuple(hosts), left


def occupancy(booking):
    before = timedelta(minutes=booking.get("buffer_before", 0))
    after = timedelta(minutes=booking.get("buffer_after", 0))
    return instant(booking["start"]) - before, instant(booking["end"]) + after


def zone_on(schedule, day):
    for trip in schedule.get("travel", []):
        if trip["from"] <= day.isoformat() <= trip["to"]:
            return trip["timezone"]
    return schedule["timezone"]


def schedule_key(schedule):
    """The schedule's rules as something that can be remembered."""
    return (
        tuple((w["weekday"], w["start"], w["end"]) for w in schedule.get("weekly", [])),
        tuple((o["date"], tuple(map(tuple, o["windows"]))) for o in schedule.get("overrides", [])),
        tuple(
            (r["rrule"], r["dtstart"], r["start"], r["end"], r["kind"])
            for r in schedule.get("rules", [])
        ),
    )


@lru_cache(maxsize=4096)
def day_plan(key, day):
    """The windows and the closed windows of a date, in minutes by the clock."""
    weekly, overrides, rules = key
    replaced = [windows for given, windows in overrides if given == day.isoformat()]
    if replaced:
        return [wall(*window) for windows in replaced for window in windows], []
    given = [wall(start, end) for weekday, start, end in weekly if weekday == day.isoweekday()]
    closed = []
    for rrule, dtstart, start, end, kind in rules:
        if day in dates_of(rrule, dtstart, day.year):
            (closed if kind == "closed" else given).append(wall(start, end))
    return given, closed


@lru_cache(maxsize=4096)
def dates_of(rrule, dtstart, year):
    first = datetime.combine(date.fromisoformat(dtstart), MIDNIGHT)
    last = datetime(year, 12, 31)
    return {
        moment.date() for moment in rrulestr(rrule, dtstart=first).between(first, last, inc=True)
    }


def wall(start, end):
    hours = [int(part) for text in (start, end) for part in text.split(":")]
    return hours[0] * 60 + hours[1], hours[2] * 60 + hours[3]


@lru_cache(maxsize=200)
def clock_of_day(zone, day):
    """Every minute of a UTC date with the date and the minute of the day the clock shows."""
    tz = ZoneInfo(zone)
    minutes = []
    for count in range(1440):
        moment = day + count * MINUTE
        shown = moment.astimezone(tz)
        minutes.append((moment, shown.date(), shown.hour * 60 + shown.minute))
    return minutes


def utc_days(low, high):
    day = low.replace(hour=0, minute=0, second=0, microsecond=0)
    while day < high:
        yield day
        day += timedelta(days=1)


@lru_cache(maxsize=65536)
def instant(text):
    return datetime.fromisoformat(text.replace("Z", "+00:00")).astimezone(UTC)
