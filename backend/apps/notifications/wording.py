"""Text of strangers made fit for messages: one line, no links, no control characters."""

from __future__ import annotations

import re
import unicodedata

NAME_LENGTH = 80
_BLANKS = re.compile(r"\s+")
_SCHEME = re.compile(r"[:：﹕]\s*[/／]{2,}")
# A dot that joins two words makes mail programs see an address of the web or of a mailbox.
_JOINING_DOT = re.compile(r"[.。．｡․﹒](?=\w)")
# Zero-width (non-)joiners between the characters that they shape: Persian words, emoji of families.
_JOINERS = "\u200c\u200d"
_CUT_AWAY = f" {_JOINERS}"
_BLANKED = frozenset({"Cc", "Cf", "Zl", "Zp", "Cs"})


def one_line(text: str) -> str:
    """The text on one line: control, format and line separating characters become blanks.

    A zero-width joiner or non-joiner stays where it joins letters, marks or pictures.
    """
    visible = "".join(
        " " if unicodedata.category(char) in _BLANKED and not _joins(text, at) else char
        for at, char in enumerate(text)
    )
    return _BLANKS.sub(" ", visible).strip()


def _joins(text: str, at: int) -> bool:
    if text[at] not in _JOINERS or not 0 < at < len(text) - 1:
        return False
    around = (unicodedata.category(text[at - 1]), unicodedata.category(text[at + 1]))
    return all(category[0] in "LM" or category in {"So", "Sk"} for category in around)


def shorten(text: str, length: int) -> str:
    """At most `length` characters; what is cut is marked."""
    return text if len(text) <= length else text[: length - 1].rstrip(_CUT_AWAY) + "…"


def safe_name(name: str) -> str:
    """A person's name as messages show it: one line, at most 80 characters, never a link.

    Mail programs turn "evil.example" and "https://…" into links by themselves, so a booking form
    would be a way to mail links to strangers; a blank after each joining dot stops that. One
    within "=?" keeps a name from being an encoded word (RFC 2047) wherever it is copied to.
    """
    plain = one_line(_SCHEME.sub(": ", name)).replace("=?", "= ?")
    return shorten(_JOINING_DOT.sub(". ", plain), NAME_LENGTH)


def plain_text(text: str) -> str:
    """Free text with its line ends, without other control characters."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    kept = (
        "".join(
            char
            for char in line
            if char == "\t" or unicodedata.category(char) not in {"Cc", "Cs", "Zl", "Zp"}
        ).rstrip()
        for line in lines
    )
    return "\n".join(kept).strip("\n")


def web_link(url: str) -> str:
    """The address if it is one of the web, else empty: `javascript:` and the like never link."""
    url = one_line(url)
    is_web = url.lower().startswith(("https://", "http://")) and " " not in url
    return url if is_web else ""
