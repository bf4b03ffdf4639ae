"""Passages, their places and citations as JSON; a citation also the other way."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from kb.interfaces.answer_json.schema import SCHEMA_VERSION, SCORE_DIGITS, day
from kb.interfaces.versions_json import links_from_json, links_to_json
from kb.records import (
    Citation,
    Hit,
    LinkKind,
    PageBox,
    PartKind,
    Passage,
    PassageId,
    Place,
)

_BOX_DIGITS: Final = 2


def passages_to_json(hits: Iterable[Hit]) -> list[dict[str, Any]]:
    """Ranked passages, best first."""
    return [
        {"rank": hit.rank, "score": round(hit.score, SCORE_DIGITS), **passage_to_json(hit.passage)}
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
        "meeting_date": day(citation.meeting_date),
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
        "similarity": None if place.similarity is None else round(place.similarity, SCORE_DIGITS),
        "earlier_text": place.earlier_text,
        "passages": [passage_to_json(passage) for passage in place.passages],
        "context": [{"id": passage.id, "text": passage.text} for passage in context],
    }
