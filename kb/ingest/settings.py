"""How papers become a library: the settings that are built into it, and the versions of what they are handed to."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from index import EngineSettings
from index.manifest import FORMAT_VERSION as INDEX_VERSION
from index.tokens import TOKENS_VERSION
from kb.passages import PASSAGES_VERSION, PassageSettings
from kb.register.reading import REGISTER_VERSION
from kb.sources import MAX_PAGES
from kb.store.codec import dumps
from kb.store.manifest import JsonValue
from kb.structure import STRUCTURE_VERSION
from kb.versions import VERSIONS_VERSION
from kb.vocabulary import VOCABULARY_VERSION

HEADER_WEIGHT = 0.5
"""BM25 weight of a passage's header against its text's 1; provisional, to be set by an evaluation."""


def _default_engine() -> EngineSettings:
    return EngineSettings(field_weights={"text": 1.0, "header": HEADER_WEIGHT})


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingSettings:
    """What reading one file may take, and how many are read at once.

    ``workers`` is a number of processes, by default that of the cores; ``seconds`` is wall-clock time, ``memory`` bytes
    of data of a process; files of more than ``max_bytes`` or ``max_pages`` are refused. ``ocr`` lets pages that
    are pictures be recognised, where Tesseract is installed.
    """

    workers: int | None = None
    seconds: float = 300.0
    memory: int = 2 * 2**30
    max_bytes: int = 512 * 2**20
    max_pages: int = MAX_PAGES
    ocr: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class IngestSettings:
    """How passages are cut, and how they are indexed. Fields of a passage to index are ``text`` and ``header``.

    ``reading`` is not built in: it decides whether a file is read, never what is read in it.
    """

    passages: PassageSettings = field(default_factory=PassageSettings)
    engine: EngineSettings = field(default_factory=_default_engine)
    reading: ReadingSettings = field(default_factory=ReadingSettings)


def encode_settings(settings: IngestSettings) -> dict[str, JsonValue]:
    """Return the settings that are built in; those of ranking alone may change without building again."""
    return {
        "passages": _encode_passage_settings(settings.passages),
        "bm25": {
            "k1": settings.engine.k1,
            "b": settings.engine.b,
            "fields": list(settings.engine.field_weights),
        },
    }


def current_versions() -> dict[str, int]:
    """Return the versions of the stages that shape a library."""
    return {
        "structure": STRUCTURE_VERSION,
        "passages": PASSAGES_VERSION,
        "register": REGISTER_VERSION,
        "versions": VERSIONS_VERSION,
        "tokens": TOKENS_VERSION,
        "index": INDEX_VERSION,
        "vocabulary": VOCABULARY_VERSION,
    }


def recipe(settings: PassageSettings) -> str:
    """Return what a document's passages depend on besides its bytes; another recipe means reading it again."""
    versions: Mapping[str, JsonValue] = {
        "structure": STRUCTURE_VERSION,
        "passages": PASSAGES_VERSION,
        "register": REGISTER_VERSION,
    }
    return dumps({**versions, "settings": _encode_passage_settings(settings)})


def without_ocr(made_with: str) -> str:
    """Return the recipe of a document of which pages were left unread for want of OCR."""
    return f"{made_with} without OCR"


def _encode_passage_settings(settings: PassageSettings) -> dict[str, JsonValue]:
    """Every field, by its name: they are numbers and words."""
    value = {each.name: getattr(settings, each.name) for each in dataclasses.fields(settings)}
    encoded: dict[str, JsonValue] = json.loads(
        dumps(value)
    )  # tuples become lists, as when read from a manifest
    return encoded
