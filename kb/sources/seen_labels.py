"""Labels on a picture, looked at twice: short words alone at the beginning of a line, which programs misread.

"3." with a wide gap behind it is no word of any language, so that the program guesses ("Wa", "LL."), and a bullet is
read as the letter it resembles. Bullets are told by their ink; doubtful labels are cut out, put one below another on a
picture of their own, where nothing misleads, and read again. What is no label then stays as it was read first. Marks
left of a line that were not read at all are looked at too: programs take a column of labels for dirt.
"""

from __future__ import annotations

import re
import time
from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from kb.records import Box
from kb.sources.numerals import BULLET
from kb.sources.ocr import SeenWord, read_words

_LABEL: Final = re.compile(
    r"\((?:\d{1,3}|[a-z]|[ivx]{1,4})\)|(?:\d{1,3}|[a-z]|[ivx]{1,4})[.)]|\d{1,2}\.\d{1,2}\.?"
)
_LONGEST: Final = 5
_GAP: Final = 0.55
"""Of the word's height; behind a label there is at least this much room."""
_REACH: Final = 10
_WIDEST: Final = 3
_LEAST_INK: Final = 0.2
"""In heights of the line: how far left of it a label is looked for, how wide it is, how small a bullet."""
_SURE: Final = 90.0
_LEAST_SURE: Final = 55.0
_SCALES: Final = (0.8, 1.0, 0.65)
"""Labels are read best a little smaller than the rest; those that are not are tried at other sizes."""
_PITCH: Final = 2.2
_MARGIN: Final = 60
_AROUND: Final = 10
_WHITE: Final = 255
_DARK: Final = 140
_FILLED: Final = 0.68
"""A disc fills 0.79 of its box, a square all of it, a letter less than two thirds."""
_SQUARE: Final = 0.75


def reread_labels(
    words: Sequence[SeenWord], image: Image.Image, *, dots_per_inch: int, seconds: float
) -> list[SeenWord]:
    """Give the words with labels and bullets put right.

    Args:
        words: As seen, line by line.
        image: The picture on which they were seen.
        dots_per_inch: Its resolution.
        seconds: How long the program may take.

    Raises:
        OcrError: If the program fails, or takes longer.
    """
    grey = image.convert("L")
    words = _with_overlooked(words, np.asarray(grey) < _DARK)
    found = list(words)
    doubtful: list[int] = []
    for index in _alone(words):
        word = words[index]
        if len(word.text) <= 1 and _is_bullet(grey, word.box):
            found[index] = word._replace(text=BULLET, confidence=max(word.confidence, _SURE))
        elif _LABEL.fullmatch(word.text) is None or word.confidence < _SURE:
            doubtful.append(index)
    end = time.monotonic() + seconds
    for scale in _SCALES:
        left = end - time.monotonic()
        if not doubtful or left <= 0:
            break
        again = _read_again(grey, [words[index].box for index in doubtful], dots_per_inch, left, scale)
        for place, seen in again.items():
            first = words[doubtful[place]]
            is_better = seen.confidence >= (first.confidence if _LABEL.fullmatch(first.text) else _LEAST_SURE)
            if _LABEL.fullmatch(seen.text) and is_better:
                found[doubtful[place]] = first._replace(text=seen.text, confidence=seen.confidence)
        doubtful = [index for index in doubtful if _LABEL.fullmatch(found[index].text) is None]
    return [word for word in found if word.text]


def _with_overlooked(words: Sequence[SeenWord], ink: NDArray[np.bool_]) -> list[SeenWord]:
    """Put marks that nobody read, left of a line and no higher than it, before its first word, as words without text.

    Args:
        words: As seen, line by line.
        ink: The picture, shape (height, width), true where it is dark.
    """
    unread = ink.copy()
    for word in words:
        x0, top, x1, bottom = map(int, word.box)
        unread[max(0, top - 2) : bottom + 2, max(0, x0 - 2) : x1 + 2] = False
    found: list[SeenWord] = []
    for index, word in enumerate(words):
        if not index or words[index - 1].line != word.line:
            box = _overlooked(unread, word.box)
            if box is not None:
                found.append(SeenWord("", box, word.line, 0.0))
        found.append(word)
    return found


def _overlooked(unread: NDArray[np.bool_], box: Box) -> Box | None:
    """Find the ink nearest to the left of a word that is no wider than a label and no higher than the line."""
    height = max(1, int(box.bottom - box.top))
    above, below = max(0, int(box.top) - height // 2), int(box.bottom) + height // 2
    left = max(0, int(box.x0) - _REACH * height)
    band = unread[above:below, left : int(box.x0)]
    columns = np.flatnonzero(band.any(axis=0))
    if not len(columns):
        return None
    parts = np.split(columns, np.flatnonzero(np.diff(columns) > height) + 1)
    start, end = int(parts[-1][0]), int(parts[-1][-1]) + 1
    rows = np.flatnonzero(band[:, start:end].any(axis=1))
    is_rule = rows[0] == 0 or rows[-1] == band.shape[0] - 1
    if is_rule or end - start > _WIDEST * height or min(end - start, len(rows)) < _LEAST_INK * height:
        return None
    return Box(left + start, above + int(rows[0]), left + end, above + int(rows[-1]) + 1)


def _alone(words: Sequence[SeenWord]) -> list[int]:
    """Find short words at the beginning of a line with room behind them."""
    found = []
    for index, word in enumerate(words):
        if len(word.text) > _LONGEST or (index and words[index - 1].line == word.line):
            continue
        after = words[index + 1] if index + 1 < len(words) else None
        height = word.box.bottom - word.box.top
        if after is None or after.line != word.line or after.box.x0 - word.box.x1 > _GAP * height:
            found.append(index)
    return found


def _is_bullet(grey: Image.Image, box: Box) -> bool:
    """Tell a filled disc or square by its ink."""
    width, height = box.x1 - box.x0, box.bottom - box.top
    if min(width, height) < _SQUARE * max(width, height):
        return False
    ink = np.asarray(grey.crop((int(box.x0), int(box.top), int(box.x1), int(box.bottom)))) < _DARK
    return bool(ink.size) and float(ink.mean()) > _FILLED


def _read_again(
    grey: Image.Image, boxes: Sequence[Box], dots_per_inch: int, seconds: float, scale: float
) -> dict[int, SeenWord]:
    """Read pieces of a picture one below another; give what was seen in those that show one word."""
    pitch = round(max(box.bottom - box.top for box in boxes) * _PITCH * scale) + _AROUND
    width = round(max(box.x1 - box.x0 for box in boxes) * scale) + 2 * _MARGIN + _AROUND
    column = Image.new("L", (width, pitch * len(boxes) + _MARGIN), _WHITE)
    for place, box in enumerate(boxes):
        piece = grey.crop(
            (int(box.x0) - _AROUND, int(box.top) - _AROUND, int(box.x1) + _AROUND, int(box.bottom) + _AROUND)
        )
        size = (max(1, round(piece.width * scale)), max(1, round(piece.height * scale)))
        column.paste(piece.resize(size, Image.Resampling.LANCZOS), (_MARGIN, _MARGIN // 2 + pitch * place))
    seen: dict[int, list[SeenWord]] = {}
    for word in read_words(column, dots_per_inch=dots_per_inch, seconds=seconds, is_block=True):
        seen.setdefault(int((word.box.top + word.box.bottom) / 2 - _MARGIN // 2) // pitch, []).append(word)
    return {place: each[0] for place, each in seen.items() if len(each) == 1 and place < len(boxes)}
