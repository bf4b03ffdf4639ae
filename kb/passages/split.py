"""From outlines to passages.

A passage is one labelled paragraph with what continues it, one table row, or a run of small unlabelled paragraphs of
one item (`units`). It never crosses an item. Longer ones are cut between paragraphs first, then between sentences
(`cutting`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from kb.ids import document_id
from kb.passages.citing import Citer
from kb.passages.cutting import cut
from kb.passages.headers import header_of
from kb.passages.quoting import quote
from kb.passages.sizes import PassageSettings
from kb.passages.standing import standing
from kb.passages.units import Unit, leads_in, units
from kb.records import Item, Outline, Paragraph, Part, PartKind, Passage, Source, Span, Struck
from kb.sources.boxes import Boxes
from kb.structure import read_people
from kb.structure.spans import within
from kb.structure.statements import Spoken, read_statements

PASSAGES_VERSION = 9
"""Raised whenever the same outline would be split another way, so that libraries know to do it again."""
_OPENING_WORDS = 20


def split(source: Source, outline: Outline, settings: PassageSettings | None = None) -> tuple[Passage, ...]:
    """Cut an outline into passages, in reading order; ids are unique in it."""
    chosen = settings or PassageSettings()
    citer = Citer(source)
    boxes = Boxes(source)
    passages: list[Passage] = []
    for part in outline.parts:
        said = Spoken(read_statements(source.text, part, read_people(source.text, part)))
        for item in part.items:
            whole = _with_heading(part, item)
            found: list[Passage] = []
            for unit in units(source, standing(whole, source.text, source.struck), chosen):
                found += _passages(source, (part, item), unit, citer=citer, said=said, settings=chosen)
            passages += _placed(source, boxes, whole, found)
    return tuple(passages)


def _placed(source: Source, boxes: Boxes, item: Item, passages: Sequence[Passage]) -> Iterator[Passage]:
    """Tell each passage of an item what is struck through in its reach, and where all of it is printed."""
    struck: list[list[Span]] = [[] for _ in passages]
    for paragraph in item.paragraphs if passages else ():
        for span in within(paragraph.spans, source.struck):
            before = [place for place, passage in enumerate(passages) if passage.spans[0] < span]
            struck[before[-1] if before else 0].append(span)
    for passage, spans in zip(passages, struck, strict=True):
        yield replace(
            passage,
            struck=tuple(
                Struck(span, quote(source.text, (span,)), _length_before(source.text, passage, span))
                for span in spans
            ),
            boxes=boxes.of(sorted([*passage.spans, *spans])) if spans else boxes.of(passage.spans),
        )


def _length_before(text: str, passage: Passage, span: Span) -> int:
    return len(quote(text, [each for each in passage.spans if each < span]))


def _with_heading(part: Part, item: Item) -> Item:
    """An agenda's items are headings and nothing else: there the heading itself is what can be found."""
    if part.kind is not PartKind.AGENDA or not item.heading:
        return item
    entry = Paragraph(label=None, spans=item.heading, page=item.page)
    return replace(item, paragraphs=(entry, *item.paragraphs))


def _passages(
    source: Source,
    place: tuple[Part, Item],
    unit: Unit,
    *,
    citer: Citer,
    said: Spoken,
    settings: PassageSettings,
) -> Iterator[Passage]:
    part, item = place
    opening = ""
    for pieces in cut(source, unit, settings):
        spans = tuple(span for _, span in pieces)
        first = pieces[0][0]
        text = quote(source.text, spans)
        if not text:
            continue
        yield Passage(
            citation=citer.cite(part, item, unit.label, first),
            document_id=document_id(source.sha256),
            text=text,
            spans=spans,
            header=header_of(
                source, place, unit.lead or opening, [paragraph for paragraph, _ in pieces], text
            ),
            speakers=said.speakers(spans),
        )
        opening = opening or _opening(source, unit)


def _opening(source: Source, unit: Unit) -> str:
    """The words that open the list a paragraph holds: what its later pieces are members of."""
    first = next((one for one in unit.paragraphs if not one.is_heading), None)
    if first is None or not leads_in(source, first):
        return ""
    return " ".join(quote(source.text, first.spans).split()[-_OPENING_WORDS:])
