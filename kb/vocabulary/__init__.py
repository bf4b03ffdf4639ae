"""What do the papers call things?

Takes the rows of all documents when a library is built; gives a `Vocabulary`: abbreviations with what they stand for
and where that is printed, the people of attendance lists with the offices they held, and how often each word stands in
the papers. It is kept beside the index and read when a question needs it. Never: knows a body, a person or an
abbreviation that no paper prints.
"""

from __future__ import annotations

from kb.vocabulary.abbreviations import find_abbreviations
from kb.vocabulary.learning import (
    VOCABULARY_VERSION,
    Abbreviation,
    OfficeHeld,
    Vocabulary,
    learn,
    load_vocabulary,
    load_words,
    save_vocabulary,
)
from kb.vocabulary.spelling import Speller

__all__ = [
    "VOCABULARY_VERSION",
    "Abbreviation",
    "OfficeHeld",
    "Speller",
    "Vocabulary",
    "find_abbreviations",
    "learn",
    "load_vocabulary",
    "load_words",
    "save_vocabulary",
]
