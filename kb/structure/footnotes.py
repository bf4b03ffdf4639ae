"""Footnotes: marks glued to words and figures, and the notes at the foot of the page.

Text pulled from a PDF prints a raised mark as one more digit: "burglary1.", "95.8%3", "in May 20184". Alone that proves
nothing. The evidence is a note below that begins with the same number ("4 39 of them in May"), in the order of the
marks. Takes prepared lines; gives them with the marks left out of what is recognised and the lines of notes named,
and the spans of the marks, which are furniture: found and quoted without them, remembered where they stood.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from kb.records import Span
from kb.structure.labels import Style
from kb.structure.lines import TextLine, plain_text

_MARK = re.compile(
    r"(?:(?<=[a-z]{2})|(?<=[A-Z]{3})|(?<=[%)”’\"])|(?<=[a-z][.,;:])|(?<=\b(?:19|20)\d\d))"
    r"(?P<number>[1-9]\d?)(?=[.,;:)’”]*(?:\s|$))"
)
_NOTE = re.compile(r"^(?P<number>[1-9]\d?)\s+(?=[^\s.])")
_REACH = 90
"""Lines between a mark and its note where pages are not known: a long page and a half."""
_LONGEST = 12
"""Lines of one note."""
_PAGE_GAP = 2
"""Blank lines that end a note in text without pages."""


class _Mark(NamedTuple):
    line: int
    number: int
    span: Span


def set_notes_apart(lines: Sequence[TextLine]) -> tuple[list[TextLine], tuple[Span, ...]]:
    """Name the lines of footnotes, and leave their marks out of the text that refers to them.

    Returns:
        The lines, those of a note with ``note`` set and without a label, and the spans of the marks in reading order.
    """
    marks: dict[int, list[_Mark]] = {}
    for mark in _marks(lines):
        marks.setdefault(mark.number, []).append(mark)
    if not marks:
        return list(lines), ()
    result = list(lines)
    taken: list[_Mark] = []
    last_end = 0
    for place, line in enumerate(lines):
        number = _note_number(line)
        if number is None or place < last_end or number not in marks:
            continue
        found = _referring(marks[number], place, lines)
        if found is None or not _counts_on(taken, found, place, lines):
            continue
        taken.append(found)
        last_end = _note_end(result, place, found)
        for here in range(place, last_end):
            own = lines[here]
            result[here] = replace(own, label=None, rest=own.plain, note=str(number), noted_at=found.line)
    by_line: dict[int, list[Span]] = {}
    for mark in taken:
        by_line.setdefault(mark.line, []).append(mark.span)
    for place, spans in by_line.items():
        result[place] = _without(result[place], spans)
    return result, tuple(sorted(mark.span for mark in taken))


def _marks(lines: Sequence[TextLine]) -> Iterator[_Mark]:
    for place, line in enumerate(lines):
        for match in _MARK.finditer(line.text):
            start, end = match.span("number")
            yield _Mark(place, int(match["number"]), Span(line.span.start + start, line.span.start + end))


def _note_number(line: TextLine) -> int | None:
    match = _NOTE.match(line.plain)
    return int(match["number"]) if match and not line.is_row else None


def _referring(marks: Sequence[_Mark], place: int, lines: Sequence[TextLine]) -> _Mark | None:
    """The last mark above a note, on the note's own page."""
    above = [
        mark
        for mark in marks
        if mark.line < place <= mark.line + _REACH and lines[mark.line].page == lines[place].page
    ]
    return above[-1] if above else None


def _counts_on(taken: Sequence[_Mark], mark: _Mark, place: int, lines: Sequence[TextLine]) -> bool:
    """Whether a note is the next one: numbers rise by one, or begin again at 1 on a page or in a paper."""
    if mark.number == 1:
        return not any(other.line == mark.line and other.span == mark.span for other in taken)
    before = taken[-1] if taken else None
    if before is None:
        return lines[place].page is not None
    return mark.number == before.number + 1 and before.span < mark.span


def _note_end(lines: Sequence[TextLine], place: int, mark: _Mark) -> int:
    """Where a note ends: at the end of its page, at the next note, or where the text above goes on."""
    above = next((line for line in lines[place - 1 :: -1] if line.note is None), None)
    broken = above is not None and not above.ends_sentence
    end = place + 1
    while end < len(lines) and end - place < _LONGEST:
        line = lines[end]
        if line.page != lines[place].page or line.page_start or _note_number(line) == mark.number + 1:
            break
        if line.blanks_before > _PAGE_GAP or (not broken and line.blank_before):
            break
        if line.label is not None and (not broken or line.label.style is Style.DECIMAL):
            break
        end += 1
    return end


def _without(line: TextLine, marks: Sequence[Span]) -> TextLine:
    text = line.text
    for span in sorted(marks, reverse=True):
        start, end = span.start - line.span.start, span.end - line.span.start
        text = text[:start] + text[end:]
    plain = plain_text(text)
    rest = plain[len(line.plain) - len(line.rest) :] if line.rest != line.plain else plain
    return replace(line, plain=plain, rest=rest)
