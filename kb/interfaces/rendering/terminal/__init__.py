"""Answers, passages, documents and outlines for a terminal: wrapped, plain, marked words in bold where it can."""

from kb.interfaces.rendering.terminal.answers import (
    answer,
    glossary,
    passages,
    place,
    timeline,
    understanding,
)
from kb.interfaces.rendering.terminal.papers import documents, doubts, facets, ingest_report, outline
from kb.interfaces.rendering.terminal.register import people, register

__all__ = [
    "answer",
    "documents",
    "doubts",
    "facets",
    "glossary",
    "ingest_report",
    "outline",
    "passages",
    "people",
    "place",
    "register",
    "timeline",
    "understanding",
]
