"""Answers and their parts as JSON, schema version 1.

Takes records, gives plain dicts ready for `json.dumps`; the other way only for citations, which are whole. What a
paper does not say is ``null``. The schema is described in docs/answer-schema.md and, for machines, in
``answer.schema.json`` beside this module; a test holds all three together. A field may be added within a version;
removing one or changing its meaning raises `SCHEMA_VERSION`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from kb.errors import KbError
from kb.interfaces.versions_json import links_from_json, links_to_json
from kb.records import (
    Answer,
    Citation,
    Doubt,
    Hit,
    Item,
    LinkKind,
    Outline,
    PageBox,
    PartKind,
    Passage,
    PassageId,
    Place,
    Understood,
)

if TYPE_CHECKING:
    from kb.ingest import IngestReport
    from kb.retrieval.explain import Explanation
    from kb.retrieval.timeline import TopicMeeting
    from kb.store import RefusedFile
    from kb.store.summaries import DocumentSummary, Facets
    from kb.vocabulary import Abbreviation

SCHEMA_VERSION: Final = 1
_SCORE_DIGITS: Final = 6
_BOX_DIGITS: Final = 2


def answer_to_json(answer: Answer, *, question_id: str | None = None) -> dict[str, Any]:
    """One answer: its quotes' citations, then the ranked passages."""
    cited = {quote.passage.id: quote.passage.citation for quote in answer.quotes}
    return {
        "schema": SCHEMA_VERSION,
        "id": question_id,
        "question": answer.question,
        "answer": answer.text,
        "abstained": answer.abstained,
        "confidence": round(answer.confidence, _SCORE_DIGITS),
        "kind": answer.kind,
        "latency_ms": round(answer.latency_ms, 3),
        "citations": [] if answer.abstained else [citation_to_json(citation) for citation in cited.values()],
        "passages": passages_to_json(answer.hits),
        "understood": understood_to_json(answer.understood),
        "suggestion": answer.suggestion,
    }


def search_to_json(
    query: str,
    hits: Sequence[Hit],
    reasons: Sequence[Explanation] = (),
    *,
    understood: Iterable[Understood] = (),
    suggestion: str | None = None,
) -> dict[str, Any]:
    """The passages found for a query; each with its ``explanation`` where reasons are given, in the same order."""
    passages = passages_to_json(hits)
    for passage, reason in zip(passages, reasons, strict=False):
        passage["explanation"] = explanation_to_json(reason)
    return {
        "schema": SCHEMA_VERSION,
        "query": query,
        "passages": passages,
        "understood": understood_to_json(understood),
        "suggestion": suggestion,
    }


def understood_to_json(understood: Iterable[Understood]) -> list[dict[str, Any]]:
    """What was read in a question, in its order; other words for its own come last."""
    return [
        {
            "id": each.id,
            "kind": each.kind,
            "words": each.words,
            "meaning": each.meaning,
            "limits": each.is_limit,
            "used": each.is_used,
        }
        for each in understood
    ]


def glossary_to_json(abbreviations: Iterable[Abbreviation]) -> dict[str, Any]:
    """The abbreviations that papers explain, each with the passage that does so first."""
    return {
        "schema": SCHEMA_VERSION,
        "abbreviations": [
            {
                "abbreviation": each.short,
                "expansion": each.long,
                "passage": each.passage_id,
                "passages": each.count,
            }
            for each in abbreviations
        ],
    }


def explanation_to_json(reason: Explanation) -> dict[str, Any]:
    """Why a passage scored what it did; the points of the shares add up to the score."""
    return {
        "score": reason.score,
        "shares": [
            {
                "reason": share.reason,
                "points": share.points,
                "features": [
                    {"name": name, "value": value, "weight": weight} for name, value, weight in share.features
                ],
            }
            for share in reason.shares
        ],
        "matches": [
            {"term": match.term, "field": match.field, "weight": match.weight} for match in reason.matches
        ],
        "cosine": reason.cosine,
        "bm25_rank": reason.bm25_rank,
        "dense_rank": reason.dense_rank,
    }


def timeline_to_json(topic: str, meetings: Iterable[TopicMeeting]) -> dict[str, Any]:
    """The meetings at which a topic came up, oldest first."""
    return {
        "schema": SCHEMA_VERSION,
        "topic": topic,
        "meetings": [
            {
                "body": meeting.body,
                "meeting_date": _day(meeting.meeting_date),
                "mentions": meeting.n_mentions,
                "passages": [
                    {"closeness": mention.closeness.value, **passage}
                    for mention, passage in zip(
                        meeting.mentions,
                        passages_to_json(mention.hit for mention in meeting.mentions),
                        strict=True,
                    )
                ],
                "outcome": None
                if meeting.outcome is None
                else {
                    "text": meeting.outcome.text,
                    "citation": citation_to_json(meeting.outcome.citation),
                },
            }
            for meeting in meetings
        ],
    }


def passages_to_json(hits: Iterable[Hit]) -> list[dict[str, Any]]:
    """Ranked passages, best first."""
    return [
        {"rank": hit.rank, "score": round(hit.score, _SCORE_DIGITS), **passage_to_json(hit.passage)}
        for hit in hits
    ]


def passage_to_json(passage: Passage) -> dict[str, Any]:
    """One passage, with its citation."""
    return {
        "text": passage.text,
        "speakers": list(passage.speakers),
        "struck": [struck.text for struck in passage.struck],
        "boxes": [box_to_json(box) for box in passage.boxes],
        "citation": citation_to_json(passage.citation),
    }


def box_to_json(place: PageBox) -> dict[str, Any]:
    """One box on a page, in points from the top left corner of the page with its text upright, and the page's size."""
    return {
        "page": place.page,
        **{edge: round(value, _BOX_DIGITS) for edge, value in place.box._asdict().items()},
        "page_width": round(place.width, _BOX_DIGITS),
        "page_height": round(place.height, _BOX_DIGITS),
    }


def citation_to_json(citation: Citation) -> dict[str, Any]:
    """One citation; dates as YYYY-MM-DD."""
    return {
        "id": citation.id,
        "document": citation.document,
        "body": citation.body,
        "meeting_date": _day(citation.meeting_date),
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
        "also_in": links_to_json(citation.also_in),
        "links": links_to_json(link for link in citation.links if link.kind is not LinkKind.ALSO_IN),
    }


def citation_from_json(data: Mapping[str, Any]) -> Citation:
    """The inverse of `citation_to_json`; fields of later minor additions are ignored.

    Raises:
        KeyError: If a field is missing.
        ValueError: If the date or the kind is not one.
    """
    day = data["meeting_date"]
    return Citation(
        id=PassageId(data["id"]),
        document=data["document"],
        body=data["body"],
        meeting_date=None if day is None else dt.date.fromisoformat(day),
        kind=PartKind(data["kind"]),
        agenda_item=data["agenda_item"],
        item=data["item"],
        section=data["section"],
        item_title=data["item_title"],
        paragraph=data["paragraph"],
        page=data["page"],
        page_label=data["page_label"],
        status=data["status"],
        label=data["label"],
        links=links_from_json([*data["also_in"], *data["links"]]),
    )


def place_to_json(asked: str, place: Place, context: Sequence[Passage]) -> dict[str, Any]:
    """What an id stands for; ``context`` is what stands around a passage, itself included."""
    return {
        "schema": SCHEMA_VERSION,
        "asked": asked,
        "kind": place.kind.value,
        "status": place.status.value,
        "id": place.id,
        "redirected_from": place.redirected_from,
        "label": place.label,
        "note": place.note or None,
        "similarity": None if place.similarity is None else round(place.similarity, _SCORE_DIGITS),
        "earlier_text": place.earlier_text,
        "passages": [passage_to_json(passage) for passage in place.passages],
        "context": [{"id": passage.id, "text": passage.text} for passage in context],
    }


def error_to_json(error: KbError, **also: Any) -> dict[str, Any]:
    """What went wrong, in place of the data asked for; ``also`` adds fields, such as the ``id`` of a batch line."""
    detail = {"message": error.message, "next_step": error.next_step or None}
    return {"schema": SCHEMA_VERSION, **also, "error": detail}


def outline_to_json(name: str, outline: Outline) -> dict[str, Any]:
    """The structure of one document: parts, their titled or numbered items, the printed labels of paragraphs."""
    return {
        "schema": SCHEMA_VERSION,
        "doc": name,
        "parts": [
            {
                "kind": part.kind.value,
                "body": part.body,
                "meeting_date": _day(part.meeting_date),
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
                        "meeting_date": _day(part.meeting_date),
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
        "first_date": _day(facets.first_date),
        "last_date": _day(facets.last_date),
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


def _day(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None
