"""Characters of one printed row become words.

Takes the glyphs of a row, in any order, and gives words from left to right. Spaces are known by their glyph or by the
gap; characters printed twice on the same spot (fake bold) are kept once; raised footnote marks become words of their
own; letter-spaced words are closed up. Lengths are in points, tolerances in font sizes (em).
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from kb.records import Box
from kb.sources.glyphs import Glyph

SPACE_GAP: Final = 0.17
"""Em; a wider gap between characters is a space. Kerning stays below 0.1, tight spaces above 0.2."""
SPACE_GAP_BESIDE_SPACES: Final = 0.28
"""Em; the same in a row which has space characters too, so that gaps matter less."""
OVERPRINT: Final = 0.12
"""Em; the same character this near again is the same character. Two narrow letters, "ll", stand 0.2 apart."""
RAISED_SIZE: Final = 0.8
"""A raised mark's font size is at most this share of its neighbour's."""
RAISED_BY: Final = 0.12
"""Em of the neighbour; how much higher a raised mark's font box ends."""
_COVERED_SPACE: Final = 0.6
_SPACED_MIN_LETTERS: Final = 4
_SPACED_GAP: Final = (0.12, 1.5)
_SPACED_UNEVEN: Final = 1.45
_ORDINAL: Final = re.compile(r"(?:st|nd|rd|th)[.,;:)]*", re.IGNORECASE)
_UNIT: Final = re.compile(r"(?:^|\d)(?:[kcm]?m|ft)$")


class Word(NamedTuple):
    """A word: its text, its place, its median font size, and how many of its characters are bold.

    ``ends`` are the right ends of its characters.
    """

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float
    bold: int
    raised: bool = False
    ends: tuple[float, ...] = ()

    @property
    def box(self) -> Box:
        """Its place as a box."""
        return Box(self.x0, self.top, self.x1, self.bottom)

    def covered(self, x0: float, x1: float) -> tuple[int, int] | None:
        """Find the characters whose middle lies between ``x0`` and ``x1``, as start and end (exclusive)."""
        starts = (self.x0, *self.ends[:-1])
        inside = [
            index
            for index, (start, end) in enumerate(zip(starts, self.ends, strict=True))
            if x0 <= (start + end) / 2 <= x1
        ]
        return (inside[0], inside[-1] + 1) if inside else None


class _Piece(NamedTuple):
    """Characters side by side; ``glued`` if nothing parts them from the piece before."""

    glyphs: list[Glyph]
    glued: bool
    raised: bool


def words_of(glyphs: Iterable[Glyph]) -> list[Word]:
    """Join the characters of one row into words, left to right.

    Returns:
        The words; none if the row holds nothing but spaces. Their characters are those of the row but for spaces and
        for repetitions on the same spot.
    """
    words = _join_pieces(_pieces(sorted(glyphs, key=_left)))
    return _close_up(words)


def _left(glyph: Glyph) -> float:
    return glyph.x0


def _pieces(ordered: Sequence[Glyph]) -> list[_Piece]:
    spaces = sum(glyph.text == " " for glyph in ordered)
    limit = SPACE_GAP_BESIDE_SPACES if spaces else SPACE_GAP
    pieces: list[_Piece] = []
    current: list[Glyph] = []
    last: Glyph | None = None
    beside: list[Glyph] = []
    host: Glyph | None = None
    for glyph in ordered:
        if glyph.text == " ":
            beside.append(glyph)
            continue
        if last is None:
            current = [glyph]
            pieces.append(_Piece(current, glued=False, raised=False))
            last = glyph
            beside.clear()
            continue
        if glyph.text == last.text and _same_spot(glyph, last):
            current[-1] = last = last._replace(bold=True)
            continue
        size = min(last.size, glyph.size)
        parted = glyph.x0 - last.x1 > limit * size or (
            bool(beside) and any(_parts(last, space, glyph) for space in beside)
        )
        raised = False
        if glyph.size != last.size or host is not None:
            below = host or last
            raised = not parted and is_raised(glyph, below)
            host = below if raised else None
            if not parted and not raised and not pieces[-1].raised and is_raised(last, glyph):
                # A raised mark which opens a footnote: it stands before what it is raised from.
                pieces[-1] = pieces[-1]._replace(raised=True)
        if parted or raised != pieces[-1].raised:
            current = []
            pieces.append(_Piece(current, glued=not parted, raised=raised))
        current.append(glyph)
        last = glyph
        if beside:
            beside.clear()
    return pieces


def _same_spot(glyph: Glyph, other: Glyph) -> bool:
    near = OVERPRINT * glyph.size
    return abs(glyph.x0 - other.x0) < near and abs(glyph.baseline - other.baseline) < near


def _parts(left: Glyph, space: Glyph, right: Glyph) -> bool:
    """Tell a space between two characters from one that lies under them."""
    covered = max(0.0, left.x1 - space.x0) + max(0.0, space.x1 - right.x0)
    return covered <= _COVERED_SPACE * (space.x1 - space.x0)


def is_raised(glyph: Glyph, neighbour: Glyph) -> bool:
    """Tell a superscript: clearly smaller than its neighbour, its box ending clearly higher."""
    return (
        glyph.size <= RAISED_SIZE * neighbour.size
        and neighbour.bottom - glyph.bottom > RAISED_BY * neighbour.size
    )


def _join_pieces(pieces: Iterable[_Piece]) -> list[Word]:
    """Glue ordinals ("16th") and units ("m2") together again and keep other raised marks apart."""
    words: list[Word] = []
    closed = False  # the last word is a raised mark, or ended by one that was glued
    for piece in pieces:
        word = _word(piece.glyphs, raised=piece.raised)
        if piece.glued and words:
            before = words[-1]
            if piece.raised:
                closed = not is_part_of_word(before.text, word.text)
                glue = not closed
            else:
                glue = not closed or not word.text[0].isalnum()
            if glue:
                words[-1] = _glue(before, word)
                continue
        words.append(word)
        closed = piece.raised
    return words


def is_part_of_word(before: str, raised: str) -> bool:
    """Tell the raised end of a word ("16th", "m2") from a footnote mark after it; neither is empty."""
    if _ORDINAL.fullmatch(raised):
        return before[-1].isdigit()
    return raised in {"2", "3"} and _UNIT.search(before) is not None


def _word(glyphs: Sequence[Glyph], *, raised: bool) -> Word:
    first, last = glyphs[0], glyphs[-1]
    return Word(
        text="".join([glyph.text for glyph in glyphs]),
        x0=first.x0,
        top=min([glyph.top for glyph in glyphs]),
        x1=last.x1,
        bottom=max([glyph.bottom for glyph in glyphs]),
        size=sorted([glyph.size for glyph in glyphs])[len(glyphs) // 2],
        bold=sum([len(glyph.text) for glyph in glyphs if glyph.bold]),
        raised=raised,
        ends=tuple([glyph.x1 for glyph in glyphs for _ in glyph.text]),
    )


def _glue(left: Word, right: Word, *, size: float | None = None) -> Word:
    return Word(
        text=left.text + right.text,
        x0=left.x0,
        top=min(left.top, right.top),
        x1=max(left.x1, right.x1),
        bottom=max(left.bottom, right.bottom),
        size=left.size if size is None else size,
        bold=left.bold + right.bold,
        raised=left.raised,
        ends=left.ends + right.ends,
    )


def _close_up(words: list[Word]) -> list[Word]:
    """Close up words printed with a wide, even gap between letters: ``M I N U T E S``."""
    if sum(len(word.text) == 1 for word in words) < _SPACED_MIN_LETTERS:
        return words
    closed: list[Word] = []
    start = 0
    while start < len(words):
        end = start
        while end < len(words) and len(words[end].text) == 1 and words[end].text.isalnum():
            end += 1
        if end == start:
            closed.append(words[start])
            start += 1
        else:
            closed.extend(_close_up_run(words[start:end]))
            start = end
    return closed


def _close_up_run(run: list[Word]) -> list[Word]:
    letters = "".join(word.text for word in run)
    if sum(map(str.isalpha, letters)) < max(_SPACED_MIN_LETTERS, len(letters) / 2) or _is_alphabet(letters):
        return run
    size = run[0].size
    gaps = [right.x0 - left.x1 for left, right in itertools.pairwise(run)]
    usual = sorted(gaps)[len(gaps) // 3]
    low, high = _SPACED_GAP
    if not low * size <= usual <= high * size or usual > _SPACED_UNEVEN * min(gaps):
        return run
    closed = [run[0]]
    for word, gap in zip(run[1:], gaps, strict=True):
        if gap <= _SPACED_UNEVEN * usual:
            closed[-1] = _glue(closed[-1], word)
        else:
            closed.append(word)
    return closed if len(closed) * 2 <= len(run) else run


def _is_alphabet(letters: str) -> bool:
    """Recognise column letters, "A B C D", which are no word."""
    return all(ord(right) - ord(left) == 1 for left, right in itertools.pairwise(letters))
