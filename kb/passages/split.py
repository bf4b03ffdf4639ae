"""What stands together in one passage, and where a long paragraph is cut.

A passage is one labelled paragraph with what continues it, one table row, or a run of small unlabelled paragraphs of
one item. It never crosses an item. Longer ones are cut between paragraphs first, then between sentences.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from kb.ids import document_id
from kb.passages.citing import KIND_NAMES, Citer
from kb.passages.standing import standing, within
from kb.records import Item, Outline, Paragraph, Part, PartKind, Passage, Source, Span, Struck
from kb.sources.boxes import Boxes
from kb.structure import read_people
from kb.structure.dates import long_date
from kb.structure.sentences import sentence_spans
from kb.structure.statements import Spoken, read_statements

PASSAGES_VERSION = 8
"""Raised whenever the same outline would be split another way, so that libraries know to do it again."""

_ATTENDANCE = re.compile(r"\b(?:present|in attendance|apologies|members|substitutes?)\b", re.IGNORECASE)
_CLOSES = re.compile(
    r"(?:the )?(?:meeting|chair\w*) (?:was )?(?:began|started|commenced|opened|closed|ended|finished|concluded)\b",
    re.IGNORECASE,
)
_LONGEST_LEAD = 30
"""Words; a longer paragraph that ends in a colon is text of its own right."""
_CLOSING = frozenset(".,;:!?)")
_OPENING_WORDS = 20
_FIGURE = re.compile(r"(?<!\d)(?!(?:19|20)\d\d(?!\d))\d|[%£]")
"""Figures other than years."""
_QUESTION = re.compile(r"\?\W*$|\b(?:asked|queried|questioned|enquired)\b", re.IGNORECASE)
_NOWHERE = 1_000_000
_SPLIT_AT = re.compile(r"^[^\w\s]|^Update\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class PassageSettings:
    """Sizes in words.

    ``max_words``: a longer passage is cut; ``small_words``: an unlabelled paragraph shorter than this may stand with
    its neighbours, up to ``group_words`` together; one shorter than ``lead_words`` leads in what follows.
    """

    max_words: int = 120
    small_words: int = 20
    group_words: int = 60
    lead_words: int = 12


@dataclass(slots=True)
class _Unit:
    """Paragraphs that go together under one label."""

    label: str | None
    paragraphs: list[Paragraph] = field(default_factory=list)
    words: int = 0
    is_row: bool = False
    leads_in: bool = False
    lead: str = ""

    def add(self, paragraph: Paragraph, words: int) -> None:
        self.paragraphs.append(paragraph)
        self.words += words


def quote(text: str, spans: Sequence[Span]) -> str:
    """The source ``text`` at ``spans``, white space folded to single spaces: exactly what may be quoted.

    Spans are parted by a space, but for two on one line if there is no white space at or between their ends (a part of
    a word has been left out), or if the second begins with closing punctuation.
    """
    pieces: list[str] = []
    for place, span in enumerate(spans):
        if place and not _touches(text, spans[place - 1], span):
            pieces.append(" ")
        pieces.append(" ".join(text[span.start : span.end].split()))
    return "".join(pieces)


def _touches(text: str, before: Span, after: Span) -> bool:
    gap = text[before.end : after.start]
    if not gap or "\n" in gap:
        return False
    around = text[before.end - 1 : after.start + 1]
    return not any(map(str.isspace, around)) or text[after.start] in _CLOSING


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
            for unit in _units(source, standing(whole, source.text, source.struck), chosen):
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


def _units(source: Source, item: Item, settings: PassageSettings) -> Iterator[_Unit]:
    """What stands together, in order; sub-headings go with what follows them, or with the last unit."""
    current: _Unit | None = None
    headings: list[Paragraph] = []
    opening = item.number is None and not item.title
    lead = ""
    owner: str | None = None
    for paragraph in item.paragraphs:
        owner = paragraph.label or (owner if paragraph.continues else None)
        in_front = opening and current is not None and not current.is_row
        if paragraph.is_heading and not in_front:
            headings.append(paragraph)
            lead = ""
        elif current is not None and not headings and _joins(source, current, paragraph, settings):
            current.add(paragraph, _count(source, paragraph.spans))
        else:
            if current is not None:
                yield current
            lead = lead if paragraph.is_row else _lead(source, paragraph)
            current = _begin(source, paragraph, headings, label=owner, lead=lead)
            headings = []
    current = current or (_Unit(label=None) if headings else None)
    if current is not None:
        for heading in headings:
            current.add(heading, _count(source, heading.spans))
        yield current


def _begin(
    source: Source, paragraph: Paragraph, headings: Sequence[Paragraph], *, label: str | None, lead: str
) -> _Unit:
    unit = _Unit(
        label=label,
        is_row=paragraph.is_row,
        leads_in=_leads_in(source, paragraph),
        lead=lead if paragraph.is_row else "",
    )
    for part in (*headings, paragraph):
        unit.add(part, _count(source, part.spans))
    return unit


def _lead(source: Source, paragraph: Paragraph) -> str:
    """What opens a table: a short paragraph that ends in a colon, else nothing."""
    short = _count(source, paragraph.spans) <= _LONGEST_LEAD
    return quote(source.text, paragraph.spans) if short and _leads_in(source, paragraph) else ""


def _joins(source: Source, unit: _Unit, paragraph: Paragraph, settings: PassageSettings) -> bool:
    words = _count(source, paragraph.spans)
    if paragraph.is_row or unit.is_row:
        return unit.words + words <= settings.group_words and _are_entries(source, unit, paragraph, settings)
    if paragraph.continues:
        return True
    if paragraph.label is not None or unit.label is not None:
        return False
    if unit.words < settings.lead_words or unit.leads_in:
        return unit.words + words <= settings.max_words
    if _leads_in(source, paragraph):
        return False
    small = words < settings.small_words or unit.words < settings.small_words
    return small and unit.words + words <= settings.group_words


def _are_entries(source: Source, unit: _Unit, paragraph: Paragraph, settings: PassageSettings) -> bool:
    """Whether all are short rows of words, such as names and offices: each alone is too little to be found by."""
    rows = [one for one in (*unit.paragraphs, paragraph) if not one.is_heading]
    if any(one.label is not None or not one.is_row for one in rows):
        return False
    texts = [quote(source.text, one.spans) for one in rows]
    return all(len(text.split()) < settings.small_words and not _FIGURE.search(text) for text in texts)


def _leads_in(source: Source, paragraph: Paragraph) -> bool:
    """Whether a paragraph opens a list: "The conference covered issues such as:"."""
    end = paragraph.spans[-1].end if paragraph.spans else 0
    return source.text[max(0, end - 4) : end].rstrip(" *").endswith(":")


def _passages(
    source: Source,
    place: tuple[Part, Item],
    unit: _Unit,
    *,
    citer: Citer,
    said: Spoken,
    settings: PassageSettings,
) -> Iterator[Passage]:
    part, item = place
    opening = ""
    for pieces in _cut(source, unit, settings):
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
            header=_header(source, place, unit.lead or opening, [paragraph for paragraph, _ in pieces], text),
            speakers=said.speakers(spans),
        )
        opening = opening or _opening(source, unit)


def _opening(source: Source, unit: _Unit) -> str:
    """The words that open the list a paragraph holds: what its later pieces are members of."""
    first = next((one for one in unit.paragraphs if not one.is_heading), None)
    if first is None or not _leads_in(source, first):
        return ""
    return " ".join(quote(source.text, first.spans).split()[-_OPENING_WORDS:])


def _cut(source: Source, unit: _Unit, settings: PassageSettings) -> Iterator[list[tuple[Paragraph, Span]]]:
    """Cut a unit into pieces of at most ``max_words`` words, between paragraphs where possible."""
    block: list[tuple[Paragraph, Span]] = []
    words = 0
    has_text = False  # a block of headings alone goes on to what they are headings of
    question = (
        _NOWHERE  # where the last sentence begins in the block if it asks: the reply is not cut from it
    )
    for paragraph in unit.paragraphs:
        sentences = (
            [paragraph.spans]
            if unit.words <= settings.max_words
            else list(_sentences(source, paragraph, settings))
        )
        for place, spans in enumerate(sentences):
            size = _count(source, spans)
            full = words + size > settings.max_words
            natural = place == 0 and words >= settings.group_words and _opens(source, spans)
            if block and (full or (natural and unit.words > settings.max_words)) and has_text:
                asked = (
                    question
                    if question < len(block) and full and size <= settings.group_words
                    else len(block)
                )
                if any(not one.is_heading for one, _ in block[:asked]):
                    kept, block = block[:asked], block[asked:]
                else:
                    kept, block = block, []
                yield kept
                words = _count(source, [span for _, span in block])
                has_text = bool(block)
            question = len(block) if _asks(source, spans) else _NOWHERE
            block += [(paragraph, span) for span in spans]
            words += size
            has_text = has_text or (bool(spans) and not paragraph.is_heading)
    if block:
        yield block


def _asks(source: Source, spans: Sequence[Span]) -> bool:
    return bool(spans) and _QUESTION.search(quote(source.text, spans)) is not None


def _opens(source: Source, spans: Sequence[Span]) -> bool:
    return bool(spans) and _SPLIT_AT.match(source.text[spans[0].start : spans[0].end]) is not None


def _sentences(source: Source, paragraph: Paragraph, settings: PassageSettings) -> Iterator[tuple[Span, ...]]:
    """The spans of each sentence of a paragraph, runs of short ones together; a paragraph that fits stays whole."""
    if _count(source, paragraph.spans) <= settings.max_words:
        yield paragraph.spans
        return
    for spans in sentence_spans(source.text, paragraph.spans):
        words = _count(source, spans)
        if words <= settings.max_words:
            yield spans
            continue
        # A "sentence" of a table or a list without full stops: cut by lines.
        for span in spans:
            yield (span,)


def _header(
    source: Source, place: tuple[Part, Item], lead: str, paragraphs: Sequence[Paragraph], text: str
) -> str:
    """What a reader of the passage would know from around it: body, date, kind, titles, column heads."""
    part, item = place
    pieces = [
        part.body or "",
        long_date(part.meeting_date) if part.meeting_date else "",
        KIND_NAMES[part.kind],
    ]
    if part.kind not in {PartKind.MINUTES, PartKind.AGENDA}:
        pieces.append(part.title)
    if item.title and item.title != part.title:
        pieces.append(item.title)
    if item.number is None and not item.title and part.kind is PartKind.MINUTES and _ATTENDANCE.search(text):
        pieces.append("attendance: members and officers present")
    if part.kind is PartKind.MINUTES and _CLOSES.match(text):
        pieces.append("times of the meeting: when it started, began, finished, ended and closed")
    if lead:
        pieces.append(lead)
    seen = " ".join(paragraph.context for paragraph in paragraphs[:1])
    heading = [quote(source.text, paragraph.spans) for paragraph in paragraphs if paragraph.is_heading]
    if seen and seen not in heading:
        pieces.append(seen)
    return ". ".join(piece for piece in pieces if piece)


def _count(source: Source, spans: Sequence[Span]) -> int:
    return sum(len(source.text[span.start : span.end].split()) for span in spans)
