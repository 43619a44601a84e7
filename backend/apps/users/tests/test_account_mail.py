"""The mails about accounts."""

from __future__ import annotations

from pathlib import Path

import allauth
import pytest

from apps.common.time import utc_now
from apps.users.accounts.mail import MAILS, compose_account_mail, queue_account_mail
from apps.users.models import User
from apps.users.services import register_user
from apps.users.tests.calls import PASSWORD, delivered

pytestmark = pytest.mark.django_db

# Features of allauth that are off: sign-in codes, reset codes, mail to unknown addresses.
NOT_SENT = {"login_code", "password_reset_code", "unknown_account"}


@pytest.fixture
def ana():
    return register_user(email="ana@example.com", password=PASSWORD, name="Ana <b>Duarte</b>")


def compose(kind: str, user: User | None, email: str = "ana@example.com"):
    return compose_account_mail(
        kind=kind, email=email, user=user, ip="203.0.113.7", at=utc_now(), key="x:1234"
    )


def test_every_mail_that_allauth_may_send_has_our_words():
    folder = Path(allauth.__file__).parent / "templates"
    sent = {
        path.name.removesuffix("_subject.txt")
        for app in ("account", "mfa")
        for path in (folder / app / "email").glob("*_subject.txt")
    }
    assert sent - NOT_SENT == set(MAILS)


@pytest.mark.parametrize("kind", sorted(MAILS))
def test_each_mail_reads_in_text_and_html(ana, kind):
    message = compose(kind, ana)
    html, kind_of_part = message.alternatives[0]
    assert kind_of_part == "text/html"
    assert str(MAILS[kind].lead) in message.body
    assert "Hello Ana <b>Duarte</b>," in message.body
    assert "Ana &lt;b&gt;Duarte&lt;/b&gt;" in html
    assert "<b>Duarte" not in html
    assert message.extra_headers["Message-ID"] == "<1234.account@testserver>"
    assert ("http://testserver/" in message.body.split("--")[0]) == bool(MAILS[kind].button)
    assert ("203.0.113.7" in message.body) == MAILS[kind].is_notice


def test_somebody_deleted_meanwhile_gets_no_mail(ana):
    queue_account_mail(
        kind="password_reset_key", email=ana.email, user_id=ana.pk, ip="", now=utc_now()
    )
    ana.delete()
    assert delivered() == []
