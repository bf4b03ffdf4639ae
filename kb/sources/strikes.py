"""Struck-through characters: those with a thin level line through the middle of their letters."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from kb.records import Span
from kb.sources.glyphs import Rule
from kb.sources.rows import Row, Written
from kb.sources.words import Word

STRIKE_HEIGHT: Final = (0.14, 0.45)
"""Em above the baseline between which a line strikes text out; underlines lie below the baseline."""
_LONGER: Final = 1.25
_SLACK: Final = 1.0
_ABOVE_FOOT: Final = 0.3
"""Share of a word's height; a line nearer to its foot underlines it, though the row's other words may stand lower."""


class Strokes:
    """The level rules of a page that may strike text out, in the frame of the text."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self._level = sorted((rule.top, rule.x0, rule.x1) for rule in rules if rule.top == rule.bottom)

    def struck(self, written: Written, rows: Sequence[Row]) -> tuple[Span, ...]:
        """Find what is struck out in a line.

        A character counts if a rule goes through its middle; a rule much longer than the words it crosses strikes
        nothing out.

        Args:
            written: The line's text with its words.
            rows: Those that make up the line, each word in one of them.

        Returns:
            Characters of the text, in order; words struck beside each other are one span.
        """
        if not self._level:
            return ()
        places = {id(word): place for place, word in written.words}
        found = sorted(
            Span(places[id(word)] + start, places[id(word)] + end)
            for row in rows
            for word, start, end in self._strokes(row)
        )
        merged: list[Span] = []
        for span in found:
            if merged and not written.text[merged[-1].end : span.start].strip():
                merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
            else:
                merged.append(span)
        return tuple(merged)

    def _strokes(self, row: Row) -> Iterator[tuple[Word, int, int]]:
        low, high = STRIKE_HEIGHT
        first = bisect_left(self._level, (row.baseline - high * row.size, 0.0, 0.0))
        for top, x0, x1 in self._level[first:]:
            if top > row.baseline - low * row.size:
                return
            crossed = [
                (word, hit)
                for word in row.words
                if word.bottom - top >= _ABOVE_FOOT * (word.bottom - word.top)
                and (hit := word.covered(x0, x1)) is not None
            ]
            if not crossed:
                continue
            width = crossed[-1][0].x1 - crossed[0][0].x0
            if x1 - x0 <= _LONGER * width + _SLACK * row.size:
                yield from ((word, *hit) for word, hit in crossed)
