"""Which passages match? A search engine over (id, fields of text, vector) that knows nothing of meetings.

Importing the package loads nothing; each public name is loaded when it is first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from index.bm25 import Bm25Index
    from index.cross_encoder import CrossEncoder
    from index.encoder import Encoder, QueryEncoding, SentenceEncoder
    from index.engine import Engine
    from index.errors import EncoderError, IndexFormatError, SearchIndexError
    from index.records import EngineSettings, Entry, Explanation, Scored, SearchEngine, TermPart
    from index.tokens import Lexeme, Word, lexemes, stem, tokenize, words
    from index.vectors import VectorIndex

_HOMES = {
    "Bm25Index": "bm25",
    "CrossEncoder": "cross_encoder",
    "Encoder": "encoder",
    "EncoderError": "errors",
    "Engine": "engine",
    "EngineSettings": "records",
    "Entry": "records",
    "Explanation": "records",
    "IndexFormatError": "errors",
    "Lexeme": "tokens",
    "QueryEncoding": "encoder",
    "Scored": "records",
    "SearchEngine": "records",
    "SearchIndexError": "errors",
    "SentenceEncoder": "encoder",
    "TermPart": "records",
    "VectorIndex": "vectors",
    "Word": "tokens",
    "lexemes": "tokens",
    "stem": "tokens",
    "tokenize": "tokens",
    "words": "tokens",
}

__all__ = [
    "Bm25Index",
    "CrossEncoder",
    "Encoder",
    "EncoderError",
    "Engine",
    "EngineSettings",
    "Entry",
    "Explanation",
    "IndexFormatError",
    "Lexeme",
    "QueryEncoding",
    "Scored",
    "SearchEngine",
    "SearchIndexError",
    "SentenceEncoder",
    "TermPart",
    "VectorIndex",
    "Word",
    "lexemes",
    "stem",
    "tokenize",
    "words",
]


def __getattr__(name: str) -> Any:
    """Load a public name from its module."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"index.{_HOMES[name]}"), name)
