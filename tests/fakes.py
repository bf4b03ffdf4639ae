"""Stand-ins that meet the project's protocols, so that tests need no model."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from index.encoder import QueryEncoding
from index.tokens import words

Vectors = NDArray[np.float32]


class HashingEncoder:
    """An `index.encoder.Encoder` whose vectors follow from the words alone.

    A word's vector is drawn with the word's hash as seed; a text's vector is the mean of its words', at unit length.
    Texts that share words are near each other; nothing else is.
    """

    name = "hashing"

    def __init__(self, dimension: int = 32) -> None:
        self.dimension = dimension
        self.fingerprint = hashlib.sha256(f"hashing {dimension}".encode()).hexdigest()

    def encode(self, texts: Sequence[str], *, progress: Callable[[int, int], None] | None = None) -> Vectors:
        """``(n, dim)`` float32, rows of unit length."""
        rows = [self._unit(vectors.sum(axis=0)) for vectors in self.encode_tokens(texts, progress=progress)]
        return np.array(rows, np.float32).reshape(len(texts), self.dimension)

    def encode_tokens(
        self, texts: Sequence[str], *, progress: Callable[[int, int], None] | None = None
    ) -> list[Vectors]:
        """``(n_words, dim)`` float32 per text, rows of unit length."""
        found = [[self._word(word.word) for word in words(text)] for text in texts]
        if progress is not None:
            progress(len(texts), len(texts))
        return [np.array(rows, np.float32).reshape(len(rows), self.dimension) for rows in found]

    def encode_both(
        self, texts: Sequence[str], *, progress: Callable[[int, int], None] | None = None
    ) -> tuple[Vectors, list[Vectors]]:
        """`encode` and `encode_tokens`."""
        return self.encode(texts, progress=progress), self.encode_tokens(texts)

    def encode_query(self, text: str) -> QueryEncoding:
        """The text's vector, its words' vectors and its words."""
        tokens = tuple(word.word for word in words(text))
        return QueryEncoding(self.encode([text])[0], self.encode_tokens([text])[0], tokens)

    def _word(self, word: str) -> Vectors:
        seed = int.from_bytes(hashlib.sha256(word.encode()).digest()[:8], "big")
        return self._unit(np.random.default_rng(seed).standard_normal(self.dimension))

    def _unit(self, vector: NDArray[np.floating]) -> Vectors:
        length = float(np.linalg.norm(vector))
        if length == 0:  # a text without words
            vector, length = np.eye(1, self.dimension)[0], 1.0
        return (vector / length).astype(np.float32)
