"""Where the papers of one meeting print different values in the same words: shown, never resolved."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import combinations
from typing import Final

from index.tokens import tokenize
from kb.answers.sentences import Sentence
from kb.questions.values import MONTH_NAMES

_VALUE: Final = re.compile(rf"£?\d[\d,.]*\d%?|£?\d%?|\b(?:{'|'.join(MONTH_NAMES)})\b", re.IGNORECASE)
_LIKE: Final = 0.8
"""Least share of their words, values aside, that two sentences must have in common."""
_FEWEST: Final = 4


def find_conflicts(
    chosen: Sequence[Sentence], sentences: Sequence[Sentence]
) -> list[tuple[Sentence, Sentence]]:
    """Sentences chosen, each with another of the same meeting that differs from it in its values alone.

    Values of different meetings are no conflict: figures move. Nor are sentences of one passage, which may list.
    """
    told = [(sentence, *_taken_apart(sentence.text)) for sentence in sentences]
    own = set(chosen)
    found: list[tuple[Sentence, Sentence]] = []
    for (one, words, values), (other, other_words, other_values) in combinations(told, 2):
        if (one not in own and other not in own) or one.rank == other.rank:
            continue
        if not values or not other_values or values == other_values:
            continue
        if one.passage.citation.meeting_date != other.passage.citation.meeting_date:
            continue
        shared, either = words & other_words, words | other_words
        if len(shared) >= _FEWEST and len(shared) >= _LIKE * len(either):
            found.append((one, other))
    return found


@lru_cache(maxsize=20_000)
def _taken_apart(text: str) -> tuple[frozenset[str], frozenset[str]]:
    """The words without the values, and the values."""
    values = frozenset(match[0].casefold() for match in _VALUE.finditer(text))
    return frozenset(tokenize(_VALUE.sub(" ", text))), values
