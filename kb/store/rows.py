"""Documents and passages as the rows in which they are kept.

A row holds its nested parts as JSON text, so that a document that has not changed goes from one generation to the next
without being decoded.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable
from dataclasses import dataclass

from kb.ids import document_id
from kb.records import DocumentId, Doubt, Outline, Passage, PassageId, Source
from kb.register.codec import encode_rows
from kb.register.records import Row
from kb.store.codec import (
    decode_boxes,
    decode_citation,
    decode_spans,
    decode_struck,
    dumps,
    encode_boxes,
    encode_citation,
    encode_date,
    encode_doubt,
    encode_outline,
    encode_page,
    encode_spans,
    encode_struck,
)
from kb.store.manifest import DocumentEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class PassageRow:
    """A passage; its id is unique among those of all documents."""

    id: str
    document_id: str
    body: str | None
    kind: str
    meeting_date: str | None
    header: str
    text: str
    spans: str
    speakers: str
    struck: str
    boxes: str
    citation: str

    @property
    def embedded_text(self) -> str:
        """What the encoder reads."""
        return f"{self.header}\n{self.text}"


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentRow:
    """A document with its outline and its passages; see `DocumentEntry` for what its entry says."""

    entry: DocumentEntry
    media_type: str
    added_at: str
    text: str
    pages: str
    issues: str
    doubts: str
    parts: str
    outline: str
    register: str
    passages: tuple[PassageRow, ...]

    def decode_issues(self) -> tuple[str, ...]:
        """Return what was notable when the document was read."""
        return tuple(json.loads(self.issues))

    def count_doubts(self) -> int:
        """Return how many places of the document should be looked at again."""
        return len(json.loads(self.doubts))


def make_document_row(
    source: Source,
    outline: Outline,
    passages: Iterable[Passage],
    *,
    doubts: Iterable[Doubt] = (),
    register: Iterable[Row] = (),
    suffix: str,
    origin: str,
    recipe: str,
    added_at: dt.datetime,
) -> DocumentRow:
    """Put together what is kept of one document.

    Raises:
        ValueError: If two of its passages have one id, or a text cannot be written as UTF-8.
    """
    rows = tuple(_make_passage_row(passage, document_id(source.sha256)) for passage in passages)
    if len({row.id for row in rows}) != len(rows):
        raise ValueError("two passages have one id")
    source.text.encode()  # a lone surrogate would only be refused while writing, with every other document
    return DocumentRow(
        entry=DocumentEntry(
            name=source.name,
            sha256=source.sha256,
            suffix=suffix,
            origin=origin,
            recipe=recipe,
            passages=len(rows),
        ),
        media_type=source.media_type,
        added_at=added_at.isoformat(),
        text=source.text,
        pages=dumps([encode_page(page) for page in source.pages]),
        issues=dumps(list(source.issues)),
        doubts=dumps([encode_doubt(doubt) for doubt in doubts]),
        parts=dumps(_part_summaries(outline)),
        outline=dumps(encode_outline(outline)),
        register=dumps(encode_rows(register)),
        passages=rows,
    )


def decode_passage(row: PassageRow, *, document: str) -> Passage:
    """Return the passage of a row; ``document`` is the name of its document."""
    return Passage(
        citation=decode_citation(json.loads(row.citation), passage_id=PassageId(row.id), document=document),
        document_id=DocumentId(row.document_id),
        text=row.text,
        spans=decode_spans(json.loads(row.spans)),
        header=row.header,
        speakers=tuple(json.loads(row.speakers)),
        struck=decode_struck(json.loads(row.struck)),
        boxes=decode_boxes(json.loads(row.boxes)),
    )


def _make_passage_row(passage: Passage, document: DocumentId) -> PassageRow:
    citation = passage.citation
    return PassageRow(
        id=citation.id,
        document_id=document,
        body=citation.body,
        kind=citation.kind.value,
        meeting_date=encode_date(citation.meeting_date),
        header=passage.header,
        text=passage.text,
        spans=dumps(encode_spans(passage.spans)),
        speakers=dumps(list(passage.speakers)),
        struck=dumps(encode_struck(passage.struck)),
        boxes=dumps(encode_boxes(passage.boxes)),
        citation=dumps(encode_citation(citation)),
    )


def _part_summaries(outline: Outline) -> list[dict[str, str | None]]:
    return [
        {
            "kind": part.kind.value,
            "body": part.body,
            "meeting_date": encode_date(part.meeting_date),
            "title": part.title,
        }
        for part in outline.parts
    ]
