"""The marks on a page as small records, and the turning of a sheet until its text stands upright.

All lengths are in points. A frame is a sheet as seen with the page turned: its origin is the top left corner, x grows
to the right and y downwards. Nothing here opens a file.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from enum import IntEnum
from typing import Final, NamedTuple

from kb.records import Box
from kb.sources.fills import Fill


class Turn(IntEnum):
    """Which way text runs on the sheet as it lies."""

    UPRIGHT = 0
    UPWARDS = 1
    UPSIDE_DOWN = 2
    DOWNWARDS = 3
    ASKEW = 4


class Glyph(NamedTuple):
    """One printed character (or ligature, then several) in the frame in which it stands upright.

    ``x0``, ``top``, ``x1`` and ``bottom`` bound the font's box, ``baseline`` is the y on which it stands, and ``size``
    is the font size.
    """

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    baseline: float
    size: float
    bold: bool
    turn: Turn = Turn.UPRIGHT


class Rule(NamedTuple):
    """A straight thin line or the edge of a drawn rectangle; level if ``top == bottom``, else plumb."""

    x0: float
    top: float
    x1: float
    bottom: float


class Sheet(NamedTuple):
    """All marks of one page as it lies: size, glyphs by `Turn` (each in its own frame), rules, pictures, fills.

    ``picture_share`` is the share of the page that pictures cover, drawings not counted.
    """

    width: float
    height: float
    glyphs: dict[Turn, list[Glyph]]
    rules: list[Rule]
    has_picture: bool
    fills: Sequence[Fill] = ()
    picture_share: float = 0.0


_WORDED: Final = {
    "ﬀ": "ff",
    "ﬁ": "fi",
    "ﬂ": "fl",
    "ﬃ": "ffi",
    "ﬄ": "ffl",
    "ﬅ": "st",
    "ﬆ": "st",
    # Bullets of the Symbol and Wingdings fonts, which word processors put into the private use area.
    "\uf0b7": "•",
    "\uf0a7": "▪",
    "\uf0a8": "▪",
    "\uf0d8": "➢",
    "\uf0fc": "✓",
}


def plain(text: str) -> str:
    """Write one glyph's text in ordinary characters: ligatures spelt out, odd bullets and controls replaced.

    Returns:
        The text, a single space for white space, nothing for control characters.
    """
    if text in _WORDED:
        return _WORDED[text]
    if text.isprintable() and " " not in text:
        return text
    written = "".join(_visible(char) for char in text)
    return written.strip() or written[:1]


def _visible(char: str) -> str:
    if char.isspace():
        return " "
    if char < " " or "\x7f" <= char <= "\x9f":
        return ""
    return "\ufffd" if "\ud800" <= char <= "\udfff" else char


def into_frame(box: Box, turn: Turn, *, width: float, height: float) -> Box:
    """Turn a box of the sheet as it lies into the frame in which text of ``turn`` stands upright.

    Args:
        box: On the sheet as it lies.
        turn: Which way the text runs there; askew text keeps the sheet's own frame.
        width: Of the sheet as it lies.
        height: Of the sheet as it lies.
    """
    x0, top, x1, bottom = box
    match turn:
        case Turn.UPWARDS:
            return Box(height - bottom, x0, height - top, x1)
        case Turn.DOWNWARDS:
            return Box(top, width - x1, bottom, width - x0)
        case Turn.UPSIDE_DOWN:
            return Box(width - x1, height - bottom, width - x0, height - top)
        case _:
            return box


def out_of_frame(box: Box, turn: Turn, *, width: float, height: float) -> Box:
    """Undo `into_frame` with the same arguments."""
    match turn:
        case Turn.UPWARDS:
            return into_frame(box, Turn.DOWNWARDS, width=height, height=width)
        case Turn.DOWNWARDS:
            return into_frame(box, Turn.UPWARDS, width=height, height=width)
        case _:
            return into_frame(box, turn, width=width, height=height)


def main_turn(glyphs: dict[Turn, list[Glyph]]) -> Turn:
    """Tell which way most characters run; a tie goes to upright text."""
    counts = Counter({turn: len(group) for turn, group in glyphs.items() if turn is not Turn.ASKEW})
    counts[Turn.UPRIGHT] += 0
    return max(counts, key=lambda turn: (counts[turn], -turn))


def turn_rules(rules: Iterable[Rule], turn: Turn, *, width: float, height: float) -> list[Rule]:
    """Turn rules of the sheet as it lies into the frame of ``turn``."""
    if turn is Turn.UPRIGHT:
        return list(rules)
    return [Rule(*into_frame(Box(*rule), turn, width=width, height=height)) for rule in rules]


def turn_fills(fills: Iterable[Fill], turn: Turn, *, width: float, height: float) -> list[Fill]:
    """Turn fills of the sheet as it lies into the frame of ``turn``."""
    return [fill._replace(box=into_frame(fill.box, turn, width=width, height=height)) for fill in fills]


def bounds(boxes: Sequence[Box | Glyph]) -> Box:
    """Give the smallest box around at least one box or glyph."""
    return Box(
        min(box.x0 for box in boxes),
        min(box.top for box in boxes),
        max(box.x1 for box in boxes),
        max(box.bottom for box in boxes),
    )
