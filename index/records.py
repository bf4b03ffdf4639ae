"""The nouns of the search engine: what goes in, how it is set, what comes out.

`SearchEngine` is what callers may rely on; `index.engine.Engine` is the one that meets it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from index.bm25 import Terms
from index.fusion import RRF_K

Fusion = Literal["convex", "rrf", "bm25", "dense"]
FUSIONS: tuple[Fusion, ...] = ("convex", "rrf", "bm25", "dense")
Query = str | Terms
Mask = NDArray[np.bool_]
Vector = NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A thing to be found: its id and the texts it may be found by."""

    id: str
    fields: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineSettings:
    """How rows are scored.

    Attributes:
        field_weights: Factor of each field's BM25 score; fields not named here are not searched.
        k1: See `index.bm25`.
        b: See `index.bm25`.
        fusion: ``convex`` mixes stretched scores, ``rrf`` sums reciprocal ranks, the others use one stage
            alone.
        dense_weight: Share of the vectors in ``convex``, 0 to 1.
        rrf_k: Rank offset of ``rrf``.
        candidates: How many rows each stage nominates; never fewer than are asked for.

    Raises:
        ValueError: If a value is out of range.
    """

    field_weights: Mapping[str, float] = field(default_factory=lambda: {"text": 1.0})
    k1: float = 1.5
    b: float = 0.75
    fusion: Fusion = "convex"
    dense_weight: float = 0.5
    rrf_k: int = RRF_K
    candidates: int = 200

    def __post_init__(self) -> None:
        """Refuse values that no search could use."""
        if self.fusion not in FUSIONS:
            raise ValueError(f"fusion must be one of {', '.join(FUSIONS)}, not {self.fusion}")
        if not 0 <= self.dense_weight <= 1 or self.rrf_k < 0 or self.candidates < 1:
            raise ValueError("dense_weight must be between 0 and 1, rrf_k at least 0, candidates at least 1")
        if not self.field_weights or any(weight <= 0 for weight in self.field_weights.values()):
            raise ValueError("at least one field is needed, and field weights must be above 0")


class Scored(NamedTuple):
    """A row of a ranking: ``score`` is the fused score, the others what it came from (0 where a stage has no part)."""

    row: int
    id: str
    score: float
    bm25_score: float
    cosine: float


class TermPart(NamedTuple):
    """What one query term in one field adds to the BM25 score, field weight included."""

    field: str
    term: str
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """Why a row scored what it did for a query.

    ``score`` is ``from_bm25 + from_vectors``; ``bm25_score`` is the sum of ``terms``. Ranks count from 1
    among what each stage nominated and are ``None`` for a row it did not nominate.
    """

    scored: Scored
    from_bm25: float
    from_vectors: float
    bm25_rank: int | None
    dense_rank: int | None
    terms: tuple[TermPart, ...]


class SearchEngine(Protocol):
    """What a caller needs of a search engine, so that another one can stand in."""

    def __len__(self) -> int:
        """How many entries there are."""
        ...

    @property
    def ids(self) -> Sequence[str]:
        """The id of every row."""
        ...

    def search(
        self, query: Query, vector: Vector | None, k: int = 10, allowed: Mask | None = None
    ) -> list[Scored]:
        """Rank rows for a query, best first."""
        ...

    def explain(
        self, query: Query, vector: Vector | None, row: int, k: int = 10, allowed: Mask | None = None
    ) -> Explanation:
        """Say why a row scored what it did."""
        ...
