"""PDF files: the only importer of pdfplumber and pdfminer.

Takes a path; gives a `Source` whose text is the printed lines of each page in reading order, joined by line feeds, and
the pages joined by a line feed and a form feed. Refuses files that are damaged, locked, endless or without any text; a
single page that cannot be read is noted and left empty.

The marks are taken from ``Page.layout`` and not from ``Page.chars``: it is the same text, but making pdfplumber's
dictionary of each character takes longer than all that is done with it here.
"""

from __future__ import annotations

import io
import logging
import math
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

import pdfplumber
from pdfminer.layout import LTChar, LTContainer, LTCurve, LTImage
from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect

from kb.errors import SourceError, SourceFault
from kb.records import Box, Source
from kb.sources.assembly import SheetLine, SheetSize, assemble, struck_spans
from kb.sources.drawn import fills_of, rules_of
from kb.sources.files import read_bytes
from kb.sources.fills import Fill
from kb.sources.glyphs import Glyph, Rule, Sheet, Turn, into_frame, plain
from kb.sources.heads import HeadReader
from kb.sources.mending import rewrite
from kb.sources.reading import read_sheet, size_of
from kb.sources.scans import OcrSettings, is_scan, recognise
from kb.sources.tablefinder import find_cells

MAX_PAGES: Final = 3_000
"""A longer file is refused: it would be no meeting's papers, and take hours."""
OUTLINE_SHARE: Final = 35
"""Word processors without a bold font outline the plain one with a pen of this part of its size."""
_OUTLINE_SLACK: Final = 0.02
_HEADER_WITHIN: Final = 1_024
_SLANT: Final = 0.1
HEAVY: Final = 600
"""A font's weight from which it counts as bold; 400 is regular, 700 bold."""
_BOLD_NAMES: Final = ("bold", "black", "heavy")
_ANEW: Final = "Fetch or save it again."

for _name in ("pdfminer", "pdfplumber"):
    logging.getLogger(_name).setLevel(logging.CRITICAL)


def read_pdf(path: Path, *, max_pages: int = MAX_PAGES, ocr: OcrSettings | None = None) -> Source:
    """Read a PDF file; pages that are pictures are recognised, if that is wanted and possible.

    Raises:
        SourceError: If it is missing, no PDF, damaged, locked by a password, too long, or has no text at all.
    """
    data, sha256 = read_bytes(path)
    if b"%PDF-" not in data[:_HEADER_WITHIN]:
        raise SourceError(f"{path.name} is not a PDF file.", next_step=_ANEW, fault=SourceFault.DAMAGED)
    sheets: list[list[SheetLine]] = []
    sizes: list[SheetSize | None] = []
    issues: list[str] = []
    scans: dict[int, Sheet] = {}
    try:
        with _open(data) as pdf:
            pages = pdf.pages
            _require_page_count(path, len(pages), max_pages)
            heads = HeadReader()
            for number, page in enumerate(pages, start=1):
                lines, size, notable, scan = _read_page(page, heads)
                if scan is not None:
                    scans[number] = scan
                sheets.append(lines)
                sizes.append(size)
                issues.extend(f"page {number}{clause}" for clause in notable)
                page.close()
    except (SourceError, MemoryError):
        raise
    except Exception as error:  # a damaged file can raise anything inside the parser
        raise _explain(path, error) from error
    recognised = recognise(path, scans, ocr or OcrSettings())
    issues.extend(recognised.issues)
    for number, sheet in recognised.sheets.items():
        sheets[number - 1], _ = read_sheet(sheet, find_cells, HeadReader())
        sizes[number - 1] = size_of(sheet)
    text, lines_placed, pages_placed = assemble(sheets, sizes)
    if not text.strip():
        if issues and all("could not be read" in issue for issue in issues):
            raise SourceError(
                f"{path.name} is damaged: none of its pages can be read.",
                next_step=_ANEW,
                fault=SourceFault.DAMAGED,
            )
        raise SourceError(
            f"{path.name} has no text layer; its pages seem to be scanned pictures.",
            next_step=recognised.next_step or "Check that the right file was saved.",
            fault=SourceFault.IMAGE_ONLY,
        )
    return Source(
        name=path.name,
        sha256=sha256,
        media_type="application/pdf",
        text=text,
        lines=lines_placed,
        pages=pages_placed,
        issues=tuple(issues),
        struck=struck_spans(sheets, lines_placed),
    )


def _open(data: bytes) -> Any:
    """Open a file; one in which no pages are found, because its table of objects is wrong, is written anew."""
    pdf = pdfplumber.open(io.BytesIO(data))
    if not pdf.pages and (anew := rewrite(data)) is not None:
        pdf.close()
        return pdfplumber.open(io.BytesIO(anew))
    return pdf


def _require_page_count(path: Path, count: int, most: int) -> None:
    if not count:
        raise SourceError(f"{path.name} has no pages.", next_step=_ANEW, fault=SourceFault.EMPTY)
    if count > most:
        raise SourceError(
            f"{path.name} has {count:,} pages; at most {most:,} are read.",
            next_step="Split it into parts.",
            fault=SourceFault.TOO_MANY_PAGES,
        )


def _explain(path: Path, error: Exception) -> SourceError:
    """Say in the reader's words what an error of the parser means; pdfplumber wraps the first cause."""
    cause = error.args[0] if error.args and isinstance(error.args[0], Exception) else error
    if isinstance(cause, MemoryError):
        raise cause
    if isinstance(cause, PDFPasswordIncorrect):
        return SourceError(
            f"{path.name} is protected by a password.",
            next_step="Save a copy without a password and add that.",
            fault=SourceFault.PASSWORD_PROTECTED,
        )
    if isinstance(cause, PDFEncryptionError):
        return SourceError(
            f"{path.name} is encrypted in a way that is not understood.",
            next_step="Save a copy without encryption.",
            fault=SourceFault.PASSWORD_PROTECTED,
        )
    what = f"{type(cause).__name__}: {cause}".rstrip(": ")
    return SourceError(
        f"{path.name} is a damaged PDF file ({what}).", next_step=_ANEW, fault=SourceFault.DAMAGED
    )


def _read_page(
    page: Any, heads: HeadReader
) -> tuple[list[SheetLine], SheetSize | None, list[str], Sheet | None]:
    """Read one page.

    Returns:
        Its lines, its size, what was notable, each to follow "page 3", and its marks if it is a picture of text.
    """
    try:
        sheet = read_marks(page)
        lines, notable = read_sheet(sheet, find_cells, heads)
        size = size_of(sheet)
    except MemoryError:
        raise
    except Exception as error:  # one bad page must not cost the others
        cause = error.args[0] if error.args and isinstance(error.args[0], Exception) else error
        if isinstance(cause, MemoryError):
            raise cause from error
        return [], None, [f" could not be read ({type(cause).__name__})"], None
    scan = sheet if is_scan(sheet) else None
    if not lines:
        return [], size, [] if scan is not None else [" has no text (blank)"], scan
    return lines, size, [f": {clause}" for clause in notable], scan


def read_marks(page: Any) -> Sheet:
    """Take the characters and rules of a pdfplumber page as records, on the sheet as it lies."""
    layout = page.layout
    width, height = float(layout.width), float(layout.height)
    glyphs: dict[Turn, list[Glyph]] = {}
    upright = glyphs.setdefault(Turn.UPRIGHT, [])
    rules: list[Rule] = []
    fills: list[Fill] = []
    has_picture = False
    pictures = 0.0
    texts: dict[str, str] = {}
    bold: dict[Any, bool] = dict.fromkeys(_heavy_fonts(page), True)
    for item in _marks(layout):
        if isinstance(item, LTChar):
            raw = item._text  # noqa: SLF001 (get_text() is this, a call a character)
            text = texts.get(raw)
            if text is None:
                text = texts[raw] = plain(raw)
            if not text:
                continue
            name = item.fontname
            is_bold = bold.get(name)
            if is_bold is None:
                is_bold = bold[name] = any(each in str(name).lower() for each in _BOLD_NAMES)
            if not is_bold and abs(item.graphicstate.linewidth * OUTLINE_SHARE - item.size) < _OUTLINE_SLACK:
                is_bold = True
            a, b, c, d, e, f = item.matrix
            if a > 0 < d and abs(b) <= _SLANT * a and abs(c) <= d:
                x0, x1 = (item.x0, item.x1) if not c else _unslanted(item, e, abs(c) / d)
                upright.append(
                    Glyph(
                        text,
                        x0,
                        height - item.y1,
                        x1,
                        height - item.y0,
                        height - f,
                        item.size,
                        is_bold,
                    )
                )
            else:
                glyph = _turned(
                    item, text, is_bold=is_bold, origin=(e, height - f), width=width, height=height
                )
                glyphs.setdefault(glyph.turn, []).append(glyph)
        elif isinstance(item, LTCurve):
            has_picture = True
            rules.extend(rules_of(item, height))
            fills.extend(fills_of(item, height))
        elif isinstance(item, LTImage):
            has_picture = True
            pictures += item.width * item.height
    return Sheet(
        width=width,
        height=height,
        glyphs=glyphs,
        rules=list(dict.fromkeys(rules)),
        has_picture=has_picture,
        fills=fills,
        picture_share=pictures / (width * height) if width * height else 0.0,
    )


def _unslanted(item: Any, origin: float, slant: float) -> tuple[float, float]:
    """Give the ends of a character as if it stood straight: the box of one that leans reaches into the next."""
    return origin, max(origin, origin + item.width - slant * item.height)


def _heavy_fonts(page: Any) -> Iterator[Any]:
    """Give the names of fonts whose description, if not their name, says that they are bold."""
    fonts = page.pdf.rsrcmgr._cached_fonts  # noqa: SLF001 (an LTChar names its font but does not hold it)
    for font in fonts.values():
        weight = font.descriptor.get("FontWeight")
        if isinstance(weight, int | float) and weight >= HEAVY:
            yield font.fontname


def _marks(container: Iterable[Any]) -> Iterator[Any]:
    """Walk through all marks, those inside figures too, in the order in which they were drawn."""
    for item in container:
        if isinstance(item, LTContainer):
            yield from _marks(item)
        else:
            yield item


def _turned(
    char: Any, text: str, *, is_bold: bool, origin: tuple[float, float], width: float, height: float
) -> Glyph:
    """Make a glyph of a character that does not stand upright on the sheet."""
    a, b, c, d, _, _ = char.matrix
    box = Box(char.x0, height - char.y1, char.x1, height - char.y0)
    if abs(b) <= _SLANT * abs(a):
        turn = Turn.UPSIDE_DOWN if a < 0 and d < 0 else Turn.UPRIGHT
        size = char.height
    elif abs(a) <= _SLANT * abs(b):
        turn = Turn.UPWARDS if b > 0 else Turn.DOWNWARDS
        size = char.width
    else:
        turn = Turn.ASKEW
        size = char.height * math.hypot(c, d) / (abs(c) + abs(d))
    x, y = origin
    foot = into_frame(Box(x, y, x, y), turn, width=width, height=height)
    framed = into_frame(box, turn, width=width, height=height)
    return Glyph(text, *framed, baseline=foot.bottom, size=size, bold=is_bold, turn=turn)
