"""Links that open a web calendar filled in."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

from apps.notifications.public import add_to_calendar_links
from apps.notifications.tests.samples import BOOKED, changed


def query(url: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}


def test_each_calendar_gets_its_own_form():
    links = add_to_calendar_links(BOOKED)
    assert {name: urlsplit(url).netloc for name, url in links.items()} == {
        "google": "calendar.google.com",
        "outlook": "outlook.live.com",
        "office365": "outlook.office.com",
        "yahoo": "calendar.yahoo.com",
    }
    google = query(links["google"])
    assert google["dates"] == "20270504T123000Z/20270504T130000Z"
    assert google["text"] == "Portrait sitting with Ana Ruiz"
    assert google["ctz"] == "Europe/Berlin"
    assert google["location"] == BOOKED.meeting_link
    outlook = query(links["outlook"])
    assert (outlook["startdt"], outlook["enddt"]) == (
        "2027-05-04T12:30:00Z", "2027-05-04T13:00:00Z",
    )  # fmt: skip
    yahoo = query(links["yahoo"])
    assert (yahoo["st"], yahoo["et"]) == ("20270504T123000Z", "20270504T130000Z")


def test_they_carry_no_secret_and_stay_short():
    links = add_to_calendar_links(changed(event_type_description="ü" * 20_000))
    for url in links.values():
        assert "token" not in url
        assert "blue" not in url
        assert len(url) < 8000
