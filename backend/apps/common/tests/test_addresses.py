"""E-mail addresses that mail can go to."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.common.addresses import MAX_LENGTH, UnusableAddress, read_address


@pytest.mark.parametrize(("typed", "stored"), [
    ("ana@example.com", "ana@example.com"),
    ("Ana.O'Brien+x@Example.com", "Ana.O'Brien+x@Example.com"),
    ("x@exämple.com", "x@xn--exmple-cua.com"),
    ("x@straße.example", "x@xn--strae-oqa.example"),  # IDNA 2003 would write to strasse.example
    ("x@例え.テスト", "x@xn--r8jz45g.xn--zckzah"),
])  # fmt: skip
def test_usable_addresses(typed, stored):
    assert read_address(typed) == stored
    assert read_address(stored) == stored


@pytest.mark.parametrize("typed", [
    "", "@", "ana", "ana@", "@example.com", "ana@example", "ana@example.com\u200b",
    "a\u200bna@example.com", "ana@exam\u00adple.com", " ana@example.com", "ana@example.com\n",
    "ána@example.com", "\u017fna@example.com", '"a b"@example.com', '"a>,<b@x.com"@example.com',
    "=?utf-8?q?x?=@example.com", "ana@-é.com", "ana@" + "é" * 80 + ".com",
    "ana@" + "exämple." * 40 + "com",
])  # fmt: skip
def test_addresses_that_no_mail_can_go_to(typed):
    with pytest.raises(UnusableAddress, match=r"[.]$"):
        read_address(typed)


@given(st.one_of(st.text(), st.tuples(st.text("ab.é"), st.text("ab.é。-xn")).map("@".join)))
def test_any_text_is_refused_or_becomes_ascii(text):
    try:
        address = read_address(text)
    except UnusableAddress:
        return
    assert address.isascii()
    assert len(address) <= MAX_LENGTH
