"""A model that reads query and text together and says how well they fit: slower and often better than two vectors.

Takes a query and texts, gives a number each. Nothing here is used unless somebody names a model; sentence-transformers
loads it from disk, never from the network.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from index import weights
from index.encoder import stay_offline_and_quiet
from index.errors import EncoderError


class PairScorer(Protocol):
    """What a caller needs of such a model."""

    def scores(self, query: str, texts: Sequence[str]) -> NDArray[np.float64]:
        """How well each text fits the query, ``(n,)``; higher is better, on a scale of the model's own."""
        ...


class CrossEncoder:
    """A sentence-transformers cross-encoder on the CPU; loaded at the first query.

    Safe to call from several threads; the calls wait for each other.

    Args:
        model: A folder, or the name of a model that is in the Hugging Face cache.

    Raises:
        EncoderError: If there is no such model on disk.
    """

    def __init__(self, model: str | Path) -> None:
        stay_offline_and_quiet()
        self.name, self._folder, _ = weights.find_model(str(model))
        self._lock = threading.Lock()
        self._loaded: Any = None

    def scores(self, query: str, texts: Sequence[str]) -> NDArray[np.float64]:
        """How well each text fits the query, ``(n,)``.

        Raises:
            EncoderError: If the model cannot be loaded, or is none that gives one number for a pair.
        """
        if not texts:
            return np.zeros(0)
        with self._lock:
            if self._loaded is None:
                self._loaded = _load(self._folder)
            found = self._loaded.predict([(query, text) for text in texts], show_progress_bar=False)
        scores = np.asarray(found, dtype=np.float64)
        if scores.shape != (len(texts),) or not np.isfinite(scores).all():
            raise EncoderError(
                f"The model {self.name} does not give one number for a query and a text.",
                next_step="Name a cross-encoder with a single output, or none.",
            )
        return scores


def _load(folder: Path) -> Any:
    import sentence_transformers  # noqa: PLC0415 - heavy imports late

    try:
        return sentence_transformers.CrossEncoder(str(folder), device="cpu", local_files_only=True)
    except Exception as error:
        raise EncoderError(
            f"The reranking model in {folder} cannot be loaded ({error}).",
            next_step="See that the folder holds a sentence-transformers cross-encoder.",
        ) from error
