"""Citations and ids: where a passage stands, for people and for programs."""

from __future__ import annotations

from collections import Counter

from kb.ids import slug
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

_ID_DIGITS = 8


class Citer:
    """Writes the citations of one document; counts places, so that the same label printed twice gives two ids."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._pages = {page.number: page for page in source.pages}
        self._seen: Counter[str] = Counter()

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
        pieces = [
            slug(part.body or self._source.name.rsplit(".", 1)[0]),
            part.meeting_date.isoformat() if part.meeting_date else "undated",
            slug(KIND_NAMES[part.kind]) + (f"-{slug(part.agenda_item)}" if part.agenda_item else ""),
        ]
        if item.number is not None:
            pieces.append(
                f"{'item' if part.kind in {PartKind.MINUTES, PartKind.AGENDA} else 'section'}-{slug(item.number)}"
            )
        elif item.title:
            pieces.append(slug(item.title, max_length=40))
        if label is not None:
            # A dot keeps "4.2" apart from "42"; slugs have none.
            pieces.append(f"para-{label.replace('/', '-').replace(' ', '-')}")
        place = "/".join(piece for piece in pieces if piece)
        self._seen[place] += 1
        turn = f"~{self._seen[place]}" if self._seen[place] > 1 else ""
        return PassageId(f"{place}{turn}@{self._source.sha256[:_ID_DIGITS]}")

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
