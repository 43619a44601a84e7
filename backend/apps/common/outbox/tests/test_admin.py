"""What an operator may do to effects in the admin."""

from __future__ import annotations

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from apps.common.outbox.draining import drain
from apps.common.outbox.models import OutboxRow
from apps.common.outbox.tests import sample_effects

pytestmark = pytest.mark.django_db
LIST = "/admin/common/outboxrow/"


@pytest.fixture
def operator(client: Client) -> Client:
    user = get_user_model().objects.create_superuser(
        email="operator@example.com", name="Operator", password="correct horse battery"
    )
    client.force_login(user)
    return client


def act(operator: Client, action: str, *rows: OutboxRow) -> str:
    data = {"action": action, "_selected_action": [row.pk for row in rows]}
    return operator.post(LIST, data, follow=True).content.decode()


def test_a_dead_effect_is_shown_with_its_reason_and_retried(operator, write):
    row = write("a", name="sample.fail", payload={"permanent": True})
    done = write("b")
    drain()
    page = operator.get(LIST, {"state": "dead"}).content.decode()
    assert "sample.fail" in page
    assert ">no<" in page.replace("\n", "").replace(" ", "")
    sample_effects.contexts.clear()
    assert "1 of 2 are due now." in act(operator, "retry", row, done)
    drain()
    assert sample_effects.carried_out() == ["a"]


def test_a_waiting_effect_is_given_up_by_name(operator, write):
    row = write("a", name="sample.fail")
    assert "1 of 1 are given up." in act(operator, "discard", row)
    row.refresh_from_db()
    assert (row.state, row.last_error) == ("dead", "Discarded by operator@example.com.")


def test_nothing_is_written_by_hand_and_no_payload_is_shown(operator, write):
    row = write("a", payload={"manage_url": "https://book.example.com/token-of-the-invitee"})
    detail = operator.get(f"{LIST}{row.pk}/change/")
    assert detail.status_code == 200
    assert "token-of-the-invitee" not in detail.content.decode()
    assert operator.get(f"{LIST}add/").status_code == 403
    assert operator.post(f"{LIST}{row.pk}/change/", {"state": "done"}).status_code == 403
    assert operator.post(f"{LIST}{row.pk}/delete/", {"post": "yes"}).status_code == 403
    row.refresh_from_db()
    assert row.state == "pending"
