"""Answers and their parts as JSON, schema version 1.

Takes records, gives plain dicts ready for `json.dumps`; the other way only for citations, which are whole. What a
paper does not say is ``null``. The schema is described in docs/answer-schema.md and, for machines, in
``answer.schema.json`` beside this package; a test holds all three together. A field may be added within a version;
removing one or changing its meaning raises `SCHEMA_VERSION`.
"""

from kb.interfaces.answer_json.answers import (
    answer_to_json,
    explanation_to_json,
    glossary_to_json,
    search_to_json,
    timeline_to_json,
    understood_to_json,
)
from kb.interfaces.answer_json.papers import (
    documents_to_json,
    doubts_to_json,
    facets_to_json,
    ingest_to_json,
    outline_to_json,
)
from kb.interfaces.answer_json.passages import (
    box_to_json,
    citation_from_json,
    citation_to_json,
    passage_to_json,
    passages_to_json,
    place_to_json,
)
from kb.interfaces.answer_json.register import people_to_json, register_to_json
from kb.interfaces.answer_json.schema import SCHEMA_VERSION, error_to_json

__all__ = [
    "SCHEMA_VERSION",
    "answer_to_json",
    "box_to_json",
    "citation_from_json",
    "citation_to_json",
    "documents_to_json",
    "doubts_to_json",
    "error_to_json",
    "explanation_to_json",
    "facets_to_json",
    "glossary_to_json",
    "ingest_to_json",
    "outline_to_json",
    "passage_to_json",
    "passages_to_json",
    "people_to_json",
    "place_to_json",
    "register_to_json",
    "search_to_json",
    "timeline_to_json",
    "understood_to_json",
]
