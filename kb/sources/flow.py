"""Flowing text, as word processors and web pages hold it: paragraphs and tables become lines.

Takes `Block` and `Grid` records in reading order; gives the lines of a `Source`: one a paragraph (or line break), a
blank one between paragraphs, one a table row with its cells divided by tabs. A table that only places text on the
sheet, such as one of numbers beside paragraphs, is read as the paragraphs in it. Opens no file.
"""

from __future__ import annotations

import dataclasses
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from kb.records import Line, Page, Span
from kb.sources.assembly import BLANK, SheetLine, assemble, struck_spans
from kb.sources.reading import struck_issues
from kb.sources.words import is_part_of_word

MAX_NESTING: Final = 8
"""Tables inside tables deeper than this are read as running text."""
_LABEL_CELL: Final = re.compile(
    r"(?:item\s+)?\(?(?:\d{1,3}(?:[./]\d{1,4}){0,2}|[a-z]|[ivx]{1,5})[.):]*", re.IGNORECASE
)
_MIN_PAPER_ROWS: Final = 1 / 3
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]")
_LINE_ENDS: Final = str.maketrans(dict.fromkeys("\r\u2028\u2029\v\f", "\n"))


class Run(NamedTuple):
    r"""Characters of one look; ``\n`` breaks the line. ``size`` is in points, ``None`` if unknown."""

    text: str
    bold: bool = False
    size: float | None = None
    struck: bool = False
    raised: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A paragraph, or the rows of a table: lines with no blank one between. ``page`` counts from 1."""

    lines: tuple[SheetLine, ...]
    page: int = 1
    is_heading: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A table as marked up: the cells of each row, each with what stands in it; covered cells are empty.

    ``is_layout`` says that the file itself calls it no table of data.
    """

    rows: tuple[tuple[tuple[Block | Grid, ...], ...], ...]
    is_layout: bool = False


def clean(text: str) -> str:
    r"""Drop control characters; every line end becomes ``\n``."""
    return _CONTROL.sub("", text.translate(_LINE_ENDS))


def lines_of(runs: Iterable[Run], *, label: str = "") -> tuple[SheetLine, ...]:
    r"""Make the lines of one paragraph, without white space at their ends and without empty ones.

    Args:
        runs: Its text.
        label: Printed before it, with the white space after it.
    """
    lines: list[list[Run]] = [[]]
    for run in runs:
        first, *others = clean(run.text).split("\n")
        if run.raised and first.strip() and _is_mark(first, lines[-1]):
            first = f" {first}"
        lines[-1].append(run._replace(text=first))
        lines.extend([run._replace(text=text)] for text in others)
    made = [line for pieces in lines if (line := _line(pieces)) is not None]
    if not label:
        return tuple(made)
    if not made:
        bare = label.strip()
        return (SheetLine(text=bare, bold=False),) if bare else ()
    return (prefixed(made[0], label), *made[1:])


def _is_mark(raised: str, before: Sequence[Run]) -> bool:
    """Tell a footnote mark, which is no part of the word or figure it touches."""
    last = next((run.text for run in reversed(before) if run.text), " ")
    return not last[-1].isspace() and not is_part_of_word(last, raised.strip())


def prefixed(line: SheetLine, label: str) -> SheetLine:
    """Put a label before a line."""
    by = len(label)
    struck = tuple(Span(span.start + by, span.end + by) for span in line.struck)
    return dataclasses.replace(line, text=label + line.text, struck=struck)


def _line(runs: Sequence[Run]) -> SheetLine | None:
    whole = "".join(run.text for run in runs)
    text = whole.strip()
    if not text:
        return None
    offset = len(whole) - len(whole.lstrip())
    letters = bold = place = 0
    sizes: Counter[float] = Counter()
    struck: list[Span] = []
    for run in runs:
        seen = len(run.text) - run.text.count(" ")
        letters += seen
        bold += seen * run.bold
        if run.size is not None:
            sizes[run.size] += seen
        start, end = max(0, place - offset), min(len(text), place - offset + len(run.text))
        if run.struck and start < end:
            if struck and struck[-1].end == start:
                start = struck.pop().start
            struck.append(Span(start, end))
        place += len(run.text)
    size = max(sizes, key=lambda each: (sizes[each], -each)) if sizes else None
    return SheetLine(text=text, bold=2 * bold > letters, size=size, struck=tuple(struck))


def join(lines: Sequence[SheetLine], separator: str) -> SheetLine:
    """Join lines into one; it is bold if all that say something are."""
    struck: list[Span] = []
    start = 0
    for line in lines:
        struck.extend(Span(span.start + start, span.end + start) for span in line.struck)
        start += len(line.text) + len(separator)
    filled = [line for line in lines if line.text]
    return SheetLine(
        text=separator.join(line.text for line in lines),
        bold=bool(filled) and all(line.bold for line in filled),
        size=next((line.size for line in filled if line.size is not None), None),
        struck=tuple(struck),
    )


def flatten(content: Iterable[Block | Grid]) -> list[Block]:
    """Read tables as rows, or as the paragraphs placed by them; blocks without text vanish."""
    blocks: list[Block] = []
    for each in content:
        if isinstance(each, Grid):
            rows = [[flatten(cell) for cell in row] for row in each.rows]
            blocks.extend(_placed(rows) if _only_places_text(each, rows) else _rows(rows))
        elif each.lines:
            blocks.append(each)
    return blocks


def _only_places_text(grid: Grid, rows: Sequence[Sequence[Sequence[Block]]]) -> bool:
    if grid.is_layout or all(sum(bool(cell) for cell in row) <= 1 for row in rows):
        return True
    below_heads = grid.rows[1:] or grid.rows
    if any(isinstance(each, Grid) or each.is_heading for row in below_heads for cell in row for each in cell):
        return True
    return _is_numbered_paper(rows)


def _is_numbered_paper(rows: Sequence[Sequence[Sequence[Block]]]) -> bool:
    """Tell minutes laid out with their numbers in a first column; column heads above them may stand."""
    numbered = [row for row in rows if row and row[0]]
    if numbered and not _is_label(numbered[0][0]):
        numbered = numbered[1:]
    papers = sum(any(len(cell) > 1 for cell in row[1:]) for row in numbered)
    return (
        bool(papers)
        and all(_is_label(row[0]) for row in numbered)
        and papers >= _MIN_PAPER_ROWS * len(numbered)
    )


def _is_label(cell: Sequence[Block]) -> bool:
    return (
        len(cell) == 1
        and len(cell[0].lines) == 1
        and _LABEL_CELL.fullmatch(cell[0].lines[0].text) is not None
    )


def _placed(rows: Sequence[Sequence[list[Block]]]) -> list[Block]:
    """Read the cells one after another; a number in a cell of its own goes before the text beside it."""
    blocks: list[Block] = []
    for row in rows:
        cells = [cell for cell in row if cell]
        if len(cells) > 1 and _is_label(cells[0]):
            label, text = cells[0][0].lines[0].text, cells[1][0]
            first = dataclasses.replace(text, lines=(prefixed(text.lines[0], f"{label} "), *text.lines[1:]))
            cells = [[first, *cells[1][1:]], *cells[2:]]
        blocks.extend(block for cell in cells for block in cell)
    return blocks


def _rows(rows: Sequence[Sequence[Sequence[Block]]]) -> list[Block]:
    """Write each row as a line; the rows of one page are one block."""
    pages: dict[int, list[SheetLine]] = {}
    for row in rows:
        page = min((block.page for cell in row for block in cell), default=None)
        if page is not None:
            cells = [join([line for block in cell for line in block.lines], " ") for cell in row]
            pages.setdefault(page, []).append(join([_without_tabs(cell) for cell in cells], "\t"))
    return [Block(lines=tuple(lines), page=page) for page, lines in sorted(pages.items())]


def _without_tabs(line: SheetLine) -> SheetLine:
    """A tab inside a cell would read as the next one."""
    return dataclasses.replace(line, text=line.text.replace("\t", " "))


class Flow(NamedTuple):
    """What a `Source` needs of its text."""

    text: str
    lines: tuple[Line, ...]
    pages: tuple[Page, ...]
    struck: tuple[Span, ...]
    issues: tuple[str, ...]


def assemble_flow(blocks: Sequence[Block], *, has_pages: bool) -> Flow:
    """Put blocks together into one text.

    Args:
        blocks: In reading order; one that goes back to an earlier page counts as on the page reached.
        has_pages: Whether their page numbers mean something; if not, the text has no pages.
    """
    sheets: list[list[SheetLine]] = [[]]
    for block in blocks:
        while has_pages and len(sheets) < block.page:
            sheets.append([])
        if sheets[-1]:
            sheets[-1].append(BLANK)
        sheets[-1].extend(block.lines)
    text, lines, pages = assemble(sheets)
    struck = struck_spans(sheets, lines)
    if not has_pages:
        lines, pages = tuple(dataclasses.replace(line, page=None) for line in lines), ()
    issues = struck_issues([line for sheet in sheets for line in sheet])
    return Flow(text, lines, pages, struck, tuple(issues))
