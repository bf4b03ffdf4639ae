"""The engine as callers use it, over a fake encoder."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from index.engine import Engine
from index.errors import IndexFormatError
from index.records import FUSIONS, EngineSettings, Entry, Fusion, SearchEngine
from index.vectors import VectorIndex
from tests.fakes import HashingEncoder

TEXTS = {
    "minutes/5": "The Commissioner continued to support Vision Zero and road safety.",
    "minutes/6": "The Panel resolved to support the precept for 2023/24.",
    "report/1": "Road safety partners met the Commissioner.",
    "report/2": "Complaints were recorded in line with the Policing and Crime Act.",
    "agenda/1": "Apologies for absence",
    "agenda/2": "Apologies for absence",
}
ENCODER = HashingEncoder()


def _engine(settings: EngineSettings | None = None) -> Engine:
    entries = [Entry(id=name, fields={"text": text, "header": name}) for name, text in TEXTS.items()]
    return Engine.build(entries, ENCODER.encode(list(TEXTS.values())), settings)


def _vector(text: str) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    return ENCODER.encode_query(text).vector


@pytest.mark.parametrize("fusion", FUSIONS)
def test_the_passage_about_it_comes_first(fusion: Fusion) -> None:
    """Every way of fusing finds the passage that shares the words."""
    engine: SearchEngine = _engine(EngineSettings(fusion=fusion))
    query = "did the Commissioner support Vision Zero"
    found = engine.search(query, _vector(query), 3)
    assert found[0].id == "minutes/5"
    assert engine.ids[found[0].row] == "minutes/5"
    assert [hit.score for hit in found] == sorted((hit.score for hit in found), reverse=True)


def test_k_rows_come_back_if_they_exist() -> None:
    """The vectors fill up what no term matches; a filter leaves exactly what it allows."""
    engine = _engine(EngineSettings(candidates=1))
    assert len(engine.search("road", _vector("road"), 6)) == 6
    assert len(engine.search("road", _vector("road"), 100)) == 6
    allowed = np.array([False, True, False, True, False, False])
    found = engine.search("road", _vector("road"), 6, allowed)
    assert {hit.id for hit in found} == {"minutes/6", "report/2"}
    assert engine.search("road", _vector("road"), 6, np.zeros(6, np.bool_)) == []
    assert engine.search("road", _vector("road"), 0) == []


def test_terms_alone_find_only_what_contains_them() -> None:
    """Without a vector, or with ``bm25``, rows without a term are not results."""
    engine = _engine()
    assert {hit.id for hit in engine.search("road safety", None)} == {"minutes/5", "report/1"}
    alone = replace(engine, settings=EngineSettings(fusion="bm25"))
    assert {hit.id for hit in alone.search("road safety", _vector("road safety"))} == {
        "minutes/5",
        "report/1",
    }
    assert replace(engine, settings=EngineSettings(fusion="dense")).search("road", None) == []


@pytest.mark.parametrize("fusion", FUSIONS)
def test_equal_scores_come_by_id(fusion: Fusion) -> None:
    """Two entries with the same text are ordered by id, whichever was added first."""
    names = sorted(TEXTS, reverse=True)
    entries = [Entry(id=name, fields={"text": TEXTS[name]}) for name in names]
    vectors = ENCODER.encode([TEXTS[name] for name in names])
    engine = Engine.build(entries, vectors, EngineSettings(fusion=fusion, candidates=1))
    found = engine.search("apologies for absence", _vector("apologies for absence"), 2)
    assert [hit.id for hit in found] == ["agenda/1", "agenda/2"]


def test_a_field_counts_by_its_weight() -> None:
    """The header's score is added to the text's, times its weight."""
    text, header = _engine(), _engine(EngineSettings(field_weights={"header": 1.0}))
    both = _engine(EngineSettings(field_weights={"text": 1.0, "header": 0.5}))
    query = "apologies agenda"
    mixed = text.bm25_scores(query) + 0.5 * header.bm25_scores(query)
    np.testing.assert_allclose(both.bm25_scores(query), mixed, atol=1e-6)


def test_terms_may_be_given_with_weights() -> None:
    """A query of terms is searched as the text it came from; a mapping weighs them."""
    engine = _engine()
    np.testing.assert_array_equal(engine.bm25_scores("road safety"), engine.bm25_scores(["road", "safeti"]))
    np.testing.assert_allclose(
        engine.bm25_scores({"road": 2.0}), 2 * engine.bm25_scores(iter(["road"])), atol=1e-6
    )


@pytest.mark.parametrize("fusion", FUSIONS)
def test_an_explanation_adds_up(fusion: Fusion) -> None:
    """The parts of every score sum to it, and the terms to the BM25 score."""
    engine = _engine(EngineSettings(fusion=fusion, field_weights={"text": 1.0, "header": 0.5}))
    query = "road safety in the minutes"
    for hit in engine.search(query, _vector(query)):
        why = engine.explain(query, _vector(query), hit.row)
        assert why.scored == hit
        assert why.from_bm25 + why.from_vectors == pytest.approx(hit.score)
        assert sum(part.score for part in why.terms) == pytest.approx(hit.bm25_score, abs=1e-5)


def test_an_explanation_gives_ranks() -> None:
    """It says where each stage put the row, and refuses a row no stage put anywhere."""
    engine = _engine(EngineSettings(fusion="bm25"))
    why = engine.explain("road safety", None, list(TEXTS).index("minutes/5"))
    assert (why.bm25_rank, why.dense_rank) == (2, None)  # the shorter report comes first
    with pytest.raises(ValueError, match="row 5 was not nominated"):
        engine.explain("road safety", None, 5)


def test_what_does_not_fit_is_refused() -> None:
    """Numbers of rows, ids, filters and settings are checked."""
    entries = [Entry(id="a", fields={}), Entry(id="a", fields={})]
    with pytest.raises(ValueError, match="2 entries but 1 vectors"):
        Engine.build(entries, ENCODER.encode(["one"]))
    with pytest.raises(ValueError, match="twice"):
        Engine.build(entries, ENCODER.encode(["one", "two"]))
    with pytest.raises(ValueError, match="filter has shape"):
        _engine().search("road", None, 3, np.ones(2, np.bool_))
    engine = _engine()
    with pytest.raises(ValueError, match="differ in their number of rows"):
        Engine.assemble(
            ids=["a"],
            settings=engine.settings,
            fields=engine.fields,
            vectors=VectorIndex.build(ENCODER.encode(["one"])),
        )
    with pytest.raises(ValueError, match="not the fields weighted"):
        Engine.assemble(ids=engine.ids, settings=engine.settings, fields={}, vectors=engine.vectors)
    impossible: tuple[dict[str, Any], ...] = (
        {"fusion": "sum"},
        {"dense_weight": 2.0},
        {"rrf_k": -1},
        {"candidates": 0},
        {"field_weights": {}},
        {"field_weights": {"text": 0.0}},
    )
    for wrong in impossible:
        with pytest.raises(ValueError, match=r"must be|needed"):
            EngineSettings(**wrong)


def test_an_empty_engine_finds_nothing() -> None:
    """A library without passages can be searched."""
    engine = Engine.build([], ENCODER.encode([]))
    assert len(engine) == 0
    assert engine.search("road", _vector("road")) == []


def test_saved_and_loaded_it_ranks_the_same(tmp_path: Path) -> None:
    """Settings, ids and scores survive; saving again replaces what was there."""
    engine = _engine(EngineSettings(field_weights={"text": 1.0, "header": 0.5}, fusion="rrf", k1=1.2))
    for _ in range(2):
        engine.save(tmp_path / "engine", vectors_from=ENCODER.fingerprint)
    loaded = Engine.load(tmp_path / "engine", vectors_from=ENCODER.fingerprint)
    assert loaded.settings == engine.settings
    query = "Commissioner and road safety"
    assert loaded.search(query, _vector(query)) == engine.search(query, _vector(query))


def test_an_index_of_another_encoder_is_refused(tmp_path: Path) -> None:
    """Vectors of two models are not comparable; without a fingerprint nothing is asked."""
    _engine().save(tmp_path, vectors_from=ENCODER.fingerprint)
    with pytest.raises(IndexFormatError, match="another embedding model"):
        Engine.load(tmp_path, vectors_from=HashingEncoder(16).fingerprint)
    assert len(Engine.load(tmp_path)) == len(TEXTS)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"format_version": 0}, "format version 0 where 1"),
        ({"tokens_version": 0}, "tokens version 0 where"),
        ({"ids": ["a"]}, "6 rows where 1"),
        ({"ids": ["a"] * 6}, "an id stands twice"),
        ({"dimension": 3}, "32 dimensions where 3"),
        ({"settings": {"fusion": "sum"}}, "incomplete"),
        ({"sha256": None}, "incomplete"),
    ],
)
def test_a_manifest_that_does_not_fit_is_refused(
    tmp_path: Path, change: dict[str, object], message: str
) -> None:
    """The error names what is wrong and says what to do."""
    _engine().save(tmp_path)
    path = tmp_path / "engine.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | change))
    with pytest.raises(IndexFormatError, match=message) as caught:
        Engine.load(tmp_path)
    assert "Build the index again" in caught.value.next_step
    assert str(caught.value).endswith(caught.value.next_step)


def test_a_changed_or_missing_file_is_named(tmp_path: Path) -> None:
    """Every file is checked against the manifest before it is read."""
    with pytest.raises(IndexFormatError, match=r"engine\.json"):
        Engine.load(tmp_path)
    _engine().save(tmp_path)
    (tmp_path / "field-0" / "vocabulary.json").write_text("[]")
    with pytest.raises(IndexFormatError, match=r"vocabulary\.json has changed"):
        Engine.load(tmp_path)
    _engine().save(tmp_path)
    (tmp_path / "vectors.faiss").unlink()
    with pytest.raises(IndexFormatError, match=r"vectors\.faiss cannot be read"):
        Engine.load(tmp_path)
