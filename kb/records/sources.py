"""What a file says: text, lines and pages, and where they are printed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple, NewType

DocumentId = NewType("DocumentId", str)


class Span(NamedTuple):
    """Characters ``start`` to ``end`` (exclusive) of a source text."""

    start: int
    end: int


class Box(NamedTuple):
    """A rectangle on a page in points, from the top left corner."""

    x0: float
    top: float
    x1: float
    bottom: float


class PageBox(NamedTuple):
    """A rectangle on a page of a file.

    ``page`` is the page's position from 1; ``width`` and ``height`` are its size in points as it is read, with its text
    upright (see `Page`), so that the box can be drawn on a picture of any size.
    """

    page: int
    box: Box
    width: float
    height: float


class PlacedWord(NamedTuple):
    """Where a word of a line stands: characters ``start`` to ``end`` (exclusive) of the line's text."""

    start: int
    end: int
    box: Box


class Struck(NamedTuple):
    """Text printed struck through: its place in the source, its words, and where in a passage's text it would stand.

    ``at`` counts characters of ``Passage.text``; text struck at its end has the text's length.
    """

    span: Span
    text: str
    at: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One printed line.

    ``text`` is the source text at ``span`` exactly. ``size`` is the font size in points and ``bold`` says whether most
    letters are bold; both are ``None`` for plain text, as is ``box``. ``words`` say where its words stand, in order;
    they are empty for plain text. ``heads`` is ``None`` unless the line is a row of a table drawn with rules: then it
    is what the row stands under (a title, labels that span rows, the heads of its columns), empty for heads.
    """

    text: str
    span: Span
    page: int | None = None
    box: Box | None = None
    size: float | None = None
    bold: bool | None = None
    words: tuple[PlacedWord, ...] = ()
    heads: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One sheet: its position in the file from 1, what is printed on it as its number, and its span in the text.

    ``width`` and ``height`` are in points, as the page is read: turned by ``turn`` degrees clockwise from how the file
    shows it, so that most of its text stands upright. Boxes count from the top left corner of the page so turned. Both
    sizes are ``None`` where the file has no geometry.
    """

    number: int
    label: str | None
    span: Span
    width: float | None = None
    height: float | None = None
    turn: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One file, read: the whole text, its lines in reading order, its pages (empty where the file has none).

    ``sha256`` is of the file's bytes, in hex; it is the file's identity. ``struck`` is what is printed struck through,
    in order: it stands in ``text`` like all else and is never quoted.
    """

    name: str
    sha256: str
    media_type: str
    text: str
    lines: tuple[Line, ...]
    pages: tuple[Page, ...]
    issues: tuple[str, ...] = ()
    struck: tuple[Span, ...] = ()
