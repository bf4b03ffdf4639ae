"""Citations and ids: where a passage stands, for people and for programs."""

from __future__ import annotations

import re
from collections import Counter

from kb.ids import body_slug, printed_slug, slug
from kb.records import Citation, Item, Page, Paragraph, Part, PartKind, PassageId, Source
from kb.structure.dates import long_date

KIND_NAMES = {
    PartKind.MINUTES: "minutes",
    PartKind.AGENDA: "agenda",
    PartKind.REPORT: "report",
    PartKind.LETTER: "letter",
    PartKind.ACTION_TABLE: "action table",
    PartKind.AGENDA_PLAN: "agenda plan",
    PartKind.DELIVERY_PLAN: "delivery plan",
    PartKind.DASHBOARD: "performance dashboard",
    PartKind.DECISION: "decision record",
    PartKind.APPENDIX: "appendix",
    PartKind.SLIDES: "slides",
    PartKind.OTHER: "paper",
}
"""Kinds as they are written in citations."""

_ONE_TO_A_MEETING = frozenset(
    {PartKind.MINUTES, PartKind.AGENDA, PartKind.ACTION_TABLE, PartKind.AGENDA_PLAN}
)
_LONGEST_TITLE = 40
"""Characters of a title in an id."""
_OURS = re.compile(r"(?:text|(?:para|item|section)-.*)")
"""What a title must not look like when it stands for itself in an id."""


class Citer:
    """Writes the citations of one document, in reading order.

    Ids are unique in the document only: papers, items and labels that are printed twice are counted. Ingestion makes
    them unique in a library, and holds them to what was given before.
    """

    def __init__(self, source: Source) -> None:
        self._source = source
        self._pages = {page.number: page for page in source.pages}
        self._seen: Counter[str] = Counter()
        self._part: Part | None = None
        self._item: Item | None = None
        self._part_id = self._item_id = ""

    def cite(self, part: Part, item: Item, label: str | None, paragraph: Paragraph) -> Citation:
        """The citation of a passage that begins in ``paragraph``, labelled ``label``."""
        is_minutes = part.kind is PartKind.MINUTES
        page = self._pages.get(paragraph.page) if paragraph.page is not None else None
        agenda_item = item.number if part.kind is PartKind.AGENDA else part.agenda_item
        section = None if is_minutes or part.kind is PartKind.AGENDA else item.number
        return Citation(
            id=self._id(part, item, label),
            document=self._source.name,
            body=part.body,
            meeting_date=part.meeting_date,
            kind=part.kind,
            agenda_item=agenda_item,
            item=item.number if is_minutes else None,
            section=section,
            item_title=item.title or (part.title or None),
            paragraph=label,
            page=page.number if page else None,
            page_label=page.label if page else None,
            status=part.status,
            label=self._label(part, item, label, page),
        )

    def _id(self, part: Part, item: Item, label: str | None) -> PassageId:
        if part is not self._part:
            self._part, self._item = part, None
            self._part_id = self._numbered(_part_path(part))
        if item is not self._item:
            self._item = item
            segment = _item_segment(part, item)
            self._item_id = self._numbered(f"{self._part_id}/{segment}") if segment else self._part_id
        printed = printed_slug(label) if label is not None else ""
        return PassageId(self._numbered(f"{self._item_id}/{f'para-{printed}' if printed else 'text'}"))

    def _numbered(self, place: str) -> str:
        self._seen[place] += 1
        return f"{place}~{self._seen[place]}" if self._seen[place] > 1 else place

    def _label(self, part: Part, item: Item, label: str | None, page: Page | None) -> str:
        pieces = [part.body or self._source.name]
        if part.meeting_date is not None:
            pieces.append(long_date(part.meeting_date))
        name = KIND_NAMES[part.kind]
        pieces.append(f"{part.status} {name}" if part.status == "draft" else name)
        if part.kind is PartKind.AGENDA:
            pieces += [f"agenda item {item.number} {item.title}".strip()] if item.number else []
        elif part.kind is PartKind.MINUTES:
            pieces += [f"item {item.number} {item.title}".strip()] if item.number else [item.title]
        else:
            title = part.title
            pieces.append(f"agenda item {part.agenda_item} {title}".strip() if part.agenda_item else title)
            pieces.append(f"section {item.number} {item.title}".strip() if item.number else item.title)
        if label is not None:
            pieces.append(f"para {label}")
        if page is not None:
            printed = f" (printed {page.label})" if page.label and page.label != str(page.number) else ""
            pieces.append(f"p. {page.number}{printed}")
        return ", ".join(piece for piece in pieces if piece)


def group_label(citation: Citation, *, with_item: bool) -> str:
    """The citation of the paper in which a passage stands, or of its item: that of the passage, less what is finer."""
    name = KIND_NAMES[citation.kind]
    pieces = [
        citation.body or citation.document,
        long_date(citation.meeting_date) if citation.meeting_date is not None else "",
        f"{citation.status} {name}" if citation.status == "draft" else name,
    ]
    if citation.agenda_item and (with_item or citation.kind is not PartKind.AGENDA):
        pieces.append(f"agenda item {citation.agenda_item}")
    if with_item and citation.kind is PartKind.AGENDA:
        pieces[-1] = f"{pieces[-1]} {citation.item_title or ''}".strip()
    elif with_item:
        number = f"item {citation.item}" if citation.item else ""
        number = f"section {citation.section}" if citation.section else number
        pieces.append(f"{number} {citation.item_title or ''}".strip())
    return ", ".join(piece for piece in pieces if piece)


def _part_path(part: Part) -> str:
    """What tells papers apart: body, date, kind, and where there may be several of a kind, item or title."""
    kind = slug(KIND_NAMES[part.kind])
    if part.status == "draft":
        kind = f"draft-{kind}"
    agenda_item = printed_slug(part.agenda_item) if part.agenda_item else ""
    is_only = part.kind in _ONE_TO_A_MEETING or (part.kind is PartKind.REPORT and agenda_item)
    title = "" if is_only else slug(part.title, max_length=_LONGEST_TITLE)
    return "/".join(
        (
            body_slug(part.body) if part.body else "unnamed-body",
            part.meeting_date.isoformat() if part.meeting_date else "undated",
            "-".join(piece for piece in (kind, agenda_item, title) if piece),
        )
    )


def _item_segment(part: Part, item: Item) -> str:
    number = printed_slug(item.number) if item.number is not None else ""
    if number:
        return f"{'item' if part.kind in {PartKind.MINUTES, PartKind.AGENDA} else 'section'}-{number}"
    title = slug(item.title, max_length=_LONGEST_TITLE)
    return f"heading-{title}" if _OURS.fullmatch(title) else title
