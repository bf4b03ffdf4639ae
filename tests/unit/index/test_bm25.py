"""Compiled BM25 against rank-bm25, and its files."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from rank_bm25 import BM25Okapi

from index.bm25 import Bm25Index
from index.errors import IndexFormatError

ROWS = [
    ["vision", "zero", "road", "safeti"],
    ["road", "road", "polic"],
    [],
    ["budget", "2023/24", "polic", "precept"],
    ["polic", "plan", "vision"],
]


def test_scores_are_those_of_rank_bm25() -> None:
    """The same numbers, with repeated and unknown query terms."""
    query = ["road", "polic", "road", "unknown", "vision"]
    expected = BM25Okapi(ROWS, k1=1.2, b=0.5).get_scores(query)
    np.testing.assert_allclose(Bm25Index.build(ROWS, k1=1.2, b=0.5).scores(query), expected, atol=1e-5)


def test_a_term_in_most_rows_gets_the_floor() -> None:
    """A negative idf is replaced as rank-bm25 does it."""
    rows = [["a", "b"], ["a", "c"], ["a", "d"], ["e", "f"]]
    scores = Bm25Index.build(rows).scores(["a"])
    np.testing.assert_allclose(scores, BM25Okapi(rows).get_scores(["a"]), atol=1e-5)
    assert scores[0] > 0


def test_terms_may_carry_weights() -> None:
    """A mapping scales what each term adds."""
    index = Bm25Index.build(ROWS)
    mixed = 0.5 * index.scores(["road"]) + index.scores(["vision"])
    np.testing.assert_allclose(index.scores({"road": 0.5, "vision": 1.0}), mixed, atol=1e-6)


def test_parts_add_up() -> None:
    """An explanation names the terms that count, largest first, and sums to the score."""
    index = Bm25Index.build(ROWS)
    query = ["road", "road", "vision", "budget"]
    parts = index.explain(query, 0)
    assert {term for term, _ in parts} == {"road", "vision"}
    assert sum(part for _, part in parts) == pytest.approx(float(index.scores(query)[0]), abs=1e-5)
    assert parts == sorted(parts, key=lambda part: -part[1])
    with pytest.raises(ValueError, match="no row 5"):
        index.explain(query, 5)


@pytest.mark.parametrize("rows", [[], [[]], [[], []]])
def test_rows_without_terms_score_nothing(rows: list[list[str]]) -> None:
    """Where rank-bm25 divides by zero, every score is 0."""
    assert Bm25Index.build(rows).scores(["road"]).tolist() == [0.0] * len(rows)


@pytest.mark.parametrize(("k1", "b"), [(-1, 0.5), (1, -0.1), (1, 1.1)])
def test_impossible_parameters_are_refused(k1: float, b: float) -> None:
    """Parameters outside their range are the caller's mistake."""
    with pytest.raises(ValueError, match="k1 must be"):
        Bm25Index.build(ROWS, k1=k1, b=b)


def test_saved_and_loaded_it_scores_the_same(tmp_path: Path) -> None:
    """Nothing is lost on disk, and no file is a pickle."""
    index = Bm25Index.build(ROWS)
    index.save(tmp_path / "bm25")
    loaded = Bm25Index.load(tmp_path / "bm25")
    assert loaded.vocabulary == index.vocabulary
    np.testing.assert_array_equal(loaded.scores(["road", "polic"]), index.scores(["road", "polic"]))
    assert {path.suffix for path in (tmp_path / "bm25").iterdir()} == {".npy", ".json"}


@pytest.mark.parametrize("name", ["starts.npy", "rows.npy", "weights.npy", "vocabulary.json", "bm25.json"])
def test_a_missing_or_damaged_file_is_named(tmp_path: Path, name: str) -> None:
    """The error says which file it was and what to do."""
    Bm25Index.build(ROWS).save(tmp_path)
    (tmp_path / name).write_bytes(b"damaged")
    with pytest.raises(IndexFormatError, match=name) as caught:
        Bm25Index.load(tmp_path)
    assert caught.value.next_step
    (tmp_path / name).unlink()
    with pytest.raises(IndexFormatError, match=name):
        Bm25Index.load(tmp_path)


def test_files_that_do_not_belong_together_are_refused(tmp_path: Path) -> None:
    """A vocabulary of another index, arrays of another type, numbers that are missing."""
    Bm25Index.build(ROWS).save(tmp_path)
    numbers = json.loads((tmp_path / "bm25.json").read_text())
    (tmp_path / "bm25.json").write_text(json.dumps({**numbers, "n_rows": 2}))
    with pytest.raises(IndexFormatError, match="do not belong together"):
        Bm25Index.load(tmp_path)
    (tmp_path / "bm25.json").write_text("{}")
    with pytest.raises(IndexFormatError, match="incomplete"):
        Bm25Index.load(tmp_path)
    np.save(tmp_path / "rows.npy", np.zeros((2, 2)))
    with pytest.raises(IndexFormatError, match="2-dimensional float64"):
        Bm25Index.load(tmp_path)
