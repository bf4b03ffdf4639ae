"""Which passages a question is about at all: for counts beside filters, not for ranking.

A passage matches if it holds at least half of the weight of the question's words, rare words weighing most; words that
stand nowhere don't count.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from index import Engine

_SHARE: Final = 0.5
"""Of the summed weight of the question's words, as a share from 0 to 1."""
_ROUNDING: Final = 1e-9


def matching_rows(engine: Engine, terms: Sequence[str]) -> NDArray[np.bool_]:
    """Say which passages match a question's index terms.

    Returns:
        ``(n,)`` bool; all false if none of the terms stands anywhere.
    """
    n_rows = len(engine)
    held = np.zeros(n_rows, np.float64)
    total = 0.0
    for term in dict.fromkeys(terms):
        found = np.unique(np.concatenate([index.postings(term)[0] for index in engine.fields.values()]))
        if len(found):
            weight = math.log1p(n_rows / len(found))
            held[found] += weight
            total += weight
    return (held > 0) & (held >= _SHARE * total - _ROUNDING)
