"""Lines made ready for structure: stripped, markup seen through, labels read, neighbours known.

Takes the `Source` lines that are not furniture; gives `TextLine` records in reading order. Blank lines vanish but are
remembered in ``blank_before``. Markup (Markdown emphasis and headings, HTML tags) stays in the source and its
spans, so that quotes stay verbatim; ``plain`` is the line without it, for recognition only.
"""

from __future__ import annotations

import re
import statistics
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

from kb.records import Source, Span
from kb.structure.labels import Label, Style, read_label

_EMPHASIS = re.compile(r"(?<!\\)\*{1,3}|(?<!\\)_{2,3}|(?<![\w\\])_|(?<!\\)_(?!\w)")
_ESCAPE = re.compile(r"\\(?=[\\`*_{}\[\]()#+.!|~>-])")
"""The mark before a character that Markdown would take for its own: "1\\. Apologies"."""
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,80}>")
_MARKDOWN_HEADING = re.compile(r"#{1,6}\s+")
_MARKDOWN_LINK = re.compile(r"\[([^\]\n]{1,300})\]\([^)\s\[]{0,500}\)")
_MARKUP = re.compile(r"[\[<*_]")
_DECIDES = re.compile(
    r"(?:it was )?(?:resolved|agreed|recommended|decided|noted)[\s:–-]*\t[^\t]+$", re.IGNORECASE
)
_SPACED_OUT = re.compile(r"(?:[A-Z]\s{1,6}){4,}[A-Z]")
_WIDE_GAP = re.compile(r"\s{2,}")
_DASH_BEFORE_LABEL = re.compile(r"-\s+(?=\(?(?:\d{1,3}|[a-z]|[ivx]{1,4})[.)]|\d{1,2}\.\d)")
_SPACES = re.compile(r"[^\S\t]+")
SENTENCE_END = re.compile(r"[.?!:;][\"'”’)\]*]*$")

_FULL_LINE_QUANTILE = 0.9
_FEW_CHARS = 20
_MIN_WRAPPED = 4
_MIN_PARTED = 6
_FEW = 0.01
_MOST = 0.5
SHORT_LINE_SHARE = 0.82
"""A line shorter than this share of the usual full line may end a paragraph; a longer one was wrapped."""


class Spacing(StrEnum):
    """What a blank line means."""

    PARTED = "parted"
    """It parts paragraphs, always."""
    LOOSE = "loose"
    """It may also stand where a page ended: text pulled out of a PDF has such."""
    DOUBLE = "double"
    """It stands between the wrapped lines of one sentence too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TextLine:
    """One line with what recognition needs to know.

    ``text`` and ``span`` cover the source from the first to the last visible character. ``plain`` has no markup and
    folded white space (tabs kept). ``label`` was read from ``plain``; ``rest`` is ``plain`` after it. ``width`` is
    the length of the source line relative to a full line of the file (1.0 = full). ``note`` is the number of the
    footnote that the line belongs to, ``noted_at`` the index of the line that refers to it (`kb.structure.footnotes`).
    ``heads`` are those of the source's line.
    """

    index: int
    text: str
    span: Span
    plain: str
    label: Label | None
    rest: str
    blank_before: bool
    blanks_before: int
    page: int | None
    page_start: bool
    width: float
    bold: bool
    size: float | None
    left: float | None
    is_markdown_heading: bool
    note: str | None = None
    noted_at: int = -1
    heads: str | None = None

    @property
    def is_row(self) -> bool:
        """A table row: cells divided by tabs, or one that stands under the heads of a table with rules.

        In a text without places on a page, the tab between a number and what it numbers makes no cell, nor that behind
        the word that heads a resolution.
        """
        if self.size is not None or self.heads:
            return "\t" in self.plain.strip() or bool(self.heads)
        numbered = self.label is not None and self.label.style is not Style.BARE
        text = (self.rest if numbered else self.plain).strip()
        return "\t" in text and _DECIDES.match(text) is None

    @property
    def is_label_only(self) -> bool:
        """Nothing but a label stands on the line."""
        return self.label is not None and self.label.style is not Style.BULLET and not self.rest

    @property
    def ends_sentence(self) -> bool:
        """The line ends as a sentence or a clause before a list does."""
        return SENTENCE_END.search(self.plain) is not None

    @property
    def starts_lower(self) -> bool:
        """The line begins with a small letter, so it goes on from the line before."""
        return self.label is None and self.plain.lstrip("'‘“\"")[:1].islower()


def plain_text(text: str) -> str:
    """``text`` without Markdown emphasis, link targets and HTML tags, white space folded, tabs kept."""
    if _MARKUP.search(text):
        text = _MARKDOWN_LINK.sub(r"\1", text)
        text = _TAG.sub(" ", text)
        text = _EMPHASIS.sub("", text)
    text = _MARKDOWN_HEADING.sub("", text, count=1) if text.lstrip().startswith("#") else text
    if _SPACED_OUT.fullmatch(text.strip()):
        text = " ".join(word.replace(" ", "") for word in _WIDE_GAP.split(text.strip()))
    text = _ESCAPE.sub("", text) if "\\" in text else text
    return _SPACES.sub(" ", text).strip(" ")


def prepare(source: Source, furniture: Collection[int]) -> list[TextLine]:
    """All lines of ``source`` with visible text whose index is not in ``furniture``."""
    full = _full_width(source)
    result: list[TextLine] = []
    blanks = 1
    page: int | None = None
    page_start = True
    for index, line in enumerate(source.lines):
        if line.page != page:
            page, page_start = line.page, True
        stripped = line.text.strip()
        if index in furniture:
            page_start = page_start or _looks_like_page_start(line.text)
            continue
        if not stripped:
            blanks += 1
            continue
        start = line.span.start + line.text.index(stripped[0])
        plain = plain_text(stripped)
        if not any(char.isalnum() for char in plain):
            # Kept (no character may be lost), but nothing can be read from it.
            plain = stripped
        labelled = _DASH_BEFORE_LABEL.sub("", plain, count=1)
        label = read_label(labelled)
        result.append(
            TextLine(
                index=len(result),
                text=stripped,
                span=Span(start, start + len(stripped)),
                plain=plain,
                label=label,
                rest=labelled[label.end :] if label else labelled,
                blank_before=blanks > 0,
                blanks_before=blanks,
                page=line.page,
                page_start=page_start or _looks_like_page_start(line.text),
                width=len(stripped) / full,
                bold=bool(line.bold) or (stripped.startswith("**") and stripped.endswith("**")),
                size=line.size,
                left=line.box.x0 if line.box else None,
                is_markdown_heading=stripped.startswith("#"),
                heads=line.heads,
            )
        )
        blanks = 0
        page_start = False
    return result


def _looks_like_page_start(text: str) -> bool:
    """Text pulled from a PDF often marks a page's first line by one space before it (it does so for bullets too)."""
    return text[:1] == " " and text[:3].strip() != ""


def _full_width(source: Source) -> float:
    """The usual length of a full line, in characters: a high quantile, so that a few very long lines don't matter."""
    lengths = sorted(len(line.text.strip()) for line in source.lines if len(line.text.strip()) > _FEW_CHARS)
    if not lengths:
        return 80.0
    return float(max(40, lengths[int(len(lengths) * _FULL_LINE_QUANTILE) - 1]))


def spacing_of(lines: Sequence[TextLine]) -> Spacing:
    """What blank lines mean in a part, told by the lines that go on a sentence: how many stand below one."""
    wrapped = [line.blank_before for line in lines[1:] if line.starts_lower and not line.page_start]
    if len(wrapped) >= _MIN_WRAPPED and statistics.fmean(wrapped) > _MOST:
        return Spacing.DOUBLE
    below = [line for line in lines[1:] if line.blank_before and line.label is None and not line.is_row]
    placed = any(line.size is not None for line in lines)
    going_on = sum(line.starts_lower for line in below)
    sure = not placed and len(below) >= _MIN_PARTED and going_on <= len(below) * _FEW
    return Spacing.PARTED if sure else Spacing.LOOSE
