"""Records to JSON values and back, each field by name.

Nothing is guessed from types: an added field must be added here, and a test compares both with the records. Decoding
raises ``KeyError``, ``TypeError`` or ``ValueError`` on anything but what encoding gives (see `DECODING_ERRORS`).
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Sequence
from typing import Any, Final

from kb.records import (
    Box,
    Citation,
    Doubt,
    DoubtKind,
    Item,
    Outline,
    Page,
    PageBox,
    Paragraph,
    Part,
    PartKind,
    PassageId,
    Span,
    Struck,
)

DECODING_ERRORS: Final = (KeyError, TypeError, ValueError)


def dumps(value: object) -> str:
    """Write a JSON value compactly, the same way everywhere."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def encode_date(date: dt.date | None) -> str | None:
    """Return a date as YYYY-MM-DD."""
    return None if date is None else date.isoformat()


def decode_date(value: str | None) -> dt.date | None:
    """Return the date written as YYYY-MM-DD."""
    return None if value is None else dt.date.fromisoformat(value)


def encode_spans(spans: Iterable[Span]) -> list[list[int]]:
    """Return spans as pairs."""
    return [[span.start, span.end] for span in spans]


def decode_spans(value: Sequence[Sequence[int]]) -> tuple[Span, ...]:
    """Return the spans of a list of pairs."""
    return tuple(Span(start, end) for start, end in value)


def encode_struck(struck: Iterable[Struck]) -> list[list[Any]]:
    """Return struck texts as lists of start, end, text and place."""
    return [[span.start, span.end, text, at] for span, text, at in struck]


def decode_struck(value: Sequence[Sequence[Any]]) -> tuple[Struck, ...]:
    """Return the struck texts of a list."""
    return tuple(Struck(Span(start, end), text, at) for start, end, text, at in value)


def encode_boxes(boxes: Iterable[PageBox]) -> list[list[float]]:
    """Return boxes as lists of page, left, top, right, bottom, page width and page height."""
    return [[page, *box, width, height] for page, box, width, height in boxes]


def decode_boxes(value: Sequence[Sequence[Any]]) -> tuple[PageBox, ...]:
    """Return the boxes of a list."""
    return tuple(
        PageBox(page, Box(x0, top, x1, bottom), width, height)
        for page, x0, top, x1, bottom, width, height in value
    )


def encode_page(page: Page) -> dict[str, Any]:
    """Return a page as an object."""
    return {
        "number": page.number,
        "label": page.label,
        "span": [page.span.start, page.span.end],
        "width": page.width,
        "height": page.height,
        "turn": page.turn,
    }


def decode_page(value: dict[str, Any]) -> Page:
    """Return the page of an object."""
    return Page(
        number=value["number"],
        label=value["label"],
        span=Span(*value["span"]),
        width=value["width"],
        height=value["height"],
        turn=value["turn"],
    )


def encode_outline(outline: Outline) -> dict[str, Any]:
    """Return an outline as an object."""
    return {
        "parts": [_encode_part(part) for part in outline.parts],
        "furniture": encode_spans(outline.furniture),
    }


def decode_outline(value: dict[str, Any]) -> Outline:
    """Return the outline of an object."""
    return Outline(
        parts=tuple(_decode_part(part) for part in value["parts"]),
        furniture=decode_spans(value["furniture"]),
    )


def encode_citation(citation: Citation) -> dict[str, Any]:
    """Return what a citation says besides its id and its document's name, which have columns of their own."""
    return {
        "body": citation.body,
        "meeting_date": encode_date(citation.meeting_date),
        "kind": citation.kind.value,
        "agenda_item": citation.agenda_item,
        "item": citation.item,
        "section": citation.section,
        "item_title": citation.item_title,
        "paragraph": citation.paragraph,
        "page": citation.page,
        "page_label": citation.page_label,
        "status": citation.status,
        "label": citation.label,
    }


def decode_citation(value: dict[str, Any], *, passage_id: str, document: str) -> Citation:
    """Return the citation of an object, with the id and the document's name kept beside it."""
    return Citation(
        id=PassageId(passage_id),
        document=document,
        body=value["body"],
        meeting_date=decode_date(value["meeting_date"]),
        kind=PartKind(value["kind"]),
        agenda_item=value["agenda_item"],
        item=value["item"],
        section=value["section"],
        item_title=value["item_title"],
        paragraph=value["paragraph"],
        page=value["page"],
        page_label=value["page_label"],
        status=value["status"],
        label=value["label"],
    )


def encode_doubt(doubt: Doubt) -> dict[str, Any]:
    """Return a doubt as an object."""
    return {"kind": doubt.kind.value, "place": doubt.place, "page": doubt.page, "message": doubt.message}


def decode_doubt(value: dict[str, Any]) -> Doubt:
    """Return the doubt of an object."""
    return Doubt(
        kind=DoubtKind(value["kind"]), place=value["place"], page=value["page"], message=value["message"]
    )


def _encode_part(part: Part) -> dict[str, Any]:
    return {
        "kind": part.kind.value,
        "body": part.body,
        "meeting_date": encode_date(part.meeting_date),
        "title": part.title,
        "agenda_item": part.agenda_item,
        "page": part.page,
        "status": part.status,
        "items": [_encode_item(item) for item in part.items],
        "contact": part.contact,
    }


def _decode_part(value: dict[str, Any]) -> Part:
    return Part(
        kind=PartKind(value["kind"]),
        body=value["body"],
        meeting_date=decode_date(value["meeting_date"]),
        title=value["title"],
        agenda_item=value["agenda_item"],
        page=value["page"],
        status=value["status"],
        items=tuple(_decode_item(item) for item in value["items"]),
        contact=value.get("contact"),
    )


def _encode_item(item: Item) -> dict[str, Any]:
    return {
        "number": item.number,
        "title": item.title,
        "page": item.page,
        "heading": encode_spans(item.heading),
        "paragraphs": [_encode_paragraph(paragraph) for paragraph in item.paragraphs],
        "boxes": encode_boxes(item.boxes),
    }


def _decode_item(value: dict[str, Any]) -> Item:
    return Item(
        number=value["number"],
        title=value["title"],
        page=value["page"],
        heading=decode_spans(value["heading"]),
        paragraphs=tuple(_decode_paragraph(paragraph) for paragraph in value["paragraphs"]),
        boxes=decode_boxes(value.get("boxes", ())),
    )


def _encode_paragraph(paragraph: Paragraph) -> dict[str, Any]:
    return {
        "label": paragraph.label,
        "spans": encode_spans(paragraph.spans),
        "label_span": None if paragraph.label_span is None else list(paragraph.label_span),
        "page": paragraph.page,
        "continues": paragraph.continues,
        "is_heading": paragraph.is_heading,
        "is_row": paragraph.is_row,
        "context": paragraph.context,
        "note": paragraph.note,
        "boxes": encode_boxes(paragraph.boxes),
    }


def _decode_paragraph(value: dict[str, Any]) -> Paragraph:
    return Paragraph(
        label=value["label"],
        spans=decode_spans(value["spans"]),
        label_span=None if value["label_span"] is None else Span(*value["label_span"]),
        page=value["page"],
        continues=value["continues"],
        is_heading=value["is_heading"],
        is_row=value["is_row"],
        context=value["context"],
        note=value.get("note"),
        boxes=decode_boxes(value.get("boxes", ())),
    )
