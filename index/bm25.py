"""BM25 scores of all rows for a query, by rank-bm25's formula, from weights computed once.

Takes lists of terms (one list per row) and gives a score per row. ``rank_bm25.BM25Okapi`` counts the terms
and sets the idf; its scoring loop then visits every row in Python for every query term. Here each weight is
computed once, when the index is built, and kept in postings (CSR by term), so that a query costs as much as
the rows its terms occur in.

The variant is rank-bm25's, not Lucene's: ``idf = ln((N - n + 0.5) / (n + 0.5))`` turns negative for a term in
more than half of the rows and is then replaced by ``epsilon`` (0.25) times the mean idf of the vocabulary. In
a tiny collection that mean, and so a score, can itself be negative. Formula: Trotman, Puurula and Burgess,
"Improvements to BM25 and Language Models Examined", ADCS 2014, doi:10.1145/2682862.2682863. Why compiled:
docs/decisions/0001-compiled-bm25.md.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Self

import numpy as np
from numpy.typing import NDArray

from index.errors import IndexFormatError
from index.storage import REBUILD, read_array, read_json, write_array, write_json

Terms = Iterable[str] | Mapping[str, float]
"""A query: its terms, repeated ones counted, or the weight of each term (1 for a term that stands there once)."""

_ARRAYS: dict[str, type[np.generic]] = {"starts": np.int64, "rows": np.int32, "weights": np.float32}


_IDF_DECIMALS: Final = 12


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Bm25Index:
    """Term weights of a fixed list of rows.

    Attributes:
        k1: Saturation of the term frequency, dimensionless.
        b: Strength of the length normalisation, 0 to 1.
        n_rows: How many rows there are, empty ones included.
        vocabulary: Each term's number, counted from 0 in alphabetical order.
        starts: ``(n_terms + 1,)`` int64; the postings of term ``t`` are ``starts[t]`` to ``starts[t + 1]``.
        rows: ``(n_postings,)`` int32, ascending within a term.
        weights: ``(n_postings,)`` float32, what the term adds to the row's score.
    """

    k1: float
    b: float
    n_rows: int
    vocabulary: Mapping[str, int]
    starts: NDArray[np.int64]
    rows: NDArray[np.int32]
    weights: NDArray[np.float32]

    @classmethod
    def build(cls, token_lists: Sequence[Sequence[str]], k1: float = 1.5, b: float = 0.75) -> Self:
        """Count and weigh the terms of all rows.

        Args:
            token_lists: The terms of each row, in any order; a row may be empty.
            k1: As in the class.
            b: As in the class.

        Raises:
            ValueError: If ``k1`` is negative or ``b`` is not between 0 and 1.
        """
        if k1 < 0 or not 0 <= b <= 1:
            raise ValueError(f"k1 must be at least 0 and b between 0 and 1, not {k1} and {b}")
        n_rows = len(token_lists)
        if not any(token_lists):  # rank-bm25 would divide by an average length of zero
            starts, rows = np.zeros(1, np.int64), np.zeros(0, np.int32)
            return cls(
                k1=k1,
                b=b,
                n_rows=n_rows,
                vocabulary={},
                starts=starts,
                rows=rows,
                weights=np.zeros(0, np.float32),
            )
        from rank_bm25 import BM25Okapi  # noqa: PLC0415 - heavy imports late

        okapi = BM25Okapi(token_lists, k1=k1, b=b)
        vocabulary = {term: number for number, term in enumerate(sorted(okapi.idf))}
        starts, rows, weights = _postings(okapi, vocabulary)
        return cls(
            k1=k1, b=b, n_rows=n_rows, vocabulary=vocabulary, starts=starts, rows=rows, weights=weights
        )

    def scores(self, query: Terms) -> NDArray[np.float32]:
        """Score every row.

        Args:
            query: Terms made as those of the rows were; unknown ones add nothing.

        Returns:
            ``(n_rows,)`` float32, equal to ``BM25Okapi.get_scores`` within 1e-5; 0 where no term occurs.
        """
        total = np.zeros(self.n_rows, np.float64)
        for term, count in _counted(query).items():
            rows, weights = self.postings(term)
            total[rows] += count * weights.astype(np.float64)  # a row stands once in a term's postings
        return total.astype(np.float32)

    def explain(self, query: Terms, row: int) -> list[tuple[str, float]]:
        """Say what each query term adds to one row's score, largest first; terms that add nothing are left out.

        Raises:
            ValueError: If there is no such row.
        """
        if not 0 <= row < self.n_rows:
            raise ValueError(f"no row {row} among {self.n_rows}")
        parts: list[tuple[str, float]] = []
        for term, count in _counted(query).items():
            rows, weights = self.postings(term)
            place = int(np.searchsorted(rows, row))
            if place < len(rows) and rows[place] == row:
                parts.append((term, count * float(weights[place])))
        return sorted(parts, key=lambda part: (-part[1], part[0]))

    def postings(self, term: str) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
        """The rows a term occurs in, ascending, and what it adds to each; empty for an unknown term."""
        number = self.vocabulary.get(term)
        if number is None:
            return self.rows[:0], self.weights[:0]
        place = slice(int(self.starts[number]), int(self.starts[number + 1]))
        return self.rows[place], self.weights[place]

    def save(self, folder: Path) -> None:
        """Write the index into a folder, which is made if it does not exist."""
        folder.mkdir(parents=True, exist_ok=True)
        for name in _ARRAYS:
            write_array(folder / f"{name}.npy", getattr(self, name))
        write_json(folder / "vocabulary.json", list(self.vocabulary))
        write_json(folder / "bm25.json", {"k1": self.k1, "b": self.b, "n_rows": self.n_rows})

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Open a saved index.

        Raises:
            IndexFormatError: If a file is missing, damaged, or does not fit the others.
        """
        numbers, terms = read_json(folder / "bm25.json"), read_json(folder / "vocabulary.json")
        arrays = {name: read_array(folder / f"{name}.npy", dtype) for name, dtype in _ARRAYS.items()}
        try:
            index = cls(
                k1=float(numbers["k1"]),
                b=float(numbers["b"]),
                n_rows=int(numbers["n_rows"]),
                vocabulary={term: number for number, term in enumerate(terms)},
                **arrays,
            )
        except (KeyError, TypeError, ValueError) as error:
            raise IndexFormatError(f"{folder / 'bm25.json'} is incomplete.", next_step=REBUILD) from error
        if not _fits(index):
            raise IndexFormatError(f"The files in {folder} do not belong together.", next_step=REBUILD)
        return index


def _postings(
    okapi: Any, vocabulary: Mapping[str, int]
) -> tuple[NDArray[np.int64], NDArray[np.int32], NDArray[np.float32]]:
    """Compute every term's weight in every row it occurs in, as `Bm25Index` keeps them."""
    frequencies: list[dict[str, int]] = okapi.doc_freqs
    sizes = np.fromiter((len(row) for row in frequencies), np.int64, len(frequencies))
    n_postings = int(sizes.sum())
    terms = np.fromiter((vocabulary[term] for row in frequencies for term in row), np.int64, n_postings)
    counts = np.fromiter((count for row in frequencies for count in row.values()), np.float64, n_postings)
    rows = np.repeat(np.arange(len(frequencies), dtype=np.int32), sizes)
    lengths = np.asarray(okapi.doc_len, np.float64)[rows]
    idf = np.fromiter((okapi.idf[term] for term in vocabulary), np.float64, len(vocabulary))
    # rank-bm25 sums its IDF floor in the order of the rows; rounding keeps the last bits from deciding ties.
    idf = np.round(idf, _IDF_DECIMALS)
    saturation = okapi.k1 * (1 - okapi.b + okapi.b * lengths / okapi.avgdl)
    weights = idf[terms] * (counts * (okapi.k1 + 1) / (counts + saturation))
    order = np.argsort(terms, kind="stable")  # stable: rows stay ascending within a term
    starts = np.zeros(len(vocabulary) + 1, np.int64)
    np.cumsum(np.bincount(terms, minlength=len(vocabulary)), out=starts[1:])
    return starts, rows[order], weights[order].astype(np.float32)


def _counted(query: Terms) -> Mapping[str, float]:
    return query if isinstance(query, Mapping) else Counter(query)


def _fits(index: Bm25Index) -> bool:
    """Whether the arrays describe postings of the vocabulary over the rows."""
    starts, rows = index.starts, index.rows
    return bool(
        len(starts) == len(index.vocabulary) + 1
        and starts[0] == 0
        and starts[-1] == len(rows) == len(index.weights)
        and np.all(starts[1:] >= starts[:-1])
        and (len(rows) == 0 or (rows.min() >= 0 and rows.max() < index.n_rows))
    )
