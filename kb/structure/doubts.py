"""What a reader should look at again: places where a paper was perhaps not understood.

Takes a `Source` and its `Outline`, gives `Doubt` records, part by part in reading order. A doubt is worth a look and
says where; it is no error. Numbers and labels are judged in `kb.structure.numbering`. Never: changes the outline.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from kb.records import Doubt, DoubtKind, Item, Outline, Paragraph, Part, PartKind, Source, Span
from kb.structure.attendance import read_people
from kb.structure.numbering import find_breaks
from kb.structure.people import Capacity
from kb.structure.places import place_of, shorten
from kb.structure.statements import read_statements

_OF_A_MEETING = frozenset({PartKind.MINUTES, PartKind.AGENDA, PartKind.REPORT})
_TITLED = frozenset({PartKind.REPORT, PartKind.DECISION})
_NUMBERED = frozenset(
    {
        PartKind.MINUTES,
        PartKind.AGENDA,
        PartKind.REPORT,
        PartKind.DECISION,
        PartKind.LETTER,
        PartKind.APPENDIX,
    }
)
_PAGE = re.compile(r"page (?P<page>\d+)\b(?P<what>.*)", re.DOTALL)
_NO_TEXT = re.compile(r"has no text \((?!blank)|could not be read")
_UNCERTAIN = re.compile(
    r"\b(?:OCR|recogni[sz]ed)\b.*\b(?:low|uncertain|doubtful|poor)\b", re.DOTALL | re.IGNORECASE
)
LONG_WORDS = 500
"""A paragraph of more words has lost its breaks, or its labels."""
_FEWEST_ROWS = 4
_MOST_SHAPES = 3
_LOOSE_WORDS = 150
"""Words of minutes that stand in no item, beyond a list of who was there."""
_FEWEST_DOUBTFUL = 3
_DOUBTFUL_SHARE = 0.1


def find_doubts(source: Source, outline: Outline) -> tuple[Doubt, ...]:
    """Find what should be looked at again in one file."""
    found = [*_page_doubts(source)]
    for part in outline.parts:
        found += _part_doubts(part)
        if part.kind in _NUMBERED:
            found += find_breaks(part)
        for item in part.items:
            found += _item_doubts(source.text, part, item)
        if part.kind is PartKind.MINUTES:
            found += _minutes_doubts(source.text, part)
    return tuple(found)


def _page_doubts(source: Source) -> Iterator[Doubt]:
    for issue in source.issues:
        match = _PAGE.match(issue)
        if match is None:
            continue
        page, what = int(match["page"]), match["what"].strip(" :")
        if _NO_TEXT.search(what):
            yield Doubt(
                kind=DoubtKind.PAGE_WITHOUT_TEXT,
                page=page,
                place=f"page {page}",
                message=f"The page {what}; nothing on it can be found.",
            )
        elif _UNCERTAIN.search(what):
            yield Doubt(
                kind=DoubtKind.UNCERTAIN_RECOGNITION,
                page=page,
                place=f"page {page}",
                message=f"The page was read from a picture: {what}. Compare it with the paper.",
            )


def _part_doubts(part: Part) -> Iterator[Doubt]:
    name = part.kind.value.replace("_", " ")
    for kind, is_missing, message in (
        (
            DoubtKind.PART_WITHOUT_DATE,
            part.kind in _OF_A_MEETING and part.meeting_date is None,
            "no meeting date was",
        ),
        (DoubtKind.PART_WITHOUT_BODY, part.kind in _OF_A_MEETING and not part.body, "no public body was"),
        (DoubtKind.PART_WITHOUT_TITLE, part.kind in _TITLED and not part.title.strip(), "no title was"),
    ):
        if is_missing:
            yield Doubt(
                kind=kind,
                page=part.page,
                place=place_of(part),
                message=f"For this part ({name}) {message} found; filters do not reach it.",
            )


def _item_doubts(text: str, part: Part, item: Item) -> Iterator[Doubt]:
    for paragraph in item.paragraphs:
        words = sum(len(text[span.start : span.end].split()) for span in paragraph.spans)
        if words > LONG_WORDS and not paragraph.is_row:
            yield Doubt(
                kind=DoubtKind.LONG_PARAGRAPH,
                page=paragraph.page,
                place=place_of(part, item, paragraph.label),
                message=f"One paragraph of {words} words without a break: {_shown(text, paragraph.spans)}",
            )
    for is_row, group in groupby(item.paragraphs, key=lambda paragraph: paragraph.is_row):
        rows = list(group)
        if is_row and _is_ragged(text, rows):
            yield Doubt(
                kind=DoubtKind.TABLE_NOT_UNDERSTOOD,
                page=rows[0].page,
                place=place_of(part, item),
                message=f"A table of {len(rows)} rows whose columns and headings are not clear:"
                f" {_shown(text, rows[0].spans)}",
            )


def _is_ragged(text: str, rows: Sequence[Paragraph]) -> bool:
    """Whether rows have no column heads, and cells in ever different numbers."""
    cells = [
        sum(text.count("\t", span.start, span.end) for span in row.spans) + 1 for row in rows if row.spans
    ]
    cells = [count for count in cells if count > 1]
    return (
        len(cells) >= _FEWEST_ROWS and not any(row.context for row in rows) and len(set(cells)) > _MOST_SHAPES
    )


def _minutes_doubts(text: str, part: Part) -> Iterator[Doubt]:
    people = read_people(text, part)
    if not any(person.capacity is not Capacity.APOLOGIES for person in people.persons):
        yield Doubt(
            kind=DoubtKind.NO_ATTENDANCE,
            page=part.page,
            place=place_of(part),
            message="No list of who was present was found, so speakers are known by office at most.",
        )
    loose = [item for item in part.items if item.number is None and not item.title]
    words = sum(_words(text, item) for item in loose)
    named = sum(
        len(person.display.split()) + len((person.printed_role or "").split()) for person in people.persons
    )
    if words - named > _LOOSE_WORDS:
        numbered = any(item.number is not None for item in part.items)
        yield Doubt(
            kind=DoubtKind.TEXT_OUTSIDE_ITEMS,
            page=loose[0].page,
            place=place_of(part),
            message=f"{words} words stand before the first item."
            if numbered
            else "No numbered items were found in these minutes.",
        )
    statements = read_statements(text, part, people)
    doubtful = sum(statement.attribution.doubtful for statement in statements)
    if doubtful >= _FEWEST_DOUBTFUL and doubtful > _DOUBTFUL_SHARE * len(statements):
        yield Doubt(
            kind=DoubtKind.DOUBTFUL_SPEAKERS,
            page=part.page,
            place=place_of(part),
            message=f"Of {len(statements)} sentences, {doubtful} are not clear as to who says them;"
            " they are cited without a speaker.",
        )


def _words(text: str, item: Item) -> int:
    spans: Iterable[Span] = (span for paragraph in item.paragraphs for span in paragraph.spans)
    return sum(len(text[span.start : span.end].split()) for span in spans)


def _shown(text: str, spans: Sequence[Span]) -> str:
    return f"“{shorten(' '.join(text[span.start : span.end] for span in spans[:2]))}”"
