"""Minutes and agendas laid out in a ruled table: number, text and action side by side.

Such a table is no table of values: its wide cells hold headings and paragraphs, which must be read line by line.
Takes the cells of one row of a table with their rows of text; gives the lines to print, or ``None`` where the row is
one of values. Lengths are in points.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from kb.records import Box
from kb.sources.rows import Row

_ITEM_NUMBER: Final = re.compile(
    r"(?:item\s+|minute\s+)?(?:[A-Za-z]{1,5}[/ .-]?)?\d{1,4}(?:[./-]\d{1,4}){0,3}[.):]?", re.IGNORECASE
)
_MIN_TEXT_SHARE: Final = 0.5
"""Share of the table's width that the cell with the text takes at least."""
_MAX_ASIDE_SHARE: Final = 0.3
_MAX_ASIDE_CHARS: Final = 80
"""An action's owner and date, not a second column of text."""
_PADDING: Final = 8.0
_SAME_HEIGHT: Final = 3.0
_SENTENCE_ENDS: Final = (".", "!", "?", ";")


def text_lines(
    cells: Mapping[Box, Sequence[Row]], *, width: float, among_text: bool = False
) -> tuple[Row, ...] | None:
    """Say how to print a row of a table as running text.

    Args:
        cells: The row's written cells.
        width: The table's.
        among_text: Whether other rows of the table are running text, so that a number beside one line is a heading.

    Returns:
        The lines: the first line of the text with the item's number before it, the lines of the text, what stands in
        the action column after the paragraph beside it. ``None`` if the row is one of values.
    """
    ordered = sorted(cells, key=lambda cell: cell.x0)
    main = max(ordered, key=lambda cell: sum(len(row.text) for row in cells[cell]))
    place = ordered.index(main)
    numbers, asides = ordered[:place], ordered[place + 1 :]
    if main.x1 - main.x0 < _MIN_TEXT_SHARE * width:
        return None
    if not _holds_paragraphs(main, cells[main]) and not (among_text and numbers):
        return None
    if not _are_numbers(numbers, cells) or not _are_asides(asides, cells, width):
        return None
    beside = [row for cell in asides for row in cells[cell]]
    lines: list[Row] = []
    number = [word for cell in numbers for row in cells[cell] for word in row.words]
    text = cells[main]
    for index, row in enumerate(text):
        lines.append(replace(row, words=(*number, *row.words)) if index == 0 else row)
        is_last = index + 1 == len(text)
        if is_last or (row.text.endswith(_SENTENCE_ENDS) and _breaks(main, row, text[index + 1])):
            done = [other for other in beside if is_last or other.baseline <= row.baseline + _SAME_HEIGHT]
            lines.extend(done)
            beside = [other for other in beside if other not in done]
    return tuple(lines)


def _are_numbers(cells: Sequence[Box], texts: Mapping[Box, Sequence[Row]]) -> bool:
    """No cell, or one with an item's number."""
    if not cells:
        return True
    written = "".join(row.text for row in texts[cells[0]])
    return len(cells) == 1 and _ITEM_NUMBER.fullmatch(written) is not None


def _are_asides(cells: Sequence[Box], texts: Mapping[Box, Sequence[Row]], width: float) -> bool:
    return all(
        cell.x1 - cell.x0 <= _MAX_ASIDE_SHARE * width
        and sum(len(row.text) for row in texts[cell]) <= _MAX_ASIDE_CHARS
        for cell in cells
    )


def _holds_paragraphs(cell: Box, rows: Sequence[Row]) -> bool:
    """Whether a line of the cell ends before it is full: more than one wrapped sentence stands in it."""
    return any(_breaks(cell, row, after) for row, after in pairwise(rows))


def _breaks(cell: Box, row: Row, after: Row) -> bool:
    """Whether the next row's first word would have had room on this one."""
    first = after.words[0]
    return row.x1 + (first.x1 - first.x0) + _PADDING < cell.x1
