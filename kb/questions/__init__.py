"""What was asked?

Takes any string, a clock and what the library knows; gives a `Question`. It never fails on content (only an empty or
endless question is refused). What it understands are preferences, save phrases in quotation marks and words after a
minus or a capital NOT; the user's own limits are `kb.records.Filters`. Readers stand in modules of their own: `ranges`
(dates, with `spoken_dates`, `meetings`, `elections`), `bodies`, `people`, `places`, `papers`, `limits`, `intents`,
`expansion`; each gives `readings`, which can say themselves in English and be switched off.
"""

from __future__ import annotations

from kb.questions.expansion import Lexicon
from kb.questions.intents import Intent
from kb.questions.knowledge import Knowledge, Office, knowledge_of
from kb.questions.periods import DateRange, When
from kb.questions.understanding import MAX_CHARACTERS, Question, understand

__all__ = [
    "MAX_CHARACTERS",
    "DateRange",
    "Intent",
    "Knowledge",
    "Lexicon",
    "Office",
    "Question",
    "When",
    "knowledge_of",
    "understand",
]
