"""Records in which every field says something, and rows of them."""

from __future__ import annotations

import datetime as dt
import hashlib

from kb.ids import document_id
from kb.records import (
    Box,
    Citation,
    Item,
    Outline,
    Page,
    PageBox,
    Paragraph,
    Part,
    PartKind,
    Passage,
    PassageId,
    Source,
    Span,
    Struck,
)
from kb.store.rows import DocumentRow, make_document_row

DAY = dt.date(2023, 7, 19)
NOW = dt.datetime(2026, 1, 2, 3, 4, 5, tzinfo=dt.UTC)

PARAGRAPH = Paragraph(
    label="3",
    spans=(Span(10, 20), Span(30, 41)),
    label_span=Span(8, 10),
    page=2,
    continues=True,
    is_heading=True,
    is_row=True,
    context="Action",
    boxes=(PageBox(2, Box(72.0, 100.5, 300.0, 124.0), 595.3, 841.9),),
    note="1",
)
ITEM = Item(
    number="9",
    title="Road safety",
    page=2,
    heading=(Span(0, 9),),
    paragraphs=(PARAGRAPH,),
    boxes=PARAGRAPH.boxes,
)
PART = Part(
    kind=PartKind.MINUTES,
    body="Fenwold Panel",
    meeting_date=DAY,
    title="Minutes",
    agenda_item="3",
    page=1,
    status="draft",
    items=(ITEM,),
    contact="Jo Mere, Clerk",
)
OUTLINE = Outline(parts=(PART,), furniture=(Span(21, 29),))
PAGE = Page(number=2, label="iv", span=Span(5, 50), width=595.3, height=841.9, turn=90)
CITATION = Citation(
    id=PassageId("fenwold/2023-07-19/item-9"),
    document="minutes.txt",
    body="Fenwold Panel",
    meeting_date=DAY,
    kind=PartKind.MINUTES,
    agenda_item="3",
    item="9",
    section="4.2",
    item_title="Road safety",
    paragraph="3",
    page=2,
    page_label="iv",
    status="draft",
    label="Fenwold Panel, 19 July 2023, minutes, item 9 Road safety, para 3",
)


def passage(
    text: str,
    *,
    number: int = 1,
    document: str = "minutes.txt",
    body: str | None = "Fenwold Panel",
    kind: PartKind = PartKind.MINUTES,
    day: dt.date | None = DAY,
    item: str | None = "9",
) -> Passage:
    """A passage of a document of this name."""
    return Passage(
        citation=Citation(
            id=PassageId(f"{document}/{number}"),
            document=document,
            body=body,
            meeting_date=day,
            kind=kind,
            agenda_item=None,
            item=item,
            section=None,
            item_title=None,
            paragraph=None,
            page=None,
            page_label=None,
            status=None,
            label=f"{document}, {number}",
        ),
        document_id=document_id(sha256(document)),
        text=text,
        spans=(Span(0, len(text)),),
        header="A header",
        speakers=("the Chair",),
        struck=(Struck(Span(4, 8), "text", 4),),
        boxes=(PageBox(2, Box(72.0, 100.5, 300.0, 124.0), 595.3, 841.9),),
    )


def sha256(name: str) -> str:
    """The hash of an invented file."""
    return hashlib.sha256(name.encode()).hexdigest()


def document_row(name: str, *passages: Passage, text: str = "The text\0 of it – £5.") -> DocumentRow:
    """The row of a document with these passages."""
    source = Source(
        name=name,
        sha256=sha256(name),
        media_type="text/plain",
        text=text,
        lines=(),
        pages=(PAGE,),
        issues=("odd",),
    )
    return make_document_row(
        source, OUTLINE, passages, suffix=".txt", origin=f"../{name}", recipe="test", added_at=NOW
    )
