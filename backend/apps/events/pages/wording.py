"""Days, times and zones in words, in one locale: what the script's formats say, on the server."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from babel import Locale
from babel.dates import format_date, format_skeleton, format_time, format_timedelta

from apps.common.time import get_zone
from apps.events.pages.catalogue import page_text, script_messages

_LATIN = "0123456789"
_DIGITS = {"arab": "٠١٢٣٤٥٦٧٨٩", "arabext": "۰۱۲۳۴۵۶۷۸۹"}


def place_of(zone: str) -> str:
    """What to call a zone: "Berlin", "Knox, Indiana"."""
    _, *places = zone.split("/")
    return ", ".join(reversed(places)).replace("_", " ") or zone


@dataclass(frozen=True, slots=True)
class Wording:
    """Formats in one locale."""

    locale: Locale

    @property
    def language(self) -> str:
        """The language of the texts."""
        return str(self.locale.language)

    @property
    def tag(self) -> str:
        """The locale as a language tag, such as "en-GB"."""
        return str(self.locale).replace("_", "-")

    @property
    def direction(self) -> str:
        """ "ltr" or "rtl"."""
        return str(self.locale.text_direction)

    def text(self, key: str, **params: object) -> str:
        """A text of the catalogue; whole numbers among `params` get the locale's digits."""
        shown = {
            name: self.digits(str(value)) if isinstance(value, int) else value
            for name, value in params.items()
        }
        return page_text(self.language, key, **shown)

    def script_text(self, key: str, **params: object) -> str:
        """A text that the page's script says as well; `params` as they are."""
        return script_messages(self.language)[key].format(**params)

    def plural(self, stem: str, count: int) -> str:
        """A text of the script's catalogue in the plural form of `count`: "3 seats left"."""
        message = script_messages(self.language)[f"{stem}_{self.locale.plural_form(count)}"]
        return message.format(count=self.digits(str(count)))

    def digits(self, text: str) -> str:
        """Figures as the locale writes them."""
        system = str(self.locale.default_numbering_system)
        return text.translate(str.maketrans(_LATIN, _DIGITS.get(system, _LATIN)))

    def day(self, day: date) -> str:
        """ "Thursday 11 March"; weekday and date apart, as some locales garble them together."""
        weekday = format_date(day, "EEEE", locale=self.locale)
        return f"{weekday} {self.digits(format_skeleton('MMMMd', day, locale=self.locale))}"

    def day_with_year(self, day: date) -> str:
        """ "Thursday 11 March 2027"."""
        weekday = format_date(day, "EEEE", locale=self.locale)
        return f"{weekday} {self.digits(format_date(day, 'long', locale=self.locale))}"

    def time(self, instant: datetime, zone: str) -> str:
        """The wall time in `zone`: "9:30 AM" or "09:30"."""
        local = instant.astimezone(get_zone(zone))
        return self.digits(format_time(local.time(), "short", locale=self.locale))

    def moment(self, instant: datetime, zone: str) -> str:
        """ "Thursday 11 March, 10:30"."""
        local = instant.astimezone(get_zone(zone))
        day = self.day(local.date())
        return self.text("day_time", day=day, time=self.time(instant, zone))

    def span(self, start: datetime, end: datetime, zone: str) -> str:
        """ "Thursday 11 March 2027, 10:30 – 11:00"."""
        day = self.day_with_year(start.astimezone(get_zone(zone)).date())
        times = f"{self.time(start, zone)} – {self.time(end, zone)}"
        return self.text("day_time", day=day, time=times)

    def duration(self, length: timedelta) -> str:
        """ "2 hours", "25 minutes"."""
        minutes = length // timedelta(minutes=1)
        unit: Literal["minute", "hour", "day"] = (
            "minute" if minutes < 120 else "hour" if minutes < 2880 else "day"
        )
        shown = format_timedelta(
            length, granularity=unit, threshold=10**6 if unit == "minute" else 2, locale=self.locale
        )
        return self.digits(shown)

    def host_time(self, start: datetime, *, zone: str, host_zone: str, name: str) -> str:
        """ "09:30 for Ana" when the host's clock shows another time, else empty."""
        here = start.astimezone(get_zone(zone)).replace(tzinfo=None)
        there = start.astimezone(get_zone(host_zone)).replace(tzinfo=None)
        if here == there:
            return ""
        is_same_day = here.date() == there.date()
        shown = self.time(start, host_zone) if is_same_day else self.moment(start, host_zone)
        return self.text("host_time", time=shown, name=name.split(" ")[0])
