"""Nearest vectors by inner product: the one wrapper of FAISS.

Takes unit vectors, so that the inner product is the cosine; gives rows and cosines, best first. The index is
flat: it compares with every vector and misses none. A filter is applied before scoring, so that ``k`` rows
come back whenever ``k`` are allowed; the -1 with which FAISS pads a short answer never leaves this module.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final, NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from index.errors import IndexFormatError
from index.storage import REBUILD

_BEYOND_THE_CUT: Final = 8
"""Rows asked of FAISS beyond those wanted, to see whether the last of them is tied."""
_ROUNDING: Final = 1e-5
"""How far FAISS's cosines of unit vectors may be from `VectorIndex.scores`: it sums in another order."""
_NORM_TOLERANCE: Final = 1e-3  # float32 rows normalised by any library stay well within it


class Neighbours(NamedTuple):
    """Rows by falling cosine, equal cosines in the order asked for: ``(m,)`` int64 and ``(m,)`` float32, ``m <= k``."""

    rows: NDArray[np.int64]
    cosines: NDArray[np.float32]


class VectorIndex:
    """A fixed list of unit vectors, numbered from 0. Make one with `build` or `load`."""

    def __init__(self, index: Any) -> None:
        self._index = index
        self._matrix = _matrix_of(index)

    @classmethod
    def build(cls, vectors: NDArray[np.float32]) -> Self:
        """Index vectors; they are copied.

        Args:
            vectors: ``(n, dim)`` float32, rows of unit length; ``n`` may be 0.

        Raises:
            ValueError: If the shape is another or a row is not of unit length.
        """
        faiss = _faiss()
        if vectors.ndim != 2 or vectors.shape[1] == 0:  # noqa: PLR2004 - rows and columns
            raise ValueError(f"vectors must be rows of numbers, not of shape {vectors.shape}")
        matrix = np.ascontiguousarray(vectors, np.float32)
        if not np.allclose(np.linalg.norm(matrix, axis=1), 1, atol=_NORM_TOLERANCE):
            raise ValueError("every vector must be of unit length")
        index = faiss.IndexFlatIP(matrix.shape[1])
        index.add(matrix)
        return cls(index)

    def __len__(self) -> int:
        """How many vectors there are."""
        return len(self._matrix)

    @property
    def dimension(self) -> int:
        """How many numbers a vector has."""
        return int(self._matrix.shape[1])

    def search(
        self,
        vector: NDArray[np.float32],
        k: int,
        allowed: NDArray[np.bool_] | None = None,
        *,
        tie_order: NDArray[np.int64] | None = None,
    ) -> Neighbours:
        """Find the nearest rows.

        FAISS cuts between equal cosines wherever it stands; so it is asked for more until the cut falls between
        different ones, and which of equal rows come back depends on nothing but ``tie_order``.

        Args:
            vector: ``(dim,)`` float32 of unit length.
            k: How many rows to give back, at least 0; fewer come only if fewer are allowed.
            allowed: ``(n,)``; rows where it is false do not take part. ``None`` allows all.
            tie_order: ``(n,)`` which of rows with equal cosines come first, lowest first; ``None`` takes their numbers.

        Raises:
            ValueError: If a shape does not fit or ``k`` is negative.
        """
        query = self._checked(vector)
        if k < 0:
            raise ValueError(f"k must be at least 0, not {k}")
        if allowed is not None and allowed.shape != (len(self),):
            raise ValueError(f"the filter has shape {allowed.shape}, the index {len(self)} rows")
        available = len(self) if allowed is None else int(np.count_nonzero(allowed))
        wanted = min(k, available)
        if wanted == 0:
            return Neighbours(np.zeros(0, np.int64), np.zeros(0, np.float32))
        faiss = _faiss()
        # Without a selector FAISS divides even a single query among its threads, which wait for each other in a busy
        # loop: 24 ms of processor time instead of 6 at 100,000 vectors, and twice as long beside other work.
        mask = np.ones(len(self), np.bool_) if allowed is None else allowed
        bits = np.packbits(mask, bitorder="little")
        parameters = faiss.SearchParameters(sel=faiss.IDSelectorBitmap(bits))
        asked = wanted
        while True:
            asked = min(asked + _BEYOND_THE_CUT, available)
            near, found = self._index.search(query[None, :], asked, params=parameters)
            rows = found[0][found[0] >= 0]
            cosines = self.scores(vector, rows)
            places = rows if tie_order is None else tie_order[rows]
            order = np.lexsort((places, -cosines))[:wanted]
            if asked == available or cosines[order[-1]] > near[0][-1] + _ROUNDING:
                return Neighbours(rows[order], cosines[order])
            asked *= 2

    def scores(
        self, vector: NDArray[np.float32], rows: NDArray[np.int64] | None = None
    ) -> NDArray[np.float32]:
        """Cosines of given rows, or of all.

        Equal vectors get equal cosines, which a matrix product by blocks would not promise.

        Args:
            vector: ``(dim,)`` float32 of unit length.
            rows: ``(m,)`` row numbers; ``None`` for all.

        Returns:
            ``(m,)`` or ``(n,)`` float32.

        Raises:
            ValueError: If the vector's shape does not fit.
        """
        query = self._checked(vector)
        matrix = self._matrix if rows is None else self._matrix[rows]
        cosines: NDArray[np.float32] = np.einsum("ij,j->i", matrix, query)
        return cosines

    def vectors(self, rows: NDArray[np.int64] | None = None) -> NDArray[np.float32]:
        """The vectors of given rows, or of all, as ``(m, dim)`` float32; a copy."""
        return self._matrix.copy() if rows is None else self._matrix[rows]

    def save(self, path: Path) -> None:
        """Write the index to one file, in FAISS's format."""
        faiss = _faiss()
        path.parent.mkdir(parents=True, exist_ok=True)
        faiss.write_index(self._index, str(path))

    @classmethod
    def load(cls, path: Path, *, n_rows: int | None = None, dimension: int | None = None) -> Self:
        """Open a saved index.

        Args:
            path: The file.
            n_rows: How many vectors it must hold, if known.
            dimension: Their dimension, if known.

        Raises:
            IndexFormatError: If it is missing, damaged, not a flat index, or of another size.
        """
        faiss = _faiss()
        try:
            index = faiss.read_index(str(path))
        except RuntimeError as error:  # all that FAISS raises
            raise IndexFormatError(f"{path} is missing or is no FAISS index.", next_step=REBUILD) from error
        if not isinstance(index, faiss.IndexFlat) or index.metric_type != faiss.METRIC_INNER_PRODUCT:
            raise IndexFormatError(f"{path} is not a flat index of inner products.", next_step=REBUILD)
        for name, found, expected in (("rows", index.ntotal, n_rows), ("dimensions", index.d, dimension)):
            if expected is not None and found != expected:
                message = f"{path} holds {found} {name} where {expected} were expected."
                raise IndexFormatError(message, next_step=REBUILD)
        return cls(index)

    def _checked(self, vector: NDArray[np.float32]) -> NDArray[np.float32]:
        if vector.shape != (self.dimension,):
            raise ValueError(f"the query vector has shape {vector.shape}, the index ({self.dimension},)")
        return np.ascontiguousarray(vector, np.float32)


def _matrix_of(index: Any) -> NDArray[np.float32]:
    """The vectors inside a flat index, ``(n, dim)`` float32, without a copy; valid as long as the index is."""
    if index.ntotal == 0:
        return np.zeros((0, index.d), np.float32)
    flat: NDArray[np.float32] = _faiss().rev_swig_ptr(index.get_xb(), index.ntotal * index.d)
    return flat.reshape(index.ntotal, index.d)


def _faiss() -> Any:
    """Import FAISS late, and without the types it declares, which its keyword arguments do not fit."""
    import faiss  # noqa: PLC0415 - heavy imports late

    return faiss
