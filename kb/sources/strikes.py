"""Struck-through words: those with a thin level line through the middle of their letters."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import Final

from kb.sources.glyphs import Rule
from kb.sources.rows import Row

STRIKE_HEIGHT: Final = (0.14, 0.45)
"""Em above the baseline between which a line strikes text out; underlines lie below the baseline."""
_COVERED: Final = 0.6
_LONGER: Final = 1.25


def struck_out(rows: Iterable[Row], rules: Iterable[Rule]) -> list[str]:
    """Find what is struck out, in the order of ``rows``.

    A word counts if a rule covers most of it; a rule much longer than the words it crosses strikes nothing out.

    Returns:
        The words of each stroke, joined by spaces.
    """
    level = sorted((rule.top, rule.x0, rule.x1) for rule in rules if rule.top == rule.bottom)
    if not level:
        return []
    found: list[str] = []
    low, high = STRIKE_HEIGHT
    for row in rows:
        start = bisect_left(level, (row.baseline - high * row.size, 0.0, 0.0))
        covered: set[int] = set()
        for top, x0, x1 in level[start:]:
            if top > row.baseline - low * row.size:
                break
            covered.update(_covered(row, x0, x1))
        if covered:
            found.append(" ".join(row.words[index].text for index in sorted(covered)))
    return found


def _covered(row: Row, x0: float, x1: float) -> Sequence[int]:
    indices = [
        index
        for index, word in enumerate(row.words)
        if min(x1, word.x1) - max(x0, word.x0) > _COVERED * (word.x1 - word.x0)
    ]
    if not indices:
        return ()
    width = row.words[indices[-1]].x1 - row.words[indices[0]].x0
    return indices if x1 - x0 <= _LONGER * width + row.size else ()
