"""The order in which the rows of a page are read when it has columns.

Takes rows from top to bottom and gives them in reading order, split where a gutter runs through. Only running text is
read column by column; where the two sides pair up (name and role, label and value) a row stays whole. Lengths are in
points, tolerances in font sizes (em).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from statistics import median
from typing import Final, NamedTuple

from kb.sources.rows import Row, row_of
from kb.sources.words import Word

GUTTER: Final = 0.8
"""Em; the least width of a gutter. Even stretched word spaces rarely reach it several rows running."""
MIN_ROWS: Final = 4
"""Rows on either side before a gutter is believed in."""
RUNNING_TEXT: Final = 0.3
"""Share of a column's rows that begin in lower case if it is running text; three quarters is usual, none in lists."""
MIN_WORDS: Final = 3
"""Words in the middling row of a column of running text."""
_FAR_IN: Final = 0.2
_ALIGNED: Final = 3.0
_MAX_CANDIDATES: Final = 6
_LOOSE_PITCH: Final = 1.8


class _Cut(NamedTuple):
    """Rows ``start`` to ``end`` (exclusive) are two columns, parted left of ``x``."""

    start: int
    end: int
    x: float


def in_reading_order(rows: Sequence[Row]) -> list[Row]:
    """Put rows in reading order, column by column where there are columns of running text.

    Args:
        rows: Top to bottom; a row of a table stands in one column, or in the way of any.

    Returns:
        The same words, in rows that no longer cross a gutter between columns.
    """
    cut = _find_cut(rows)
    if cut is None:
        return list(rows)
    left: list[Row] = []
    right: list[Row] = []
    for row in rows[cut.start : cut.end]:
        for side, words in zip((left, right), _halves(row, cut.x), strict=True):
            if len(words) == len(row.words):
                side.append(row)
            elif words:
                side.append(row_of(words, baseline=row.baseline))
    return [
        *in_reading_order(rows[: cut.start]),
        *in_reading_order(left),
        *in_reading_order(right),
        *in_reading_order(rows[cut.end :]),
    ]


def _halves(row: Row, x: float) -> tuple[list[Word], list[Word]]:
    return [word for word in row.words if word.x0 < x], [word for word in row.words if word.x0 >= x]


def _find_cut(rows: Sequence[Row]) -> _Cut | None:
    if len(rows) < MIN_ROWS:
        return None
    starts = [_segment_starts(row) for row in rows]
    for x in _candidates(rows, starts):
        for start, end in _respecting_runs(rows, starts, x):
            cut = _trim(rows, _Cut(start, end, x))
            if _is_running_text(rows[cut.start : cut.end], x):
                return cut
    return None


def _segment_starts(row: Row) -> list[tuple[float, float]]:
    """Give the left and right end of each stretch of words without a gap as wide as a gutter."""
    limit = GUTTER * row.size
    segments = [(row.words[0].x0, row.words[0].x1)]
    for word in row.words[1:]:
        x0, x1 = segments[-1]
        if word.x0 - x1 > limit:
            segments.append((word.x0, word.x1))
        else:
            segments[-1] = (x0, max(x1, word.x1))
    return segments


def _candidates(rows: Sequence[Row], segments: Sequence[Sequence[tuple[float, float]]]) -> list[float]:
    """Give the left ends which several stretches share, well inside the text, the commonest first."""
    left = min(row.x0 for row in rows)
    inside = left + _FAR_IN * (max(row.x1 for row in rows) - left)
    counts: Counter[int] = Counter()
    lowest: dict[int, float] = {}
    for row_segments in segments:
        for x0, _ in row_segments:
            if x0 > inside:
                key = round(x0 / _ALIGNED)
                counts[key] += 1
                lowest[key] = min(x0, lowest.get(key, x0))
    common = [key for key, count in counts.most_common(_MAX_CANDIDATES) if count >= MIN_ROWS]
    return [lowest[key] - 1.0 for key in common]


def _respecting_runs(
    rows: Sequence[Row], segments: Sequence[Sequence[tuple[float, float]]], x: float
) -> list[tuple[int, int]]:
    """Give the runs of rows in which no stretch of words crosses the gutter left of ``x``."""
    runs: list[tuple[int, int]] = []
    start = 0
    for index, (row, row_segments) in enumerate(zip(rows, segments, strict=True)):
        clear = x + 1.0 - 0.75 * GUTTER * row.size
        if any(x0 < x and x1 > clear for x0, x1 in row_segments):
            runs.append((start, index))
            start = index + 1
    runs.append((start, len(rows)))
    return [(first, last) for first, last in runs if last - first >= MIN_ROWS]


def _trim(rows: Sequence[Row], cut: _Cut) -> _Cut:
    """Leave out rows on one side only, at either end, that stand apart from the columns."""
    start, end, x = cut
    paired = [index for index in range(start, end) if any(word.x0 >= x for word in rows[index].words)]
    lefts = [index for index in range(start, end) if rows[index].x0 < x]
    if not paired or not lefts:
        return cut
    pitch = median([rows[index].size for index in range(start, end)]) * 1.2
    for index in range(paired[-1] + 1, end):
        if rows[index].baseline - rows[index - 1].baseline > _LOOSE_PITCH * pitch:
            end = index
            break
    for index in range(lefts[0] - 1, start - 1, -1):
        if rows[index + 1].baseline - rows[index].baseline > _LOOSE_PITCH * pitch:
            start = index + 1
            break
    return _Cut(start, end, x)


def _is_running_text(rows: Sequence[Row], x: float) -> bool:
    """Tell columns of running text, whose rows mostly begin in mid-sentence, from rows that pair up."""
    for side in (0, 1):
        column = [words for row in rows if row.table is None and (words := _halves(row, x)[side])]
        if len(column) < MIN_ROWS:
            return False
        begun = sum(words[0].text[0].islower() for words in column)
        if begun < RUNNING_TEXT * len(column) or median([len(words) for words in column]) < MIN_WORDS:
            return False
    return True
