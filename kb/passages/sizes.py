"""How long passages are."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class PassageSettings:
    """Sizes in words.

    ``max_words``: a longer passage is cut; ``small_words``: an unlabelled paragraph shorter than this may stand with
    its neighbours, up to ``group_words`` together; one shorter than ``lead_words`` leads in what follows.
    """

    max_words: int = 120
    small_words: int = 20
    group_words: int = 60
    lead_words: int = 12
