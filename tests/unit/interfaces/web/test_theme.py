"""The colours can be read by everyone, in light and in dark."""

from __future__ import annotations

import re

import pytest

theme = pytest.importorskip("kb.interfaces.web.theme")

PAIRS = [
    # colour, what it stands on, least contrast (WCAG 2.2: 1.4.3 text, 1.4.11 controls)
    ("ink", "paper", 4.5),
    ("ink", "raised", 4.5),
    ("ink", "mark", 4.5),
    ("quiet", "paper", 4.5),
    ("quiet", "raised", 4.5),
    ("accent", "paper", 4.5),
    ("accent", "raised", 4.5),
    ("on_accent", "accent", 4.5),
    ("warn", "paper", 4.5),
    ("control", "paper", 3.0),
]


def luminance(colour: str) -> float:
    """Relative luminance, https://www.w3.org/TR/WCAG22/#dfn-relative-luminance."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio, https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio."""
    dark, light = sorted([luminance(one), luminance(other)])
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("palette", ["LIGHT", "DARK"])
@pytest.mark.parametrize(("colour", "ground", "least"), PAIRS)
def test_contrast_is_enough(palette: str, colour: str, ground: str, least: float) -> None:
    """Text 4.5:1, the edges of controls 3:1."""
    colours = getattr(theme, palette)
    assert contrast(getattr(colours, colour), getattr(colours, ground)) >= least


def test_the_stylesheet_asks_nobody_for_anything() -> None:
    """No address, no import; every variable used is a token."""
    css = theme.stylesheet()
    assert not re.findall(r"url\((?!\s*[\"']?data:)", css)
    assert "@import" not in css
    used, defined = set(re.findall(r"var\((--kb-[a-z-]+)\)", css)), set(re.findall(r"(--kb-[a-z-]+):", css))
    assert used <= defined


def test_the_theme_brings_no_fonts() -> None:
    """System fonts only: nothing to fetch, from outside or from here."""
    css = theme.build_theme()._get_theme_css()
    assert not re.findall(r"url\((?!\s*[\"']?data:)", css)
    assert "@import" not in css
    assert "@font-face" not in css
