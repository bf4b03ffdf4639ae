"""What was understood of a page, drawn on its picture: lines, furniture, headings, paragraphs, table cells.

Takes a source with its outline, and the picture of a page; gives marks, and the picture with its marks in colours, each
with its name beside it and a legend above.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import Enum
from typing import Final, NamedTuple

from PIL import Image, ImageDraw, ImageFont

from kb.records import Box, Item, Line, Outline, Paragraph, Source, Span
from kb.sources.boxes import Boxes
from kb.sources.picture import Picture

Colour = tuple[int, int, int]

_LEGEND: Final = 34
_TEXT: Final = 16
_PAD: Final = 3
_WHITE: Final = (255, 255, 255)


class MarkKind(Enum):
    """What a box shows; the value is how it is called in the legend. Later kinds are drawn over earlier ones."""

    LINE = "line"
    FURNITURE = "furniture"
    CELL = "table cell"
    PARAGRAPH = "paragraph"
    ITEM = "item or heading"
    STRUCK = "struck through"


_COLOURS: Final[dict[MarkKind, Colour]] = {
    MarkKind.LINE: (185, 190, 198),
    MarkKind.FURNITURE: (214, 120, 20),
    MarkKind.CELL: (150, 60, 190),
    MarkKind.PARAGRAPH: (25, 135, 70),
    MarkKind.ITEM: (25, 90, 200),
    MarkKind.STRUCK: (205, 30, 40),
}
_MARGIN: Final[dict[MarkKind, float]] = {
    MarkKind.LINE: 0.0,
    MarkKind.FURNITURE: 1.0,
    MarkKind.CELL: 1.0,
    MarkKind.PARAGRAPH: 2.5,
    MarkKind.ITEM: 2.5,
    MarkKind.STRUCK: 0.0,
}
"""Points around the text, so that boxes of different kinds do not hide each other."""


class Mark(NamedTuple):
    """A box on a page in points, what it shows, and its name ("item 9", "para 5"); empty if it has none."""

    kind: MarkKind
    box: Box
    label: str = ""


def marks_of(source: Source, outline: Outline) -> dict[int, list[Mark]]:
    """Find what there is to be marked on each page, by the page's number from 1."""
    boxes = Boxes(source)
    found: dict[int, list[Mark]] = {page.number: [] for page in source.pages}

    def mark(kind: MarkKind, spans: Sequence[Span], label: str = "") -> None:
        for number, place in enumerate(boxes.of(spans)):
            found[place.page].append(
                Mark(kind, place.box, label if not number else f"({label})" * bool(label))
            )

    for line in source.lines:
        if line.box is not None and line.page is not None and line.text.strip():
            found[line.page].append(Mark(MarkKind.LINE, line.box))
            for cell in _cells(line):
                mark(MarkKind.CELL, [cell])
    mark_each = [(MarkKind.FURNITURE, (span,), "") for span in outline.furniture]
    mark_each += [(MarkKind.STRUCK, (span,), "") for span in source.struck]
    for kind, spans, label in (*mark_each, *_nodes(outline)):
        mark(kind, spans, label)
    return found


def _nodes(outline: Outline) -> Iterator[tuple[MarkKind, tuple[Span, ...], str]]:
    for part in outline.parts:
        for item in part.items:
            yield MarkKind.ITEM, item.heading, _item_label(item)
            for paragraph in item.paragraphs:
                label_span = () if paragraph.label_span is None else (paragraph.label_span,)
                kind = MarkKind.ITEM if paragraph.is_heading else MarkKind.PARAGRAPH
                yield kind, (*label_span, *paragraph.spans), _paragraph_label(paragraph)


def _item_label(item: Item) -> str:
    return f"item {item.number}" if item.number else "section"


def _paragraph_label(paragraph: Paragraph) -> str:
    if paragraph.label is not None:
        return f"para {paragraph.label}"
    if paragraph.is_heading:
        return "heading"
    return "row" if paragraph.is_row else ""


def _cells(line: Line) -> Iterator[Span]:
    """Give the filled cells of a table's row."""
    if "\t" not in line.text or not line.words:
        return
    start = line.span.start
    for cell in line.text.split("\t"):
        if cell.strip():
            yield Span(start, start + len(cell))
        start += len(cell) + 1


def draw(picture: Picture, marks: Sequence[Mark], *, title: str) -> Image.Image:
    """Draw marks on a page's picture, under a legend with a title."""
    font = ImageFont.load_default(_TEXT)
    page = picture.image
    sheet = Image.new("RGB", (page.width, page.height + _LEGEND), _WHITE)
    sheet.paste(page, (0, _LEGEND))
    pen = ImageDraw.Draw(sheet)
    _draw_legend(pen, font, title)
    order = list(MarkKind)
    for mark in sorted(marks, key=lambda each: order.index(each.kind)):
        frame = _frame(mark, picture.scale)
        pen.rectangle(frame, outline=_COLOURS[mark.kind], width=1 if mark.kind is MarkKind.LINE else 2)
        if mark.label:
            _draw_label(pen, font, mark, frame)
    return sheet


def _frame(mark: Mark, scale: float) -> tuple[float, float, float, float]:
    x0, top, x1, bottom = mark.box
    margin = _MARGIN[mark.kind]
    return (
        (x0 - margin) * scale,
        (top - margin) * scale + _LEGEND,
        (x1 + margin) * scale,
        (bottom + margin) * scale + _LEGEND,
    )


def _draw_label(
    pen: ImageDraw.ImageDraw,
    font: ImageFont.FreeTypeFont | ImageFont.ImageFont,
    mark: Mark,
    frame: tuple[float, float, float, float],
) -> None:
    """Write a mark's name left of its box, or at its corner where there is no room."""
    width = pen.textlength(mark.label, font=font)
    left = frame[0] - width - 2 * _PAD
    place = (left, frame[1]) if left >= 0 else (_PAD, frame[1] - _TEXT - 1)
    place = (place[0], max(place[1], _LEGEND))
    pen.rectangle((place[0] - 1, place[1], place[0] + width + 1, place[1] + _TEXT + 2), fill=_WHITE)
    pen.text(place, mark.label, fill=_COLOURS[mark.kind], font=font)


def _draw_legend(
    pen: ImageDraw.ImageDraw, font: ImageFont.FreeTypeFont | ImageFont.ImageFont, title: str
) -> None:
    x, y = 2.0 * _PAD, (_LEGEND - _TEXT) / 2 - 1
    pen.text((x, y), title, fill=(0, 0, 0), font=font)
    x += pen.textlength(title, font=font) + 6 * _PAD
    for kind, colour in _COLOURS.items():
        pen.rectangle((x, y + 2, x + _TEXT, y + _TEXT), outline=colour, width=2)
        x += _TEXT + _PAD
        pen.text((x, y), kind.value, fill=colour, font=font)
        x += pen.textlength(kind.value, font=font) + 5 * _PAD
