"""The body of a Word file, read in order: paragraphs with their printed numbers, tables, text boxes, notes.

Takes the parts; gives `Block` and `Grid` records. What a tracked change deleted or moved away, and what is struck
through, is kept and marked. Hidden text, comments, headers and footers, pictures and field codes are left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from kb.sources.docx_numbering import Numbering
from kb.sources.docx_parts import DocxParts, child, local, switch, value, whole
from kb.sources.docx_runs import REMOVED, WRAPPERS, Runs, asks_for_text, chosen
from kb.sources.docx_styles import (
    BODY_LEVEL,
    Style,
    Styles,
    is_numbered,
    place_of,
)
from kb.sources.flow import Block, Grid, Run, flatten, lines_of
from kb.sources.numerals import BULLET

MAX_SPAN: Final = 60
"""Columns that one cell can cover."""


class Body:
    """Reads the body of one file.

    Args:
        parts: Of the file.
    """

    def __init__(self, parts: DocxParts) -> None:
        self._parts = parts
        self._styles = Styles(parts.related("styles"))
        self._numbering = Numbering(parts.related("numbering"), self._styles.lists())
        self._notes: list[tuple[str, str]] = []
        self._page = 1
        self._breaks: frozenset[str] = frozenset()
        self.has_pages = False
        self.header = ""
        self.has_pictures = False

    def read(self) -> list[Block | Grid]:
        """Read everything, notes last."""
        root = self._parts.root(self._parts.main)
        body = child(root, "body")
        if body is None:
            return []
        # Word notes where pages ended when it last laid the file out; only without that do set breaks count.
        noted = next(body.iter("{*}lastRenderedPageBreak"), None) is not None
        self._breaks = frozenset({"lastRenderedPageBreak"} if noted else {"br", "pageBreakBefore", "sectPr"})
        header = self._read_header(body)
        content = list(self._content(body))
        return [*header, *content, *self._read_notes()]

    def _read_header(self, body: Any) -> list[Block]:
        """Read the header of the first page; give back only words laid across the sheet, such as DRAFT."""
        section = next(body.iter("{*}sectPr"), None)
        wanted = "first" if switch(section, "titlePg") else "default"
        for each in section if section is not None else ():
            if local(each) == "headerReference" and (value(each, "type") or "default") == wanted:
                root = self._parts.related("header", value(each, "id"))
                if root is None:
                    break
                blocks = flatten(self._content(root))
                self.header = " ".join(line.text for block in blocks for line in block.lines)
                marks = [value(mark, "string") or "" for mark in root.iter("{*}textpath")]
                return [Block(lines=lines) for mark in marks if (lines := lines_of([Run(mark)]))]
        return []

    def _content(self, parent: Any, *, removed: bool = False) -> Iterator[Block | Grid]:
        """Read what stands in a body, a cell, a text box or a note."""
        for each in parent:
            name = local(each)
            if name == "p":
                yield from self._paragraph(each, removed=removed)
            elif name == "tbl":
                yield self._table(each)
            elif name in WRAPPERS and not asks_for_text(each):
                yield from self._content(each, removed=removed)
            elif name in REMOVED:
                yield from self._content(each, removed=True)
            elif name == "AlternateContent":
                yield from self._content(chosen(each), removed=removed)

    def _paragraph(self, element: Any, *, removed: bool) -> Iterator[Block | Grid]:
        properties = child(element, "pPr")
        name = value(child(properties, "pStyle"))
        style = self._styles.of_paragraph(name)
        level = whole(child(properties, "outlineLvl"))
        is_heading = (style.heading_level if level is None else level) < BODY_LEVEL
        breaks = switch(properties, "pageBreakBefore")
        if style.page_break_before if breaks is None else breaks:
            self._break_page("pageBreakBefore")
        # Newer templates set headings apart by colour alone, which is not looked at: all count as bold.
        look = style.look._replace(bold=True) if is_heading else style.look
        reader = Runs(self._styles, look, note=self._note)
        reader.read(element, removed=removed)
        self._turn_pages(reader.breaks_before)
        page = self._page
        is_gone = bool(reader.runs) and all(run.struck for run in reader.runs if run.text.strip())
        label = "" if is_gone else self._label(properties, style)
        if not reader.runs and label.strip() == BULLET:
            label = ""
        lines = lines_of(reader.runs, label=label)
        if lines:
            yield Block(lines=lines, page=page, is_heading=is_heading)
        self._turn_pages(reader.breaks_after)
        self.has_pictures = self.has_pictures or reader.has_pictures
        for box in reader.boxes:
            yield from self._content(box)
        section = child(properties, "sectPr")
        if section is not None and value(child(section, "type")) not in {"continuous", "nextColumn"}:
            self._break_page("sectPr")

    def _label(self, properties: Any | None, style: Style) -> str:
        place = place_of(properties) or style.place
        if place is None or not is_numbered(place):
            return ""
        level = place.level
        if place.style is not None:
            tied = self._numbering.level_of_style(place.number, place.style)
            level = level if tied is None else tied
        return self._numbering.label(place.number, level or 0)

    def _turn_pages(self, signs: Sequence[str]) -> None:
        for sign in signs:
            self._break_page(sign)

    def _break_page(self, sign: str) -> None:
        if sign in self._breaks:
            self._page += 1
            self.has_pages = True

    def _table(self, element: Any) -> Grid:
        rows = []
        for row in _rows(element):
            cells: list[tuple[Block | Grid, ...]] = [()] * _width(child(row, "trPr"), "gridBefore", least=0)
            removed = child(row, "trPr", "del") is not None
            top = bottom = self._page
            for cell in _cells(row):
                self._page = top  # a row over two pages notes the break in each of its cells
                properties = child(cell, "tcPr")
                merged = child(properties, "vMerge")
                # The cells below a merged one may still hold text that is never shown.
                is_covered = merged is not None and value(merged) != "restart"
                cells.append(() if is_covered else tuple(self._content(cell, removed=removed)))
                cells.extend([()] * (_width(properties, "gridSpan", least=1) - 1))
                bottom = max(bottom, self._page)
            self._page = bottom
            rows.append(tuple(cells))
        return Grid(rows=tuple(rows))

    def _note(self, part: str, identity: str) -> str:
        """Remember a note that is referred to, and return its mark."""
        self._notes.append((part, identity))
        return f"[{len(self._notes)}]"

    def _read_notes(self) -> Iterator[Block | Grid]:
        roots = {part: self._parts.related(part) for part in dict.fromkeys(part for part, _ in self._notes)}
        known = {
            (part, value(each, "id")): each
            for part, root in roots.items()
            for each in (root if root is not None else ())
        }
        for number, key in enumerate(list(self._notes), start=1):
            element = known.get(key)
            blocks = list(self._content(element)) if element is not None else []
            for index, block in enumerate(blocks):
                if index == 0 and isinstance(block, Block):
                    yield _marked(block, f"[{number}] ")
                else:
                    yield block


def _marked(block: Block, mark: str) -> Block:
    first, *others = block.lines
    runs = [Run(mark)]
    place = 0
    for start, end in first.struck:
        runs += [Run(first.text[place:start]), Run(first.text[start:end], struck=True)]
        place = end
    runs.append(Run(first.text[place:]))
    return Block(lines=(*lines_of(runs), *others), page=block.page)


def _rows(table: Any) -> Iterator[Any]:
    for each in table:
        if local(each) == "tr":
            yield each
        elif local(each) in WRAPPERS:
            yield from _rows(each)


def _cells(row: Any) -> Iterator[Any]:
    for each in row:
        if local(each) == "tc":
            yield each
        elif local(each) in WRAPPERS:
            yield from _cells(each)


def _width(properties: Any | None, name: str, *, least: int) -> int:
    said = whole(child(properties, name))
    return least if said is None else max(least, min(said, MAX_SPAN))
