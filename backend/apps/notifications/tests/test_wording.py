"""Text of strangers made fit for messages."""

from __future__ import annotations

import pytest
from hypothesis import given

from apps.notifications.tests.strangers import texts
from apps.notifications.wording import one_line, plain_text, safe_name, web_link


@pytest.mark.parametrize(("typed", "shown"), [
    ("Jonas Keller", "Jonas Keller"),
    ("  Jonas\r\n\tKeller ", "Jonas Keller"),
    ("Dr. J.R. Keller", "Dr. J. R. Keller"),
    ("Win at https://evil.example/x", "Win at https: evil. example/x"),
    ("www.evil.example", "www. evil. example"),
    ("a@evil.example", "a@evil. example"),
    ("evil。example", "evil. example"),
    ("O'Brien-Šťastný (née Łuk)", "O'Brien-Šťastný (née Łuk)"),
    ("نور", "نور"),
    ("\u202egnahc\u202c", "gnahc"),
    ("می\u200cخواهم", "می\u200cخواهم"),
    ("👩\u200d👧 Keller", "👩\u200d👧 Keller"),
    ("\u200cJonas\u200d", "Jonas"),
    ("evil.\u200dexample", "evil. example"),
    ("evil․example", "evil. example"),
    ("https：／／evil", "https: evil"),
    ("=?utf-8?b?PGE+?=", "= ?utf-8?b?PGE+?="),
    ("", ""),
])  # fmt: skip
def test_names(typed, shown):
    assert safe_name(typed) == shown


def test_long_names_are_cut_visibly():
    assert safe_name("x" * 500) == "x" * 79 + "…"


@given(texts)
def test_what_is_made_safe_stays_so(text):
    name = safe_name(text)
    assert len(name) <= 80
    assert one_line(name) == name
    assert "://" not in name
    assert "\r" not in plain_text(text)


@pytest.mark.parametrize(("url", "link"), [
    ("https://meet.example.com/x?y=1", "https://meet.example.com/x?y=1"),
    ("HTTP://meet.example.com", "HTTP://meet.example.com"),
    ("javascript:alert(1)", ""), ("meet.example.com", ""), ("https://a b", ""), ("", ""),
    ("https://a\r\nBcc: x", ""),
])  # fmt: skip
def test_links(url, link):
    assert web_link(url) == link
