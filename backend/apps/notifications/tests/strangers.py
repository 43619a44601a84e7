"""Text as strangers type it, for hypothesis: hostile, foreign, long."""

from __future__ import annotations

from hypothesis import strategies as st

_NASTY = st.sampled_from([
    "Bobby\r\nBcc: all@example.com", "a\nSubject: x", "\r\n\r\n<html>", 'Ana "the" Ruiz, Dr.',
    "<script>alert(1)</script>", "x;y,z:\\w", "BEGIN:VEVENT\r\nUID:x", "=?utf-8?q?x?=", "=?utf-8?q?=0d=0aBcc:_x?=", "=?utf-8?b?//8=?=", "=?utf-8?b?PGE+?=",
    "=\u200d?utf-8?q?x?=", "=?=?utf-8?q?x?=?=",
    "http://evil.example/path", "WWW.EVIL.EXAMPLE", "evil.example", "a@evil.example",
    "\u202eegnahcxe\u202c", "名前" * 60, "é" * 300, "👩‍👩‍👧‍👦" * 30, "x" * 3000, "%s {0} {other} %(a)s",
    "{{ mail.subject }}{% now %}", "Back\\slash\\", "\u2028line\u2029paragraph", "\x7f\x1b[31m", "a\tb", ".", "",
    "ana＠evil。example", "^n^'^^", "mailto:x", "a,b,<c@d.example>", "\ufeffx", "'", "--", "٣:٠٠",
])  # fmt: skip

# What the API lets in: no NUL, no surrogates (apps/common/text.py).
texts = st.one_of(
    _NASTY,
    st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\x00"), max_size=120),
    st.tuples(
        _NASTY,
        st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\x00"), max_size=20),
    ).map("".join),
)
