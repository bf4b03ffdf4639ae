"""The fitted weights that answers are chosen and doubted by; made by ``kb eval fit``."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from importlib import resources
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kb.answers.describing import INTENT_GROUPS, SENTENCE_FEATURES


@lru_cache(maxsize=1)
def fitted() -> Mapping[str, Any]:
    """Everything that is stored, as read from the file."""
    loaded: dict[str, Any] = json.loads(
        resources.files(__package__).joinpath("weights.json").read_text("utf-8")
    )
    return loaded


@lru_cache(maxsize=1)
def sentence_weights() -> NDArray[np.float64]:
    """Weights of the columns that `by_kind` gives; a feature that was not fitted weighs nothing."""
    stored = fitted()["sentences"]
    groups = ("all", *INTENT_GROUPS)
    return np.array([stored.get(group, {}).get(name, 0.0) for group in groups for name in SENTENCE_FEATURES])


def named_by_kind(weights: NDArray[np.float64]) -> dict[str, dict[str, float]]:
    """The weights as they are stored: by group of questions, then by feature; those that are zero left out."""
    table = weights.reshape(1 + len(INTENT_GROUPS), len(SENTENCE_FEATURES))
    return {
        group: {
            name: round(float(value), 4)
            for name, value in zip(SENTENCE_FEATURES, row, strict=True)
            if round(float(value), 4)
        }
        for group, row in zip(("all", *INTENT_GROUPS), table, strict=True)
    }
