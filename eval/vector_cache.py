"""Vectors of texts kept on disk, so that a large library is embedded once, and an interrupted start is not lost."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from index import Encoder
from index.encoder import QueryEncoding
from kb.store.embeddings import Embeddings, embedding_key, load_embeddings, save_embeddings

BLOCK: Final = 2_000
"""Texts embedded between two writes."""

Vectors = NDArray[np.float32]


class CachedEncoder:
    """An encoder that reads no text twice, also in another process later.

    Args:
        encoder: What reads the texts.
        folder: Where vectors are kept, by the hash of text and model; made if missing.

    Attributes:
        encoded: How many texts had to be read.
        seconds: How long that took.
    """

    def __init__(self, encoder: Encoder, folder: Path) -> None:
        self._encoder = encoder
        self._folder = folder
        self.name = encoder.name
        self.fingerprint = encoder.fingerprint
        self.dimension = encoder.dimension
        self.encoded = 0
        self.seconds = 0.0
        folder.mkdir(parents=True, exist_ok=True)
        self._blocks = [load_embeddings(block) for block in sorted(folder.glob("block-*"))]

    def encode(self, texts: Sequence[str], *, progress: Callable[[int, int], None] | None = None) -> Vectors:
        """Encode passages as ``(n, dim)`` float32, rows of unit length; progress is told of every block."""
        keys = [embedding_key(text, self.fingerprint) for text in texts]
        known = {key for block in self._blocks for key in block.rows}
        missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
        waiting = list(missing)
        for start in range(0, len(waiting), BLOCK):
            self._read(waiting[start : start + BLOCK], missing)
            if progress is not None:
                done = len(texts) - len(waiting) + min(start + BLOCK, len(waiting))
                progress(done, len(texts))
        found = {key: (block, row) for block in self._blocks for key, row in block.rows.items()}
        vectors = np.zeros((len(texts), self.dimension), np.float32)
        for number, key in enumerate(keys):
            block, row = found[key]
            vectors[number] = block.vectors[row]
        return vectors

    def encode_tokens(
        self, texts: Sequence[str], *, progress: Callable[[int, int], None] | None = None
    ) -> list[Vectors]:
        """Encode every word piece; nothing of it is kept."""
        return self._encoder.encode_tokens(texts, progress=progress)

    def encode_both(
        self, texts: Sequence[str], *, progress: Callable[[int, int], None] | None = None
    ) -> tuple[Vectors, list[Vectors]]:
        """What `encode` and `encode_tokens` give; nothing of it is kept."""
        return self._encoder.encode_both(texts, progress=progress)

    def encode_query(self, text: str) -> QueryEncoding:
        """Encode one query."""
        return self._encoder.encode_query(text)

    def _read(self, keys: Sequence[bytes], texts: dict[bytes, str]) -> None:
        started = time.perf_counter()
        vectors = self._encoder.encode([texts[key] for key in keys])
        self.seconds += time.perf_counter() - started
        self.encoded += len(keys)
        # A block gets its name when it is whole; another process may be embedding the same texts.
        unfinished = Path(tempfile.mkdtemp(prefix="unfinished-", dir=self._folder))
        save_embeddings(unfinished, keys, vectors)
        try:
            unfinished.rename(self._folder / f"block-{keys[0].hex()[:16]}")
        except OSError:
            shutil.rmtree(unfinished)
        self._blocks.append(Embeddings(rows={key: row for row, key in enumerate(keys)}, vectors=vectors))
