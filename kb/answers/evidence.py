"""What ranking knows of the passages that an answer may be drawn from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from kb.answers.attribution import Attributions
from kb.answers.sentences import Sentence
from kb.records import Passage
from kb.retrieval.features import FEATURES
from kb.retrieval.holdings import Holdings

COLUMN = {name: place for place, name in enumerate(FEATURES)}
"""Where each of the ranking's features stands in a row of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What ranking knows of the passages, best first.

    Attributes:
        scores: Of each passage.
        features: ``(n, len(FEATURES))``, one row a passage.
        unseen: Terms of the question that no passage of the library has.
        passages: The best of them, at least those whose sentences are read.
        sentences: Of the passages that are read.
        meanings: The abbreviations that the papers explain, with what they stand for.
        attributions: Who says what in minutes, if that is to be told.
        holdings: What the library has papers of and who speaks in them, if that is known.
    """

    scores: tuple[float, ...]
    features: NDArray[np.float64]
    unseen: tuple[str, ...] = ()
    passages: tuple[Passage, ...] = ()
    sentences: tuple[Sentence, ...] = ()
    meanings: Mapping[str, str] = field(default_factory=dict)
    attributions: Attributions | None = None
    holdings: Holdings | None = None
