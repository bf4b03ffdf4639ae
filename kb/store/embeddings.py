"""Vectors kept beside the text they stand for, so that no text is embedded twice by one model.

Two arrays without pickle, row by row as the passages: ``keys`` ``(n, 32)`` uint8 and ``vectors`` ``(n, dim)`` float32.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

KEYS_NAME: Final = "embedding_keys.npy"
VECTORS_NAME: Final = "embeddings.npy"
_KEY_BYTES: Final = 32


def embedding_key(text: str, fingerprint: str) -> bytes:
    """Return the SHA-256 of a text and the model that reads it."""
    return hashlib.sha256(f"{fingerprint}\0{text}".encode()).digest()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Embeddings:
    """Known vectors by key: ``rows`` says which row of ``vectors`` belongs to a key."""

    rows: Mapping[bytes, int] = field(default_factory=dict)
    vectors: NDArray[np.float32] = field(default_factory=lambda: np.zeros((0, 0), np.float32))


def save_embeddings(folder: Path, keys: Sequence[bytes], vectors: NDArray[np.float32]) -> None:
    """Write the vectors of all passages with their keys."""
    table = np.frombuffer(b"".join(keys), np.uint8).reshape(len(keys), _KEY_BYTES)
    np.save(folder / KEYS_NAME, table, allow_pickle=False)
    np.save(folder / VECTORS_NAME, vectors, allow_pickle=False)


def load_embeddings(folder: Path) -> Embeddings:
    """Read the vectors of a generation whose files are known to be intact."""
    keys = np.load(folder / KEYS_NAME, allow_pickle=False)
    vectors = np.load(folder / VECTORS_NAME, allow_pickle=False)
    return Embeddings(rows={key.tobytes(): row for row, key in enumerate(keys)}, vectors=vectors)
