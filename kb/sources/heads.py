"""What each row of a ruled table stands under: a title across the table, labels that span rows, its columns' heads.

Takes the tables of a file one after another, so that a table which goes on over the page keeps its heads; gives for
each row the words that make it understood by itself. An empty cell that is plainly red, amber or green is told as that.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from kb.sources.ruled import Table, TableRow

MOST_HEAD_ROWS: Final = 4
_HEAD_WORDS: Final = 6
_LABEL_WORDS: Final = 12
_FIGURE: Final = re.compile(r"\d{3,}|%|£|\.\s")
_YEAR: Final = re.compile(r"(?<![\w/-])(?:19|20)\d\d(?:[/-]\d\d(?:\d\d)?)?(?![\w/-])")
_SAME_PLACE: Final = 4.0
_LOWER_PART: Final = 0.6
_UPPER_PART: Final = 0.4
_PAIRS: Final = 2


class _Memory(NamedTuple):
    """The table a page ended with: the columns' distances from the first, the heads of each, its last title."""

    columns: tuple[float, ...]
    heads: tuple[str, ...]
    head_texts: tuple[str, ...]
    title: str


class HeadReader:
    """Reads the heads of the tables of one file, page by page."""

    def __init__(self) -> None:
        self._open: _Memory | None = None

    def read(self, tables: Sequence[Table], *, height: float) -> list[list[str]]:
        """Tell what each row of the tables of the next page stands under.

        Args:
            tables: From top to bottom.
            height: Of the page in points.

        Returns:
            One text for each row of each table; empty for heads, titles and rows that stand by themselves.
        """
        found: list[list[str]] = []
        memory: _Memory | None = None
        for place, table in enumerate(tables):
            above = self._open if not place and table.box.top < _UPPER_PART * height else None
            told, memory = _read(table, above if above and _same_columns(above, table) else None)
            found.append(told)
        ended = bool(tables) and tables[-1].box.bottom > _LOWER_PART * height
        self._open = memory if ended else None
        return found


def _read(table: Table, above: _Memory | None) -> tuple[list[str], _Memory]:
    titles = [_title(table, row) for row in table.rows]
    first = next((place for place, title in enumerate(titles) if not title), 0)
    count = _count_heads(table, first)
    head_rows = table.rows[first : first + count]
    head_texts = tuple(row.text for row in head_rows)
    heads = tuple(_head(head_rows, column) for column in range(len(table.columns)))
    title = ""
    if above is not None and head_texts[: len(above.head_texts)] != above.head_texts:
        count, heads, head_texts = 0, above.heads, above.head_texts
    if above is not None:
        title = above.title
    told: list[str] = []
    for place in range(len(table.rows)):
        is_head = first <= place < first + count
        told.append("" if is_head or titles[place] else _told(table, place, heads=heads, title=title))
        title = titles[place] or title
    columns = tuple(x - table.columns[0] for x in table.columns)
    return told, _Memory(columns, heads, head_texts, title)


def _same_columns(above: _Memory, table: Table) -> bool:
    columns = [x - table.columns[0] for x in table.columns]
    return len(columns) == len(above.columns) and all(
        abs(x - other) <= _SAME_PLACE for x, other in zip(columns, above.columns, strict=True)
    )


def _title(table: Table, row: TableRow) -> str:
    """Give the text of a row whose only cell goes across the whole table."""
    boxes = [box for box in row.boxes if box is not None]
    across = len(boxes) == 1 and boxes[0].x1 - boxes[0].x0 >= table.box.x1 - table.box.x0 - _SAME_PLACE
    text = row.text.strip()
    return text if across and len(text.split()) <= _LABEL_WORDS else ""


def _count_heads(table: Table, first: int) -> int:
    """Tell how many rows from ``first`` are heads: bold or shaded unlike the rest, or else one of short words."""
    rows = table.rows[first:]
    styles = [_is_bold(row) or row.is_shaded for row in rows]
    if not rows or len(rows) == 1:
        return 0
    count = next((place for place, styled in enumerate(styles) if not styled), 0)
    if not count and (all(styles) or not any(styles)) and len(table.columns) > _PAIRS:
        count = int(_looks_like_head(rows[0]))
    while 0 < count < len(rows) - 1 and _is_under(table, rows[count - 1], rows[count]):
        count += 1
    return count if count <= MOST_HEAD_ROWS else 0


def _is_bold(row: TableRow) -> bool:
    return all(printed.is_bold for printed in row.rows)


def _looks_like_head(row: TableRow) -> bool:
    texts = [text for text in row.texts if text]
    return len(texts) > 1 and all(
        len(text.split()) <= _HEAD_WORDS and not _has_figure(text) for text in texts
    )


def _has_figure(text: str) -> bool:
    """Whether a text holds what heads do not: an amount, a share, a sentence's end; years are common in heads."""
    return _FIGURE.search(_YEAR.sub("", text)) is not None


def _is_under(table: Table, head: TableRow, row: TableRow) -> bool:
    """Tell a second row of heads: those under a head that goes over several columns, not all of them."""
    wide = [
        box
        for box, text in zip(head.boxes, head.texts, strict=True)
        if text and box is not None and sum(box.x0 <= x < box.x1 - 1 for x in table.columns) > 1
    ]
    return bool(wide) and not row.texts[0] and not any(map(_has_figure, row.texts))


def _head(head_rows: Sequence[TableRow], column: int) -> str:
    """Join the heads over one column, from top to bottom, those over several columns too."""
    found: list[str] = []
    for row in head_rows:
        text = row.text_over(column)
        if text and text not in found:
            found.append(text)
    return " ".join(found)


def _told(table: Table, place: int, *, heads: Sequence[str], title: str) -> str:
    row = table.rows[place]
    pieces: list[str] = []
    plain = len({fill for fill in row.fills if fill}) != 1 or not all(row.fills)
    for column, head in enumerate(heads):
        colour = row.fills[column] if plain and not row.texts[column] else ""
        if colour:
            pieces.append(f"{head}: {colour}" if head else colour)
        elif head and row.texts[column]:
            pieces.append(head)
    return ". ".join(piece for piece in (title, *_spanning(table, place), " | ".join(pieces)) if piece)


def _spanning(table: Table, place: int) -> list[str]:
    """Give the labels that began in a row above and still go on beside this one."""
    top = min(box.top for box in table.rows[place].boxes if box is not None)
    return [
        text
        for row in table.rows[:place]
        for box, text in zip(row.boxes, row.texts, strict=True)
        if text and box is not None and box.bottom > top + 1 and len(text.split()) <= _LABEL_WORDS
    ]
