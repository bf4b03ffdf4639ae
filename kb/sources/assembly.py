"""The lines of each page, put together into one text in which every line knows its place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from kb.records import Box, Line, Page, PlacedWord, Span
from kb.sources.labels import page_labels


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetLine:
    """One printed line of a page, before it has a place in a text.

    ``box`` and ``size`` are in points from the top left corner of the upright page. ``words`` say where its words
    stand, ``struck`` which of its characters are struck through; ``heads`` are those of `kb.records.Line`. A blank line
    has an empty text and ``None`` elsewhere.
    """

    text: str
    box: Box | None = None
    size: float | None = None
    bold: bool | None = None
    words: tuple[PlacedWord, ...] = ()
    struck: tuple[Span, ...] = ()
    heads: str | None = None


class SheetSize(NamedTuple):
    """Width and height of a page in points, once it has been turned clockwise by ``turn`` degrees to be read."""

    width: float
    height: float
    turn: int = 0


BLANK = SheetLine(text="")


def assemble(
    sheets: Sequence[Sequence[SheetLine]], sizes: Sequence[SheetSize | None] | None = None
) -> tuple[str, tuple[Line, ...], tuple[Page, ...]]:
    r"""Join lines by ``\n`` and pages by ``\n\f``.

    Args:
        sheets: The lines of each page, in reading order; a page may have none. No text holds ``\n`` or
            ``\f``.
        sizes: The size of each page, if they have any.

    Returns:
        The text, the lines with their spans in it, and the pages, numbered from 1.
    """
    pieces: list[str] = []
    lines: list[Line] = []
    pages: list[Page] = []
    labels = page_labels([[line.text for line in sheet] for sheet in sheets])
    start = 0
    for number, sheet in enumerate(sheets, start=1):
        if number > 1:
            pieces.append("\n\f")
            start += 2
        page_start = start
        for index, line in enumerate(sheet):
            if index:
                start += 1
            end = start + len(line.text)
            lines.append(
                Line(
                    text=line.text,
                    span=Span(start, end),
                    page=number,
                    box=line.box,
                    size=line.size,
                    bold=line.bold,
                    words=line.words,
                    heads=line.heads,
                )
            )
            start = end
        pieces.append("\n".join(line.text for line in sheet))
        size = sizes[number - 1] if sizes else None
        pages.append(
            Page(
                number=number,
                label=labels[number - 1],
                span=Span(page_start, start),
                width=size.width if size else None,
                height=size.height if size else None,
                turn=size.turn if size else 0,
            )
        )
    return "".join(pieces), tuple(lines), tuple(pages)


def struck_spans(sheets: Sequence[Sequence[SheetLine]], lines: Sequence[Line]) -> tuple[Span, ...]:
    """Give what is struck through on ``sheets`` as spans of the text that `assemble` put together with ``lines``."""
    printed = [line for sheet in sheets for line in sheet]
    return tuple(
        Span(line.span.start + struck.start, line.span.start + struck.end)
        for before, line in zip(printed, lines, strict=True)
        for struck in before.struck
    )
