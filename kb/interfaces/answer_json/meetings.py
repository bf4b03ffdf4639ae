"""Meetings as JSON, schema version 1: which papers the library holds of each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from kb.interfaces.answer_json.schema import SCHEMA_VERSION, day

if TYPE_CHECKING:
    from kb.store.summaries import DocumentSummary


def meetings_to_json(documents: Iterable[DocumentSummary]) -> dict[str, Any]:
    """The meetings that papers name, newest first, those without a date last; within a day by body."""
    papers: dict[tuple[dt.date | None, str | None], list[dict[str, Any]]] = {}
    for summary in documents:
        for part in summary.parts:
            paper = {"document": summary.document, "kind": part.kind.value, "title": part.title}
            papers.setdefault((part.meeting_date, part.body), []).append(paper)
    by_body = sorted(papers, key=lambda key: key[1] or "")
    in_order = sorted(by_body, key=lambda key: key[0] or dt.date.min, reverse=True)
    return {
        "schema": SCHEMA_VERSION,
        "meetings": [
            {"body": body, "meeting_date": day(date), "papers": papers[date, body]} for date, body in in_order
        ],
    }
