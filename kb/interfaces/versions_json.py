"""Links between places, and what papers are to each other, as JSON; see docs/answer-schema.md."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from kb.records import Link, LinkKind, PassageId, Span

if TYPE_CHECKING:
    from kb.versions import PaperStanding


def links_to_json(links: Iterable[Link]) -> list[dict[str, Any]]:
    """Links, in order."""
    return [
        {
            "relation": link.kind.value,
            "id": link.id,
            "document": link.document,
            "label": link.label,
            "page": link.page,
            "page_label": link.page_label,
            "spans": [[span.start, span.end] for span in link.spans],
            "note": link.note,
        }
        for link in links
    ]


def links_from_json(values: Iterable[Mapping[str, Any]]) -> tuple[Link, ...]:
    """The inverse of `links_to_json`.

    Raises:
        KeyError: If a field is missing.
        ValueError: If a relation is unknown.
    """
    return tuple(
        Link(
            kind=LinkKind(value["relation"]),
            id=PassageId(value["id"]),
            document=value["document"],
            label=value["label"],
            page=value["page"],
            page_label=value["page_label"],
            spans=tuple(Span(start, end) for start, end in value["spans"]),
            note=value["note"],
        )
        for value in values
    )


def standings_to_json(papers: Iterable[PaperStanding]) -> list[dict[str, Any]]:
    """Papers with their status and their relations."""
    return [
        {
            "document": paper.document,
            "part": paper.part,
            "kind": paper.kind.value,
            "body": paper.body,
            "meeting_date": _day(paper.meeting_date),
            "title": paper.title,
            "page": paper.page,
            "status": paper.status,
            "relations": [
                {
                    "relation": relation.kind.value,
                    "document": relation.document,
                    "part": relation.part,
                    "page": relation.page,
                    "title": relation.title,
                    "meeting_date": _day(relation.meeting_date),
                    "same": relation.same,
                    "changed": relation.changed,
                    "passage": relation.passage,
                    "note": relation.note,
                }
                for relation in paper.relations
            ],
        }
        for paper in papers
    ]


def _day(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None
