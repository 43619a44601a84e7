"""What an attendee does with those they bring and with their own data, by their own link."""

from __future__ import annotations

import pytest
import time_machine

from apps.common.errors import InvalidState, NotFound, ValidationFailed
from apps.common.models import OutboxRow
from apps.events import errors
from apps.events.models import Attendee, Booking, BookingAuditLog, CustomQuestion
from apps.events.services.attendees import remove_brought, update_attendee
from apps.events.services.bookings import Guest, regenerate_access_token
from apps.events.tests.groups import add, bring, holder, leave, make_yoga, seen, the_session, told
from tests.cast import NOW, at, book, join

pytestmark = pytest.mark.django_db
KIM = (Guest("Kim", "kim@x.example"),)


@pytest.fixture
def yoga(ana):
    return make_yoga(ana)


def _kim() -> Attendee:
    return Attendee.objects.get(name="Kim")


def _mia() -> Attendee:
    return Attendee.objects.get(email="mia@example.net")


def _take_off(seat, attendee: Attendee, *, now=NOW) -> Booking:
    shown = seen(seat)
    return remove_brought(booking=shown, attendee_id=attendee.pk, actor=holder(shown), now=now)


def _edit(seat, *, now=NOW, **changes) -> Booking:
    shown = seen(seat)
    return update_attendee(booking=shown, changes=changes, actor=holder(shown), now=now)


def _url(seat) -> str:
    return f"/api/v1/events/booking/{seat.access_token}/manage/"


def test_an_attendee_brings_somebody(yoga):
    mia = join(yoga, at(10), "Mia")
    OutboxRow.objects.all().delete()
    shown = bring(mia, "Kim")
    assert (shown.attendee_count, shown.invitee_name, the_session().attendee_count) == (2, "Mia", 2)
    kim = _kim()
    assert (kim.brought_by.name, kim.timezone, kim.created_from) == (
        "Mia", "Europe/Berlin", "203.0.113.7",
    )  # fmt: skip
    assert kim.access_token != mia.access_token
    assert told() == [("created", "invitee", "Kim"), ("joined", "organizer", "Kim")]
    row = BookingAuditLog.objects.last()
    assert (row.action, row.actor_type, row.actor_name) == ("attendee_added", "attendee", "Mia")
    with pytest.raises(errors.TooSoon):
        bring(mia, "Lou", now=at(10, 1))
    # They go together.
    leave(seen(mia))
    assert _kim().status == "cancelled"


def test_nobody_is_brought_where_nobody_may_join(yoga):
    mia = join(
        yoga, at(10), "Mia", guests=tuple(Guest(f"G{n}", f"g{n}@x.example") for n in range(3))
    )
    yoga.min_scheduling_notice = 180
    yoga.save()
    with pytest.raises(errors.TooSoon):
        bring(mia, "Kim")
    yoga.min_scheduling_notice = 0
    yoga.is_active = False
    yoga.save()
    with pytest.raises(InvalidState, match="No more bookings"):
        bring(mia, "Kim")
    yoga.is_active = True
    yoga.save()
    bring(mia, "Kim")
    with pytest.raises(errors.Full):
        bring(mia, "Lou")
    assert the_session().attendee_count == Attendee.objects.count() == 5


def test_who_may_not_book_is_not_brought(yoga):
    yoga.denied_email_domains = ["example.net"]
    yoga.save()
    mia = join(yoga, at(10), "Mia", invitee_email="mia@fine.example")
    with pytest.raises(ValidationFailed) as refused:
        bring(mia, "Kim")
    assert [(e.pointer, e.code) for e in refused.value.errors] == [("/email", "domain_not_allowed")]
    yoga.denied_email_domains, yoga.max_upcoming_per_invitee = [], 1
    yoga.save()
    bring(mia, "Kim")
    with pytest.raises(ValidationFailed) as refused:
        bring(mia, "Kim")
    assert [e.pointer for e in refused.value.errors] == ["/email"]


def test_answers_are_asked_of_each(client, yoga):
    shoes = CustomQuestion.objects.create(
        event_type=yoga, question_text="Shoe size", question_type="number", is_required=True
    )
    size = str(shoes.pk)
    mia = join(yoga, at(10), "Mia", answers={size: 38})

    def act(body):
        return client.post(_url(mia), body, content_type="application/json")

    with time_machine.travel(NOW, tick=False):
        kim = {"action": "add_attendee", "name": "Kim", "email": "kim@x.example"}
        refused = act(kim)
        assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (
            422, f"/custom_answers/{size}",
        )  # fmt: skip
        assert act({**kim, "custom_answers": {size: 40}}).status_code == 200
        assert act({"action": "update", "custom_answers": {size: "big"}}).status_code == 422
        changed = act({"action": "update", "custom_answers": {size: 39}})
        assert changed.json()["custom_answers"] == {size: "39"}
    assert (_kim().custom_answers, Attendee.objects.get(name="Mia").custom_answers) == (
        {size: "40"}, {size: "39"},
    )  # fmt: skip
    # The organizer may leave them open.
    assert add(the_session(), "Lou").custom_answers == {}
    with pytest.raises(ValidationFailed):
        add(the_session(), "Nia", answers={size: "big"})


def test_seats_that_are_held_are_not_for_guests(yoga):
    mia = join(yoga, at(10), "Mia")
    Booking.objects.update(held_seats=4)
    with pytest.raises(errors.Full):
        bring(mia, "Kim")


def test_who_was_brought_brings_nobody(yoga):
    join(yoga, at(10), "Mia", guests=KIM)
    with pytest.raises(InvalidState, match="booked by somebody else"):
        bring(_kim(), "Lou")


def test_who_is_gone_brings_nobody(yoga, intro):
    mia = join(yoga, at(10), "Mia")
    join(yoga, at(10), "Jonas")
    leave(seen(mia))
    with pytest.raises(InvalidState):
        bring(mia, "Kim")
    with pytest.raises(InvalidState, match="one person"):
        bring(book(intro, at(12)), "Kim")


def test_an_attendee_takes_off_whom_they_brought(yoga):
    mia = join(yoga, at(10), "Mia", guests=KIM)
    jonas = join(yoga, at(10), "Jonas")
    OutboxRow.objects.all().delete()
    shown = _take_off(mia, _kim())
    assert (shown.attendee_count, the_session().attendee_count) == (1, 2)
    assert (_kim().status, _kim().cancelled_by) == ("cancelled", "invitee")
    assert told() == [("cancelled", "invitee", "Kim"), ("left", "organizer", "Kim")]
    for other in (_kim(), jonas.attendee, mia.attendee):
        with pytest.raises(NotFound):
            _take_off(mia, other)
    bring(mia, "Lou")
    with pytest.raises(InvalidState):
        _take_off(mia, Attendee.objects.get(name="Lou"), now=at(10))


def test_a_cut_off_holds_for_those_who_are_brought(yoga):
    mia = join(yoga, at(10), "Mia", guests=KIM)
    yoga.change_cutoff_minutes = 24 * 60
    yoga.save()
    with pytest.raises(InvalidState, match="too late"):
        _take_off(mia, _kim())


def test_an_attendee_changes_their_own_data(yoga):
    mia = join(yoga, at(10), "Mia")
    shown = _edit(
        mia,
        invitee_name="Mia Roth",
        invitee_phone="+49 30 9",
        invitee_timezone="Asia/Tokyo",
        notes="late",
    )
    assert (shown.invitee_name, shown.invitee_timezone) == ("Mia Roth", "Asia/Tokyo")
    stored = Attendee.objects.get()
    assert (stored.name, stored.phone, stored.timezone, stored.notes) == (
        "Mia Roth", "+49 30 9", "Asia/Tokyo", "late",
    )  # fmt: skip
    row = BookingAuditLog.objects.last()
    assert (row.action, row.old_values["name"], row.new_values["name"]) == (
        "attendee_updated", "Mia", "Mia Roth",
    )  # fmt: skip
    rows = BookingAuditLog.objects.count()
    _edit(mia, invitee_name="Mia Roth")
    assert BookingAuditLog.objects.count() == rows


def test_an_attendee_of_before_a_rule_changes_the_rest(yoga):
    mia = join(yoga, at(10), "Mia")
    old = "Mi\u0430"  # a Cyrillic a
    Attendee.objects.update(name=old, phone="none", timezone="Nowhere/Gone")
    _edit(mia, invitee_name=old, invitee_timezone="Nowhere/Gone", notes="late")
    assert (_mia().name, _mia().notes) == (old, "late")
    with pytest.raises(ValidationFailed):
        _edit(mia, invitee_name="M\u0456a")


def test_data_stands_once_it_is_over(yoga):
    mia = join(yoga, at(10), "Mia")
    _edit(mia, notes="on my way", now=at(10, 29))
    with pytest.raises(InvalidState):
        _edit(mia, notes="it was nice", now=at(10, 30))


def test_what_was_erased_is_not_written_again(yoga):
    mia = join(yoga, at(10), "Mia")
    Attendee.objects.update(erased_at=NOW, name="")
    with pytest.raises(InvalidState):
        _edit(mia, invitee_name="Mia")
    assert Attendee.objects.get().name == ""


def test_a_link_that_was_replaced_changes_nothing(yoga):
    mia = seen(join(yoga, at(10), "Mia"))
    regenerate_access_token(booking=mia, actor=holder(mia), now=NOW)
    with pytest.raises(NotFound):
        update_attendee(booking=mia, changes={"notes": "x"}, actor=holder(mia), now=NOW)


def test_a_party_over_http(client, yoga):
    mia = join(yoga, at(10), "Mia")

    def act(body, status=200):
        response = client.post(_url(mia), body, content_type="application/json")
        assert response.status_code == status, response.content
        return response.json()

    with time_machine.travel(NOW, tick=False):
        before = client.get(_url(mia)).json()
        assert (before["can_add_attendee"], before["can_edit"], before["others"]) == (
            True, True, [],
        )  # fmt: skip
        added = act({"action": "add_attendee", "name": "Kim", "email": "kim@x.example"})
        assert [(one["name"], one["email"], one["is_you"]) for one in added["attendees"]] == [
            ("Mia", "mia@example.net", True), ("Kim", "kim@x.example", False),
        ]  # fmt: skip
        kim = added["attendees"][1]["id"]
        guest = client.get(_url(_kim())).json()
        assert (guest["can_add_attendee"], len(guest["attendees"])) == (False, 1)
        assert act({"action": "update", "invitee_name": "Mia R"})["invitee_name"] == "Mia R"
        wrong = act({"action": "update", "invitee_name": " ", "invitee_phone": "x"}, 422)
        assert [one["pointer"] for one in wrong["errors"]] == ["/invitee_name", "/invitee_phone"]
        wrong = act({"action": "add_attendee", "name": "Lou", "email": "x\nBcc: y@z.example"}, 422)
        assert wrong["errors"][0]["pointer"] == "/email"
        assert len(act({"action": "remove_attendee", "attendee_id": kim})["attendees"]) == 1
        act({"action": "remove_attendee", "attendee_id": kim}, 404)
        act({"action": "remove_attendee", "attendee_id": "x"}, 422)
        act({"action": "update", "invitee_timezone": "Mars"}, 422)


def test_each_who_is_brought_spends_from_the_budget_of_mails(client, yoga, settings):
    settings.RATE_LIMITS = True
    mia = join(yoga, at(10), "Mia")
    statuses = []
    with time_machine.travel(NOW, tick=False):
        for n in range(7):
            body = {"action": "add_attendee", "name": f"G{n}", "email": f"g{n}@x.example"}
            statuses.append(
                client.post(_url(mia), body, content_type="application/json").status_code
            )
            if statuses[-1] == 200:
                guest = Attendee.objects.get(name=f"G{n}")
                off = {"action": "remove_attendee", "attendee_id": str(guest.pk)}
                client.post(_url(mia), off, content_type="application/json")
    assert statuses == [200] * 5 + [429] * 2


def test_one_on_one_data_by_the_invitee(client, intro):
    booking = book(intro, at(10))
    with time_machine.travel(NOW, tick=False):
        body = {"action": "update", "invitee_name": "J. Keller", "notes": "by phone, please"}
        changed = client.post(_url(booking), body, content_type="application/json")
        assert (changed.status_code, changed.json()["invitee_name"]) == (200, "J. Keller")
        assert (changed.json()["attendees"], changed.json()["can_add_attendee"]) == ([], False)
    with time_machine.travel(at(10, 30), tick=False):
        late = client.post(_url(booking), body, content_type="application/json")
        assert (late.status_code, late.json()["code"]) == (409, "invalid_state")


def test_attendees_see_names_where_the_organizer_shows_them(client, yoga):
    mia = join(yoga, at(10), "Mia", guests=KIM)
    jonas = join(yoga, at(10), "Jonas")
    leave(seen(join(yoga, at(10), "Gone")))
    add(the_session(), "Lou")
    with time_machine.travel(NOW, tick=False):
        hidden = client.get(_url(mia)).json()
        yoga.shows_attendees = True
        yoga.save()
        shown = client.get(_url(mia))
        others = client.get(_url(jonas)).json()["others"]
        page = client.get(f"/booking/{mia.access_token}/manage").content.decode()
    assert hidden["others"] == []
    assert sorted(shown.json()["others"]) == ["Jonas", "Lou"]
    assert sorted(others) == ["Kim", "Lou", "Mia"]
    assert "Jonas" in page
    for address in ("jonas@example.net", "lou@example.net"):
        assert address not in shown.content.decode()
        assert address not in page


def test_a_party_without_a_script(client, yoga):
    mia = join(yoga, at(10), "Mia")
    page = f"/booking/{mia.access_token}/manage"

    def act(**fields):
        return client.post(page, fields)

    with time_machine.travel(NOW, tick=False):
        first = client.get(page).content.decode()
        assert "Bring somebody" in first
        assert 'value="remove_attendee"' not in first
        wrong = act(action="add_attendee", name="Kim", email="kim at home")
        assert wrong.status_code == 422
        assert 'value="kim at home" aria-invalid="true"' in wrong.content.decode()
        assert act(action="add_attendee", name="K" * 201, email="a@x.example").status_code == 422
        added = act(action="add_attendee", name="Kim", email="kim@x.example")
        assert added["Location"] == f"{page}?saved"
        shown = client.get(added["Location"]).content.decode()
        assert "Your changes are saved" in shown
        assert 'aria-label="Remove Kim"' in shown
        gone = act(action="remove_attendee", attendee_id=str(_kim().pk))
        assert gone["Location"] == f"{page}?saved"
        assert act(action="remove_attendee", attendee_id=str(_kim().pk)).status_code == 409
        assert act(action="remove_attendee", attendee_id="x").status_code == 409
        wrong = act(action="update", invitee_name="", notes="kept")
        assert wrong.status_code == 422
        assert ">kept</textarea>" in wrong.content.decode()
        saved = act(action="update", invitee_name="Mia Roth", invitee_phone="", notes="a\r\nb")
        assert saved["Location"] == f"{page}?saved"
    assert (_mia().name, _mia().notes) == ("Mia Roth", "a\nb")


def test_one_on_one_data_without_a_script(client, intro):
    booking = book(intro, at(10))
    page = f"/booking/{booking.access_token}/manage"
    with time_machine.travel(NOW, tick=False):
        assert "Bring somebody" not in client.get(page).content.decode()
        form = {"action": "update", "invitee_name": "J. Keller", "invitee_phone": "", "notes": ""}
        assert client.post(page, form)["Location"] == f"{page}?saved"
        bring = {"action": "add_attendee", "name": "Kim", "email": "kim@x.example"}
        assert client.post(page, bring).status_code == 409
    assert Booking.objects.get().invitee_name == "J. Keller"
