"""What `make run` makes and says, with HOST for this machine alone and for all."""

from __future__ import annotations

import pytest

from apps.events import demo
from tests.servers import manage

pytestmark = pytest.mark.django_db(transaction=True)

MAIL_PAGE = "/dev/mail/"
MAIL_PAGE_OFF = "The page of mails is off"


def prepare(**env: str) -> str:
    """The command's output under `make run`'s own settings."""
    given = {"HOST": "", "DEMO": "", "EMAIL_HOST": "", "ENV_FILE": "/dev/null", **env}
    return manage("prepare_local", **given)


@pytest.mark.parametrize("host", ["", "127.0.0.1", "localhost"])
def test_for_this_machine_there_is_a_demo_and_a_page_of_mails(host):
    told = prepare(HOST=host)
    assert demo.has_demo()
    assert demo.PASSWORD in told
    assert MAIL_PAGE in told
    assert "other machines" not in told


def test_for_other_machines_there_is_neither():
    told = prepare(HOST="0.0.0.0")
    assert not demo.has_demo()
    assert demo.PASSWORD not in told
    assert MAIL_PAGE not in told
    assert MAIL_PAGE_OFF in told
    assert "The demo is left out; DEMO=on makes it." in told


def test_a_demo_for_other_machines_is_asked_for_by_name():
    told = prepare(HOST="0.0.0.0", DEMO="on")
    assert demo.has_demo()
    assert "anyone may sign in as her" in told
    assert MAIL_PAGE not in told


def test_a_demo_made_before_is_warned_of():
    prepare()
    told = prepare(HOST="0.0.0.0")
    assert "anyone may sign in as her" in told
    assert MAIL_PAGE_OFF in told


def test_with_a_mail_server_nothing_is_said_about_the_page():
    told = prepare(HOST="0.0.0.0", EMAIL_HOST="127.0.0.1")
    assert MAIL_PAGE not in told
    assert MAIL_PAGE_OFF not in told


def test_the_demo_can_be_left_out_everywhere():
    told = prepare(DEMO="off")
    assert not demo.has_demo()
    assert MAIL_PAGE in told
