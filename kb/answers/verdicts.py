"""Yes or no, where one sentence settles it; nothing where it takes judgement."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Final

from kb.answers.describing import ASKS
from kb.answers.sentences import Sentence
from kb.questions import Intent, Question


class Verdict(StrEnum):
    """What settles a question of yes or no."""

    YES = "yes"
    NO = "no"


_POLAR: Final = re.compile(r"^(?:did|does|do|is|was|are|were|has|have|had)\b", re.IGNORECASE)
_OPEN: Final = re.compile(
    r"\bor\b|\b(?:not|no|none|nobody|nothing|never|any(?:one|body|thing)?|how|what|why|when|who|which|where|compared|more|less|fewer)\b|n['’]t\b",
    re.IGNORECASE,
)
_NEGATIVE: Final = re.compile(
    r"\b(?:not|no|none|never|nobody|nothing|neither|nor|without|refused|rejected|declined)\b|n['’]t\b",
    re.IGNORECASE,
)
_HEDGED: Final = re.compile(
    r"\b(?:would|could|should|may|might|if|whether|hoped?|plan(?:s|ned)?|propos(?:e[ds]?|al)|intend\w*|consider\w*"
    r"|expect\w*|suggest\w*|unless|possibly|perhaps|yet)\b|\?",
    re.IGNORECASE,
)
_SETTLES: Final = 0.9
"""Share of the question's weight that the sentence must hold itself."""
_IS_SURE: Final = 0.5
"""Share of the likelihood that it must have among all sentences."""


def verdict(
    question: Question, best: Sequence[Sentence], chance: float, idf: Mapping[str, float]
) -> Verdict | None:
    """Whether the best sentence settles a question of yes or no.

    Args:
        question: The question, understood.
        best: The best sentence first, then others that are quoted.
        chance: The best one's share of the likelihood.
        idf: Weight of each of the question's terms.
    """
    if not best or Intent.YES_NO not in question.intents or chance < _IS_SURE:
        return None
    if _POLAR.match(question.text) is None or _OPEN.search(question.text) is not None:
        return None
    text = best[0].text
    if ASKS.search(text) or _HEDGED.search(text):
        return None
    topic = set(question.topic) or set(question.terms)
    total = math.fsum(idf.get(term, 0.0) for term in topic)
    held = math.fsum(idf.get(term, 0.0) for term in topic & set(best[0].terms))
    if not total or held < _SETTLES * total:
        return None
    negatives = {len(_NEGATIVE.findall(sentence.text)) for sentence in best}
    if negatives == {0}:
        return Verdict.YES
    return Verdict.NO if negatives == {1} else None
