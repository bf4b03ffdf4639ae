"""The nouns of the job, as plain frozen records.

Data flows ``Source -> Outline -> Passage -> Ranking -> Answer``. A `Source` is one file as text with its lines; an
`Outline` is its structure (parts, items, paragraphs); a `Passage` is the unit retrieved; an `Answer` quotes passages.

Every record that shows text also says where it stands: a `Span` counts characters of ``Source.text``, end exclusive.
``None`` always means "the source does not say".
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple, NewType

DocumentId = NewType("DocumentId", str)
PassageId = NewType("PassageId", str)


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


class PartKind(StrEnum):
    """What kind of paper a part is."""

    MINUTES = "minutes"
    AGENDA = "agenda"
    REPORT = "report"
    LETTER = "letter"
    ACTION_TABLE = "action_table"
    AGENDA_PLAN = "agenda_plan"
    DELIVERY_PLAN = "delivery_plan"
    DASHBOARD = "dashboard"
    DECISION = "decision"
    APPENDIX = "appendix"
    SLIDES = "slides"
    OTHER = "other"


class ItemType(StrEnum):
    """What kind of business an item is; everything that is no routine of meetings is `BUSINESS`."""

    ATTENDANCE = "attendance"
    DECLARATIONS = "declarations"
    PREVIOUS_MINUTES = "previous_minutes"
    ACTIONS = "actions"
    PUBLIC_QUESTIONS = "public_questions"
    APPOINTMENTS = "appointments"
    WORK_PROGRAMME = "work_programme"
    NEXT_MEETING = "next_meeting"
    URGENT_BUSINESS = "urgent_business"
    PRIVATE_BUSINESS = "private_business"
    BUSINESS = "business"


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A paragraph, bullet, table row or heading inside an item.

    ``label`` is the printed label without its brackets, dot or dash ("3", "a", "4.2"), ``None`` if unlabelled;
    ``label_span`` is where it is printed, which may be far from the text (labels in a block before their texts).
    ``spans`` are the pieces of source text, in order, with page furniture between them left out.
    ``continues`` says that the labelled paragraph before it goes on here (a second text block, a sub-list).
    ``is_heading`` marks a sub-heading; ``is_row`` a table row or other line that only makes sense beside its heading;
    ``context`` names what such a paragraph stands under (a sub-heading, a table's column heads), for search only.
    ``note`` is the printed number of a footnote, which stands behind the paragraph that refers to it; the mark there
    is furniture, the number before the note its ``label_span``. ``boxes`` are where label and text are printed, as
    those of an `Item` are where its heading is.
    """

    label: str | None
    spans: tuple[Span, ...]
    label_span: Span | None = None
    page: int | None = None
    continues: bool = False
    is_heading: bool = False
    is_row: bool = False
    context: str = ""
    note: str | None = None
    boxes: tuple[PageBox, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A numbered business item of minutes, an agenda item, or a section of a report.

    ``number`` is ``None`` for text before the first item (title block, attendance) and for unnumbered sections.
    """

    number: str | None
    title: str
    page: int | None
    heading: tuple[Span, ...]
    paragraphs: tuple[Paragraph, ...]
    boxes: tuple[PageBox, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One paper inside a file: the minutes of a meeting, a report to one, a letter.

    ``contact`` is its contact officer or author as printed.
    """

    kind: PartKind
    body: str | None
    meeting_date: dt.date | None
    title: str
    agenda_item: str | None
    page: int | None
    status: str | None
    items: tuple[Item, ...]
    contact: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """The structure of one file. Everything outside ``furniture`` stands in exactly one item heading or paragraph."""

    parts: tuple[Part, ...]
    furniture: tuple[Span, ...]


class LinkKind(StrEnum):
    """What another place is to a passage."""

    ALSO_IN = "also_in"
    SUPERSEDED_BY = "superseded_by"
    SUPERSEDES = "supersedes"
    CONFIRMED_BY = "confirmed_by"
    AMENDED_BY = "amended_by"
    AMENDS = "amends"


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Another place that belongs to a passage, and what it is to it.

    ``label`` is that place's citation and ``spans`` count characters of its own document's text. ``note`` says more:
    the words of an amendment.
    """

    kind: LinkKind
    id: PassageId
    document: str
    label: str
    page: int | None
    page_label: str | None
    spans: tuple[Span, ...]
    note: str | None = None


class DoubtKind(StrEnum):
    """What a reader should look at again."""

    NUMBERING_GAP = "numbering_gap"
    REPEATED_LABEL = "repeated_label"
    PART_WITHOUT_DATE = "part_without_date"
    PART_WITHOUT_BODY = "part_without_body"
    PART_WITHOUT_TITLE = "part_without_title"
    PAGE_WITHOUT_TEXT = "page_without_text"
    UNCERTAIN_RECOGNITION = "uncertain_recognition"
    TABLE_NOT_UNDERSTOOD = "table_not_understood"
    LONG_PARAGRAPH = "long_paragraph"
    TEXT_OUTSIDE_ITEMS = "text_outside_items"
    NO_ATTENDANCE = "no_attendance"
    DOUBTFUL_SPEAKERS = "doubtful_speakers"


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """A place where a paper was perhaps not understood.

    ``place`` says where in the words of a citation, ``page`` in the file (from 1); ``message`` what is the matter.
    """

    kind: DoubtKind
    place: str
    page: int | None
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """Where a passage stands, to the paragraph.

    ``item`` is the printed item number of minutes; ``agenda_item`` and ``section`` are those of a report. ``label`` is
    the citation as people read it. ``status`` is ``draft``, ``confirmed``, ``corrected`` or ``superseded``, as the
    paper says or other papers of the library prove. ``links`` are the places where the same words stand too, and those
    that confirm, replace or amend them.
    """

    id: PassageId
    document: str
    body: str | None
    meeting_date: dt.date | None
    kind: PartKind
    agenda_item: str | None
    item: str | None
    section: str | None
    item_title: str | None
    paragraph: str | None
    page: int | None
    page_label: str | None
    status: str | None
    label: str
    links: tuple[Link, ...] = ()

    def linked(self, kind: LinkKind) -> tuple[Link, ...]:
        """The places that are this to the passage, in order."""
        return tuple(link for link in self.links if link.kind is kind)

    @property
    def also_in(self) -> tuple[Link, ...]:
        """The other places where the same words stand."""
        return self.linked(LinkKind.ALSO_IN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """The unit retrieved.

    ``text`` is the exact text to quote: the source at ``spans``, white space folded to single spaces. ``header`` is the
    context (body, date, kind, item title) that is embedded and searched with it but never quoted. ``speakers`` are the
    people or roles to whom its sentences are attributed, in order of first appearance. ``struck`` is what is printed
    struck through inside its reach: left out of ``text`` and ``spans``. ``boxes`` are where it is printed, one box for
    each run of lines on a page (empty where the file has no geometry).
    """

    citation: Citation
    document_id: DocumentId
    text: str
    spans: tuple[Span, ...]
    header: str
    speakers: tuple[str, ...] = ()
    struck: tuple[Struck, ...] = ()
    boxes: tuple[PageBox, ...] = ()

    @property
    def id(self) -> PassageId:
        """The passage's stable, readable id."""
        return self.citation.id


class PlaceKind(StrEnum):
    """How much an id names: a paper, an item or section of one, or a passage."""

    PART = "part"
    ITEM = "item"
    PASSAGE = "passage"


class PlaceStatus(StrEnum):
    """What became of a place since its id was given."""

    SAME = "same"
    CHANGED = "changed"
    MOVED = "moved"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """What an id stands for now.

    ``id`` is the place's present id, ``None`` if it was removed, and ``redirected_from`` the id asked for if that is
    another. ``passages`` are all that stand there, in order. ``similarity`` is the likeness, between 0 and 1, of a
    passage's text to the one its id was given to, as far as that is known; ``earlier_text`` is that text if it was
    another and is kept. ``label`` is the citation, of a removed place the last; ``note`` says in a sentence what
    happened, and is empty if nothing did.
    """

    kind: PlaceKind
    status: PlaceStatus
    id: PassageId | None
    passages: tuple[Passage, ...]
    redirected_from: PassageId | None
    label: str
    similarity: float | None
    earlier_text: str | None
    note: str

    @property
    def passage(self) -> Passage | None:
        """The passage, or the first of a paper or item; ``None`` if the place was removed."""
        return self.passages[0] if self.passages else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A passage in a ranking; ``rank`` counts from 1, ``score`` is the fused score, the others its parts."""

    rank: int
    passage: Passage
    score: float
    bm25_score: float
    cosine: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """Hard limits on what may be returned, as set by the user; ``None`` or empty means no limit.

    Of several values of one field any may hold; all fields must. ``people`` are speakers as passages name them.
    """

    bodies: tuple[str, ...] = ()
    kinds: tuple[PartKind, ...] = ()
    documents: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    item_types: tuple[ItemType, ...] = ()
    statuses: tuple[str, ...] = ()
    date_from: dt.date | None = None
    date_to: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Understood:
    """One thing that was read in a question, to be shown and switched off.

    ``id`` switches it off ("date", "date-2"), as does its ``kind`` for all of that kind; ``words`` are those of the
    question, ``meaning`` is plain English. ``is_limit`` says that it limits what may be returned, rather than what
    comes first; ``is_used`` is false if it was switched off.
    """

    id: str
    kind: str
    words: str
    meaning: str
    is_limit: bool = False
    is_used: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """A verbatim piece of one passage, chosen as (part of) an answer: ``spans`` count characters of the source."""

    text: str
    passage: Passage
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What is said in reply to one question.

    ``text`` is the answer as shown: the quotes' texts, or the sentence that nothing was found. ``confidence`` is
    between 0 and 1; ``abstained`` says that the papers do not seem to answer. ``kind`` is the kind of question as
    understood; ``understood`` is all that was read in it, ``suggestion`` the question with words mended that no paper
    has. ``hits`` are the ranked passages, best first; on abstention they are the nearest ones.
    """

    question: str
    text: str
    abstained: bool
    confidence: float
    kind: str
    quotes: tuple[Quote, ...]
    hits: tuple[Hit, ...]
    latency_ms: float
    understood: tuple[Understood, ...] = ()
    suggestion: str | None = None
