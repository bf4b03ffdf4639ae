"""The wrapper of FAISS."""

from __future__ import annotations

import time
from pathlib import Path

import faiss
import numpy as np
import pytest
from numpy.typing import NDArray

from index.errors import IndexFormatError
from index.vectors import VectorIndex


def _unit(n: int, dimension: int = 8, seed: int = 0) -> NDArray[np.float32]:
    rows = np.random.default_rng(seed).standard_normal((n, dimension))
    unit: NDArray[np.float32] = (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)
    return unit


def test_search_gives_the_nearest_best_first() -> None:
    """The same rows in the same order as all cosines sorted."""
    vectors = _unit(50)
    index = VectorIndex.build(vectors)
    query = _unit(1, seed=1)[0]
    rows, cosines = index.search(query, 7)
    expected = np.argsort(-(vectors @ query))[:7]
    assert rows.tolist() == expected.tolist()
    np.testing.assert_allclose(cosines, (vectors @ query)[expected], atol=1e-6)
    np.testing.assert_allclose(index.scores(query), vectors @ query, atol=1e-6)
    np.testing.assert_array_equal(index.scores(query, rows), index.scores(query)[rows])


def test_the_filter_comes_before_the_scoring() -> None:
    """All of the few allowed rows come back, however far they are, and never FAISS's padding."""
    vectors = _unit(100)
    index = VectorIndex.build(vectors)
    allowed = np.zeros(100, np.bool_)
    allowed[np.argsort(vectors @ vectors[0])[:3]] = True
    rows, _ = index.search(vectors[0], 10, allowed)
    assert sorted(rows.tolist()) == np.flatnonzero(allowed).tolist()
    assert index.search(vectors[0], 2, allowed).rows.shape == (2,)
    assert index.search(vectors[0], 10, np.zeros(100, np.bool_)).rows.shape == (0,)


@pytest.mark.parametrize("filtered", [True, False])
def test_a_query_keeps_to_its_thread(filtered: bool) -> None:
    """Other threads neither help nor wait in a busy loop, which would slow down whoever asks at the same time."""
    index = VectorIndex.build(_unit(20_000, 64))
    allowed = np.arange(20_000) % 2 == 0 if filtered else None
    queries = _unit(40, 64, seed=1)
    index.search(queries[0], 200, allowed)
    whole, own = time.process_time(), time.thread_time()
    for query in queries:
        index.search(query, 200, allowed)
    assert time.process_time() - whole < 1.3 * (time.thread_time() - own)


def test_equal_cosines_come_as_asked_for() -> None:
    """Also at the cut: of a hundred equal vectors the first by the order given, not by row."""
    index = VectorIndex.build(np.repeat(_unit(1), 100, axis=0))
    order = np.random.default_rng(3).permutation(100)
    rows = index.search(_unit(1)[0], 5, tie_order=order).rows
    assert rows.tolist() == np.argsort(order)[:5].tolist()
    assert index.search(_unit(1)[0], 5).rows.tolist() == [0, 1, 2, 3, 4]


def test_more_than_there_are_is_all_there_are() -> None:
    """A large ``k`` gives every row once; an empty index none."""
    index = VectorIndex.build(_unit(3))
    assert sorted(index.search(_unit(1)[0], 10).rows.tolist()) == [0, 1, 2]
    empty = VectorIndex.build(np.zeros((0, 8), np.float32))
    assert len(empty) == 0
    assert empty.search(_unit(1)[0], 10).rows.size == 0
    assert empty.scores(_unit(1)[0]).shape == (0,)


def test_equal_vectors_come_by_row_with_equal_cosines() -> None:
    """Ties are ordered and are ties."""
    vectors = np.repeat(_unit(1), 5, axis=0)
    rows, cosines = VectorIndex.build(vectors).search(_unit(1, seed=3)[0], 5)
    assert rows.tolist() == [0, 1, 2, 3, 4]
    assert len(set(cosines.tolist())) == 1


def test_wrong_shapes_are_refused() -> None:
    """Vectors, queries and filters must fit."""
    index = VectorIndex.build(_unit(4))
    with pytest.raises(ValueError, match="query vector has shape"):
        index.search(_unit(1, 9)[0], 1)
    with pytest.raises(ValueError, match="filter has shape"):
        index.search(_unit(1)[0], 1, np.ones(3, np.bool_))
    with pytest.raises(ValueError, match="at least 0"):
        index.search(_unit(1)[0], -1)
    with pytest.raises(ValueError, match="unit length"):
        VectorIndex.build(2 * _unit(2))
    with pytest.raises(ValueError, match="rows of numbers"):
        VectorIndex.build(np.zeros(3, np.float32))


def test_saved_and_loaded_it_finds_the_same(tmp_path: Path) -> None:
    """The file holds the vectors, and their number and dimension are checked."""
    index = VectorIndex.build(_unit(20))
    path = tmp_path / "new" / "vectors.faiss"
    index.save(path)
    loaded = VectorIndex.load(path, n_rows=20, dimension=8)
    np.testing.assert_array_equal(loaded.vectors(), index.vectors())
    np.testing.assert_array_equal(loaded.vectors(np.array([3])), index.vectors()[[3]])
    with pytest.raises(IndexFormatError, match="20 rows where 21"):
        VectorIndex.load(path, n_rows=21)
    with pytest.raises(IndexFormatError, match="8 dimensions where 9"):
        VectorIndex.load(path, dimension=9)


def test_what_is_not_a_flat_index_is_refused(tmp_path: Path) -> None:
    """A missing file, a damaged one, and an index of another kind."""
    with pytest.raises(IndexFormatError, match="missing"):
        VectorIndex.load(tmp_path / "none")
    (tmp_path / "damaged").write_bytes(b"no index")
    with pytest.raises(IndexFormatError, match="no FAISS index"):
        VectorIndex.load(tmp_path / "damaged")
    faiss.write_index(faiss.IndexFlatL2(8), str(tmp_path / "other"))
    with pytest.raises(IndexFormatError, match="not a flat index"):
        VectorIndex.load(tmp_path / "other")
