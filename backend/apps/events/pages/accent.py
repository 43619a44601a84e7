"""An organizer's brand colour as the tokens of the public pages, legible in light and dark.

The rules are the table "Organizer accent" of the visual language: from lightness, chroma and hue
of the brand (OKLCH) follow the seven roles; chroma is lowered at last until sRGB can show it.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

_HEX = re.compile(r"#[0-9a-fA-F]{6}")
_INK_LIGHTNESS = 0.72


class Oklch(NamedTuple):
    """Lightness 0-1, chroma, hue in degrees."""

    lightness: float
    chroma: float
    hue: float

    def __str__(self) -> str:
        return f"oklch({self.lightness:.3f} {self.chroma:.4f} {self.hue:.2f})"


_INK = Oklch(0.2, 0.016, 240.0)
_WHITE = Oklch(1.0, 0.0, 0.0)


def _to_linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4


def from_hex(color: str) -> Oklch:
    """The colour of "#rrggbb" (Ottosson's OKLab matrices)."""
    red, green, blue = (_to_linear(int(color[at : at + 2], 16) / 255) for at in (1, 3, 5))
    long = math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    medium = math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    short = math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    lightness = 0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short
    a = 1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short
    b = 0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short
    return Oklch(lightness, math.hypot(a, b), math.degrees(math.atan2(b, a)) % 360)


def to_linear_rgb(color: Oklch) -> tuple[float, float, float]:
    """Linear sRGB; a channel outside 0-1 cannot be shown."""
    a = color.chroma * math.cos(math.radians(color.hue))
    b = color.chroma * math.sin(math.radians(color.hue))
    long = (color.lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (color.lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (color.lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )


def _is_showable(color: Oklch) -> bool:
    return all(-0.0005 <= channel <= 1.0005 for channel in to_linear_rgb(color))


def _shown(lightness: float, chroma: float, hue: float) -> Oklch:
    color = Oklch(lightness, chroma, hue)
    while not _is_showable(color) and color.chroma > 0:
        color = color._replace(chroma=max(0.0, color.chroma - 0.002))
    return color


def _between(value: float, low: float, high: float) -> float:
    return min(max(value, low), high)


def light_roles(brand: Oklch) -> dict[str, Oklch]:
    """The accent's roles on light pages."""
    light, chroma, hue = brand
    takes_ink = light >= _INK_LIGHTNESS
    solid = _between(light, 0.78, 0.90) if takes_ink else min(light, 0.53)
    return {
        "solid": _shown(solid, min(chroma, 0.19), hue),
        "on": _INK if takes_ink else _WHITE,
        "hover": _shown(solid + 0.03 if takes_ink else solid - 0.05, min(chroma, 0.19), hue),
        "edge": _shown(min(light, 0.58), min(chroma, 0.17), hue),
        "text": _shown(min(light, 0.47), min(chroma, 0.16), hue),
        "soft": _shown(0.96, min(chroma / 5, 0.028), hue),
        "soft2": _shown(0.928, min(0.35 * chroma, 0.045), hue),
    }


def dark_roles(brand: Oklch) -> dict[str, Oklch]:
    """The accent's roles on dark pages."""
    light, chroma, hue = brand
    solid = _between(light, 0.74, 0.86)
    return {
        "solid": _shown(solid, min(chroma, 0.15), hue),
        "on": _INK,
        "hover": _shown(solid + 0.04, min(chroma, 0.15), hue),
        "edge": _shown(_between(light, 0.64, 0.80), min(chroma, 0.15), hue),
        "text": _shown(_between(light, 0.80, 0.88), min(chroma, 0.12), hue),
        "soft": _shown(0.285, min(0.4 * chroma, 0.05), hue),
        "soft2": _shown(0.335, min(chroma / 2, 0.06), hue),
    }


def _declarations(roles: Mapping[str, Oklch]) -> str:
    return ";".join(f"--accent-{role}:{color}" for role, color in roles.items())


@lru_cache(maxsize=512)
def accent_css(color: str) -> str:
    """The rules that override the product's accent; empty without a brand colour."""
    if not _HEX.fullmatch(color):
        return ""
    brand = from_hex(color)
    light, dark = _declarations(light_roles(brand)), _declarations(dark_roles(brand))
    return f":root{{{light}}}@media(prefers-color-scheme:dark){{:root{{{dark}}}}}"
