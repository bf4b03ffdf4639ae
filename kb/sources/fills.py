"""Colours that fill areas of a page, and the few that papers give a meaning."""

from __future__ import annotations

import colorsys
from collections.abc import Sequence
from typing import Final, NamedTuple

from kb.records import Box

_TOLD: Final = (("red", -20, 14), ("amber", 22, 54), ("green", 80, 165))
"""Names of traffic-light colours with the hues between which a fill is plainly one of them, in degrees; not yellow,
which some papers use beside amber."""
_LEAST_SATURATION: Final = 0.22
_LEAST_VALUE: Final = 0.35
_WHITE: Final = 0.97
_GREY, _RGB, _CMYK = 1, 3, 4


class Fill(NamedTuple):
    """A filled rectangle and its colour, red, green and blue from 0 to 1."""

    box: Box
    colour: tuple[float, float, float]

    @property
    def is_white(self) -> bool:
        """Whether it cannot be told from the paper."""
        return min(self.colour) >= _WHITE

    @property
    def name(self) -> str:
        """``red``, ``amber`` or ``green``, if the fill is plainly that."""
        hue, saturation, value = colorsys.rgb_to_hsv(*self.colour)
        if saturation < _LEAST_SATURATION or value < _LEAST_VALUE:
            return ""
        degrees = hue * 360
        return next(
            (name for name, low, high in _TOLD if low <= degrees <= high or low <= degrees - 360 <= high), ""
        )


def read_colour(value: object) -> tuple[float, float, float] | None:
    """Give a PDF colour (grey, RGB or CMYK, each from 0 to 1) as RGB; ``None`` for patterns and the like."""
    parts: Sequence[object] = value if isinstance(value, Sequence) and not isinstance(value, str) else [value]
    numbers = [min(1.0, max(0.0, float(part))) for part in parts if isinstance(part, int | float)]
    if len(numbers) != len(parts):
        return None
    if len(numbers) == _GREY:
        return (numbers[0], numbers[0], numbers[0])
    if len(numbers) == _RGB:
        return (numbers[0], numbers[1], numbers[2])
    if len(numbers) == _CMYK:
        cyan, magenta, yellow, black = numbers
        return ((1 - cyan) * (1 - black), (1 - magenta) * (1 - black), (1 - yellow) * (1 - black))
    return None


def fill_of(box: Box, fills: Sequence[Fill]) -> Fill | None:
    """Find what a cell is filled with: the last fill drawn over its middle; ``None`` if that is white or nothing."""
    x, y = (box.x0 + box.x1) / 2, (box.top + box.bottom) / 2
    for fill in reversed(fills):
        x0, top, x1, bottom = fill.box
        if x0 <= x <= x1 and top <= y <= bottom:
            return None if fill.is_white else fill
    return None
