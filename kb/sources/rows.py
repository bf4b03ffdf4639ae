"""Characters of a page become printed rows: those on one baseline, with raised and lowered marks beside them.

Takes glyphs that stand upright in one frame; gives rows from top to bottom. Lengths are in points, tolerances in font
sizes (em).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Final, NamedTuple

from kb.records import Box
from kb.sources.glyphs import Glyph
from kb.sources.words import RAISED_SIZE, Word, words_of

SAME_BASELINE: Final = 0.25
"""Em; baselines nearer than this are one. Lines set solid stand 1.0 apart, raised marks 0.3."""
MAX_DRIFT: Final = 0.5
"""Em; how far the baseline may wander along a row (slanting scans) before it counts as the next."""
MARK_REACH: Final = 0.7
"""Em of the row; how far above or below its baseline the baseline of a mark may be."""
MARK_GAP: Final = 0.35
"""Em of the row; how far from the nearest character a mark may stand."""
ALIGNED: Final = 1.0
"""Points; text that begins within this of other text is aligned with it."""
NARROW_GAP: Final = 0.45
"""Em; a gap wider than a common space, which parts columns only if others around it do so there."""
WIDE_GAP: Final = 1.5
"""Em; a wider gap between words is printed as two spaces: it parts columns, or a number from its text."""


class Written(NamedTuple):
    """A text and its words, each with the place in the text at which it begins."""

    text: str
    words: list[tuple[int, Word]]


@dataclass(frozen=True, slots=True)
class Row:
    """Words on one baseline, left to right; never empty.

    ``size`` is the median font size. A row with a ``table`` number stands for a row of that table, whole.
    """

    words: tuple[Word, ...]
    baseline: float
    size: float
    table: int | None = None

    @property
    def x0(self) -> float:
        """Left end."""
        return self.words[0].x0

    @property
    def x1(self) -> float:
        """Right end."""
        return max(word.x1 for word in self.words)

    @property
    def box(self) -> Box:
        """The box around all words."""
        words = self.words
        return Box(
            words[0].x0,
            min([word.top for word in words]),
            max([word.x1 for word in words]),
            max([word.bottom for word in words]),
        )

    @property
    def text(self) -> str:
        """The row as it is written by itself."""
        return self.written().text

    def written(self, starts: Collection[float] = ()) -> Written:
        """Write the row: its words parted by a space, or by two where the gap is wide.

        Args:
            starts: Where text begins after a wide gap in the rows around; a word that begins there too is in the next
                column, even if the gap before it is narrow.
        """
        words = self.words
        wide, narrow = WIDE_GAP * self.size, NARROW_GAP * self.size
        pieces = [words[0].text]
        places = [0]
        end = len(words[0].text)
        for left, right in pairwise(words):
            gap = right.x0 - left.x1
            apart = gap > wide or (gap > narrow and any(abs(right.x0 - start) <= ALIGNED for start in starts))
            pieces.append("  " if apart else " ")
            pieces.append(right.text)
            end += 2 if apart else 1
            places.append(end)
            end += len(right.text)
        return Written("".join(pieces), list(zip(places, words, strict=True)))

    def column_starts(self) -> list[float]:
        """Give where text begins after a wide gap."""
        wide = WIDE_GAP * self.size
        return [right.x0 for left, right in pairwise(self.words) if right.x0 - left.x1 > wide]

    @property
    def is_bold(self) -> bool:
        """Whether most characters are bold."""
        return 2 * sum([word.bold for word in self.words]) > sum([len(word.text) for word in self.words])


def row_of(words: Sequence[Word], *, baseline: float) -> Row:
    """Make a row of at least one word."""
    return Row(words=tuple(words), baseline=baseline, size=median([word.size for word in words]))


def rows_of(glyphs: Iterable[Glyph]) -> list[Row]:
    """Sort characters into rows, top to bottom, and each into words, left to right."""
    rows = []
    for group in _attach_marks(_group_by_baseline(glyphs)):
        words = words_of(group)
        if words:
            rows.append(row_of(words, baseline=_baseline(group)))
    rows.sort(key=lambda row: (row.baseline, row.x0))
    return rows


def _group_by_baseline(glyphs: Iterable[Glyph]) -> list[list[Glyph]]:
    exact: dict[float, list[Glyph]] = {}
    for glyph in glyphs:
        exact.setdefault(glyph.baseline, []).append(glyph)
    groups: list[list[Glyph]] = []
    first = last = size = 0.0
    for baseline in sorted(exact):
        group = exact[baseline]
        group_size = group[0].size
        smaller = min(size, group_size)
        if groups and baseline - last <= SAME_BASELINE * smaller and baseline - first <= MAX_DRIFT * smaller:
            groups[-1].extend(group)
        else:
            groups.append(list(group))
            first = baseline
        last, size = baseline, group_size
    return [group for group in groups if any(glyph.text != " " for glyph in group)]


def _baseline(group: Sequence[Glyph]) -> float:
    largest = max(glyph.size for glyph in group if glyph.text != " ")
    return median(
        [glyph.baseline for glyph in group if glyph.text != " " and glyph.size >= largest * RAISED_SIZE]
    )


def _attach_marks(groups: list[list[Glyph]]) -> list[list[Glyph]]:
    """Move small characters that touch a row of larger ones, above or below its baseline, into that row."""
    sizes = [max(glyph.size for glyph in group if glyph.text != " ") for group in groups]
    baselines = [group[0].baseline for group in groups]
    for index, group in enumerate(groups):
        near = [
            other
            for other in (index + 1, index - 1, index + 2, index - 2)
            if 0 <= other < len(groups)
            and sizes[index] <= RAISED_SIZE * sizes[other]
            and abs(baselines[other] - baselines[index]) <= MARK_REACH * sizes[other]
        ]
        for other in near:
            left = _attach(group, groups[other], reach=MARK_GAP * sizes[other])
            if len(left) < len(group):
                group[:] = left
    return [group for group in groups if any(glyph.text != " " for glyph in group)]


def _attach(marks: Sequence[Glyph], host: list[Glyph], *, reach: float) -> list[Glyph]:
    """Move those runs of ``marks`` into ``host`` that touch one of its characters; return the others."""
    left: list[Glyph] = []
    inked = [glyph for glyph in host if glyph.text != " "]
    for run in _runs(sorted(marks, key=lambda glyph: glyph.x0), reach=reach):
        x0, x1 = run[0].x0, run[-1].x1
        touches = any(abs(glyph.x1 - x0) <= reach or abs(glyph.x0 - x1) <= reach for glyph in inked)
        crosses = any(glyph.x0 < x1 - reach / 2 and x0 + reach / 2 < glyph.x1 for glyph in inked)
        (host if touches and not crosses else left).extend(run)
    return left


def _runs(ordered: Iterable[Glyph], *, reach: float) -> list[list[Glyph]]:
    runs: list[list[Glyph]] = []
    for glyph in ordered:
        if runs and glyph.x0 - runs[-1][-1].x1 <= reach:
            runs[-1].append(glyph)
        else:
            runs.append([glyph])
    return runs
