"""How a file is built: parts, items, paragraphs; and where it was perhaps not understood."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from kb.records.sources import PageBox, Span


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
