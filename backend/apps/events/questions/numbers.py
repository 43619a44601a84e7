"""Numbers exactly: decimals as text, so that no machine rounds what somebody typed.

At most 15 digits before the point and 10 behind it: what fits, every JSON reader tells apart.
"""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import Any

_TYPED = re.compile(r"-?(?:[0-9]{1,40}(?:\.[0-9]{0,40})?|\.[0-9]{1,40})")
_LATIN = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹٫−", "01234567890123456789.-")
_WHOLE, _FRACTION = 15, 10


def canonical_number(raw: Any) -> str | None:
    """`raw` (text or a JSON number) as "-12.5": no zeros around it, no exponent; None if it is none.

    Takes the digits of Arabic and Persian keyboards too.
    """
    if isinstance(raw, bool):
        return None
    if isinstance(raw, int | float):
        # The shortest text that reads back as this number; the script writes the same digits.
        text = repr(raw) if abs(raw) < 10**_WHOLE else ""
    elif isinstance(raw, str):
        text = latin_digits(raw)
        if not _TYPED.fullmatch(text):
            return None
    else:
        return None
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    whole, _, fraction = f"{number.copy_abs():f}".partition(".")
    whole, fraction = whole.lstrip("0"), fraction.rstrip("0")
    if len(whole) > _WHOLE or len(fraction) > _FRACTION:
        return None
    plain = (whole or "0") + (f".{fraction}" if fraction else "")
    return f"-{plain}" if number < 0 else plain


def latin_digits(text: str) -> str:
    """Digits, decimal sign and minus as ASCII has them."""
    return text.translate(_LATIN)


def amount(canonical: str) -> Decimal:
    """What a canonical number is worth."""
    return Decimal(canonical)
