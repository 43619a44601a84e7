"""Text of strangers in mail headers: what no parser reads as anything but that text."""

from __future__ import annotations

from email.header import Header
from email.utils import formataddr

from apps.common.addresses import read_address
from apps.notifications.wording import one_line

# RFC 2047, 2: a line that holds an encoded word has at most 76 characters.
_LINE = 76
_SUBJECT_LINE = _LINE - len("Subject: ")


def encode_text(text: str, *, line: int = _LINE) -> str:
    """The text in encoded words (RFC 2047) where it is not plain ASCII.

    Text that looks like an encoded word itself is encoded once more, or readers would decode it
    to whatever its author hid in it. `line` is the room in the header's first line.
    """
    if text.isascii() and "=?" not in text:
        return text
    return Header(text, "utf-8", maxlinelen=line).encode(linesep="")


def encode_subject(text: str) -> str:
    """A subject whose first word fits behind "Subject:", so that no fold begins the line."""
    return encode_text(one_line(text), line=_SUBJECT_LINE)


def mailbox(name: str, address: str) -> str:
    """`name <address>` in ASCII. Raises `UnusableAddress`; see `read_address`."""
    shown = encode_text(name)
    usable = read_address(address)
    # Encoded words stand outside quotes, where `formataddr` puts nothing that is ASCII and plain.
    return f"{shown} <{usable}>" if shown != name else formataddr((name, usable))
