"""What was asked?

Takes any string and a clock; gives a `Question`. It never fails on content (only an empty or endless question is
refused) and never decides what may be returned: what it understands are preferences; hard limits are
`kb.records.Filters`.
"""

from __future__ import annotations

from kb.questions.intents import Intent
from kb.questions.periods import DateRange, When
from kb.questions.understanding import MAX_CHARACTERS, Question, understand

__all__ = ["MAX_CHARACTERS", "DateRange", "Intent", "Question", "When", "understand"]
