"""Brand colours stay legible: the sweep of the visual language, with WCAG's contrast."""

from __future__ import annotations

import pytest

from apps.events.pages.accent import (
    Oklch,
    accent_css,
    dark_roles,
    from_hex,
    light_roles,
    to_linear_rgb,
)


def _luminance(color: Oklch) -> float:
    red, green, blue = (min(max(channel, 0.0), 1.0) for channel in to_linear_rgb(color))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: Oklch, other: Oklch) -> float:
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


BRANDS = [
    Oklch(lightness / 50, chroma / 40, float(hue))
    for hue in range(0, 360, 15)
    for chroma in range(0, 13, 2)
    for lightness in range(0, 51, 2)
]
LIGHT_SURFACE, DARK_SURFACE = Oklch(1.0, 0.0, 240.0), Oklch(0.208, 0.009, 240.0)


@pytest.mark.parametrize(
    ("roles", "surface"), [(light_roles, LIGHT_SURFACE), (dark_roles, DARK_SURFACE)]
)
def test_every_brand_keeps_text_at_4_5_and_edges_at_3(roles, surface):
    for brand in BRANDS:
        found = roles(brand)
        assert _contrast(found["on"], found["solid"]) >= 4.5, brand
        assert _contrast(found["on"], found["hover"]) >= 4.5, brand
        assert _contrast(found["text"], found["soft2"]) >= 4.5, brand
        assert _contrast(found["text"], surface) >= 4.5, brand
        assert _contrast(found["edge"], surface) >= 3, brand


def test_reads_a_hex_colour():
    assert from_hex("#ffffff").lightness == pytest.approx(1, abs=0.001)
    red = from_hex("#ff0000")
    assert red.lightness == pytest.approx(0.628, abs=0.001)
    assert red.chroma == pytest.approx(0.2577, abs=0.001)
    assert red.hue == pytest.approx(29.23, abs=0.05)


def test_yellow_stays_yellow_with_ink_on_it():
    assert "--accent-on:oklch(0.200" in accent_css("#ffd400")


@pytest.mark.parametrize("color", ["", "red", "#fff", "#12345g", "#123456;}body{display:none"])
def test_what_is_no_colour_changes_nothing(color):
    assert accent_css(color) == ""
