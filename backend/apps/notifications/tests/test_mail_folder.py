"""Mail in a folder, and the development page that shows it."""

from __future__ import annotations

import pytest
from django.core.mail import EmailMessage, send_mail
from django.db import transaction
from django.test import Client, override_settings
from django.urls import include, path, reverse

from apps.common.outbox import enqueue
from apps.common.outbox.draining import drain
from apps.common.time import utc_now
from apps.notifications.effects import send_booking_mail
from apps.notifications.mail.folder import file_name, is_file_name
from apps.notifications.mail.reading import find_mail, list_mails
from apps.notifications.public import booking_mails
from apps.notifications.tests.rfc import check_calendar
from apps.notifications.tests.samples import ANA, BOOKED, JONAS, changed

urlpatterns = [path("dev/mail/", include("apps.notifications.dev_urls"))]
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.EMAIL_BACKEND = "apps.notifications.mail.folder.FolderBackend"
    settings.EMAIL_FILE_PATH = str(tmp_path / "mail")
    settings.SHOW_MAIL_FOLDER = True
    settings.ROOT_URLCONF = __name__
    return tmp_path / "mail"


def book(**values) -> None:
    with transaction.atomic():
        enqueue(booking_mails(changed(**values)), now=utc_now())
    drain()


def test_each_mail_is_a_file_and_a_repeat_replaces_it(folder):
    book()
    files = sorted(folder.iterdir())
    assert len(files) == 2
    assert all(is_file_name(file.name) for file in files)
    for effect in booking_mails(BOOKED):
        send_booking_mail(dict(effect.payload), context=None)
    assert sorted(folder.iterdir()) == files
    assert {mail.recipient for mail in list_mails()} == {
        "Ana Ruiz <ana@ruiz.example>", "Jonas Keller <jonas@keller.example>",
    }  # fmt: skip


def test_any_mail_of_django_is_kept(folder):
    assert send_mail("Reset", "A link", None, ["ana@ruiz.example"]) == 1
    assert EmailMessage("Nobody", "x", to=[]).send() == 0
    [mail] = list_mails()
    assert (mail.subject, mail.text.strip(), mail.html, mail.calendar) == (
        "Reset",
        "A link",
        "",
        "",
    )


@pytest.mark.parametrize("message_id", [
    "<../../etc/passwd@x>", "<a/b@x>", "", "<.hidden@x>", "<" + "x" * 400 + "@y>", "<a b@c>",
])  # fmt: skip
def test_no_message_id_leaves_the_folder(message_id):
    name = file_name(message_id)
    assert is_file_name(name)
    assert name == file_name(message_id)


@pytest.mark.parametrize("name", ["../secret_key", "..", "x.txt", ".part.eml", "a/b.eml", "no.eml"])
def test_no_other_file_is_read(folder, name):
    folder.mkdir()
    (folder.parent / "secret_key").write_text("secret")
    assert find_mail(name) is None


def test_the_page_lists_mails_and_shows_their_parts(client: Client):
    book()
    page = client.get("/dev/mail/").content.decode()
    assert page.count('class="row"') == 2
    assert "Confirmed: Portrait sitting with Ana Ruiz, Tue 4 May 2027" in page
    name = next(mail.name for mail in list_mails() if JONAS.email in mail.recipient)
    detail = client.get(f"/dev/mail/{name}/").content.decode()
    assert "Portrait sitting with Ana Ruiz" in detail
    assert 'sandbox="allow-top-navigation-by-user-activation"' in detail
    assert "METHOD:REQUEST" in detail
    assert BOOKED.manage_url in detail
    calendar = client.get(f"/dev/mail/{name}/invite.ics")
    check_calendar(calendar.content, method="REQUEST")
    assert b"Message-ID: " in client.get(f"/dev/mail/{name}/raw/").content


def test_the_html_part_is_served_in_a_sandbox(client: Client):
    book()
    answer = client.get(reverse("dev-mail-html", args=[list_mails()[0].name]))
    policy = answer["Content-Security-Policy"]
    assert policy.startswith("sandbox ")
    assert "default-src 'none'" in policy
    assert "allow-scripts" not in policy
    assert b'<base target="_top">' in answer.content


def test_names_of_strangers_are_escaped_on_the_page(client: Client):
    from dataclasses import replace

    book(invitee=replace(JONAS, name="<script>alert(1)</script>"))
    name = next(mail.name for mail in list_mails() if ANA.email in mail.recipient)
    for address in ("/dev/mail/", f"/dev/mail/{name}/"):
        page = client.get(address).content
        assert b"<script>" not in page
        assert b"&lt;script&gt;" in page


def test_an_empty_folder_says_what_to_do(client: Client):
    assert b"Book a time to get the first." in client.get("/dev/mail/").content


@pytest.mark.parametrize("address", [
    "", "x.eml/", "x.eml/html/", "x.eml/raw/", "x.eml/invite.ics", "..%2Fsecret_key/raw/",
])  # fmt: skip
def test_the_page_is_not_there_unless_it_is_switched_on(client: Client, folder, address):
    folder.mkdir()
    (folder / "x.eml").write_bytes(b"Subject: x\r\n\r\nx")
    with override_settings(SHOW_MAIL_FOLDER=False):
        assert client.get(f"/dev/mail/{address}").status_code == 404
    assert client.get("/dev/mail/missing.eml/").status_code == 404
    assert client.get("/dev/mail/x.eml/invite.ics").status_code == 404
    assert client.post("/dev/mail/").status_code == 405


def test_one_unreadable_file_hides_no_mail(client: Client, folder):
    book()
    (folder / "bad.eml").write_bytes(b"Content-Type: text/plain; charset=no-such\r\n\r\nx\xff")
    page = client.get("/dev/mail/").content.decode()
    assert page.count('class="row"') == 3
    assert "Unreadable: bad.eml" in page
    assert "cannot be read as a mail" in client.get("/dev/mail/bad.eml/").content.decode()
    assert b"charset=no-such" in client.get("/dev/mail/bad.eml/raw/").content
