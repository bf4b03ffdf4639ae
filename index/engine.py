"""The search engine: terms and vectors of entries in, a ranking of their ids out.

Takes entries (an id and named fields of text) with one vector each, and a query as text or terms with its
vector; gives rows best first, and can say why each ranked where it did. It knows nothing of what the texts
are about.

A filter is applied before scoring. Each field has its own BM25 index and weight. The best ``candidates`` rows
of BM25 and of the vectors are pooled, then fused (`index.fusion`). Ties are broken by id, so a ranking is a
function of its inputs.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from index import fusion, manifest
from index.bm25 import Bm25Index, Terms
from index.errors import IndexFormatError
from index.records import EngineSettings, Entry, Explanation, Mask, Query, Scored, TermPart, Vector
from index.storage import REBUILD
from index.tokens import tokenize
from index.vectors import VectorIndex

_VECTORS = "vectors.faiss"


class _Pool(NamedTuple):
    """The nominated rows of one query (ascending) with what each stage says about them."""

    rows: NDArray[np.int64]
    bm25: NDArray[np.float32]
    cosines: NDArray[np.float32]
    by_bm25: list[int]
    by_vectors: list[int]
    from_bm25: NDArray[np.float64]
    from_vectors: NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Engine:
    """Entries indexed by terms and by vectors. Make one with `build` or `load`.

    Attributes:
        ids: The id of every row.
        settings: How rows are scored. `dataclasses.replace` gives the same index another fusion; ``k1`` and
            ``b`` went into the weights when it was built.
        fields: The BM25 index of each field named in the settings.
        vectors: The vector of every row.
        tie_order: ``(n,)`` place of every row's id in alphabetical order.
    """

    ids: tuple[str, ...]
    settings: EngineSettings
    fields: Mapping[str, Bm25Index]
    vectors: VectorIndex
    tie_order: NDArray[np.int64]

    @classmethod
    def build(cls, entries: Iterable[Entry], vectors: Vector, settings: EngineSettings | None = None) -> Self:
        """Index entries.

        Args:
            entries: In the order of the vectors' rows; a field an entry lacks counts as empty.
            vectors: ``(n, dim)`` float32, rows of unit length.
            settings: The default ones if ``None``.

        Raises:
            ValueError: If the numbers of entries and vectors differ, an id stands twice, or a vector has no
                unit length.
        """
        settings = settings or EngineSettings()
        entries = list(entries)
        if len(entries) != len(vectors):
            raise ValueError(f"{len(entries)} entries but {len(vectors)} vectors")
        fields = {
            name: Bm25Index.build(
                [tokenize(entry.fields.get(name, "")) for entry in entries], k1=settings.k1, b=settings.b
            )
            for name in settings.field_weights
        }
        return cls.assemble(
            ids=[entry.id for entry in entries],
            settings=settings,
            fields=fields,
            vectors=VectorIndex.build(vectors),
        )

    @classmethod
    def assemble(
        cls,
        *,
        ids: Sequence[str],
        settings: EngineSettings,
        fields: Mapping[str, Bm25Index],
        vectors: VectorIndex,
    ) -> Self:
        """Put together parts that were built or opened before.

        Raises:
            ValueError: If an id stands twice or the parts differ in their number of rows.
        """
        if len(set(ids)) != len(ids):
            raise ValueError("an id stands twice")
        if set(fields) != set(settings.field_weights):
            raise ValueError("the fields indexed are not the fields weighted")
        if any(index.n_rows != len(ids) for index in fields.values()) or len(vectors) != len(ids):
            raise ValueError("the parts differ in their number of rows")
        tie_order = np.empty(len(ids), np.int64)
        tie_order[sorted(range(len(ids)), key=ids.__getitem__)] = np.arange(len(ids))
        return cls(ids=tuple(ids), settings=settings, fields=fields, vectors=vectors, tie_order=tie_order)

    def __len__(self) -> int:
        """How many entries there are."""
        return len(self.ids)

    def bm25_scores(self, query: Query) -> NDArray[np.float32]:
        """The weighted sum of the fields' BM25 scores, ``(n,)`` float32."""
        terms = _terms(query)
        total = np.zeros(len(self), np.float32)
        for name, weight in self.settings.field_weights.items():
            total += np.float32(weight) * self.fields[name].scores(terms)
        return total

    def search(
        self, query: Query, vector: Vector | None, k: int = 10, allowed: Mask | None = None
    ) -> list[Scored]:
        """Rank rows for a query.

        Args:
            query: Text, or its terms (a mapping gives their weights).
            vector: ``(dim,)`` float32 of unit length; ``None`` leaves the vectors out, and with ``dense``
                finds nothing.
            k: How many rows to give back. Where vectors take part, fewer come only if fewer are allowed; BM25
                alone gives only rows in which a term occurs.
            allowed: ``(n,)``; rows where it is false do not take part. ``None`` allows all.

        Returns:
            Best first, equal scores by id.

        Raises:
            ValueError: If a shape does not fit.
        """
        pool = self._pool(query, vector, max(k, self.settings.candidates), allowed)
        scores = pool.from_bm25 + pool.from_vectors
        best = np.lexsort((self.tie_order[pool.rows], -scores))[: max(k, 0)]
        return [self._scored(pool, int(place)) for place in best]

    def explain(
        self, query: Query, vector: Vector | None, row: int, k: int = 10, allowed: Mask | None = None
    ) -> Explanation:
        """Say why a row scored what it did in `search` with the same query, vector, ``k`` and filter.

        Raises:
            ValueError: If a shape does not fit or the row is none of those that were nominated.
        """
        pool = self._pool(query, vector, max(k, self.settings.candidates), allowed)
        place = int(np.searchsorted(pool.rows, row))
        if place >= len(pool.rows) or pool.rows[place] != row:
            raise ValueError(f"row {row} was not nominated for this query")
        terms = _terms(query) if self.settings.fusion != "dense" else ()
        parts = [
            TermPart(name, term, weight * score)
            for name, weight in self.settings.field_weights.items()
            for term, score in self.fields[name].explain(terms, row)
        ]
        return Explanation(
            scored=self._scored(pool, place),
            from_bm25=float(pool.from_bm25[place]),
            from_vectors=float(pool.from_vectors[place]),
            bm25_rank=pool.by_bm25.index(row) + 1 if row in pool.by_bm25 else None,
            dense_rank=pool.by_vectors.index(row) + 1 if row in pool.by_vectors else None,
            terms=tuple(sorted(parts, key=lambda part: (-part.score, part.field, part.term))),
        )

    def save(self, folder: Path, *, vectors_from: str = "") -> None:
        """Write the index into a folder, which is made if it does not exist; the manifest comes last.

        Args:
            folder: Where to.
            vectors_from: The fingerprint of the encoder that made the vectors, to be asked for on loading.
        """
        manifest.remove(folder)
        for number, name in enumerate(self.settings.field_weights):
            self.fields[name].save(folder / f"field-{number}")
        self.vectors.save(folder / _VECTORS)
        manifest.write(
            folder,
            manifest.Manifest(
                settings=self.settings,
                ids=self.ids,
                dimension=self.vectors.dimension,
                vectors_from=vectors_from,
            ),
        )

    @classmethod
    def load(cls, folder: Path, *, vectors_from: str | None = None) -> Self:
        """Open a saved index.

        Args:
            folder: Where it was saved.
            vectors_from: The fingerprint of the encoder that will make the query vectors; ``None`` does not
                check.

        Raises:
            IndexFormatError: If it is missing, damaged, of another format, or made with another encoder.
        """
        found = manifest.read(folder, vectors_from=vectors_from)
        names = enumerate(found.settings.field_weights)
        fields = {name: Bm25Index.load(folder / f"field-{number}") for number, name in names}
        vectors = VectorIndex.load(folder / _VECTORS, n_rows=len(found.ids), dimension=found.dimension)
        try:
            return cls.assemble(ids=found.ids, settings=found.settings, fields=fields, vectors=vectors)
        except ValueError as error:
            message = f"The files in {folder} do not belong together: {error}."
            raise IndexFormatError(message, next_step=REBUILD) from error

    def _pool(self, query: Query, vector: Vector | None, size: int, allowed: Mask | None) -> _Pool:
        """Let each stage nominate rows and say what it contributes to their scores."""
        if allowed is not None and allowed.shape != (len(self),):
            raise ValueError(f"the filter has shape {allowed.shape}, the index {len(self)} rows")
        how = self.settings.fusion
        bm25 = self.bm25_scores(query) if how != "dense" else np.zeros(len(self), np.float32)
        matches = bm25 != 0 if allowed is None else (bm25 != 0) & allowed
        by_bm25 = fusion.top_rows(bm25, size, self.tie_order, matches)
        by_vectors = np.zeros(0, np.int64)
        if vector is not None and how != "bm25":
            by_vectors = self.vectors.search(vector, size, allowed, tie_order=self.tie_order).rows
        rows = np.union1d(by_bm25, by_vectors)
        cosines = np.zeros(len(rows), np.float32) if vector is None else self.vectors.scores(vector, rows)
        nominated = (by_bm25.tolist(), by_vectors.tolist())
        shares = self._shares(rows, bm25[rows], cosines, nominated)
        return _Pool(rows, bm25[rows], cosines, *nominated, *shares)

    def _shares(
        self,
        rows: NDArray[np.int64],
        bm25: NDArray[np.float32],
        cosines: NDArray[np.float32],
        nominated: tuple[list[int], list[int]],
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """What BM25 and the vectors contribute to the fused score of each row."""
        settings = self.settings
        if settings.fusion == "convex":
            return fusion.convex(bm25, cosines, dense_weight=settings.dense_weight)
        if settings.fusion == "rrf":
            first, second = (fusion.reciprocal_ranks(ranking, k=settings.rrf_k) for ranking in nominated)
            return _looked_up(first, rows), _looked_up(second, rows)
        nothing = np.zeros(len(rows), np.float64)
        if settings.fusion == "bm25":
            return bm25.astype(np.float64), nothing
        return nothing, cosines.astype(np.float64)

    def _scored(self, pool: _Pool, place: int) -> Scored:
        row = int(pool.rows[place])
        score = float(pool.from_bm25[place] + pool.from_vectors[place])
        return Scored(row, self.ids[row], score, float(pool.bm25[place]), float(pool.cosines[place]))


def _terms(query: Query) -> Terms:
    if isinstance(query, str):
        return tokenize(query)
    return query if isinstance(query, Mapping) else list(query)


def _looked_up(shares: Mapping[int, float], rows: NDArray[np.int64]) -> NDArray[np.float64]:
    return np.fromiter((shares.get(int(row), 0.0) for row in rows), np.float64, len(rows))
