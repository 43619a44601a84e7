"""Event types over HTTP: what is stored, what is refused and with which cure."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from model_bakery import baker

from apps.availability.models import Schedule
from apps.availability.public import ensure_default_schedule
from apps.common.addresses import domain_of
from apps.events.models import Booking, BookingStatus, EventType
from apps.users.models import User
from apps.workflows.models import Workflow

URL = "/api/v1/events/event-types/"
pytestmark = pytest.mark.django_db


def make_user(name="ana", timezone="Europe/Berlin"):
    user = User.objects.create_user(
        f"{name}@example.com", "a long password", name=name, slug=name, timezone=timezone
    )
    ensure_default_schedule(user.pk)
    return user


@pytest.fixture
def user():
    return make_user()


@pytest.fixture
def client(user):
    client = Client()
    client.force_login(user)
    return client


def send(client, method, url, body, **headers):
    return getattr(client, method)(url, body, content_type="application/json", headers=headers)


def create(client, **body):
    response = send(client, "post", URL, {"name": "Intro call", **body})
    assert response.status_code == 201, response.content
    return response.json()


def refusals(response, status=422):
    assert response.status_code == status, response.content
    assert response["Content-Type"] == "application/problem+json"
    return {error["pointer"]: error["detail"] for error in response.json()["errors"]}


def book(event_type_id, start, status=BookingStatus.CONFIRMED):
    event_type = EventType.objects.get(pk=event_type_id)
    return baker.make(
        Booking,
        event_type=event_type,
        organizer=event_type.organizer,
        host=event_type.organizer,
        start_time=start,
        end_time=start + timedelta(minutes=30),
        status=status,
        access_token=uuid4(),
    )


EVERY_FIELD = {
    "name": "Design review",
    "event_type_slug": "review",
    "description": "Bring your drawings.",
    "color": "violet",
    "duration": 45,
    "durations": [30, 60],
    "enable_waitlist": True,
    "is_active": False,
    "is_private": True,
    "min_scheduling_notice": 120,
    "max_scheduling_horizon": 20160,
    "buffer_time_before": 10,
    "buffer_time_after": 45,
    "max_bookings_per_day": 3,
    "limits": [{"per": "week", "max": 10}, {"per": "total_minutes_per_month", "max": 600}],
    "slot_interval_minutes": 15,
    "slot_alignment": "clock",
    "date_range": {"start": "2026-12-01", "end": None},
    "rolling_days_kind": "business",
    "recurrence_type": "weekly",
    "recurrence_rule": "FREQ=WEEKLY;BYDAY=TU",
    "max_occurrences": 6,
    "recurrence_end_date": "2027-03-01",
    "confirmation_within_minutes": 1440,
    "pending_holds_slot": False,
    "request_expires_minutes": 600,
    "waitlist_offer_minutes": 30,
    "offers_sooner": False,
    "shows_attendees": True,
    "change_cutoff_minutes": 120,
    "max_reschedules": 2,
    "max_upcoming_per_invitee": 3,
    "allowed_email_domains": ["example.com", "xn--bcher-kva.example"],
    "denied_email_domains": ["spam.example"],
    "requires_email_code": True,
    "retention_days": 90,
    "location_type": "in_person",
    "location_details": "Second floor",
    "redirect_url_after_booking": "https://example.com/thanks?from=halfpast",
}


class TestCreate:
    def test_a_name_is_enough(self, client):
        made = create(client, name="Erstgespräch für Ärzte")
        assert made["event_type_slug"] == "erstgesprach-fur-arzte"
        assert made["booking_url"] == "http://testserver/ana/erstgesprach-fur-arzte"
        assert (made["duration"], made["is_active"], made["kind"]) == (30, True, "one_on_one")
        assert made["date_range"] is None

    def test_every_field_comes_back_as_it_was_sent(self, client, user):
        sent = {
            **EVERY_FIELD,
            "schedule": str(Schedule.objects.get(user=user).pk),
            "confirmation_workflow": str(Workflow.objects.create(user=user, name="Thanks").pk),
        }
        made = create(client, **sent)
        assert {name: made[name] for name in sent} == sent
        assert made["kind"] == "one_on_one"
        assert client.get(f"{URL}{made['id']}/").json() == made

    def test_addresses_made_from_one_name_differ(self, client):
        first = create(client, name="Call")
        second = create(client, name="Call!")
        assert (first["event_type_slug"], second["event_type_slug"]) == ("call", "call-2")

    def test_a_name_without_latin_letters_gets_an_address(self, client):
        assert create(client, name="面談")["event_type_slug"] == "meeting"

    def test_a_name_that_would_take_a_reserved_word_gets_another(self, client):
        assert create(client, name="Hold")["event_type_slug"] == "hold-2"

    def test_a_private_address_cannot_be_guessed(self, client):
        made = [create(client, name=f"Secret {n}", is_private=True) for n in (1, 2)]
        slugs = [item["event_type_slug"] for item in made]
        assert all(slug.startswith("secret-") and len(slug) >= 16 for slug in slugs)
        assert slugs[0][-8:] != slugs[1][-8:]

    def test_organizers_do_not_share_names(self, client):
        create(client, name="Call")
        other = Client()
        other.force_login(make_user("bob"))
        assert create(other, name="Call")["event_type_slug"] == "call"


BERLIN = ZoneInfo("Europe/Berlin")

REFUSED = [
    ({"name": ""}, "/name", "blank"),
    ({"name": "x" * 201}, "/name", "200"),
    ({"name": "nul\x00"}, "/name", "NUL"),
    ({"event_type_slug": "Intro"}, "/event_type_slug", "lower-case"),
    ({"event_type_slug": "-intro"}, "/event_type_slug", "hyphen"),
    ({"event_type_slug": "intro/call"}, "/event_type_slug", "lower-case"),
    ({"event_type_slug": "hold"}, "/event_type_slug", "used by the product"),
    ({"duration": 0}, "/duration", "1"),
    ({"duration": 1441}, "/duration", "1440"),
    ({"duration": "long"}, "/duration", "integer"),
    ({"durations": [15, 0]}, "/durations/1", "1"),
    ({"max_attendees": 0}, "/max_attendees", "1"),
    ({"max_attendees": 101}, "/max_attendees", "100"),
    ({"duration": 15, "buffer_time_before": 16}, "/buffer_time_before", "15 minutes"),
    ({"duration": 15, "buffer_time_after": 20}, "/buffer_time_after", "15 minutes"),
    ({"duration": 240, "buffer_time_after": 121}, "/buffer_time_after", "120"),
    ({"min_scheduling_notice": -1}, "/min_scheduling_notice", "0"),
    ({"slot_interval_minutes": 61}, "/slot_interval_minutes", "60"),
    ({"slot_alignment": "random"}, "/slot_alignment", "random"),
    ({"color": "puce"}, "/color", "puce"),
    ({"max_bookings_per_day": 0}, "/max_bookings_per_day", "1"),
    ({"limits": [{"per": "year", "max": 3}]}, "/limits/0/per", "year"),
    ({"limits": [{"per": "day", "max": 0}]}, "/limits/0/max", "1"),
    ({"limits": [{"per": "day", "max": 3}] * 2}, "/limits/1/per", "already"),
    ({"limits": [{"per": "total_minutes_per_day", "max": 29}]}, "/limits/0/max", "30"),
    ({"date_range": {"start": "2026-12-02", "end": "2026-12-01"}}, "/date_range/end", "later"),
    ({"date_range": {"start": "soon"}}, "/date_range/start", "YYYY-MM-DD"),
    ({"recurrence_type": "weekly"}, "/max_occurrences", "stops repeating"),
    ({"recurrence_rule": "FREQ=WEEKLY"}, "/max_occurrences", "stops repeating"),
    ({"recurrence_rule": "FREQ=HOURLY;COUNT=3"}, "/recurrence_rule", "HOURLY"),
    ({"recurrence_rule": "weekly", "max_occurrences": 3}, "/recurrence_rule", "Not a rule"),
    ({"recurrence_type": "weekly", "max_occurrences": 366}, "/max_occurrences", "365"),
    ({"location_type": "in_person"}, "/location_details", "where you meet"),
    ({"location_type": "custom", "location_details": "  "}, "/location_details", "where or how"),
    ({"redirect_url_after_booking": "javascript:alert(1)"}, "/redirect_url_after_booking", "web"),
    ({"redirect_url_after_booking": "//example.com"}, "/redirect_url_after_booking", "web"),
    ({"redirect_url_after_booking": "http://a b.c"}, "/redirect_url_after_booking", "web"),
    ({"redirect_url_after_booking": "http://[::1"}, "/redirect_url_after_booking", "web"),
    ({"redirect_url_after_booking": "http://u:p@x.org"}, "/redirect_url_after_booking", "web"),
    ({"schedule": str(uuid4())}, "/schedule", "no schedule"),
    ({"schedule": "mine"}, "/schedule", "UUID"),
    ({"reminder_workflow": str(uuid4())}, "/reminder_workflow", "no workflow"),
    ({"requires_confirmation": True, "max_attendees": 2}, "/requires_confirmation", "one seat"),
    (
        {"requires_confirmation": True, "recurrence_type": "weekly", "max_occurrences": 3},
        "/requires_confirmation",
        "recurrence off",
    ),
    (
        {"recurrence_type": "weekly", "max_occurrences": 3, "max_attendees": 2},
        "/recurrence_type",
        "none",
    ),
    ({"confirmation_within_minutes": 0}, "/confirmation_within_minutes", "1"),
    ({"request_expires_minutes": 14}, "/request_expires_minutes", "15"),
    ({"waitlist_offer_minutes": 4}, "/waitlist_offer_minutes", "5"),
    ({"change_cutoff_minutes": -1}, "/change_cutoff_minutes", "0"),
    ({"max_reschedules": 101}, "/max_reschedules", "100"),
    ({"max_upcoming_per_invitee": 0}, "/max_upcoming_per_invitee", "1"),
    ({"retention_days": 0}, "/retention_days", "1"),
    ({"allowed_email_domains": ["nowhere"]}, "/allowed_email_domains/0", "example.com"),
    ({"denied_email_domains": ["a b.com"]}, "/denied_email_domains/0", "example.com"),
    ({"denied_email_domains": "spam.example"}, "/denied_email_domains", "list"),
    ({"kind": "duo"}, "/kind", "duo"),
    ({"kind": "one_on_one", "max_attendees": 2}, "/max_attendees", "kind group"),
    ({"kind": "group"}, "/max_attendees", "kind one_on_one"),
    ({"rolling_days": 0}, "/rolling_days", "1"),
    ({"rolling_days": 366}, "/rolling_days", "365"),
    ({"rolling_days_kind": "lunar"}, "/rolling_days_kind", "lunar"),
    ({"rolling_days": 5, "date_range": {"end": "2027-01-01"}}, "/rolling_days", "not both"),
]


def test_listed_domains_are_those_that_addresses_have(client):
    typed = ["@Bücher.example.", "straße.example", "σς.example"]
    told = create(client, denied_email_domains=typed)["denied_email_domains"]
    assert told == [domain_of(f"x@{text.strip('@.')}") for text in typed]
    assert "xn--strae-oqa.example" in told  # IDNA 2003 would shut out strasse.example instead


class TestRefusals:
    @pytest.mark.parametrize(("body", "pointer", "cure"), REFUSED)
    def test_the_field_and_the_cure_are_named(self, client, body, pointer, cure):
        found = refusals(send(client, "post", URL, {"name": "Intro call", **body}))
        assert list(found) == [pointer]
        assert cure in found[pointer]
        assert not EventType.objects.exists()

    def test_every_problem_is_told_at_once(self, client):
        body = {
            "name": "Call",
            "event_type_slug": "Call",
            "location_type": "custom",
            "recurrence_type": "daily",
        }
        found = refusals(send(client, "post", URL, body))
        assert set(found) == {"/event_type_slug", "/location_details", "/max_occurrences"}

    def test_names_are_unique_whatever_their_case(self, client):
        create(client, name="Übergabe")
        found = refusals(send(client, "post", URL, {"name": "ÜBERGABE"}))
        assert "already" in found["/name"]

    def test_addresses_are_unique(self, client):
        create(client, name="One", event_type_slug="call")
        found = refusals(send(client, "post", URL, {"name": "Two", "event_type_slug": "call"}))
        assert "already" in found["/event_type_slug"]

    def test_what_belongs_to_others_cannot_be_used(self, client):
        bob = make_user("bob")
        body = {
            "name": "Call",
            "schedule": str(Schedule.objects.get(user=bob).pk),
            "cancellation_workflow": str(Workflow.objects.create(user=bob, name="Sorry").pk),
        }
        found = refusals(send(client, "post", URL, body))
        assert set(found) == {"/schedule", "/cancellation_workflow"}

    @pytest.mark.parametrize("rule", ["FREQ=WEEKLY;COUNT=4", "FREQ=DAILY;UNTIL=20270101"])
    def test_a_rule_may_bring_its_own_end(self, client, rule):
        assert create(client, recurrence_rule=rule)["recurrence_rule"] == rule


class TestChange:
    def test_patch_leaves_the_rest(self, client):
        made = create(client, **EVERY_FIELD)
        changed = send(client, "patch", f"{URL}{made['id']}/", {"duration": 60}).json()
        assert changed == {**made, "duration": 60, "updated_at": changed["updated_at"]}

    def test_patch_switches_on_and_off(self, client):
        made = create(client)
        url = f"{URL}{made['id']}/"
        for state in (False, True):
            assert send(client, "patch", url, {"is_active": state}).json()["is_active"] is state

    def test_a_new_name_keeps_the_address(self, client):
        made = create(client, name="One")
        changed = send(client, "patch", f"{URL}{made['id']}/", {"name": "Two"}).json()
        assert (changed["name"], changed["event_type_slug"]) == ("Two", "one")

    def test_put_returns_what_is_left_out_to_its_default(self, client):
        made = create(client, **EVERY_FIELD)
        changed = send(client, "put", f"{URL}{made['id']}/", {"name": "Plain"}).json()
        plain = create(client, name="Other")
        kept = {"id", "name", "event_type_slug", "booking_url", "created_at", "updated_at"}
        assert {k: v for k, v in changed.items() if k not in kept} == {
            k: v for k, v in plain.items() if k not in kept
        }
        assert changed["event_type_slug"] == "review"

    def test_an_answer_can_be_sent_back(self, client):
        made = create(client, **EVERY_FIELD)
        again = send(client, "put", f"{URL}{made['id']}/", made)
        assert again.status_code == 200
        assert again.json() == {**made, "updated_at": again.json()["updated_at"]}

    def test_a_shorter_meeting_must_still_hold_its_buffers(self, client):
        made = create(client, duration=60, buffer_time_before=60)
        found = refusals(send(client, "patch", f"{URL}{made['id']}/", {"duration": 30}))
        assert list(found) == ["/buffer_time_before"]
        assert client.get(f"{URL}{made['id']}/").json() == made

    def test_its_own_name_is_not_taken(self, client):
        made = create(client, name="Call")
        changed = send(client, "patch", f"{URL}{made['id']}/", {"name": "CALL"})
        assert changed.json()["name"] == "CALL"

    def test_a_stale_version_is_refused(self, client):
        made = create(client)
        url = f"{URL}{made['id']}/"
        etag = client.get(url)["ETag"]
        assert send(client, "patch", url, {"name": "A"}, if_match=etag).status_code == 200
        stale = send(client, "patch", url, {"name": "B"}, if_match=etag)
        assert (stale.status_code, stale.json()["code"]) == (412, "etag_mismatch")
        assert client.delete(url, headers={"if-match": etag}).status_code == 412
        assert client.get(url).json()["name"] == "A"

    def test_every_write_moves_the_owners_version(self, client, user):
        seen = []

        def note():
            seen.append(User.objects.get(pk=user.pk).availability_version)

        note()
        made = create(client)
        note()
        send(client, "patch", f"{URL}{made['id']}/", {"duration": 20})
        note()
        client.post(f"{URL}{made['id']}/duplicate/")
        note()
        client.delete(f"{URL}{made['id']}/")
        note()
        assert seen == sorted(set(seen))

    def test_a_deleted_schedule_gives_way_to_the_default(self, client, user):
        extra = baker.make(Schedule, user=user, name="Extra", timezone="UTC", is_default=False)
        made = create(client, schedule=str(extra.pk))
        client.delete(f"/api/v1/availability/schedules/{extra.pk}/")
        assert client.get(f"{URL}{made['id']}/").json()["schedule"] is None


class TestDuplicate:
    def test_a_copy_differs_in_name_address_and_switch_only(self, client):
        made = create(client, **{**EVERY_FIELD, "is_active": True, "is_private": False})
        copy = client.post(f"{URL}{made['id']}/duplicate/")
        assert copy.status_code == 201
        own = ("id", "name", "event_type_slug", "booking_url", "created_at", "updated_at")
        assert {k: v for k, v in copy.json().items() if k not in own} == {
            **{k: v for k, v in made.items() if k not in own},
            "is_active": False,
        }
        assert copy.json()["name"] == "Design review (copy)"
        assert copy.json()["event_type_slug"] == "design-review-copy"
        assert client.get(f"{URL}{made['id']}/").json() == made

    def test_copies_of_copies_find_names(self, client):
        made = create(client, name="x" * 200)
        names = [client.post(f"{URL}{made['id']}/duplicate/").json()["name"] for _ in range(3)]
        assert len({*names}) == 3
        assert all(len(name) <= 200 for name in names)
        assert names[1].endswith(" (copy 2)")

    def test_a_private_copy_gets_a_secret_of_its_own(self, client):
        made = create(client, is_private=True)
        copy = client.post(f"{URL}{made['id']}/duplicate/").json()
        assert copy["event_type_slug"][-8:] != made["event_type_slug"][-8:]


class TestDelete:
    def test_it_is_gone_and_its_bookings_stand(self, client):
        made = create(client)
        booking = book(made["id"], datetime(2026, 12, 1, 9, tzinfo=UTC))
        assert client.delete(f"{URL}{made['id']}/").status_code == 204
        assert client.get(f"{URL}{made['id']}/").status_code == 404
        assert client.get(URL).json()["results"] == []
        booking.refresh_from_db()
        assert booking.status == BookingStatus.CONFIRMED
        assert not booking.event_type.is_active

    def test_name_and_address_become_free(self, client):
        first = create(client, name="Call")
        client.delete(f"{URL}{first['id']}/")
        assert create(client, name="Call")["event_type_slug"] == "call"

    def test_twice_is_not_found(self, client):
        made = create(client)
        client.delete(f"{URL}{made['id']}/")
        assert client.delete(f"{URL}{made['id']}/").status_code == 404


class TestOwnership:
    def test_event_types_of_others_do_not_exist(self, client):
        other = Client()
        other.force_login(make_user("bob"))
        theirs = create(other)
        url = f"{URL}{theirs['id']}/"
        answers = [
            client.get(url),
            send(client, "put", url, {"name": "Mine"}),
            send(client, "patch", url, {"name": "Mine"}),
            client.post(f"{url}duplicate/"),
            client.delete(url),
        ]
        assert [answer.status_code for answer in answers] == [404] * 5
        assert client.get(URL).json()["results"] == []
        assert other.get(url).json() == theirs

    def test_a_visitor_is_asked_to_sign_in(self):
        answers = [Client().get(URL), send(Client(), "post", URL, {"name": "x"})]
        assert [answer.status_code for answer in answers] == [401, 401]


class TestList:
    def test_filters_and_search(self, client):
        create(client, name="Coffee", description="A chat")
        create(client, name="Interview", is_active=False)
        create(client, name="Workshop", event_type_slug="chat-room")

        def names(query):
            page = client.get(f"{URL}?{query}").json()
            return [item["name"] for item in page["results"]]

        assert names("") == ["Coffee", "Interview", "Workshop"]
        assert names("is_active=true") == ["Coffee", "Workshop"]
        assert names("is_active=false") == ["Interview"]
        assert names("search=CHAT") == ["Coffee", "Workshop"]
        assert names("search=chat&is_active=false") == []

    @pytest.mark.parametrize("query", ["is_active=perhaps", "search=%00"])
    def test_a_wrong_filter_is_named(self, client, query):
        response = client.get(f"{URL}?{query}")
        assert (response.status_code, response.json()["code"]) == (400, "invalid_request")

    def test_pages_by_cursor(self, client):
        for number in range(5):
            create(client, name=f"E{number}")
        names, url = [], f"{URL}?page_size=2"
        while url:
            page = client.get(url).json()
            names += [item["name"] for item in page["results"]]
            url = page["next"]
        assert names == ["E0", "E1", "E2", "E3", "E4"]

    def test_takes_as_many_queries_for_thirty_as_for_one(
        self, client, django_assert_max_num_queries
    ):
        for number in range(30):
            made = create(client, name=f"E{number}")
            book(made["id"], datetime.now(UTC) + timedelta(hours=number))
        with django_assert_max_num_queries(6):
            page = client.get(URL).json()
        assert len(page["results"]) == 30

    def test_counts_live_bookings_of_the_next_seven_local_dates(self, client):
        made, other = create(client), create(client, name="Other")
        today = datetime.now(BERLIN).replace(hour=0, minute=0, second=0, microsecond=0)

        def at(days, hours=0):
            return (today + timedelta(days=days)).replace(hour=hours).astimezone(UTC)

        book(made["id"], at(0))
        book(made["id"], at(0, 23))
        book(made["id"], at(6, 23), status=BookingStatus.COMPLETED)
        book(made["id"], at(3), status=BookingStatus.CANCELLED)
        book(made["id"], at(7))
        book(made["id"], at(-1, 23))
        book(other["id"], at(1))
        counts = {
            item["name"]: item["bookings_next_7_days"] for item in client.get(URL).json()["results"]
        }
        assert counts == {
            "Intro call": [2, 0, 0, 0, 0, 0, 1],
            "Other": [0, 1, 0, 0, 0, 0, 0],
        }
