"""Tables without rules: rows of values whose cells stand below each other.

Takes the rows of text of a page; gives back those outside such tables, and the tables. Refuses what is
no table of values: lists of names, numbered lists, tables of contents, columns of running text. Lengths are in points.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from kb.records import Box
from kb.sources.glyphs import bounds
from kb.sources.rows import Row, row_of
from kb.sources.ruled import Table, TableRow
from kb.sources.words import Word

MIN_COLUMNS: Final = 3
MIN_ROWS: Final = 3
"""Rows with text in several columns, heads included."""
_GAP: Final = 0.9
"""Em; a wider gap between words may part columns."""
_STEP: Final = 2.4
"""Em; rows further apart do not belong together."""
_VALUES: Final = 0.6
"""Share of a column's cells that are values, if the table is one of values."""
_VALUE: Final = re.compile(r"[£$€(+-]?\s?\d[\d,./:%-]*[)%kmKM]*|n/?a|nil", re.IGNORECASE)
_LABEL: Final = re.compile(
    r"\(?(?:\d{1,3}(?:\.\d{1,3})*|[a-z]|[ivx]{1,5})[.)]?(?:\s|$)|[•●▪◦‣·-]", re.IGNORECASE
)
_LEADER: Final = re.compile(r"\.{4,}|…{2,}")

Segment = tuple[Word, ...]
Span = tuple[float, float]


def take_aligned(rows: Sequence[Row]) -> tuple[list[Row], list[Table]]:
    """Take tables out of a page's rows.

    Args:
        rows: From top to bottom.

    Returns:
        The other rows, and the tables from top to bottom.
    """
    segments = [_segments(row) for row in rows]
    left: list[Row] = []
    tables: list[Table] = []
    start = 0
    while start < len(rows):
        end, columns = _run(rows, segments, start)
        if end - start >= MIN_ROWS and _is_table(segments[start:end], columns):
            tables.append(_table(rows[start:end], segments[start:end], columns))
            start = end
        else:
            left.append(rows[start])
            start += 1
    return left, tables


def _segments(row: Row) -> list[Segment]:
    """Part a row's words where a gap may part columns."""
    found: list[list[Word]] = [[row.words[0]]]
    for word in row.words[1:]:
        if word.x0 - found[-1][-1].x1 > _GAP * row.size:
            found.append([word])
        else:
            found[-1].append(word)
    return [tuple(words) for words in found]


def _run(rows: Sequence[Row], segments: Sequence[Sequence[Segment]], start: int) -> tuple[int, list[Span]]:
    """Find how far rows from ``start`` share columns: its end (exclusive), and the columns' left and right ends."""
    columns: list[Span] = []
    end = start
    while end < len(rows) and len(segments[end]) > 1:
        if end > start and rows[end].baseline - rows[end - 1].baseline > _STEP * rows[end].size:
            break
        merged = _merge([*columns, *((words[0].x0, words[-1].x1) for words in segments[end])])
        if len(merged) < max(len(columns), len(segments[end])):
            break
        columns = merged
        end += 1
    return end, columns


def _merge(spans: Sequence[Span]) -> list[Span]:
    merged: list[Span] = []
    for x0, x1 in sorted(spans):
        if merged and x0 <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], x1))
        else:
            merged.append((x0, x1))
    return merged


def _is_table(segments: Sequence[Sequence[Segment]], columns: Sequence[Span]) -> bool:
    if len(columns) < MIN_COLUMNS or sum(len(row) >= MIN_COLUMNS for row in segments) < MIN_ROWS:
        return False
    texts = [[_text(words) for words in row] for row in segments]
    if any(_LEADER.search(text) for row in texts for text in row):
        return False
    if 2 * sum(_LABEL.match(row[0]) is not None for row in texts) >= len(texts):
        return False
    return any(
        len(cells) >= MIN_ROWS - 1
        and sum(_VALUE.fullmatch(cell) is not None for cell in cells) >= _VALUES * len(cells)
        for column in columns[1:]
        if (cells := [_text(words) for row in segments[1:] for words in row if _is_in(words, column)])
    )


def _is_in(words: Segment, column: Span) -> bool:
    return column[0] <= words[0].x0 <= column[1]


def _text(words: Segment) -> str:
    return " ".join(word.text for word in words)


def _table(rows: Sequence[Row], segments: Sequence[Sequence[Segment]], columns: Sequence[Span]) -> Table:
    return Table(
        box=bounds([row.box for row in rows]),
        columns=tuple(x0 for x0, _ in columns),
        rows=tuple(_table_row(row, words, columns) for row, words in zip(rows, segments, strict=True)),
    )


def _table_row(row: Row, segments: Sequence[Segment], columns: Sequence[Span]) -> TableRow:
    box = row.box
    cells = tuple(
        tuple(row_of(words, baseline=row.baseline) for words in segments if _is_in(words, column))
        for column in columns
    )
    return TableRow(
        cells=cells,
        boxes=tuple(Box(x0, box.top, x1, box.bottom) for x0, x1 in columns),
        fills=("",) * len(columns),
        is_shaded=False,
    )
