"""Words seen on a picture become glyphs: turned upright, set level, with font sizes and weight.

A program that reads pictures gives the ink's box of each word. Font size and baseline follow from which letters a word
has: "ape" hangs below the line, "all" rises above small letters. Bold is told by the thickness of strokes against the
rest of the page. Lengths are pixels on the picture and points in the glyphs.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise
from statistics import median
from typing import Final

import numpy as np
from numpy.typing import NDArray

from kb.records import Box
from kb.sources.glyphs import Glyph, Turn, into_frame
from kb.sources.ocr import SeenWord
from kb.sources.picture import Picture

_HANGING: Final = frozenset("gjpqyQ,;()[]{}|/\\")
_SMALL: Final = frozenset("acemnorsuvwxz")
_MARKS: Final = frozenset("-–—_.,;:'\"‘’“”•*~=+<>·")
# Shares of the font size in usual text fonts: capital height, small letters' height, depth of hanging letters.
_CAPITAL: Final = 0.72
_X_HEIGHT: Final = 0.52
_DEPTH: Final = 0.21
_ASCENT: Final = 0.9
"""Of the font size above the baseline: the top of a font's box."""
_NEAR: Final = 0.14
"""Sizes that differ less from the page's usual one, as a share of it, are that size."""
_HALF: Final = 2
_LEAST_LETTERS: Final = 3
_MAX_SKEW: Final = 0.05
_DARK: Final = 140
_HEAVIER: Final = 1.28
"""Strokes this many times as thick as the page's usual ones, beside the font size, are bold."""
_SMALLEST: Final = 4.0
_DEFAULT_SIZE: Final = 11.0

Line = tuple[int, int, int]


def glyphs_of(words: Sequence[SeenWord], picture: Picture, *, width: float, height: float) -> list[Glyph]:
    """Make a glyph of each word, and one of the space between two.

    Args:
        words: As seen, line by line.
        picture: The picture on which they were seen.
        width: Of the sheet as it lies, in points.
        height: Of the sheet as it lies, in points.

    Returns:
        The glyphs, each in the frame in which the page's text stands upright.
    """
    if not words:
        return []
    turn = turn_of(words)
    boxes = [
        into_frame(Box(*(edge / picture.scale for edge in word.box)), turn, width=width, height=height)
        for word in words
    ]
    lines: dict[Line, list[int]] = {}
    for index, word in enumerate(words):
        lines.setdefault(word.line, []).append(index)
    slope = _skew(words, boxes, lines)
    sizes = _sizes(words, boxes, lines)
    bold = _bold(words, picture, sizes)
    glyphs: list[Glyph] = []
    for line, indices in lines.items():
        size = sizes[line]
        baseline = median(
            _foot(words[index], boxes[index], size) - slope * boxes[index].x0 for index in indices
        )
        heavy = 2 * sum(len(words[index].text) for index in indices if bold[index])
        is_bold = heavy > sum(len(words[index].text) for index in indices)
        made = [
            _glyph(words[index].text, boxes[index], baseline, size, bold=is_bold or bold[index], turn=turn)
            for index in sorted(indices, key=lambda each: boxes[each].x0)
        ]
        glyphs.extend(made)
        glyphs.extend(
            _glyph(" ", Box(left.x1, left.top, right.x0, left.bottom), baseline, size, bold=False, turn=turn)
            for left, right in pairwise(made)
            if left.x1 < right.x0
        )
    return glyphs


def _glyph(text: str, box: Box, baseline: float, size: float, *, bold: bool, turn: Turn) -> Glyph:
    """Make a glyph with a font's box: as high as its neighbours, whatever its letters."""
    return Glyph(
        text, box.x0, baseline - _ASCENT * size, box.x1, baseline + _DEPTH * size, baseline, size, bold, turn
    )


def turn_of(words: Sequence[SeenWord]) -> Turn:
    """Tell which way text runs on a picture by the way from each word to the next in its line."""
    votes: Counter[Turn] = Counter()
    for left, right in pairwise(words):
        if left.line != right.line:
            continue
        across = right.box.x0 + right.box.x1 - left.box.x0 - left.box.x1
        down = right.box.top + right.box.bottom - left.box.top - left.box.bottom
        if abs(across) >= abs(down):
            votes[Turn.UPRIGHT if across > 0 else Turn.UPSIDE_DOWN] += 1
        else:
            votes[Turn.DOWNWARDS if down > 0 else Turn.UPWARDS] += 1
    return max(votes, key=lambda turn: (votes[turn], -turn), default=Turn.UPRIGHT)


def _skew(words: Sequence[SeenWord], boxes: Sequence[Box], lines: Mapping[Line, Sequence[int]]) -> float:
    """Return how far lines fall for each point to the right, over the whole sheet."""
    slopes = []
    for indices in lines.values():
        level = [
            index for index in indices if not _HANGING & set(words[index].text) and not _is_mark(words[index])
        ]
        if len(level) >= _LEAST_LETTERS:
            first, last = boxes[level[0]], boxes[level[-1]]
            if last.x0 > first.x0:
                slopes.append((last.bottom - first.bottom) / (last.x0 - first.x0))
    slope = median(slopes) if slopes else 0.0
    return slope if abs(slope) <= _MAX_SKEW else 0.0


def _is_mark(word: SeenWord) -> bool:
    return set(word.text) <= _MARKS


def _shares(text: str) -> tuple[float, float]:
    """Return how far a word's ink reaches above and below the baseline, as shares of the font size."""
    letters = [char for char in text if char not in _MARKS] or list(text)
    above = _X_HEIGHT if all(char in _SMALL or char in "gpqy" for char in letters) else _CAPITAL
    return above, _DEPTH if _HANGING & set(letters) else 0.0


def _foot(word: SeenWord, box: Box, size: float) -> float:
    """Return the baseline a word stands on."""
    if _is_mark(word):
        return box.bottom if box.bottom - box.top > _X_HEIGHT * size else box.top + _X_HEIGHT * size
    return box.bottom - _shares(word.text)[1] * size


def _sizes(
    words: Sequence[SeenWord], boxes: Sequence[Box], lines: Mapping[Line, Sequence[int]]
) -> dict[Line, float]:
    """Estimate the font size of each line, in half points; those near the usual one are the usual one."""
    rough: dict[Line, float] = {}
    for line, indices in lines.items():
        found = [
            (boxes[index].bottom - boxes[index].top) / math.fsum(_shares(words[index].text))
            for index in indices
            if not _is_mark(words[index])
        ]
        if found:
            rough[line] = max(_SMALLEST, median(found))
    letters = [size for line, size in rough.items() for index in lines[line] for _ in words[index].text]
    usual = median(letters) if letters else _DEFAULT_SIZE
    sizes = {}
    for line in lines:
        size = rough.get(line, usual)
        near = usual if abs(size - usual) <= _NEAR * usual else size
        sizes[line] = round(near * _HALF) / _HALF
    return sizes


def _bold(words: Sequence[SeenWord], picture: Picture, sizes: Mapping[Line, float]) -> list[bool]:
    """Tell words whose strokes are clearly thicker than the page's usual ones."""
    ink = np.asarray(picture.image.convert("L")) < _DARK
    strokes = [_stroke(ink, word.box) / (sizes[word.line] * picture.scale) for word in words]
    known = [
        stroke
        for word, stroke in zip(words, strokes, strict=True)
        for _ in word.text
        if stroke and not _is_mark(word)
    ]
    if not known:
        return [False] * len(words)
    usual = median(known)
    return [
        stroke > _HEAVIER * usual and not _is_mark(word) for word, stroke in zip(words, strokes, strict=True)
    ]


def _stroke(ink: NDArray[np.bool_], box: Box) -> float:
    """Return the median length of level runs of ink inside a box, in pixels; 0 without ink.

    Args:
        ink: The picture, shape (height, width), true where it is dark.
        box: In pixels.
    """
    x0, top, x1, bottom = map(int, box)
    inside = ink[top:bottom, x0:x1]
    padded = np.zeros((inside.shape[0], inside.shape[1] + 2), np.int8)
    padded[:, 1:-1] = inside
    steps = np.diff(padded, axis=1)
    starts, ends = np.nonzero(steps == 1)[1], np.nonzero(steps == -1)[1]
    return float(np.median(ends - starts)) if len(starts) else 0.0
