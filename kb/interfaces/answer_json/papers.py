"""What a library holds as JSON: papers, their structure, what is doubtful in them, what became of files."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from kb.interfaces.answer_json.passages import box_to_json
from kb.interfaces.answer_json.schema import SCHEMA_VERSION, day
from kb.records import (
    Doubt,
    Item,
    Outline,
)

if TYPE_CHECKING:
    from kb.ingest import IngestReport
    from kb.store import RefusedFile
    from kb.store.summaries import DocumentSummary, Facets


def outline_to_json(name: str, outline: Outline) -> dict[str, Any]:
    """The structure of one document: parts, their titled or numbered items, the printed labels of paragraphs."""
    return {
        "schema": SCHEMA_VERSION,
        "doc": name,
        "parts": [
            {
                "kind": part.kind.value,
                "body": part.body,
                "meeting_date": day(part.meeting_date),
                "title": part.title,
                "agenda_item": part.agenda_item,
                "page": part.page,
                "contact": part.contact,
                "items": [_item(item) for item in part.items if item.number or item.title],
            }
            for part in outline.parts
        ],
    }


def documents_to_json(
    documents: Iterable[DocumentSummary], refused: Iterable[RefusedFile] = ()
) -> dict[str, Any]:
    """What the library holds, and what it was offered and could not read."""
    return {
        "schema": SCHEMA_VERSION,
        "documents": [
            {
                "document": summary.document,
                "id": summary.id,
                "sha256": summary.sha256,
                "pages": summary.pages,
                "passages": summary.passages,
                "issues": list(summary.issues),
                "doubts": summary.doubts,
                "parts": [
                    {
                        "kind": part.kind.value,
                        "body": part.body,
                        "meeting_date": day(part.meeting_date),
                        "title": part.title,
                    }
                    for part in summary.parts
                ],
            }
            for summary in documents
        ],
        "refused": [
            {
                "origin": file.origin,
                "name": file.name,
                "fault": file.fault.value,
                "reason": file.reason,
                "next_step": file.next_step,
            }
            for file in refused
        ],
    }


def facets_to_json(facets: Facets) -> dict[str, Any]:
    """What searches can be narrowed by: lists of values with their numbers of passages."""
    fields = ("bodies", "kinds", "documents", "years", "people", "item_types", "statuses")
    return {
        "schema": SCHEMA_VERSION,
        "first_date": day(facets.first_date),
        "last_date": day(facets.last_date),
        **{
            name: [{"value": value, "passages": count} for value, count in getattr(facets, name)]
            for name in fields
        },
    }


def doubts_to_json(doubts: Iterable[tuple[str, Doubt]]) -> dict[str, Any]:
    """What should be looked at again, each with its document."""
    return {
        "schema": SCHEMA_VERSION,
        "doubts": [
            {
                "document": document,
                "kind": doubt.kind.value,
                "place": doubt.place,
                "page": doubt.page,
                "message": doubt.message,
            }
            for document, doubt in doubts
        ],
    }


def ingest_to_json(report: IngestReport) -> dict[str, Any]:
    """What became of each file."""
    return {
        "schema": SCHEMA_VERSION,
        "results": [
            {
                "path": str(result.path),
                "status": result.status.value,
                "document": result.document,
                "duplicate_of": result.duplicate_of,
                "fault": result.fault.value if result.fault else None,
                "reason": result.reason,
                "next_step": result.next_step,
                "passages": result.passages,
                "issues": list(result.issues),
                "doubts": result.doubts,
            }
            for result in report.results
        ],
        "passages": report.passages,
        "embedded": report.embedded,
        "seconds": round(report.seconds, 3),
    }


def _item(item: Item) -> dict[str, Any]:
    return {
        "number": item.number,
        "title": item.title,
        "page": item.page,
        "paragraphs": [paragraph.label for paragraph in item.paragraphs if paragraph.label],
        "boxes": [box_to_json(box) for box in item.boxes],
        "places": [
            {
                "paragraph": paragraph.label,
                "row": paragraph.is_row,
                "boxes": [box_to_json(box) for box in paragraph.boxes],
            }
            for paragraph in item.paragraphs
        ],
    }
