"""Pages of a PDF that are pictures: recognised, they become sheets like any other.

Takes the sheets that lack text; gives them back with the words seen on them as glyphs, one a word, upright and level,
so that rows, columns and lists are read as on a printed page. Each page has its time, and all of a file together;
what is not recognised is said and never costs the rest.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NamedTuple

from kb.errors import SourceError
from kb.sources.glyphs import Glyph, Sheet, Turn
from kb.sources.ocr import INSTALL, OcrError, SeenWord, is_installed, read_words
from kb.sources.picture import MAX_WIDTH, page_picture
from kb.sources.seen import glyphs_of, turn_of
from kb.sources.seen_labels import reread_labels

DOTS_PER_INCH: Final = 300
"""The resolution at which pages are drawn; the program is trained for it."""
POINTS_PER_INCH: Final = 72
MOST_STAMPED: Final = 150
"""A picture with no more characters of text on it was stamped, with a page number, say, after it was scanned."""
COVERING: Final = 0.6
"""A picture that covers this share of its page is the page."""
LEAST_SURE: Final = 50.0
"""A page of which the program is less sure on the whole shows no text: a photograph, a chart, a drawing."""
UNCERTAIN: Final = 20.0
SPECKS: Final = 60.0
"""Marks without letter or figure are kept only from here: rules, shadows and stains look like them."""
LACKS_OCR: Final = "without text, which Tesseract could read"
"""Said of pages that another machine, or this one later, could recognise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OcrSettings:
    """Whether pictures of pages are recognised, and how long that may take: one page, all of a file."""

    wanted: bool = True
    page_seconds: float = 60.0
    seconds: float = 3_600.0


class Recognised(NamedTuple):
    """Sheets that have text now, by page number; what is to be said of the pages; what helps a file without text."""

    sheets: dict[int, Sheet]
    issues: list[str]
    next_step: str


def is_scan(sheet: Sheet) -> bool:
    """Tell a page whose text, if it has any, is a picture."""
    characters = sum(map(len, sheet.glyphs.values()))
    if not characters:
        return sheet.has_picture
    return characters <= MOST_STAMPED and sheet.picture_share >= COVERING


def recognise(path: Path, scans: Mapping[int, Sheet], settings: OcrSettings) -> Recognised:
    """Recognise pages.

    Args:
        path: The PDF file.
        scans: Sheets that are pictures, by page number from 1.
        settings: Whether to, and for how long.
    """
    if not scans:
        return Recognised({}, [], "")
    if not settings.wanted or not is_installed():
        step = (
            f"{INSTALL} and add it again." if settings.wanted else "Add it with OCR, which was switched off."
        )
        return Recognised({}, [f"{_pages(scans)}: pictures {LACKS_OCR}"], step)
    end = time.monotonic() + settings.seconds
    sheets: dict[int, Sheet] = {}
    sure: dict[int, float] = {}
    issues: list[str] = []
    late: list[int] = []
    for number, sheet in scans.items():
        left = end - time.monotonic()
        if left <= 0:
            late.append(number)
            continue
        try:
            words, read = _read_page(path, number, sheet, seconds=min(left, settings.page_seconds))
        except OcrError as error:
            issues.append(f"page {number} {error}")
            continue
        confidence = mean_confidence(words)
        if confidence < LEAST_SURE or not read:
            issues.append(f"page {number} is a picture on which no text was recognised")
            continue
        sheets[number] = _with(sheet, read)
        sure[number] = confidence
    if late:
        issues.append(f"{_pages(late)}: not recognised, since the time for the file was over")
    return Recognised(
        sheets, [*_told(sure), *issues], "Scan it again, upright, at 300 dots per inch, and add that."
    )


def _read_page(
    path: Path, number: int, sheet: Sheet, *, seconds: float
) -> tuple[list[SeenWord], list[Glyph]]:
    width = min(MAX_WIDTH, round(sheet.width * DOTS_PER_INCH / POINTS_PER_INCH))
    try:
        picture = page_picture(path, number, width_px=max(1, width))
    except SourceError as error:
        raise OcrError("could not be drawn, and so not recognised") from error
    dots = max(1, round(picture.scale * POINTS_PER_INCH))
    end = time.monotonic() + seconds
    words = read_words(picture.image, dots_per_inch=dots, seconds=seconds)
    if turn_of(words) is Turn.UPRIGHT:
        left = max(1.0, end - time.monotonic())
        words = reread_labels(words, picture.image, dots_per_inch=dots, seconds=left)
    words = [word for word in words if _is_word(word)]
    return words, glyphs_of(words, picture, width=sheet.width, height=sheet.height)


def _is_word(word: SeenWord) -> bool:
    return word.confidence >= (UNCERTAIN if any(map(str.isalnum, word.text)) else SPECKS)


def mean_confidence(words: Iterable[SeenWord]) -> float:
    """Return how sure the program is of a page, each word weighing as much as it has characters; 0 without words."""
    weights = [(len(word.text), word.confidence) for word in words]
    total = sum(weight for weight, _ in weights)
    return sum(weight * confidence for weight, confidence in weights) / total if total else 0.0


def _with(sheet: Sheet, read: Sequence[Glyph]) -> Sheet:
    """Add what was recognised to what is printed on the sheet, which was seen too."""
    glyphs = {turn: list(printed) for turn, printed in sheet.glyphs.items()}
    for glyph in read:
        printed = sheet.glyphs.get(glyph.turn, ())
        if not any(_covers(glyph, each) for each in printed):
            glyphs.setdefault(glyph.turn, []).append(glyph)
    return sheet._replace(glyphs=glyphs)


def _covers(seen: Glyph, printed: Glyph) -> bool:
    x, y = (printed.x0 + printed.x1) / 2, (printed.top + printed.bottom) / 2
    return printed.text != " " and seen.x0 <= x <= seen.x1 and seen.top <= y <= seen.bottom


def _told(sure: Mapping[int, float]) -> list[str]:
    if not sure:
        return []
    mean = sum(sure.values()) / len(sure)
    worst = min(sure, key=lambda number: (sure[number], number))
    lowest = f", lowest {sure[worst]:.0f}% on page {worst}" if len(sure) > 1 else ""
    return [f"{_pages(sure)}: text recognised by OCR, mean confidence {mean:.0f}%{lowest}"]


def _pages(numbers: Iterable[int]) -> str:
    """Write "page 3" or "pages 1-3, 7"."""
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    written = ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)
    return f"page{'s' if sum(map(len, runs)) > 1 else ''} {written}"
