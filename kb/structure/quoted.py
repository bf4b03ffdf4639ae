"""Lists inside quotations: their numbers are the quoted writer's, not the paper's.

Takes the lines of an item; gives the places of lines that stand inside a quotation opened on an earlier line.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kb.structure.lines import TextLine

_OPENING = re.compile(r"(?<![^\s(‘'])[“\"](?=\S)")
_CLOSING = re.compile(r"(?<=[^\s(])[”\"]")
_MAX_LINES = 25
"""A quotation longer than this was never closed: each of its paragraphs opens anew, or a mark was lost."""


def quoted_lines(lines: Sequence[TextLine]) -> frozenset[int]:
    """Places of the lines inside quotations that begin on a line before them and end within reach."""
    inside: set[int] = set()
    place = 0
    while place < len(lines):
        end = _end(lines, place) if _stays_open(lines[place].plain) else None
        if end is None:
            place += 1
        else:
            inside.update(range(place + 1, end + 1))
            place = end + 1
    return frozenset(inside)


def _end(lines: Sequence[TextLine], start: int) -> int | None:
    """The line that closes a quotation; ``None`` if another one opens first or none closes it."""
    for place in range(start + 1, min(len(lines), start + 1 + _MAX_LINES)):
        text = lines[place].rest
        closing, opening = _CLOSING.search(text), _OPENING.search(text)
        if opening is not None and (closing is None or opening.start() < closing.start()):
            return None
        if closing is not None:
            return place
    return None


def _stays_open(text: str) -> bool:
    """Whether a quotation opens at the line's start or after a colon and does not close on the line."""
    last = max(_OPENING.finditer(text), key=lambda found: found.start(), default=None)
    if last is None or _CLOSING.search(text, last.end()):
        return False
    before = text[: last.start()].rstrip()
    return not before or before.endswith((":", ",", "-", "–"))
